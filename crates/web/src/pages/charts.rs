//! Charts made on the server. Coordinates are percentages given as attributes: text keeps its size on every screen,
//! and the content security policy needs no exception for inline styles.

use fluent_bundle::FluentValue;

use crate::lang::Texts;

/// The tones of grades, best first (docs/design-system.md): `abstain[i]` says whether grade i is an abstention.
#[must_use]
pub fn tones(abstain: &[bool]) -> Vec<&'static str> {
    let marking = abstain.iter().filter(|abstain| !**abstain).count();
    let mut place = 0;
    abstain
        .iter()
        .map(|abstain| {
            if *abstain {
                return "x";
            }
            place += 1;
            tone(place, marking)
        })
        .collect()
}

/// The tone of the `place`-th of `count` marking grades, from 1.
#[must_use]
pub const fn tone(place: usize, count: usize) -> &'static str {
    match (place, count) {
        (1, _) => "1",
        (place, count) if place >= count => "4",
        (2, _) => "2",
        _ => "3",
    }
}

/// A grade in the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeKey {
    /// Its word.
    pub label: String,
    /// Its tone.
    pub tone: &'static str,
}

/// 100 % stacked bars, one per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Id of the figure.
    pub id: String,
    /// What it shows, as a finding where there is one.
    pub title: String,
    /// Whether it is one of many.
    pub small: bool,
    /// Head of the first column of its table.
    pub row_head: String,
    /// Grades in order.
    pub grades: Vec<GradeKey>,
    /// Bars.
    pub rows: Vec<BarRow>,
}

impl Distribution {
    /// Whether anything was marked; a box that was not opened has nothing to draw.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.rows
            .iter()
            .any(|row| row.counts.iter().any(|count| *count > 0))
    }
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarRow {
    /// Whose.
    pub label: String,
    /// The whole of it in words.
    pub spoken: String,
    /// Pieces.
    pub segments: Vec<Segment>,
    /// Figure at its end.
    pub value: String,
    /// Counts by grade.
    pub counts: Vec<u64>,
}

/// A piece of a bar; `x`, `middle` and `width` in per cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Tone of its grade.
    pub tone: &'static str,
    /// Left edge.
    pub x: String,
    /// Width.
    pub width: String,
    /// Middle.
    pub middle: String,
    /// How many.
    pub count: u64,
    /// Whether the number fits inside.
    pub room: bool,
    /// Whether it fits only where the bar is wide.
    pub tight: bool,
}

/// Hundredths of a per cent as text.
fn percent(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The bar of one row.
#[must_use]
pub fn bar(texts: Texts, label: &str, value: &str, counts: &[u64], grades: &[GradeKey]) -> BarRow {
    let total: u64 = counts.iter().sum();
    let mut before = 0_u64;
    let mut segments = Vec::new();
    // Edges come from running sums, so that rounding leaves no gap and the last edge is 100 %.
    for (count, grade) in counts.iter().zip(grades) {
        let edge = |sum: u64| (sum * 10_000).checked_div(total).unwrap_or(0);
        let (left, right) = (edge(before), edge(before + count));
        before += count;
        if right > left {
            segments.push(Segment {
                tone: grade.tone,
                x: percent(left),
                width: percent(right - left),
                middle: percent(left.midpoint(right)),
                count: *count,
                room: right - left >= 700,
                tight: (350..700).contains(&(right - left)),
            });
        }
    }
    let comma = texts.s("web-list-comma");
    let spoken = grades
        .iter()
        .zip(counts)
        .map(|(grade, n)| {
            texts.with(
                "chart-count",
                [("grade", grade.label.clone().into()), ("n", (*n).into())],
            )
        })
        .collect::<Vec<_>>()
        .join(&comma);
    let spoken = texts.with(
        "chart-spoken",
        [
            ("label", label.to_owned().into()),
            ("counts", spoken.into()),
        ],
    );
    BarRow {
        label: label.to_owned(),
        spoken,
        segments,
        value: value.to_owned(),
        counts: counts.to_vec(),
    }
}

/// Rank ranges: a dot at the rank, a whisker from the best to the worst rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranks {
    /// The finding.
    pub title: String,
    /// Lines of the grid in per cent.
    pub ticks: Vec<String>,
    /// One per presenter.
    pub rows: Vec<RankRow>,
}

