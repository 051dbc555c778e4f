//! What a report lacks before it can be handed in: all of it at once.

use std::collections::BTreeMap;

use super::answer::{ANSWER_LEAST, ANSWER_MOST};
use super::figure::FigureCode;
use super::outline::Outline;
use super::text::{Piece, characters, filled, pieces};
use crate::record::MatterId;

/// One thing that is wanting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A required section is empty.
    Missing {
        /// Code of the section.
        code: String,
        /// Its heading.
        title: String,
    },
    /// A section is shorter than it has to be.
    Short {
        /// Code of the section.
        code: String,
        /// Its heading.
        title: String,
        /// Characters it has.
        has: usize,
        /// Fewest.
        least: usize,
    },
    /// A section is longer than it may be.
    Long {
        /// Code of the section.
        code: String,
        /// Its heading.
        title: String,
        /// Characters it has.
        has: usize,
        /// Most.
        most: usize,
    },
    /// A figure that does not exist.
    UnknownFigure {
        /// Code of the section.
        code: String,
        /// Heading of the section.
        title: String,
        /// As it was typed.
        figure: String,
    },
    /// A line of last year's list without an answer, or with one that says too little or too much.
    Unanswered {
        /// The matter.
        matter: MatterId,
        /// What it is about.
        title: String,
    },
}

/// Whether an answer to a matter is long enough and not too long.
#[must_use]
pub fn answers(text: &str) -> bool {
    (ANSWER_LEAST..=ANSWER_MOST).contains(&characters(text))
}

/// What is wanting: `texts` by code of the section, `shown` gives a figure that exists as it is shown, `list` is last
/// year's list with what is answered.
#[must_use]
pub fn lacks(
    outline: &Outline,
    texts: &BTreeMap<String, String>,
    shown: impl Fn(&FigureCode) -> Option<String>,
    list: &[(MatterId, String, String)],
) -> Vec<Lack> {
    let mut all = Vec::new();
    for section in &outline.0 {
        let (code, title) = (section.code.clone(), section.title.clone());
        let text = texts.get(&code).map_or("", String::as_str);
        let has = characters(&filled(text, |figure| shown(figure).unwrap_or_default()));
        if has == 0 && section.required {
            all.push(Lack::Missing { code, title });
            continue;
        }
        for piece in pieces(text) {
            let figure = match piece {
                Piece::Unknown(figure) => figure,
                Piece::Figure(figure) if shown(&figure).is_none() => figure.to_string(),
                _ => continue,
            };
            let (code, title) = (code.clone(), title.clone());
            all.push(Lack::UnknownFigure {
                code,
                title,
                figure,
            });
        }
        if has > section.most {
            let most = section.most;
            all.push(Lack::Long {
                code,
                title,
                has,
                most,
            });
        } else if has > 0 && has < section.least {
            let least = section.least;
            all.push(Lack::Short {
                code,
                title,
                has,
                least,
            });
        }
    }
    let open = list.iter().filter(|(_, _, answer)| !answers(answer));
    all.extend(open.map(|(matter, title, _)| Lack::Unanswered {
        matter: matter.clone(),
        title: title.clone(),
    }));
    all
}
