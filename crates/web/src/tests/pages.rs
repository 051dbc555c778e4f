//! Every page × sample × language.

use crate::lang::{Lang, MISSING};
use crate::pages::sample;

#[test]
fn every_page_renders_in_every_language_without_a_missing_text() {
    for lang in Lang::ALL {
        let samples = sample::all(lang);
        assert!(samples.len() >= 30, "only {} samples", samples.len());
        for sample in samples {
            let html = sample
                .html
                .unwrap_or_else(|error| panic!("{} {lang:?}: {error}", sample.name));
            let at = html
                .find(MISSING)
                .map(|at| html[at..].chars().take(80).collect::<String>());
            assert_eq!(at, None, "{} {lang:?} lacks a text", sample.name);
            assert!(html.starts_with("<!doctype html>"), "{}", sample.name);
            assert!(
                html.contains(&format!("<html lang=\"{}\">", lang.tag())),
                "{}",
                sample.name
            );
        }
    }
}

#[test]
fn no_page_holds_what_the_content_security_policy_refuses() {
    for sample in sample::all(Lang::Zh) {
        let html = sample.html.unwrap_or_default();
        assert!(
            !html.contains(" style="),
            "{} has an inline style",
            sample.name
        );
        assert!(
            !html.contains("<style"),
            "{} has a style element",
            sample.name
        );
        assert!(!html.contains("javascript:"), "{}", sample.name);
        for script in html.split("<script").skip(1) {
            let allowed = script.starts_with(" defer src=\"/assets/")
                || script.starts_with(" type=\"application/json\"");
            assert!(allowed, "{} has an inline script", sample.name);
        }
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            // What stands between quotation marks is a value, such as a class called "on-bar wide".
            let names: String = tag.split('"').step_by(2).collect();
            assert!(
                !names.contains(" on"),
                "{}: {tag} has an event attribute",
                sample.name
            );
        }
    }
}

#[test]
fn one_primary_button_on_a_page() {
    for sample in sample::all(Lang::Zh) {
        let html = sample.html.unwrap_or_default();
        let primary = html.matches("btn-primary").count();
        assert!(
            primary <= 1,
            "{} has {primary} primary buttons",
            sample.name
        );
    }
}
