//! Canonical JSON: object keys sorted, no white space, so that equal values have equal bytes and one hash.
//!
//! For what we put into it (ASCII keys, texts, whole numbers below 2^53) this is RFC 8785. Sorting is done here
//! and not left to `serde_json::Map`, whose order depends on a feature any crate of the build may switch on.

use std::fmt::Write as _;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::DomainError;

/// The canonical JSON of a value.
///
/// # Panics
/// Where the value's own `Serialize` fails or a map has keys that are no texts; none of our types does.
#[must_use]
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    let value =
        serde_json::to_value(value).expect("our types have text keys and serialise without error");
    let mut out = String::new();
    write_value(&value, &mut out);
    out
}

/// The SHA-256 of the canonical JSON, in lower-case hexadecimal.
#[must_use]
pub fn hash<T: Serialize + ?Sized>(value: &T) -> String {
    sha256_hex(to_json(value).as_bytes())
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
            out
        })
}

/// Reads JSON and says where it does not fit.
///
/// # Errors
/// [`DomainError::Json`].
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, DomainError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value =
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| DomainError::Json {
            path: error.path().to_string(),
            reason: error.into_inner().to_string(),
        })?;
    deserializer.end().map_err(|error| DomainError::Json {
        path: ".".to_owned(),
        reason: error.to_string(),
    })?;
    Ok(value)
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|one, two| one.0.cmp(two.0));
            write_list(out, ['{', '}'], entries, |(key, inner), out| {
                write_text(key, out);
                out.push(':');
                write_value(inner, out);
            });
        }
        Value::Array(values) => write_list(out, ['[', ']'], values, write_value),
        Value::String(text) => write_text(text, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
    }
}

fn write_list<T>(
    out: &mut String,
    [open, close]: [char; 2],
    list: impl IntoIterator<Item = T>,
    write: impl Fn(T, &mut String),
) {
    out.push(open);
    for (index, entry) in list.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(entry, out);
    }
    out.push(close);
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_at_every_depth_and_nothing_is_padded() {
        let value = json!({"b": [1, {"z": null, "a": "引\"\n"}], "a": true});
        assert_eq!(
            to_json(&value),
            r#"{"a":true,"b":[1,{"a":"引\"\n","z":null}]}"#
        );
    }

    #[test]
    fn hashes_are_sha_256() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn text_after_the_value_is_refused() {
        assert!(from_json::<Value>("{} {}").is_err());
        assert!(from_json::<Value>("{}\n").is_ok());
    }
}
