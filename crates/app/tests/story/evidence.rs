//! Evidence: who may add and take away, what becomes of the files, and a disk that is full.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult,
};
use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::matter::{MatterMove, MatterStateName};
use pingyi_app::record::{
    EntryDraft, EntryId, EntryState, EvidenceId, EvidenceOwner, EvidenceRow, MAX_EVIDENCE_FILES,
    MatterDraft, MatterId, MoveForm,
};
use pingyi_app::*;
use pingyi_domain::Digest;

use crate::support::*;
use crate::units::Year;

const NOBODY: &str = "not_your_unit";
const DAY: i64 = 86_400_000;

/// A picture of one colour.
pub fn photo(colour: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(60, 40, image::Rgb([colour, 0, 0]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut out, image::ImageFormat::Jpeg)
        .unwrap();
    out.into_inner()
}

pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7 {text}\n%%EOF\n").into_bytes()
}

pub async fn entry(year: &Year, hand: &Hand, park: usize) -> EntryId {
    let draft = EntryDraft {
        unit: year.parks[park].to_string(),
        kind: "activity".into(),
        on_date: "2023-10-20".into(),
        title: "义诊".into(),
        ..EntryDraft::default()
    };
    let made = year.app.add_entry(hand, &draft).await.unwrap();
    made.id.parse().unwrap()
}

async fn files(year: &Year, id: &EntryId) -> Vec<EvidenceRow> {
    year.app.entry(&year.office, id).await.unwrap().files
}

async fn add(year: &Year, hand: &Hand, to: &EntryId, content: Vec<u8>) -> Result<EvidenceId> {
    let owner = EvidenceOwner::Entry(to.clone());
    year.app
        .add_evidence(hand, &owner, "照片.jpg", content)
        .await
}

