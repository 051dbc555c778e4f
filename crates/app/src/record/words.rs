//! The vocabulary: what comes with the program, and in its place what the office made of it.

use std::collections::BTreeMap;

use pingyi_domain::record::{EntryId, FieldProblem, Word, WordDraft, WordList, default_words};
use pingyi_store::Conn;
use pingyi_store::repo::words::{self, WordRow};

use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle};
use crate::{App, AppError, Result};

/// A word with its version; 0 for one that comes with the program and was never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordView {
    /// The word.
    pub word: Word,
    /// Version, to be sent back with a change.
    pub version: i64,
}

fn word_of(row: WordRow) -> Result<WordView> {
    Ok(WordView {
        version: row.version,
        word: Word {
            list: row.list.parse().map_err(AppError::internal)?,
            code: row.code,
            parent: row.parent,
            ordinal: row.ordinal,
            label_zh: row.label_zh,
            label_en: row.label_en,
            retired: row.retired != 0,
        },
    })
}

fn row_of(word: &Word, version: i64) -> WordRow {
    WordRow {
        list: word.list.to_string(),
        code: word.code.clone(),
        version,
        parent: word.parent.clone(),
        ordinal: word.ordinal,
        label_zh: word.label_zh.clone(),
        label_en: word.label_en.clone(),
        retired: i64::from(word.retired),
    }
}

/// All words of a list, in order, the retired ones too.
pub(crate) async fn words_in(conn: &mut Conn, list: WordList) -> Result<Vec<WordView>> {
    let mut all: BTreeMap<String, WordView> = default_words(list)
        .into_iter()
        .map(|word| (word.code.clone(), WordView { word, version: 0 }))
        .collect();
    for row in words::all(conn).await? {
        let view = word_of(row)?;
        if view.word.list == list {
            all.insert(view.word.code.clone(), view);
        }
    }
    let mut all: Vec<WordView> = all.into_values().collect();
    all.sort_by(|a, b| a.word.order().cmp(&b.word.order()));
    Ok(all)
}

impl App {
    /// All words of a list, in order, the retired ones too. Words are no secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn words(&self, list: WordList) -> Result<Vec<WordView>> {
        let mut view = self.store().read().await?;
        words_in(&mut view, list).await
    }

    /// Adds a word; its code is made here and never changes.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for all but the office.
    pub async fn add_word(&self, hand: &Hand, draft: &WordDraft) -> Result<Stored> {
        let code = EntryId::generate(&mut self.rng()).to_string();
        let word = draft.read(&code)?;
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        has_kind(&mut tx, &word).await?;
        words::insert(&mut tx, &row_of(&word, 1)).await?;
        let id = format!("{}/{code}", word.list);
        self.note_added(
            &mut tx,
            hand,
            About {
                id: &id,
                unit: None,
            },
            &word,
        )
        .await?;
        tx.commit().await?;
        Ok(Stored { id, version: 1 })
    }

    /// Renames, moves or retires a word. `version` 0 for one that comes with the program.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office,
    /// [`AppError::Conflict`].
    pub async fn change_word(
        &self,
        hand: &Hand,
        code: &str,
        version: i64,
        draft: &WordDraft,
    ) -> Result<Stored> {
        let word = draft.read(code)?;
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let known = words_in(&mut tx, word.list).await?;
        let stored = known.into_iter().find(|view| view.word.code == code);
        let stored = stored.ok_or(AppError::NotFound)?;
        has_kind(&mut tx, &word).await?;
        let id = format!("{}/{code}", word.list);
        if !settle(
            &mut tx,
            (&id, version),
            (&stored.word, stored.version),
            &word,
        )
        .await?
        {
            return Ok(Stored {
                id,
                version: stored.version,
            });
        }
        let next = stored.version + 1;
        if stored.version == 0 {
            words::insert(&mut tx, &row_of(&word, next)).await?;
        } else if !words::update(&mut tx, &row_of(&word, stored.version)).await? {
            return Err(AppError::Busy);
        }
        let about = About {
            id: &id,
            unit: None,
        };
        self.note_changed(&mut tx, hand, about, next, (&stored.word, &word))
            .await?;
        tx.commit().await?;
        Ok(Stored { id, version: next })
    }
}

/// A topic stands below a kind there is.
async fn has_kind(conn: &mut Conn, word: &Word) -> Result<()> {
    if word.list != WordList::Topic {
        return Ok(());
    }
    let kinds = words_in(conn, WordList::EntryKind).await?;
    if kinds.iter().any(|kind| kind.word.code == word.parent) {
        return Ok(());
    }
    Err(AppError::Fields(vec![FieldProblem {
        field: "parent".to_owned(),
        rule: "entry_kind".to_owned(),
    }]))
}