/// A presenter's rank range; positions in per cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankRow {
    /// Whose.
    pub label: String,
    /// In words.
    pub spoken: String,
    /// The range as text.
    pub range: String,
    /// Rank by score.
    pub rank: usize,
    /// Best rank.
    pub from: usize,
    /// Worst rank.
    pub to: usize,
    /// Position of the dot.
    pub x: String,
    /// Left end of the whisker.
    pub from_x: String,
    /// Right end of the whisker.
    pub to_x: String,
}

/// Where a rank stands on an axis of `count` ranks: the middle of its slot, in per cent.
fn rank_x(rank: usize, count: usize) -> String {
    let count = u64::try_from(count.max(1)).unwrap_or(u64::MAX);
    let rank = u64::try_from(rank.max(1)).unwrap_or(u64::MAX);
    percent(((2 * rank - 1) * 5_000) / count)
}

/// The range as text: `第 1 名` or `1–3`.
#[must_use]
pub fn range_text(texts: Texts, from: usize, to: usize) -> String {
    if from == to {
        texts.a("ranks-same", "from", &from.to_string())
    } else {
        format!("{from}–{to}")
    }
}

/// The chart of `rows`: (label, rank, best, worst).
#[must_use]
pub fn ranks(texts: Texts, rows: &[(String, usize, usize, usize)]) -> Ranks {
    let count = rows.len();
    let overlapping = rows.iter().filter(|(_, _, from, to)| from < to).count();
    let title = if overlapping == 0 {
        texts.s("finding-ranks")
    } else {
        let number = |n: usize| FluentValue::from(n);
        texts.with(
            "finding-ranks-wide",
            [("n", number(count)), ("m", number(overlapping))],
        )
    };
    let rows = rows
        .iter()
        .map(|(label, rank, from, to)| RankRow {
            label: label.clone(),
            spoken: texts.with(
                "ranks-spoken",
                [
                    ("label", label.clone().into()),
                    ("rank", (*rank).into()),
                    ("from", (*from).into()),
                    ("to", (*to).into()),
                ],
            ),
            range: range_text(texts, *from, *to),
            rank: *rank,
            from: *from,
            to: *to,
            x: rank_x(*rank, count),
            from_x: rank_x(*from, count),
            to_x: rank_x(*to, count),
        })
        .collect();
    Ranks {
        title,
        ticks: (1..=count).map(|rank| rank_x(rank, count)).collect(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn tones_follow_the_rule_of_the_design_system() {
        assert_eq!(tones(&[false; 4]), ["1", "2", "3", "4"]);
        assert_eq!(tones(&[false, false, false, true]), ["1", "2", "4", "x"]);
        assert_eq!(tones(&[false, false]), ["1", "4"]);
        assert_eq!(tones(&[false; 6]), ["1", "2", "3", "3", "3", "4"]);
    }

    #[test]
    fn pieces_of_a_bar_touch_and_end_at_one_hundred() {
        let grades: Vec<GradeKey> = tones(&[false; 4])
            .into_iter()
            .map(|tone| GradeKey {
                label: tone.to_owned(),
                tone,
            })
            .collect();
        let row = bar(Texts(Lang::En), "p", "1", &[1, 1, 0, 1], &grades);
        let edges: Vec<(&str, &str)> = row
            .segments
            .iter()
            .map(|s| (s.x.as_str(), s.width.as_str()))
            .collect();
        assert_eq!(
            edges,
            [("0.00", "33.33"), ("33.33", "33.33"), ("66.66", "33.34")]
        );
        assert_eq!(row.spoken, "p: 1 1, 2 1, 3 0, 4 1");
        assert!(
            bar(Texts(Lang::En), "p", "—", &[0, 0, 0, 0], &grades)
                .segments
                .is_empty()
        );
    }

    #[test]
    fn ranks_stand_in_the_middle_of_their_slots() {
        let chart = ranks(
            Texts(Lang::En),
            &[("a".to_owned(), 1, 1, 1), ("b".to_owned(), 2, 1, 2)],
        );
        assert_eq!(chart.ticks, ["25.00", "75.00"]);
        assert_eq!(
            (chart.rows[1].from_x.as_str(), chart.rows[1].to_x.as_str()),
            ("25.00", "75.00")
        );
        assert_eq!(chart.rows[1].range, "1–2");
    }
}
