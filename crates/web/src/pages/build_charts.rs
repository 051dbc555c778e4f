//! The charts of a result: bars by presenter, by item, by category, and the rank ranges.

use pingyi_app::{CategoryResult, ResultTable};

use super::build_result::{DASH, Maker};
use super::charts::{self, Distribution};

impl Maker<'_> {
    pub(super) fn ranks(&self) -> Option<charts::Ranks> {
        let rows: Vec<(String, usize, usize, usize)> = self
            .tables
            .iter()
            .filter_map(|table| {
                table
                    .rank
                    .as_ref()
                    .map(|rank| (table.title.clone(), rank.rank, rank.from, rank.to))
            })
            .collect();
        (!rows.is_empty()).then(|| charts::ranks(self.texts, &rows))
    }

    pub(super) fn items(&self) -> Vec<Distribution> {
        if self.view.items.len() < 2 {
            return Vec::new();
        }
        let chart = |(place, item): (usize, &pingyi_app::NamedItem)| {
            self.chart(
                &format!("item-{place}"),
                item.label.clone(),
                true,
                &|_| true,
                &|other| other == place,
            )
        };
        self.view.items.iter().enumerate().map(chart).collect()
    }

    pub(super) fn by_category(&self) -> Vec<Distribution> {
        let Some(first) = self.view.tables.first() else {
            return Vec::new();
        };
        let chart = |(place, category): (usize, &CategoryResult)| {
            let title = self.texts.with_map(
                "result-category-chart",
                [
                    ("code", category.code.to_string().as_str()),
                    ("label", category.label.as_str()),
                ],
            );
            self.chart(
                &format!("category-{place}"),
                title,
                true,
                &|other| other == place,
                &|_| true,
            )
        };
        first.categories.iter().enumerate().map(chart).collect()
    }

    /// Sums the counts over the chosen categories and items.
    pub(super) fn chart(
        &self,
        id: &str,
        title: String,
        small: bool,
        category: &dyn Fn(usize) -> bool,
        item: &dyn Fn(usize) -> bool,
    ) -> Distribution {
        let row = |table: &&ResultTable| {
            let mut counts = vec![0_u64; self.grades.len()];
            let chosen = table
                .categories
                .iter()
                .enumerate()
                .filter(|(place, _)| category(*place));
            for (_, part) in chosen {
                for (_, marks) in part
                    .counts
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| item(*place))
                {
                    for (sum, count) in counts.iter_mut().zip(marks) {
                        *sum += count;
                    }
                }
            }
            let score = table
                .score
                .as_ref()
                .map_or(DASH, |score| score.shown.as_str());
            charts::bar(self.texts, &table.title, score, &counts, self.grades)
        };
        Distribution {
            id: format!("chart-{id}"),
            title,
            small,
            row_head: self.texts.s("presenter"),
            grades: self.grades.to_vec(),
            rows: self.tables.iter().map(row).collect(),
        }
    }
}
