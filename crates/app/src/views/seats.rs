//! What a teller and the issuer see (contract §3.3, §3.4).

use pingyi_domain::{AppraisalId, CategoryCode};
use pingyi_store::BoxId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The appraisal in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppraisalBrief {
    /// Id.
    pub id: AppraisalId,
    /// Title.
    pub title: String,
    /// State.
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
}

/// What a teller sees.
#[derive(Debug, Clone, Serialize)]
pub struct TellerView {
    /// The appraisal.
    pub appraisal: AppraisalBrief,
    /// Seat from 1.
    pub index: u32,
    /// Name.
    pub name: String,
    /// How many must come.
    pub threshold: u32,
    /// How many there are.
    pub size: u32,
    /// `Ed25519`.
    pub group: &'static str,
    /// The ceremony.
    pub ceremony: CeremonyView,
    /// The encrypted share of the key, from the teller's own output.
    pub decryption_key: Option<String>,
    /// The boxes.
    pub boxes: Vec<TellerBox>,
    /// The urn of opinions.
    pub urn: TellerUrn,
}

/// How far the ceremony is.
#[derive(Debug, Clone, Serialize)]
pub struct CeremonyView {
    /// Certificates by seat.
    pub certs: Vec<Option<Value>>,
    /// Whether each polynomial is in.
    pub polynomials: Vec<bool>,
    /// What this teller gets to work on, when all polynomials are in.
    pub vinput: Option<Value>,
    /// Whether each output is in.
    pub outputs: Vec<bool>,
    /// `trustees.json`, when all outputs are in.
    pub trustees: Option<String>,
}

/// A box, for a teller.
#[derive(Debug, Clone, Serialize)]
pub struct TellerBox {
    /// Uuid.
    pub uuid: BoxId,
    /// Letter.
    pub category: CategoryCode,
    /// Who they are.
    pub label: String,
    /// Minimum group size.
    pub minimum: u32,
    /// State of the box.
    pub state: String,
    /// The encrypted tally as on the board, to compare with one's own.
    pub encrypted_tally: Option<String>,
    /// The sized tally as on the board.
    pub sized: Option<Value>,
    /// Whose shares are in.
    pub shares: Vec<i64>,
    /// Whether the result is there.
    pub opened: bool,
    /// Below the minimum.
    pub skipped: bool,
}

/// The urn, for a teller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TellerUrn {
    /// Sealed opinions in it.
    pub entries: i64,
    /// `none`, `filling`, `closed`, `opened`.
    pub state: &'static str,
    /// Whose shares are in.
    pub shares: Vec<i64>,
}

/// The entries of the urn, for a teller (contract §6: sorted by their hash).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UrnEntries {
    /// The urn's id.
    pub context: String,
    /// The sealed opinions.
    pub entries: Vec<String>,
}

/// A teller's share of a box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharesIn {
    /// The box.
    pub r#box: BoxId,
    /// Partial decryption as in the archive.
    pub partial_decryption: Value,
    /// Strong proofs per question and answer.
    pub strong: Value,
}

/// A teller's share of the urn.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrnSharesIn {
    /// One factor per entry.
    pub factors: Value,
    /// One strong proof per entry.
    pub proofs: Value,
}

/// What the issuer sees.
#[derive(Debug, Clone, Serialize)]
pub struct IssuerView {
    /// The appraisal.
    pub appraisal: AppraisalBrief,
    /// Where the booth is, for the slips.
    pub base_url: String,
    /// The boxes.
    pub boxes: Vec<IssuerBox>,
}

/// A box, for the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssuerBox {
    /// Uuid.
    pub uuid: BoxId,
    /// Letter.
    pub category: CategoryCode,
    /// Who they are.
    pub label: String,
    /// Raters expected.
    pub expected: u32,
    /// Credentials on the roll.
    pub registered: i64,
    /// On slips for phones.
    pub phone: i64,
    /// Set aside for paper.
    pub paper: i64,
    /// Spare slips.
    pub spare: i64,
}

/// The roll of a box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollIn {
    /// The box.
    pub r#box: BoxId,
    /// Public credentials on slips for phones.
    #[serde(default)]
    pub phone: Vec<String>,
    /// Set aside for paper.
    #[serde(default)]
    pub paper: Vec<String>,
    /// Spare slips.
    #[serde(default)]
    pub spare: Vec<String>,
}
