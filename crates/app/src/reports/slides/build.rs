//! From facts, texts and the presenter's arrangement to slides: nothing is read here, so the same gives the same.

use pingyi_domain::record::Measure;
use pingyi_domain::report::{
    Content, DeckFacts, FactFigure, FigureCode, FigureSpan, MOST_FIGURES, Picked, Piece,
    SlideField, SlideKind, filled, first_sentence, paragraphs, pieces,
};
use pingyi_papers::{Chart, ChartForm, Figure, Photo, Series, Slide};
use pingyi_store::repo::decks::PhotoRow;

use super::super::paper::state_text;
use super::facts::over;
use super::{Material, PhotoRef, words};

/// Kinds of entries on one chart: more are not told apart from the back of a hall.
const MOST_KINDS: usize = 10;
/// Photos that are proposed.
const PROPOSED_PHOTOS: usize = 4;
/// Characters of a point; the papers take no longer one.
const POINT: usize = 400;

/// A kind of slide as it is shown now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Built {
    pub slide: SlideKind,
    pub hidden: bool,
    pub title: String,
    /// Nothing when there is nothing to show.
    pub slides: Vec<Slide<PhotoRef>>,
}

fn figure<'a>(material: &'a Material, code: &FigureCode) -> Option<&'a FactFigure> {
    material.facts.figures.get(&code.to_string())
}

fn says(figure: &FactFigure) -> bool {
    figure.thousandths.is_some_and(|number| number != 0)
}

/// The figures proposed: what every report of this kind says, then what was done most often.
fn proposed(facts: &DeckFacts) -> Vec<String> {
    let first = [
        "org_rate",
        "work_rate",
        "members",
        "entries",
        "headcount",
        "closed_in_time",
        "quarters:meeting",
        "growth",
    ];
    let counted = |code: &&str| facts.figures.get(*code).is_some_and(says);
    let mut all: Vec<String> = first
        .iter()
        .filter(|code| counted(code))
        .map(|code| (*code).to_owned())
        .collect();
    for (code, _) in kinds(facts) {
        all.push(format!("entries:{code}"));
    }
    all.truncate(MOST_FIGURES);
    all
}

/// The kinds of which there were entries, most first.
fn kinds(facts: &DeckFacts) -> Vec<(&str, &str)> {
    let count = |code: &str| {
        let figure = facts.figures.get(&format!("entries:{code}"));
        figure.and_then(|one| one.thousandths).unwrap_or(0)
    };
    let mut kinds: Vec<(&str, &str)> = facts
        .kinds
        .iter()
        .map(|kind| (kind.code.as_str(), kind.word.as_str()))
        .filter(|(code, _)| count(code) > 0)
        .collect();
    kinds.sort_by_key(|(code, _)| std::cmp::Reverse(count(code)));
    kinds
}

/// What stands on the slides of figures and photos: what was picked and is still there, else the proposal.
pub(super) fn picked(material: &Material) -> Picked {
    let arrangement = &material.arrangement;
    let figures = arrangement.figures.as_ref().map(|codes| {
        let known = codes
            .iter()
            .filter(|code| material.facts.figures.contains_key(*code));
        known.cloned().collect()
    });
    Picked {
        figures: figures.unwrap_or_else(|| proposed(&material.facts)),
        photos: picked_photos(material.arrangement.photos.as_deref(), &material.photos)
            .into_iter()
            .filter_map(|row| row.id.parse().ok())
            .collect(),
    }
}

/// The photos on the slides; proposed is one of each of the newest entries.
pub(super) fn picked_photos<'a>(
    picked: Option<&[pingyi_domain::record::EvidenceId]>,
    all: &'a [PhotoRow],
) -> Vec<&'a PhotoRow> {
    if let Some(ids) = picked {
        let found =
            |id: &pingyi_domain::record::EvidenceId| all.iter().find(|row| row.id == id.as_str());
        return ids.iter().filter_map(found).collect();
    }
    let mut proposed: Vec<&PhotoRow> = Vec::new();
    for row in all {
        let new = !proposed.iter().any(|other| other.entry == row.entry);
        if new && proposed.len() < PROPOSED_PHOTOS {
            proposed.push(row);
        }
    }
    proposed
}

fn six_figures(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let codes = picked(material).figures;
    let codes = codes
        .iter()
        .filter_map(|code| code.parse::<FigureCode>().ok());
    let figures: Vec<Figure> = codes
        .filter_map(|code| {
            let now = figure(material, &code)?;
            let (label, measure) = words::figure(&material.facts, &code);
            let before = over(&code, FigureSpan::Year(material.stored.year - 1));
            let before = figure(material, &before)
                .filter(|one| one.thousandths.is_some() && code.span == FigureSpan::Own);
            Some(Figure {
                label,
                value: now.shown.clone(),
                measure: measure.to_owned(),
                before: before.map_or_else(String::new, |one| {
                    let gap = if measure.is_empty() { "" } else { " " };
                    format!("{}{gap}{measure}", one.shown)
                }),
            })
        })
        .collect();
    if figures.is_empty() {
        return Vec::new();
    }
    vec![Slide::Figures { title, figures }]
}

