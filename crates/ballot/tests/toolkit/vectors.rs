//! Test vectors shared with the browser code: made here, committed, compared at every run.

use std::path::PathBuf;

/// Compares with `vectors/<name>`; with `PINGYI_WRITE_VECTORS=1` writes it instead.
pub fn keep(name: &str, value: &serde_json::Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(name);
    let text = serde_json::to_string_pretty(value).unwrap() + "\n";
    if std::env::var_os("PINGYI_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap_or_default();
    assert!(
        kept == *value,
        "{} is not what the code makes; if that is meant, run again with PINGYI_WRITE_VECTORS=1",
        path.display()
    );
}

/// The same for a file that is compared byte for byte.
pub fn keep_file(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(name);
    if std::env::var_os("PINGYI_WRITE_VECTORS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    let kept = std::fs::read(&path).unwrap_or_default();
    assert!(
        kept == bytes,
        "{} is not what the code makes",
        path.display()
    );
}
