//! The answers of the HTTP interface, as far as the clients read them (contract §3). Unknown fields are ignored.

use serde::Deserialize;
use serde_json::Value;

/// `AppraisalView` of contract §3.7.
#[derive(Debug, Clone, Deserialize)]
pub struct AppraisalView {
    /// The appraisal's id.
    pub id: String,
    /// Name of the state (contract §2.2).
    pub state: String,
    /// Version of the configuration.
    #[serde(default)]
    pub version: u64,
    /// What is still wrong with it.
    #[serde(default)]
    pub problems: Vec<Value>,
    /// Seats of the tellers.
    #[serde(default)]
    pub tellers: Vec<Value>,
    /// The boxes, in the order of the categories.
    #[serde(default)]
    pub boxes: Vec<BoxView>,
    /// Actions allowed now.
    #[serde(default)]
    pub next: Vec<String>,
}

/// One box in an `AppraisalView`.
#[derive(Debug, Clone, Deserialize)]
pub struct BoxView {
    /// Its uuid.
    pub uuid: String,
    /// Letter of the category.
    pub category: String,
    /// Ballots on the board.
    #[serde(default)]
    pub ballots: u64,
    /// Of these, replaced by later ones.
    #[serde(default)]
    pub replaced: u64,
    /// Tellers whose share is there.
    #[serde(default)]
    pub shares: Vec<u64>,
    /// Not opened: too few ballots.
    #[serde(default)]
    pub skipped: bool,
    /// Whether the result is there.
    #[serde(default)]
    pub result: bool,
}

/// The links of contract §3.2; each ends in `#TOKEN`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Links {
    /// One for every teller.
    #[serde(default)]
    pub tellers: Vec<TellerLink>,
    /// The issuer's.
    #[serde(default)]
    pub issuer: Option<String>,
    /// The hall screen's.
    #[serde(default)]
    pub hall: Option<String>,
}

/// The link of one teller.
#[derive(Debug, Clone, Deserialize)]
pub struct TellerLink {
    /// Seat, from 1.
    pub index: u64,
    /// The seat's name.
    pub name: String,
    /// The address.
    pub url: String,
}

/// Address and token of a link: everything after `#` is the secret.
#[must_use]
pub fn token(link: &str) -> Option<&str> {
    link.split_once('#')
        .map(|(_, token)| token)
        .filter(|token| !token.is_empty())
}

/// What the booth learns of its box (contract §3.5).
#[derive(Debug, Clone, Deserialize)]
pub struct BoxInfo {
    /// The box.
    pub uuid: String,
    /// Name of its state.
    pub state: String,
    /// The exact election, once sealed.
    pub election: Option<String>,
    /// Key and context of the urn for opinions.
    #[serde(default)]
    pub urn: Option<UrnInfo>,
    /// End of the chain.
    #[serde(default)]
    pub head: Option<Head>,
}

/// The urn for opinions.
#[derive(Debug, Clone, Deserialize)]
pub struct UrnInfo {
    /// The tellers' joint key.
    pub key: String,
    /// The context every opinion is bound to.
    pub context: String,
}

/// End of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// Height of the last event, -1 before the first.
    pub height: i64,
    /// Its hash, 64 hex digits.
    pub hash: String,
    /// Ballots so far, where said.
    #[serde(default)]
    pub ballots: Option<u64>,
}

/// The answer to a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// SHA-256 of the ballot, base64 without padding.
    pub tracker: String,
    /// Height of the ballot's event.
    pub height: u64,
    /// Hash of the ballot's event.
    pub event: String,
}

/// What became of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReceiptStatus {
    /// `counted`, `replaced` or `unknown`.
    pub status: String,
    /// Height of its event.
    #[serde(default)]
    pub height: Option<u64>,
    /// Hash of its event.
    #[serde(default)]
    pub event: Option<String>,
}

/// The issuer's boxes (contract §3.4).
#[derive(Debug, Clone, Deserialize)]
pub struct IssuerView {
    /// Where the booths live.
    pub base_url: String,
    /// The boxes to make slips for.
    pub boxes: Vec<IssuerBox>,
}

/// One of the issuer's boxes.
#[derive(Debug, Clone, Deserialize)]
pub struct IssuerBox {
    /// Its uuid.
    pub uuid: String,
    /// Letter of the category.
    pub category: String,
    /// Name of the category.
    pub label: String,
    /// Credentials on its roll.
    #[serde(default)]
    pub registered: u64,
}

/// What a teller sees (contract §3.3).
#[derive(Debug, Clone, Deserialize)]
pub struct TellerView {
    /// The appraisal's id and state.
    pub appraisal: TellerAppraisal,
    /// This teller's seat, from 1.
    pub index: u32,
    /// Shares needed.
    pub threshold: u32,
    /// Tellers in all.
    pub size: u32,
    /// The key ceremony so far.
    pub ceremony: Ceremony,
    /// The boxes to open.
    #[serde(default)]
    pub boxes: Vec<TellerBox>,
    /// The urn of opinions.
    #[serde(default)]
    pub urn: Option<TellerUrn>,
    /// The teller's own share of the key, sealed to their seed.
    #[serde(default)]
    pub decryption_key: Option<String>,
}

/// The appraisal as a teller sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct TellerAppraisal {
    /// Its id.
    pub id: String,
    /// Name of its state.
    pub state: String,
}

/// The key ceremony so far.
#[derive(Debug, Clone, Deserialize)]
pub struct Ceremony {
    /// Certificates by seat.
    pub certs: Vec<Option<Value>>,
    /// Whose polynomial is in.
    pub polynomials: Vec<bool>,
    /// What the others sent this teller.
    #[serde(default)]
    pub vinput: Option<Value>,
    /// Whose output is in.
    pub outputs: Vec<bool>,
    /// The finished `trustees.json`.
    #[serde(default)]
    pub trustees: Option<String>,
}

/// One box to open.
#[derive(Debug, Clone, Deserialize)]
pub struct TellerBox {
    /// Its uuid.
    pub uuid: String,
    /// Letter of the category.
    pub category: String,
    /// Smallest number of ballots it is opened with.
    pub minimum: u64,
    /// The server's encrypted tally.
    #[serde(default)]
    pub encrypted_tally: Option<String>,
    /// Whose shares are in.
    #[serde(default)]
    pub shares: Vec<u32>,
    /// Enough shares are in.
    #[serde(default)]
    pub opened: bool,
    /// Too few ballots: never opened.
    #[serde(default)]
    pub skipped: bool,
}

/// The urn as a teller sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct TellerUrn {
    /// How many sealed opinions are in it.
    pub entries: u64,
    /// `none`, `filling`, `closed` or `opened`.
    #[serde(default)]
    pub state: String,
    /// Whose shares are in.
    #[serde(default)]
    pub shares: Vec<u32>,
}

/// The urn's entries for a teller.
#[derive(Debug, Clone, Deserialize)]
pub struct UrnEntries {
    /// What every opinion is bound to.
    pub context: String,
    /// The sealed opinions, sorted by their hashes.
    pub entries: Vec<String>,
}
