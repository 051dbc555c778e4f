//! Making `election.json`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Election, Question};
use crate::credential::Uuid;
use crate::error::BallotError;
use crate::group::{GROUP_NAME, Point};

/// The parts of a new election; [`ElectionBuilder::build`] fixes its bytes.
#[derive(Debug, Clone)]
pub struct ElectionBuilder {
    /// Description.
    pub description: String,
    /// Title.
    pub name: String,
    /// The tellers' joint key.
    pub public_key: Point,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// Identifier.
    pub uuid: Uuid,
    /// Who runs it; left out when absent.
    pub administrator: Option<String>,
    /// Who issued the credentials; left out when absent.
    pub credential_authority: Option<String>,
    /// Further fields, written after the known ones in the order of their names. The
    /// fingerprint covers them.
    pub extra: Map<String, Value>,
}

#[derive(Serialize)]
struct Out<'a> {
    version: u64,
    description: &'a str,
    name: &'a str,
    group: &'a str,
    public_key: &'a Point,
    questions: &'a [Question],
    uuid: &'a Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_authority: Option<&'a str>,
    #[serde(flatten)]
    extra: &'a Map<String, Value>,
}

impl ElectionBuilder {
    /// Writes the JSON and reads it back with all checks of [`Election::parse`].
    ///
    /// # Errors
    /// Those of [`Election::parse`]; an extra field that bears the name of a known one is
    /// `ElectionMalformed`.
    pub fn build(&self) -> Result<Election, BallotError> {
        let json = serde_json::to_string(&Out {
            version: 1,
            description: &self.description,
            name: &self.name,
            group: GROUP_NAME,
            public_key: &self.public_key,
            questions: &self.questions,
            uuid: &self.uuid,
            administrator: self.administrator.as_deref(),
            credential_authority: self.credential_authority.as_deref(),
            extra: &self.extra,
        })
        .map_err(|error| BallotError::ElectionMalformed(error.to_string()))?;
        Election::parse(&json)
    }
}
