//! Structured logs on standard error. What may stand in them is in docs/logging.md.

use tracing_subscriber::EnvFilter;

/// Starts logging; `PINGYI_LOG` overrides the default filter.
pub fn start(json: bool, default: &str) {
    let filter = EnvFilter::try_from_env("PINGYI_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process (tests) changes nothing.
    let _ = if json {
        logs.json().try_init()
    } else {
        logs.try_init()
    };
}
