//! What a rater gets for a ballot, and what becomes of it (contract §3.5).

use serde::{Deserialize, Serialize};

use crate::hash::Digest;

/// The answer to a ballot once it is durable; the same for the same ballot posted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The tracker, base64 without padding as the booth shows it.
    pub tracker: String,
    /// The height of the board's event.
    pub height: u64,
    /// The hash of the board's event.
    pub event: Digest,
}

/// What became of a ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ReceiptStatus {
    /// It is the last of its credential and counts.
    Counted {
        /// The height of its event.
        height: u64,
        /// The hash of its event.
        event: Digest,
    },
    /// The same slip was used again later.
    Replaced {
        /// The height of its event.
        height: u64,
        /// The hash of its event.
        event: Digest,
    },
    /// It is not on this board.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_the_shape_of_the_contract() {
        let status = ReceiptStatus::Replaced {
            height: 7,
            event: Digest::of(b"event"),
        };
        let json = serde_json::to_value(&status).unwrap();
        assert_eq!(
            (&json["status"], &json["height"]),
            (&"replaced".into(), &7.into())
        );
        assert_eq!(json["event"], Digest::of(b"event").as_str());
        assert_eq!(
            serde_json::to_string(&ReceiptStatus::Unknown).unwrap(),
            r#"{"status":"unknown"}"#
        );
    }
}
