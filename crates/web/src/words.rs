//! Fields and values of records in words: for the history, and for what two people changed.

use pingyi_app::Conflict;
use pingyi_app::record::Kind;
use serde_json::{Value, json};

use crate::lang::Texts;

/// The name of a field.
pub(crate) fn label(texts: Texts, kind: Kind, field: &str) -> String {
    let own = format!("field-{kind}-{field}");
    let shared = format!("field-{field}");
    match [own, shared].into_iter().find(|id| texts.has(id)) {
        Some(id) => texts.s(&id),
        None => field.to_owned(),
    }
}

/// A value in words: names on the wire have a text, the rest stands as it is.
pub(crate) fn value(texts: Texts, kind: Kind, field: &str, wire: &str) -> String {
    if wire.is_empty() {
        return texts.s("record-empty");
    }
    let id = format!("value-{kind}-{field}-{wire}");
    // What people typed may hold anything; only names on the wire can be part of a text's id.
    let plain = wire
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if plain && texts.has(&id) {
        texts.s(&id)
    } else {
        wire.to_owned()
    }
}

/// The conflict of docs/record-contract.md §3.
pub(crate) fn conflict_json(texts: Texts, conflict: &Conflict) -> Value {
    let words = |field: &str, wire: &str| {
        let known = conflict.names.get(wire).cloned();
        known.unwrap_or_else(|| value(texts, conflict.kind, field, wire))
    };
    let fields: Vec<Value> = conflict
        .fields
        .iter()
        .map(|f| {
            json!({
                "field": f.field, "label": label(texts, conflict.kind, &f.field), "both": f.both,
                "was": f.was.as_ref().map(|was| words(&f.field, was)),
                "theirs": f.theirs, "theirs_text": words(&f.field, &f.theirs),
                "mine": f.mine, "mine_text": words(&f.field, &f.mine),
            })
        })
        .collect();
    let at = if conflict.at == 0 {
        String::new()
    } else {
        time_text(conflict.at)
    };
    json!({"version": conflict.version, "by": conflict.by, "at": at, "fields": fields})
}

/// Seconds since 1970 as `2018-12-15 09:31`, by the clocks of China.
pub(crate) fn time_text(seconds: i64) -> String {
    match time::OffsetDateTime::from_unix_timestamp(seconds.saturating_add(8 * 3600)) {
        Ok(at) => format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute()),
        Err(_) => seconds.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn what_is_known_has_words_and_the_rest_stands_as_it_is() {
        let texts = Texts(Lang::Zh);
        assert_eq!(label(texts, Kind::Unit, "founded_on"), "成立日期");
        assert_eq!(label(texts, Kind::Unit, "strange"), "strange");
        assert_eq!(value(texts, Kind::Unit, "kind", "park"), "园区党委");
        assert_eq!(value(texts, Kind::Unit, "kind", ""), "（空）");
        assert_eq!(value(texts, Kind::Unit, "name", "华南城 <b>"), "华南城 <b>");
        assert_eq!(time_text(57_600), "1970-01-02 00:00");
    }
}
