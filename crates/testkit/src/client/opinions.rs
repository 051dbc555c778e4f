//! Opinions: sealed in the booth to the tellers' key, put into an urn of their own.

use pingyi_ballot::group::Point;
use pingyi_ballot::opinion::{Opinion, UrnContext, seal};
use serde::Deserialize;
use serde_json::json;

use super::http::{Auth, patiently};
use super::rater::{PATIENCE, Rater, distrust};
use super::wire::UrnInfo;
use crate::error::TestkitError;
use crate::setting::Setting;

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "stored")]
    _stored: u64,
}

impl Rater {
    /// Seals one opinion for each presenter and puts them into the urn.
    ///
    /// # Errors
    /// The box has no urn, an opinion is too long, refused, or no answer.
    pub async fn write(
        &mut self,
        appraisal: &str,
        opinions: &[String],
    ) -> Result<(), TestkitError> {
        let urn: &UrnInfo = self
            .booth
            .info
            .urn
            .as_ref()
            .ok_or_else(|| distrust("the box has no urn"))?;
        let key: Point = urn.key.parse().map_err(distrust)?;
        let context = UrnContext::new(appraisal, &key);
        if context.as_str() != urn.context || key != *self.booth.election.public_key() {
            return Err(distrust("the urn belongs to another appraisal or key"));
        }
        let mut entries = Vec::with_capacity(opinions.len());
        for (presenter, text) in opinions.iter().enumerate() {
            let code = Setting::presenter_code(presenter);
            let opinion = Opinion {
                presenter: code,
                text: text.clone(),
            };
            entries.push(seal(&context, &opinion, &mut self.rng).map_err(distrust)?);
        }
        let path = format!("/api/appraisals/{appraisal}/opinions");
        let body = json!({ "entries": entries });
        let _: Stored = patiently(PATIENCE, || async {
            self.http.post(&Auth::Nobody, &path, &body).await
        })
        .await?;
        Ok(())
    }
}
