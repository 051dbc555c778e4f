//! The roll: public credentials from the issuer's page. The server never sees a private one.

use std::collections::BTreeSet;

use pingyi_ballot::group::Point;
use pingyi_domain::Actor;
use pingyi_domain::audit::AuditEvent;
use pingyi_store::repo::{boxes, roll};
use pingyi_store::{BoxId, StoreError};

use crate::events::Topic;
use crate::loaded::{Loaded, category_of};
use crate::{App, AppError, IssuerSeat, IssuerView, Result, RollIn};

/// The most credentials of a box: the largest category with as many again in reserve.
const MOST: usize = 60_000;

impl App {
    /// Replaces the roll of a box.
    ///
    /// # Errors
    /// [`AppError::WrongState`] unless Keyed, [`AppError::RollBadCredential`], [`AppError::RollDuplicate`],
    /// [`AppError::RollTooLong`].
    pub async fn put_roll(&self, seat: &IssuerSeat, input: RollIn) -> Result<IssuerView> {
        let (mut entries, counts) = checked(&input).await?;
        // Stored in the order of their own text, so that nothing of the order of printing is left.
        entries.sort();
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, &seat.appraisal).await?;
        if !appraisal.state.takes_roll() {
            return appraisal.wrong_state();
        }
        let row = boxes::lock(&mut tx, &input.r#box).await?;
        let row = row
            .filter(|row| row.appraisal == seat.appraisal.as_str())
            .ok_or(AppError::NotFound)?;
        let id = BoxId::new(row.r#box.clone());
        roll::clear(&mut tx, &id).await?;
        for (credential, kind) in &entries {
            match roll::insert(&mut tx, &id, credential, kind).await {
                Err(StoreError::Conflict) => return Err(AppError::RollDuplicate),
                other => other?,
            }
        }
        let [phone, paper, spare] = counts;
        let event = AuditEvent::RollSet {
            category: category_of(&row)?,
            phone,
            paper,
            spare,
        };
        self.record(&mut tx, &Actor::Issuer, seat.appraisal.as_str(), &event)
            .await?;
        tx.commit().await?;
        self.announce(&seat.appraisal, &[Topic::Boxes]);
        self.issuer_view(seat).await
    }
}

type Entry = (String, &'static str);

/// Checks that every credential is a group element and none stands twice.
async fn checked(input: &RollIn) -> Result<(Vec<Entry>, [u32; 3])> {
    let lists = [
        (&input.phone, "phone"),
        (&input.paper, "paper"),
        (&input.spare, "spare"),
    ];
    let total: usize = lists.iter().map(|(list, _)| list.len()).sum();
    if total > MOST {
        return Err(AppError::RollTooLong { limit: MOST });
    }
    let count = |list: &Vec<String>| u32::try_from(list.len()).map_err(AppError::internal);
    let counts = [
        count(&input.phone)?,
        count(&input.paper)?,
        count(&input.spare)?,
    ];
    let entries: Vec<Entry> = lists
        .into_iter()
        .flat_map(|(list, kind)| list.iter().map(move |text| (text.clone(), kind)))
        .collect();
    let distinct: BTreeSet<&str> = entries.iter().map(|(text, _)| text.as_str()).collect();
    if distinct.len() != entries.len() {
        return Err(AppError::RollDuplicate);
    }
    let texts: Vec<String> = entries.iter().map(|(text, _)| text.clone()).collect();
    tokio::task::spawn_blocking(move || check_points(&texts))
        .await
        .map_err(AppError::internal)??;
    Ok((entries, counts))
}

fn check_points(texts: &[String]) -> Result<()> {
    let mut points = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        match Point::from_hex_unchecked_subgroup(text) {
            // The neutral element is in the group and yet nobody's credential.
            Ok(point) if point != Point::identity() => points.push(point),
            _ => return Err(AppError::RollBadCredential { index }),
        }
    }
    if Point::batch_in_subgroup(&points) {
        return Ok(());
    }
    let index = points
        .iter()
        .position(|point| !point.is_in_subgroup())
        .unwrap_or(0);
    Err(AppError::RollBadCredential { index })
}