fn with_part(figure: Option<&FactFigure>) -> String {
    let Some(figure) = figure else {
        return "—".to_owned();
    };
    match figure.part {
        Some((part, whole)) if whole > 0 => format!("{}（{part}/{whole}）", figure.shown),
        _ => figure.shown.clone(),
    }
}

fn coverage(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let year = material.stored.year;
    let mut times = vec![(format!("{}年末", year - 1), FigureSpan::Year(year - 1))];
    for quarter in &material.facts.quarters {
        // A quarter that still runs is counted up to the day the slides are of.
        let label = if quarter.last_day() > material.dated {
            words::day(material.dated)
        } else {
            format!("{}末", words::quarter_of(quarter.number()))
        };
        times.push((label, FigureSpan::Quarter(*quarter)));
    }
    let rates = [Measure::OrgRate, Measure::WorkRate].map(FigureCode::of);
    let at = |code: &FigureCode, span: FigureSpan| figure(material, &over(code, span));
    let number =
        |code: &FigureCode, span: FigureSpan| at(code, span).and_then(|one| one.thousandths);
    // A time nobody had firms at is no time of a chart.
    times.retain(|(_, span)| rates.iter().any(|code| number(code, *span).is_some()));
    if times.is_empty() {
        return Vec::new();
    }
    let series = rates.iter().map(|code| Series {
        name: words::figure(&material.facts, code).0,
        thousandths: times.iter().map(|(_, span)| number(code, *span)).collect(),
    });
    let chart = Chart {
        form: if times.len() > 2 {
            ChartForm::Lines
        } else {
            ChartForm::Columns
        },
        labels: times.iter().map(|(label, _)| label.clone()).collect(),
        series: series.collect(),
        measure: "%".to_owned(),
    };
    let columns = std::iter::once("时间".to_owned()).chain(
        rates
            .iter()
            .map(|code| words::figure(&material.facts, code).0),
    );
    let row = |(label, span): &(String, FigureSpan)| {
        let cells = rates.iter().map(|code| with_part(at(code, *span)));
        std::iter::once(label.clone()).chain(cells).collect()
    };
    vec![
        Slide::Chart {
            title: title.clone(),
            chart,
            note: "分母为正常经营的企业。".to_owned(),
        },
        Slide::Table {
            title,
            columns: columns.collect(),
            rows: times.iter().map(row).collect(),
        },
    ]
}

/// A figure of one kind of entries.
fn of_kind<'a>(
    material: &'a Material,
    measure: Measure,
    kind: &str,
    span: FigureSpan,
) -> Option<&'a FactFigure> {
    let code = FigureCode {
        kind: kind.to_owned(),
        span,
        ..FigureCode::of(measure)
    };
    figure(material, &code)
}

/// This year's entries by kind, and the year before's beside them where there were any.
fn kinds_chart(material: &Material, kinds: &[(&str, &str)]) -> Chart {
    let year = material.stored.year;
    let drawn = || kinds.iter().take(MOST_KINDS);
    let before = FigureSpan::Year(year - 1);
    let entries = |kind: &str, span| of_kind(material, Measure::Entries, kind, span);
    let series = |name: String, span: FigureSpan| Series {
        name,
        thousandths: drawn()
            .map(|(kind, _)| entries(kind, span).and_then(|one| one.thousandths))
            .collect(),
    };
    let mut all = vec![series(format!("{year}年"), FigureSpan::Own)];
    if drawn().any(|(kind, _)| entries(kind, before).is_some_and(says)) {
        all.push(series(format!("{}年", year - 1), before));
    }
    Chart {
        form: ChartForm::Columns,
        labels: drawn().map(|(_, word)| (*word).to_owned()).collect(),
        series: all,
        measure: "次".to_owned(),
    }
}

fn by_kind(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let kinds = kinds(&material.facts);
    if kinds.is_empty() {
        return Vec::new();
    }
    let before = FigureSpan::Year(material.stored.year - 1);
    let shown = |measure, kind: &str, span| {
        let figure = of_kind(material, measure, kind, span);
        figure.map_or("—", |one| one.shown.as_str()).to_owned()
    };
    let rows = kinds.iter().map(|(kind, word)| {
        vec![
            (*word).to_owned(),
            shown(Measure::Entries, kind, FigureSpan::Own),
            shown(Measure::Headcount, kind, FigureSpan::Own),
            shown(Measure::Entries, kind, before),
        ]
    });
    let heads = ["类别", "次数", "参加人次", "上年次数"];
    vec![
        Slide::Chart {
            title: title.clone(),
            chart: kinds_chart(material, &kinds),
            note: String::new(),
        },
        Slide::Table {
            title,
            columns: heads.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        },
    ]
}

