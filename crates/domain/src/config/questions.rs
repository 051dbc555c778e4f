//! The questions of the election: one presenter × one item each (trust.md), in the order of the configuration.

use super::AppraisalConfig;
use crate::codes::CategoryCode;

/// One question as it stands in `election.json`; `min = max = 1`, no blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionText {
    /// `<presenter's title> · <item's label>`, or the title alone where the form has one item.
    pub question: String,
    /// The labels of the grades, in order.
    pub answers: Vec<String>,
}

impl AppraisalConfig {
    /// The number of the question of a presenter and an item, both counted from nought: `p · items + i`.
    /// `None` outside the configuration.
    #[must_use]
    pub fn question_index(&self, presenter: usize, item: usize) -> Option<usize> {
        let items = self.form.items.len();
        (presenter < self.presenters.len() && item < items).then(|| presenter * items + item)
    }

    /// The presenter and item of a question; the inverse of [`Self::question_index`].
    #[must_use]
    pub fn question_place(&self, question: usize) -> Option<(usize, usize)> {
        let items = self.form.items.len();
        let presenter = question.checked_div(items)?;
        (presenter < self.presenters.len()).then(|| (presenter, question % items))
    }

    /// How many questions a ballot answers.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.presenters.len() * self.form.items.len()
    }

    /// All questions, in order.
    #[must_use]
    pub fn questions(&self) -> Vec<QuestionText> {
        let answers: Vec<String> = self
            .form
            .grades
            .iter()
            .map(|grade| grade.label.clone())
            .collect();
        let alone = self.form.items.len() == 1;
        self.presenters
            .iter()
            .flat_map(|presenter| self.form.items.iter().map(move |item| (presenter, item)))
            .map(|(presenter, item)| QuestionText {
                question: if alone {
                    presenter.title.clone()
                } else {
                    format!("{} · {}", presenter.title, item.label)
                },
                answers: answers.clone(),
            })
            .collect()
    }

    /// The `name` of a category's election: the meeting's title and the category's label.
    #[must_use]
    pub fn election_name(&self, category: CategoryCode) -> Option<String> {
        self.category(category)
            .map(|found| format!("{} · {}", self.title, found.label))
    }
}
