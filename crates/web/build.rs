//! Looks whether the browser's bundles are there, so that a missing one is a clear sentence and not a broken page.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=../../frontend/dist");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=../../locales");
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/dist");
    let wanted = [
        "booth",
        "check",
        "challenge",
        "teller",
        "issuer",
        "hall",
        "office",
        "setup",
    ];
    let missing: Vec<String> = wanted
        .iter()
        .map(|name| format!("{name}.js"))
        .filter(|name| !dist.join(name).is_file())
        .collect();
    if missing.is_empty() {
        return;
    }
    let text = format!(
        "frontend/dist lacks {}: run `npm ci && npm run build` in frontend/ (then build this crate again)",
        missing.join(", ")
    );
    // A release without them would be a product that does not work; while developing, the pages say it themselves.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::error={text}");
    } else {
        println!("cargo::warning={text}");
    }
}
