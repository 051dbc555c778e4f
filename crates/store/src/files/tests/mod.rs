//! The same cases on a folder and on a small store that speaks S3.

mod bucket;

use bytes::Bytes;
use pingyi_domain::Digest;

use super::FileStore;
use crate::StoreError;
use bucket::Bucket;

async fn a_file_is_kept_once(store: &FileStore) {
    let content = Bytes::from_static(b"a picture");
    let other = Digest::of(b"another");
    assert_eq!(store.list().await.unwrap(), []);
    assert_eq!(store.size(&other).await.unwrap(), None);
    let digest = store.put(content.clone()).await.unwrap();
    assert_eq!(digest, Digest::of(b"a picture"));
    assert_eq!(store.put(content.clone()).await.unwrap(), digest);
    assert_eq!(store.get(&digest).await.unwrap(), Some(content));
    assert_eq!(store.size(&digest).await.unwrap(), Some(9));
    let listed = store.list().await.unwrap();
    assert_eq!(listed.len(), 1, "the same file is one");
    assert_eq!((&listed[0].digest, listed[0].bytes), (&digest, 9));
    assert!(listed[0].at > 1_700_000_000, "{}", listed[0].at);
    assert_eq!(store.get(&other).await.unwrap(), None);
    store.put(Bytes::from_static(b"another")).await.unwrap();
    store.remove(&digest).await.unwrap();
    store.remove(&digest).await.unwrap();
    assert_eq!(store.get(&digest).await.unwrap(), None);
    assert_eq!(store.list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_folder_keeps_files() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("数据 1/files");
    let store = FileStore::folder(&files);
    a_file_is_kept_once(&store).await;
    assert!(!files.join("..").join("sessions").exists());
    let digest = store.put(Bytes::from_static(b"x")).await.unwrap();
    let (first, rest) = digest.as_str().split_at(2);
    let place = files.join(first).join(rest);
    assert_eq!(std::fs::read(&place).unwrap(), b"x");
    // What a crash or somebody's hand left is not taken for ours, and a spoilt file is made whole by the next upload.
    std::fs::write(files.join(first).join(format!("{rest}#1")), b"half").unwrap();
    std::fs::write(files.join("readme.txt"), b"").unwrap();
    std::fs::write(&place, b"spoilt").unwrap();
    assert_eq!(store.list().await.unwrap().len(), 2);
    store.put(Bytes::from_static(b"x")).await.unwrap();
    assert_eq!(std::fs::read(&place).unwrap(), b"x");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&files).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

#[tokio::test]
async fn a_bucket_keeps_files() {
    let bucket = Bucket::open().await;
    for address in ["s3://evidence", "s3://evidence/office/2018/"] {
        let store = FileStore::s3(address, &bucket.settings("key", "secret")).unwrap();
        a_file_is_kept_once(&store).await;
        bucket.clear();
    }
    let asked = bucket.asked();
    for method in ["PUT", "GET", "HEAD", "DELETE"] {
        assert!(
            asked.iter().any(|line| line.starts_with(method)),
            "{method}"
        );
    }
    let hash = Digest::of(b"a picture");
    let (first, rest) = hash.as_str().split_at(2);
    let place = format!("PUT /evidence/office/2018/{first}/{rest}");
    assert!(asked.contains(&place), "{asked:?}");
}

#[tokio::test]
async fn a_bucket_that_refuses_is_told_apart_from_a_missing_file() {
    let bucket = Bucket::open().await;
    let store = FileStore::s3("s3://evidence", &bucket.settings("stranger", "secret")).unwrap();
    let error = store.put(Bytes::from_static(b"x")).await.unwrap_err();
    assert!(matches!(error, StoreError::Files(_)), "{error}");
    let digest = Digest::of(b"x");
    assert!(store.get(&digest).await.is_err() && store.size(&digest).await.is_err());
}

#[test]
fn an_address_that_is_none_is_refused() {
    for address in [
        "",
        "evidence",
        "https://evidence",
        "s3://",
        "s3:///x",
        "s3://evidence/a//b",
    ] {
        let error = FileStore::s3(address, &[]).unwrap_err();
        assert!(
            matches!(error, StoreError::FilesAddress(_)),
            "{address}: {error}"
        );
    }
}

#[test]
fn a_full_disk_is_known_however_deep_the_store_hides_it() {
    let full = object_store::Error::Generic {
        store: "disk",
        source: Box::new(std::io::Error::from(std::io::ErrorKind::StorageFull)),
    };
    let wrapped = object_store::Error::Generic {
        store: "prefix",
        source: Box::new(full),
    };
    assert!(matches!(StoreError::from(wrapped), StoreError::Full));
    let denied = object_store::Error::Generic {
        store: "disk",
        source: Box::new(std::io::Error::from(std::io::ErrorKind::PermissionDenied)),
    };
    assert!(matches!(StoreError::from(denied), StoreError::Files(_)));
}
