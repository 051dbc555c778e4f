//! What goes in: the numbers of the form and the counts of the boxes.

use serde::{Deserialize, Serialize};

use crate::error::ScoringError;
use crate::exact::{Value, Weight};

/// The numbers of the form, fixed before the vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// `v_g`: what each grade is worth, in the order of the answers; `None` for an abstention.
    pub grades: Vec<Option<Value>>,
    /// `w_i`: the weight of each item.
    pub items: Vec<Weight>,
    /// The categories of raters.
    pub categories: Vec<CategoryRule>,
}

/// How a category counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRule {
    /// `W_c`: the weight of the category's mean.
    pub weight: Weight,
    /// Below how many ballots it does not count and its box is not opened.
    pub minimum: u64,
}

/// The marks of one box: `[presenter][item][grade]`, how many ballots gave that grade.
pub type Marks = Vec<Vec<Vec<u64>>>;

/// What came out of one category's box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxCounts {
    /// Ballots that count.
    pub ballots: u64,
    /// The marks, or `None` for a box that was not opened.
    pub marks: Option<Marks>,
}

impl BoxCounts {
    /// A box that was not opened.
    #[must_use]
    pub const fn unopened(ballots: u64) -> Self {
        Self {
            ballots,
            marks: None,
        }
    }
}

impl Scheme {
    /// Whether the counts fit the form and the form can give a score.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, presenters: usize, boxes: &[BoxCounts]) -> Result<(), ScoringError> {
        if boxes.len() != self.categories.len() {
            return Err(ScoringError::Boxes {
                boxes: boxes.len(),
                categories: self.categories.len(),
            });
        }
        if self.items.iter().all(Weight::is_zero)
            || self.categories.iter().all(|rule| rule.weight.is_zero())
        {
            return Err(ScoringError::NoWeight);
        }
        if self.grades.iter().all(Option::is_none) {
            return Err(ScoringError::NoValue);
        }
        for (category, counts) in boxes.iter().enumerate() {
            if let Some(marks) = &counts.marks {
                self.check_marks(category, presenters, counts.ballots, marks)?;
            }
        }
        Ok(())
    }

    fn check_marks(
        &self,
        category: usize,
        presenters: usize,
        ballots: u64,
        marks: &Marks,
    ) -> Result<(), ScoringError> {
        let shaped = |rows: &Vec<Vec<u64>>| {
            rows.len() == self.items.len() && rows.iter().all(|row| row.len() == self.grades.len())
        };
        if marks.len() != presenters || !marks.iter().all(shaped) {
            return Err(ScoringError::Shape { category });
        }
        for (presenter, rows) in marks.iter().enumerate() {
            for (item, row) in rows.iter().enumerate() {
                let sum = row
                    .iter()
                    .try_fold(0_u64, |sum, &count| sum.checked_add(count));
                if sum != Some(ballots) {
                    return Err(ScoringError::RowSum {
                        category,
                        presenter,
                        item,
                    });
                }
            }
        }
        Ok(())
    }
}
