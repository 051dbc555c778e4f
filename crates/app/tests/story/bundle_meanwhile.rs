//! A bundle made while others go on writing is one of one moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pingyi_app::papers::{PaperFormat, Sheet, Wanted};
use pingyi_app::*;

use crate::bundle::{bundle, entries_in, judged, unpack};
use crate::bundle_beside;
use crate::support::*;

/// Comment, letter and a signed paper, over and over, until it is told to stop.
async fn go_on(app: App, id: AppraisalId, stop: Arc<AtomicBool>) -> u32 {
    let hand = Hand::office(actor());
    let one: PresenterCode = "p1".parse().unwrap();
    let letter = Wanted::Of(id.clone(), Sheet::Letter(one.clone()));
    let mut round = 0;
    while !stop.load(Ordering::Relaxed) {
        round += 1;
        let content = format!("%PDF-1.7\n{round}\n%%EOF\n").into_bytes();
        let said = format!("第{round}次改写");
        app.comment(&actor(), &id, &one, &said).await.unwrap();
        app.make_paper(&hand, &letter, PaperFormat::Pdf)
            .await
            .unwrap();
        let scan = app.add_scan(&hand, &id, ("minutes", "签字.pdf"), content);
        let scan = scan.await.unwrap();
        app.remove_scan(&hand, &id, &scan, "传错了").await.unwrap();
    }
    round
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_entered_meanwhile_is_in_the_next_bundle_and_breaks_none() {
    let (meeting, _) = bundle_beside::whole().await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = go_on(meeting.app.clone(), meeting.id.clone(), stop.clone());
    let writer = tokio::spawn(writer);
    let mut between = 0;
    for round in 0..40 {
        let bytes = bundle(&meeting).await;
        let report = judged(&bytes);
        assert_eq!(report.findings, [], "bundle {round}");
        let files = unpack(&bytes);
        let trail = files.iter().find(|(path, _)| path == "audit.jsonl");
        let entries = entries_in(&trail.unwrap().1);
        let [.., before, last] = entries.as_slice() else {
            panic!("no trail");
        };
        // Between what was read and the list of it somebody else wrote.
        between += u32::from(last.content.seq > before.content.seq + 1);
        if between >= 3 && round >= 4 {
            break;
        }
    }
    stop.store(true, Ordering::Relaxed);
    assert!(writer.await.unwrap() > 0);
    assert!(between >= 3, "nobody wrote meanwhile");
    assert_eq!(judged(&bundle(&meeting).await).findings, []);
}
