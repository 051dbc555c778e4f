//! An S3-compatible store: Amazon's own, `MinIO`, Ceph, or what the city's cloud offers.

use std::time::Duration;

use object_store::RetryConfig;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;

use super::http::Hyper;
use crate::{Result, StoreError};

/// Somebody waits for the answer: three attempts, then it is said that the store does not answer.
const RETRIES: usize = 2;
const RETRY_FOR: Duration = Duration::from_secs(20);

/// Opens `s3://bucket/prefix`. No request is made yet.
///
/// # Errors
/// [`StoreError::FilesAddress`] for what is no such address, or a setting that cannot be.
pub(super) fn open(address: &str, settings: &[(String, String)]) -> Result<(AmazonS3, Key)> {
    let wrong = || StoreError::FilesAddress(address.to_owned());
    let rest = address.strip_prefix("s3://").ok_or_else(wrong)?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(wrong());
    }
    let prefix = Key::parse(prefix.trim_end_matches('/')).map_err(|_| wrong())?;
    let mut builder = AmazonS3Builder::new();
    for (name, value) in settings {
        // The environment may hold settings for other programs of the same family.
        if let Ok(known) = name.to_ascii_lowercase().parse() {
            builder = builder.with_config(known, value);
        }
    }
    let store = builder
        .with_bucket_name(bucket)
        // One request for each file: not every store knows the bulk form.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig {
            max_retries: RETRIES,
            retry_timeout: RETRY_FOR,
            ..RetryConfig::default()
        })
        .with_http_connector(Hyper)
        .build()
        .map_err(|error| StoreError::FilesAddress(error.to_string()))?;
    Ok((store, prefix))
}
