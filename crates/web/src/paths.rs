//! Addresses within this server.

use std::fmt::Write as _;

/// Percent-encodes a path for use as a value in a query.
pub(crate) fn encode(path: &str) -> String {
    path.bytes()
        .fold(String::with_capacity(path.len()), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                // Writing into a text cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
}

/// Percent-encodes a name or a value of a query.
pub(crate) fn encode_value(text: &str) -> String {
    encode(text).replace('/', "%2F")
}

/// Undoes [`encode`]; what is not well encoded stays.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match (
            bytes[at],
            hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()),
        ) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The value of `name` in a query.
pub(crate) fn from_query(query: Option<&str>, name: &str) -> Option<String> {
    let find = |pair: &str| {
        pair.split_once('=')
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| decode(value))
    };
    query?.split('&').find_map(find)
}

/// A path of this server to go on to, or `/`: never another server, never a script.
pub(crate) fn local(path: Option<String>) -> String {
    let fine = |path: &String| {
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n'])
    };
    path.filter(fine).unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_decoding_meet() {
        for path in ["/appraisals/a1", "/x?y=1&z=2", "/评议", "%", "%zz"] {
            assert_eq!(decode(&encode(path)), path);
        }
        assert_eq!(decode("%2"), "%2");
        assert_eq!(
            from_query(Some("a=1&then=%2Fx%3F"), "then").as_deref(),
            Some("/x?")
        );
    }

    #[test]
    fn one_goes_on_within_this_server_only() {
        let to = |path: &str| local(Some(path.to_owned()));
        assert_eq!(to("/appraisals"), "/appraisals");
        for bad in [
            "//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\\evil",
            "",
        ] {
            assert_eq!(to(bad), "/", "{bad}");
        }
    }
}