fn rules<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems.into_iter().map(|p| p.rule).collect(),
        other => vec![other.code().to_owned()],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_the_entry_adds_and_takes_away_while_it_may_be_changed() {
    let year = Year::begin().await;
    let app = &year.app;
    let park = |n: usize| Some(&year.parks[n]);
    let own = year.somebody("jilu", Role::Recorder, park(0)).await;
    let other = year.somebody("bieren", Role::Recorder, park(1)).await;
    let reader = year.somebody("shuzhi", Role::Presenter, park(0)).await;
    let office = year.somebody("zuzhi", Role::Organiser, None).await;
    let id = entry(&year, &own, 0).await;
    for hand in [&other, &reader] {
        assert_eq!(code(add(&year, hand, &id, photo(1)).await), NOBODY);
    }
    let nowhere: EntryId = "n".repeat(16).parse().unwrap();
    assert_eq!(
        code(add(&year, &own, &nowhere, photo(1)).await),
        "not_found"
    );
    assert_eq!(
        rules(add(&year, &own, &id, b"text".to_vec()).await),
        ["evidence_kind"]
    );

    let first = add(&year, &own, &id, photo(1)).await.unwrap();
    assert_eq!(
        add(&year, &own, &id, photo(1)).await.unwrap(),
        first,
        "sent again"
    );
    let second = add(&year, &office, &id, pdf("纪要")).await.unwrap();
    let kept = files(&year, &id).await;
    let told: Vec<_> = kept
        .iter()
        .map(|f| (f.name.as_str(), f.thumb.is_some()))
        .collect();
    assert_eq!(told, [("照片.jpg", true), ("照片.pdf", false)]);

    let row = app.evidence(&reader, &first).await.unwrap();
    let whole = app.evidence_file(&row, false).await.unwrap();
    let small = app.evidence_file(&row, true).await.unwrap();
    assert_eq!(Digest::of(&whole.content).as_str(), row.sha256);
    assert!(small.content.starts_with(&[0xFF, 0xD8]));
    assert_eq!(code(app.evidence(&other, &first).await), NOBODY);
    assert_eq!(code(app.remove_evidence(&other, &first).await), NOBODY);
    assert_eq!(
        code(app.describe_evidence(&reader, &first, 1, "x").await),
        NOBODY
    );
    app.describe_evidence(&own, &first, 1, " 义诊现场 ")
        .await
        .unwrap();
    assert_eq!(
        code(app.describe_evidence(&own, &first, 1, "晚了").await),
        "old_version"
    );
    assert_eq!(files(&year, &id).await[0].caption, "义诊现场");

    // Confirmed, it is the office's; given back, a new picture records it again.
    app.review_entry(&office, &id, EntryMove::Confirm, "")
        .await
        .unwrap();
    assert_eq!(code(add(&year, &own, &id, photo(2)).await), "wrong_state");
    assert_eq!(code(app.remove_evidence(&own, &first).await), "wrong_state");
    app.remove_evidence(&office, &second).await.unwrap();
    app.review_entry(&office, &id, EntryMove::Return, "缺照片")
        .await
        .unwrap();
    add(&year, &own, &id, photo(2)).await.unwrap();
    let seen = app.entry(&own, &id).await.unwrap();
    assert_eq!(
        (seen.state, seen.reason.as_str()),
        (EntryState::Recorded, "")
    );
    assert_eq!(seen.files.len(), 2);
    let actions: Vec<_> = seen
        .history
        .iter()
        .map(|line| line.event.action())
        .collect();
    assert_eq!(
        actions
            .iter()
            .filter(|name| **name == "evidence_added")
            .count(),
        3
    );
    assert!(actions.contains(&"evidence_removed") && actions.contains(&"evidence_described"));
    assert!(app.check_audit().await.unwrap().is_sound());
    assert_eq!(
        code(app.remove_entry(&own, &id, seen.version).await),
        "in_use"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_picture_is_one_file_until_nobody_names_it() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let (one, two) = (entry(&year, office, 0).await, entry(&year, office, 1).await);
    let a = add(&year, office, &one, photo(1)).await.unwrap();
    let b = add(&year, office, &two, photo(1)).await.unwrap();
    let found = app.look_at_files().await.unwrap();
    assert_eq!(
        (found.kept, found.unnamed),
        (2, 0),
        "the picture and its small rendition"
    );
    app.remove_evidence(office, &a).await.unwrap();
    assert_eq!(app.look_at_files().await.unwrap().kept, 2);
    let row = app.evidence(office, &b).await.unwrap();
    app.evidence_file(&row, false).await.unwrap();
    app.remove_evidence(office, &b).await.unwrap();
    let found = app.look_at_files().await.unwrap();
    assert_eq!((found.kept, found.unnamed), (0, 0));
    assert_eq!(code(app.evidence(office, &b).await), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_is_closed_with_a_picture_as_proof_and_the_picture_stays() {
    let year = Year::begin().await;
    let app = &year.app;
    let own = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let draft = MatterDraft {
        list: "problem".into(),
        title: "消防通道被占用".into(),
        origin: "visit".into(),
        unit: year.parks[0].to_string(),
        ..MatterDraft::default()
    };
    let id: MatterId = app
        .add_matter(&own, &draft)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    let owner = EvidenceOwner::Matter(id.clone());
    let put = |content| app.add_evidence(&own, &owner, "整改后.jpg", content);
    let go = |hand: Hand, step, form: MoveForm| {
        let id = &id;
        async move { app.move_matter(&hand, id, step, &form).await }
    };
    let assign = MoveForm {
        responsible: "物业".into(),
        due_on: "2024-06-30".into(),
        ..MoveForm::default()
    };
    go(year.office.clone(), MatterMove::Assign, assign)
        .await
        .unwrap();
    let empty = MoveForm::default;
    let refused = go(own.clone(), MatterMove::Report, empty()).await;
    assert_eq!(rules(refused), ["proof_missing"]);
    let proof = put(photo(3)).await.unwrap();
    let spare = put(photo(4)).await.unwrap();
    app.remove_evidence(&own, &spare).await.unwrap();
    go(own.clone(), MatterMove::Report, empty()).await.unwrap();
    assert_eq!(code(put(photo(5)).await), "wrong_state");
    assert_eq!(code(app.remove_evidence(&own, &proof).await), "wrong_state");

    let back = MoveForm {
        text: "看不清".into(),
        ..MoveForm::default()
    };
    go(year.office.clone(), MatterMove::SendBack, back)
        .await
        .unwrap();
    assert_eq!(
        code(app.remove_evidence(&own, &proof).await),
        "in_use",
        "it was reported"
    );
    let again = go(own.clone(), MatterMove::Report, empty()).await;
    assert_eq!(
        rules(again),
        ["proof_missing"],
        "the old picture proves nothing new"
    );
    put(photo(5)).await.unwrap();
    go(own.clone(), MatterMove::Report, empty()).await.unwrap();
    go(year.office.clone(), MatterMove::Close, empty())
        .await
        .unwrap();
    let seen = app.matter(&own, &id).await.unwrap();
    assert_eq!(seen.state, MatterStateName::Closed);
    let steps: Vec<_> = seen.files.iter().map(|file| file.step).collect();
    assert_eq!(steps, [Some(3), Some(5)]);
    assert!(!seen.may_attach);
    assert_eq!(code(put(photo(6)).await), "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_upload_left_behind_is_swept_and_what_is_named_stays() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let id = entry(&year, office, 0).await;
    add(&year, office, &id, photo(1)).await.unwrap();
    // A crash between file and row leaves a file that nobody names.
    let store = FileStore::folder(year.folder.path().join("files"));
    let orphan = store
        .put(b"an upload that was cut off".as_slice().into())
        .await
        .unwrap();
    let found = app.look_at_files().await.unwrap();
    assert_eq!((found.kept, found.unnamed, found.is_sound()), (2, 1, true));
    let written = store.list().await.unwrap()[0].at;
    year.clock
        .0
        .store(written * 1000 + DAY / 2, Ordering::Relaxed);
    assert_eq!(
        app.sweep_files().await.unwrap(),
        0,
        "it may still be on its way"
    );
    year.clock
        .0
        .store(written * 1000 + 2 * DAY, Ordering::Relaxed);
    assert_eq!(app.sweep_files().await.unwrap(), 1);
    assert_eq!(store.size(&orphan).await.unwrap(), None);
    assert_eq!(app.look_at_files().await.unwrap().kept, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoilt_or_missing_file_is_told_and_not_handed_out() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let id = entry(&year, office, 0).await;
    let file = add(&year, office, &id, photo(1)).await.unwrap();
    let row = app.evidence(office, &file).await.unwrap();
    let (first, rest) = row.sha256.split_at(2);
    let place = year.folder.path().join("files").join(first).join(rest);
    let good = std::fs::read(&place).unwrap();
    std::fs::write(&place, b"something else").unwrap();
    assert_eq!(code(app.evidence_file(&row, false).await), "file_changed");
    let report = app.check_files(&|_, _| ()).await.unwrap();
    assert_eq!(
        (report.kept, report.changed.len(), report.missing.len()),
        (1, 1, 0)
    );
    std::fs::remove_file(&place).unwrap();
    assert_eq!(code(app.evidence_file(&row, false).await), "file_missing");
    let report = app.check_files(&|_, _| ()).await.unwrap();
    assert_eq!(
        (report.kept, report.changed.len(), report.missing.len()),
        (1, 0, 1)
    );
    assert!(!report.is_sound());
    // Whoever has the picture sends it again, anywhere: it is whole again.
    std::fs::write(&place, b"something else").unwrap();
    let other = entry(&year, office, 1).await;
    add(&year, office, &other, photo(1)).await.unwrap();
    assert_eq!(std::fs::read(&place).unwrap(), good);
    assert!(app.check_files(&|_, _| ()).await.unwrap().is_sound());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_has_so_many_files_and_no_more() {
    let year = Year::begin().await;
    let id = entry(&year, &year.office, 0).await;
    for n in 0..MAX_EVIDENCE_FILES {
        add(&year, &year.office, &id, pdf(&n.to_string()))
            .await
            .unwrap();
    }
    assert_eq!(
        rules(add(&year, &year.office, &id, pdf("x")).await),
        ["evidence_many"]
    );
    assert_eq!(files(&year, &id).await.len(), MAX_EVIDENCE_FILES);
}

/// A disk that can be full.
#[derive(Debug, Default)]
struct Disk {
    inner: InMemory,
    full: AtomicBool,
}

impl std::fmt::Display for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a disk")
    }
}

type Stored<T> = object_store::Result<T>;
type Stream<T> = futures_util::stream::BoxStream<'static, Stored<T>>;

#[async_trait]
impl ObjectStore for Disk {
    async fn put_opts(&self, at: &Key, content: PutPayload, how: PutOptions) -> Stored<PutResult> {
        if self.full.load(Ordering::Relaxed) {
            return Err(object_store::Error::Generic {
                store: "disk",
                source: Box::new(std::io::Error::from(std::io::ErrorKind::StorageFull)),
            });
        }
        self.inner.put_opts(at, content, how).await
    }

    async fn put_multipart_opts(
        &self,
        at: &Key,
        how: PutMultipartOptions,
    ) -> Stored<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(at, how).await
    }

    async fn get_opts(&self, at: &Key, how: GetOptions) -> Stored<GetResult> {
        self.inner.get_opts(at, how).await
    }

    fn delete_stream(&self, all: Stream<Key>) -> Stream<Key> {
        self.inner.delete_stream(all)
    }

    fn list(&self, prefix: Option<&Key>) -> Stream<ObjectMeta> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Key>) -> Stored<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Key, to: &Key, how: CopyOptions) -> Stored<()> {
        self.inner.copy_opts(from, to, how).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_says_so_and_nothing_is_stored() {
    let disk = Arc::new(Disk::default());
    let store = FileStore::over(disk.clone());
    let year = Year::begin_with(|settings| settings.files = Some(store)).await;
    let (app, office) = (&year.app, &year.office);
    let id = entry(&year, office, 0).await;
    add(&year, office, &id, photo(1)).await.unwrap();
    let before = app.check_audit().await.unwrap().entries;
    disk.full.store(true, Ordering::Relaxed);
    let refused = add(&year, office, &id, photo(2)).await.unwrap_err();
    assert_eq!((refused.code(), refused.status()), ("disk_full", 507));
    assert_eq!(files(&year, &id).await.len(), 1);
    assert_eq!(app.check_audit().await.unwrap().entries, before);
    let found = app.look_at_files().await.unwrap();
    assert_eq!((found.kept, found.unnamed), (2, 0));
    disk.full.store(false, Ordering::Relaxed);
    add(&year, office, &id, photo(2)).await.unwrap();
    assert_eq!(app.look_at_files().await.unwrap().kept, 4);
}
