//! What was found about one presenter, side by side, and the form that makes a matter of it.

use askama::Template;
use pingyi_app::followup::{Findings, FollowUp, OpinionFound, Source};

use super::MadeLine;
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::pages::record::UnitChoice;

/// A finding that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickLine {
    /// What the matter names, on the wire.
    pub source: String,
    /// What is read.
    pub text: String,
    /// What is proposed as the title of a matter made of it; empty for an opinion: its words are not the office's.
    pub proposed: String,
    /// The matters made of it.
    pub made: Vec<MadeLine>,
}

/// A low item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowLine {
    /// The finding.
    pub tick: TickLine,
    /// Its score.
    pub score: String,
    /// The median of all.
    pub median: String,
    /// Whether it lies below that.
    pub below_median: bool,
    /// Whether it lies below the second grade.
    pub below_second: bool,
}

/// An opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionLine {
    /// The finding.
    pub tick: TickLine,
    /// Its number.
    pub number: u32,
    /// Whether it may be ticked: neither struck nor waiting for it.
    pub stands: bool,
    /// Whether it waits for a leader.
    pub waits: bool,
    /// Why it is struck, or is to be.
    pub reason: String,
    /// Who struck it.
    pub by: String,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// Whether who looks struck it: somebody else confirms.
    pub own: bool,
}

/// The presenter before and behind.
pub type Neighbour = Option<(String, String)>;

/// One presenter.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one button is shown"
)]
#[derive(Debug, Clone, Template)]
#[template(path = "followup/one.html")]
pub struct FindingsPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the appraisal.
    pub id: String,
    /// Its title.
    pub appraisal: String,
    /// Code of the presenter.
    pub code: String,
    /// Post.
    pub title: String,
    /// Score as shown.
    pub score: String,
    /// The word and the value of the second grade.
    pub second: Option<(String, String)>,
    /// Low items.
    pub low: Vec<LowLine>,
    /// Opinions.
    pub opinions: Vec<OpinionLine>,
    /// Whether the opinions can be read.
    pub open: bool,
    /// The leader's comment.
    pub comment: Option<TickLine>,
    /// The matters made of all this.
    pub matters: Vec<MadeLine>,
    /// Units to choose from.
    pub units: Vec<UnitChoice>,
    /// The unit chosen first.
    pub unit: String,
    /// Whether who looks makes matters and strikes.
    pub office: bool,
    /// Whether who looks confirms what is struck.
    pub leader: bool,
    /// Code and post of the presenter before.
    pub before: Neighbour,
    /// Code and post of the one behind.
    pub behind: Neighbour,
}

/// Who looks at the page.
#[derive(Debug, Clone)]
pub struct Looking {
    /// Whether they make matters and strike.
    pub office: bool,
    /// Whether they confirm what is struck.
    pub leader: bool,
    /// As the trail names them.
    pub actor: String,
}

fn tick(found: &Findings, source: &Source, text: String, proposed: &str) -> TickLine {
    TickLine {
        source: source.to_string(),
        text,
        proposed: proposed.chars().take(120).collect(),
        made: found.made_of(source).map(MadeLine::of).collect(),
    }
}

fn opinion(found: &Findings, opinion: &OpinionFound, looking: &Looking) -> OpinionLine {
    let strike = opinion.strike.as_ref();
    let said = |what: fn(&pingyi_app::followup::StrikeView) -> &String| {
        strike.map(what).cloned().unwrap_or_default()
    };
    OpinionLine {
        tick: tick(found, &opinion.source, opinion.text.clone(), ""),
        number: opinion.number,
        stands: strike.is_none(),
        waits: opinion.waits(),
        reason: said(|strike| &strike.reason),
        by: said(|strike| &strike.by),
        confirmed_by: said(|strike| &strike.confirmed_by),
        own: strike.is_some_and(|strike| strike.actor == looking.actor),
    }
}

fn low_lines(texts: Texts, found: &Findings) -> Vec<LowLine> {
    let lines = found.low.iter().map(|item| LowLine {
        tick: tick(
            found,
            &item.source,
            item.label.clone(),
            &texts.a("followup-low-title", "item", &item.label),
        ),
        score: item.score.clone(),
        median: item.median.clone(),
        below_median: item.low.below_median,
        below_second: item.low.below_second,
    });
    lines.collect()
}

impl FindingsPage {
    /// The page of the presenter at this place.
    #[must_use]
    pub fn of(
        c: Chrome,
        view: &FollowUp,
        place: usize,
        units: Vec<UnitChoice>,
        looking: &Looking,
    ) -> Option<Self> {
        let texts = Texts(c.lang);
        let found = view.presenters.get(place)?;
        let neighbour = |place: Option<usize>| {
            let other = view.presenters.get(place?)?;
            Some((other.code.to_string(), other.title.clone()))
        };
        let said = found.comment.trim();
        Some(Self {
            id: view.id.to_string(),
            appraisal: view.title.clone(),
            code: found.code.to_string(),
            title: found.title.clone(),
            score: found.score.clone(),
            second: view.second.clone(),
            low: low_lines(texts, found),
            opinions: found
                .opinions
                .iter()
                .map(|one| opinion(found, one, looking))
                .collect(),
            open: view.opinions,
            comment: (!said.is_empty()).then(|| {
                tick(
                    found,
                    &Source::Comment,
                    said.to_owned(),
                    &said.replace('\n', " "),
                )
            }),
            matters: found.matters.iter().map(MadeLine::of).collect(),
            units,
            unit: found
                .owner
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            office: looking.office,
            leader: looking.leader,
            before: neighbour(place.checked_sub(1)),
            behind: neighbour(place.checked_add(1)),
            c,
        })
    }
}
