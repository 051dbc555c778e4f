use std::collections::BTreeSet;

use axum::http::HeaderValue;

use super::*;

fn request(uri: &str, cookie: &str, accept: &str) -> Lang {
    let mut headers = HeaderMap::new();
    if !cookie.is_empty() {
        headers.insert(
            header::COOKIE,
            HeaderValue::from_str(cookie).expect("a cookie"),
        );
    }
    if !accept.is_empty() {
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_str(accept).expect("a header"),
        );
    }
    Lang::of_request(&uri.parse().expect("a uri"), &headers)
}

#[test]
fn the_address_wins_over_the_cookie_over_the_browser_over_chinese() {
    assert_eq!(request("/?a=1&lang=en", "lang=zh-CN", "zh-CN"), Lang::En);
    assert_eq!(request("/", "id=1; lang=en", "zh-CN"), Lang::En);
    assert_eq!(request("/", "", "de, en-GB;q=0.8, zh;q=0.3"), Lang::En);
    assert_eq!(request("/", "", "en;q=0.2, zh-TW"), Lang::Zh);
    assert_eq!(request("/", "", "de"), Lang::Zh);
    assert_eq!(request("/?lang=fr", "lang=xx", ""), Lang::Zh);
}

/// The ids of all messages, from the lines they begin on.
fn ids(sources: &[&str]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for source in sources {
        let parsed = FluentResource::try_new((*source).to_owned());
        parsed
            .map_err(|(_, errors)| errors)
            .expect("a catalogue without errors");
        for line in source
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        {
            let (id, _) = line.split_once(" = ").expect("a message has a value");
            assert!(all.insert(id.to_owned()), "{id} stands twice");
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_texts_each_once() {
    let (zh, en) = (ids(ZH), ids(EN));
    assert_eq!(
        zh.difference(&en).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "missing in English"
    );
    assert_eq!(
        en.difference(&zh).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "missing in Chinese"
    );
}

#[test]
fn a_text_that_is_nowhere_is_marked() {
    assert!(Texts(Lang::En).s("no-such-text").starts_with(MISSING));
    assert!(
        Texts(Lang::En).s("web-count").starts_with(MISSING),
        "a missing argument is marked too"
    );
}