fn photos(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let picked = picked_photos(material.arrangement.photos.as_deref(), &material.photos);
    let photos: Vec<Photo<PhotoRef>> = picked
        .into_iter()
        .map(|row| Photo {
            caption: row.caption.clone(),
            picture: PhotoRef {
                sha256: row.sha256.clone(),
                media: row.media.clone(),
                width: row.width,
                height: row.height,
            },
        })
        .collect();
    if photos.is_empty() {
        return Vec::new();
    }
    vec![Slide::Photos { title, photos }]
}

fn table(title: String, heads: [&str; 3], rows: Vec<Vec<String>>) -> Vec<Slide<PhotoRef>> {
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Slide::Table {
        title,
        columns: heads.map(str::to_owned).to_vec(),
        rows,
    }]
}

/// A text of one cell: nothing in it breaks a line, and nothing says so.
fn cell(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return "—".to_owned();
    }
    words.join(" ")
}

fn problems(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let rows = material.facts.problems.iter().map(|one| {
        vec![
            one.title.clone(),
            cell(&one.done),
            state_text(one.state).to_owned(),
        ]
    });
    table(title, ["问题", "怎样解决", "进展"], rows.collect())
}

fn last_year(material: &Material, title: String) -> Vec<Slide<PhotoRef>> {
    let rows = material.content.answers.iter().map(|one| {
        vec![
            one.title.clone(),
            cell(&one.text),
            state_text(one.state).to_owned(),
        ]
    });
    table(title, ["问题", "整改情况", "进展"], rows.collect())
}

/// A figure of a text as the slides show it.
pub(super) fn shown_in(facts: &DeckFacts, content: &Content, code: &FigureCode) -> Option<String> {
    let frozen = content.figure(code).map(|figure| figure.shown.clone());
    frozen.or_else(|| {
        let figure = facts.figures.get(&code.to_string());
        figure.map(|one| one.shown.clone())
    })
}

/// A text with its figures, paragraph by paragraph.
fn lines(material: &Material, text: &str) -> Vec<String> {
    let shown = |code: &FigureCode| {
        shown_in(&material.facts, &material.content, code).unwrap_or_else(|| "—".to_owned())
    };
    paragraphs(&filled(text, shown))
}

/// The first sentences of a section: what a slide says where nobody typed points.
fn sentences(material: &Material, code: &str) -> Vec<String> {
    let section = material
        .content
        .sections
        .iter()
        .find(|section| section.code == code);
    let text = section.map_or("", |section| section.text.as_str());
    let all = lines(material, text).into_iter();
    all.map(|line| first_sentence(&line).chars().take(POINT).collect())
        .filter(|line: &String| !line.is_empty())
        .collect()
}

fn points(title: String, points: Vec<String>) -> Vec<Slide<PhotoRef>> {
    if points.is_empty() {
        return Vec::new();
    }
    vec![Slide::Points { title, points }]
}

/// What a slide would say in points by itself.
pub(super) fn proposed_points(material: &Material, slide: SlideKind) -> Vec<String> {
    match slide {
        SlideKind::Shortcomings => sentences(material, "problems"),
        SlideKind::Next => sentences(material, "next"),
        _ => Vec::new(),
    }
}

/// What stands in double braces in what was typed for slides and is no figure of theirs.
pub(super) fn unknown(material: &Material) -> Vec<String> {
    let texts = material.texts.iter().flat_map(|row| pieces(&row.text));
    texts
        .filter_map(|piece| match piece {
            Piece::Unknown(inner) => Some(inner),
            Piece::Figure(code) => shown_in(&material.facts, &material.content, &code)
                .is_none()
                .then(|| code.to_string()),
            Piece::Words(_) => None,
        })
        .collect()
}

/// The heading of a slide.
pub(super) fn title(material: &Material, slide: SlideKind) -> String {
    let typed = lines(material, material.text(slide, SlideField::Title)).concat();
    if typed.is_empty() {
        words::title(slide, material.stored.year)
    } else {
        typed
    }
}

/// All slides in the presenter's order, the hidden ones too; the cover without anything below its heading.
pub(super) fn build(material: &Material) -> Vec<Built> {
    let all = material.arrangement.slides.iter().map(|placed| {
        let slide = placed.slide;
        let heading = title(material, slide);
        let typed = if slide.takes(SlideField::Points) {
            lines(material, material.text(slide, SlideField::Points))
        } else {
            Vec::new()
        };
        let title = heading.clone();
        let slides = match slide {
            _ if !typed.is_empty() => {
                let cut = |line: String| line.chars().take(POINT).collect();
                points(title, typed.into_iter().map(cut).collect())
            }
            SlideKind::Cover => Vec::new(),
            SlideKind::SixFigures => six_figures(material, title),
            SlideKind::Coverage => coverage(material, title),
            SlideKind::ByKind => by_kind(material, title),
            SlideKind::Photos => photos(material, title),
            SlideKind::Problems => problems(material, title),
            SlideKind::LastYear => last_year(material, title),
            SlideKind::Shortcomings | SlideKind::Next => {
                points(title, proposed_points(material, slide))
            }
        };
        Built {
            slide,
            hidden: placed.hidden,
            title: heading,
            slides,
        }
    });
    all.collect()
}
