//! Setting up, signing in, editing.

use std::sync::atomic::Ordering;

use pingyi_app::*;

use crate::support::*;

const PASSWORD: &str = "correct horse 9";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_is_made_once_with_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, _) = settings(folder.path());
    let app = App::open(settings.clone()).await.unwrap();
    let code_text = app.setup_code().unwrap();
    assert_eq!(
        code(
            app.set_up("1111-1111-1111-1111", "chen", "陈", PASSWORD)
                .await
        ),
        "bad_setup_code"
    );
    assert_eq!(
        code(app.set_up(&code_text, "chen", "陈", "short").await),
        "invalid"
    );
    let (one, two) = tokio::join!(
        app.set_up(&code_text, "Chen", "陈", PASSWORD),
        app.set_up(&code_text, "wang", "王", PASSWORD)
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1);
    assert_eq!(app.setup_code(), None);
    assert_eq!(app.users().await.unwrap().len(), 1);
    // A second server on the folder is refused while this one runs.
    assert!(matches!(
        App::open(settings.clone()).await.err(),
        Some(AppError::FolderInUse)
    ));
    app.shutdown().await;
    drop(app);
    let app = App::open(settings).await.unwrap();
    assert_eq!(app.setup_code(), None);
    app.is_healthy().await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_are_limited_and_accounts_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let admin = app
        .set_up(&app.setup_code().unwrap(), "chen", "陈", PASSWORD)
        .await
        .unwrap();
    assert!(admin.has(&[Role::Admin]) && admin.has(&[Role::Organiser]));
    let new = NewUser {
        login: "Li.Si".into(),
        name: "李四".into(),
        roles: [Role::Leader].into_iter().collect(),
        password: PASSWORD.into(),
        unit: None,
    };
    let user = app.create_user(&admin.actor(), new.clone()).await.unwrap();
    assert_eq!(
        code(app.create_user(&admin.actor(), new).await),
        "login_taken"
    );
    assert_eq!(
        app.log_in(" li.si", PASSWORD, Asker::Stranger)
            .await
            .unwrap(),
        user
    );
    for _ in 0..40 {
        let answer = app.log_in("li.si", "wrong", Asker::Stranger).await;
        assert_eq!(code(answer), "bad_login");
    }
    assert_eq!(
        code(app.log_in("li.si", PASSWORD, Asker::Stranger).await),
        "too_many_attempts"
    );
    app.log_in("li.si", PASSWORD, Asker::Known).await.unwrap();
    assert_eq!(
        code(app.log_in("li.si", PASSWORD, Asker::Stranger).await),
        "too_many_attempts",
        "the owner's own device opens the door for nobody else"
    );
    assert_eq!(
        code(app.log_in("nobody", PASSWORD, Asker::Stranger).await),
        "bad_login"
    );
    clock.0.fetch_add(15 * 60 * 1000, Ordering::Relaxed);
    app.log_in("li.si", PASSWORD, Asker::Stranger)
        .await
        .unwrap();
    let off = UserChange {
        active: Some(false),
        ..UserChange::default()
    };
    let changed = app
        .change_user(&admin.actor(), &user.id, off.clone())
        .await
        .unwrap();
    assert!(!changed.active);
    assert_eq!(
        code(app.log_in("li.si", PASSWORD, Asker::Stranger).await),
        "bad_login"
    );
    assert_eq!(app.user(&user.id).await.unwrap(), None);
    assert_eq!(
        code(app.change_user(&admin.actor(), &admin.id, off).await),
        "last_admin"
    );
    assert_eq!(app.user(&admin.id).await.unwrap(), Some(admin.clone()));
    app.reset_password("chen", "another pass 7").await.unwrap();
    assert_eq!(
        code(app.log_in("chen", PASSWORD, Asker::Stranger).await),
        "bad_login"
    );
    app.log_in("chen", "another pass 7", Asker::Stranger)
        .await
        .unwrap();
    app.log_out(&admin.actor()).await.unwrap();
    let trail = crate::meeting::trail(&app, None).await;
    for action in [
        "set_up",
        "user_created",
        "signed_in",
        "sign_in_locked",
        "user_changed",
        "signed_out",
    ] {
        assert!(
            trail.contains(&format!("\"action\":\"{action}\"")),
            "{action}"
        );
    }
    assert!(!trail.contains("argon2") && !trail.contains(PASSWORD));
    app.shutdown().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_data_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new/data");
    let (settings, _) = settings(&data);
    let app = App::open(settings).await.unwrap();
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let file = folder.path().join("backup.tar");
    app.backup(&file).await.unwrap();
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_kept_until_they_expire() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let now = clock.0.load(Ordering::Relaxed) / 1000;
    assert!(app.session_create("s", "{}", now + 60).await.unwrap());
    assert!(!app.session_create("s", "{}", now + 60).await.unwrap());
    app.session_save("s", "{\"a\":1}", now + 60).await.unwrap();
    assert_eq!(
        app.session_load("s").await.unwrap().as_deref(),
        Some("{\"a\":1}")
    );
    clock.0.fetch_add(60_000, Ordering::Relaxed);
    assert_eq!(app.session_load("s").await.unwrap(), None);
    assert_eq!(app.sessions_expire().await.unwrap(), 1);
    app.session_delete("s").await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_do_not_overwrite_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, _) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let id = app.create_appraisal(&actor(), "{}").await.unwrap();
    let view = app.appraisal(&id).await.unwrap();
    let mut changes = app.subscribe();
    let stored = app
        .edit_config(&actor(), &id, view.version, &config())
        .await
        .unwrap();
    assert!(stored.problems.is_empty());
    let change = changes.recv().await.unwrap();
    assert_eq!(
        (&*change.appraisal, change.topic),
        (id.as_str(), Topic::Appraisal)
    );
    match app
        .edit_config(&actor(), &id, view.version, &config())
        .await
    {
        Err(AppError::ChangedMeanwhile { version, config }) => {
            assert_eq!(version, stored.version);
            assert_eq!(config.title, "2026年园区党委书记述职评议");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        code(
            app.edit_config(&actor(), &id, stored.version, "{\"title\":7}")
                .await
        ),
        "problems"
    );
    let mut broken: serde_json::Value = serde_json::from_str(&config()).unwrap();
    broken["presenters"] = serde_json::json!([]);
    let stored = app
        .edit_config(&actor(), &id, stored.version, &broken.to_string())
        .await
        .unwrap();
    assert!(!stored.problems.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_checked_and_exported() {
    let meeting = Meeting::open().await;
    meeting.cast(0, 0, 0).await;
    meeting.close().await;
    let whole = crate::meeting::trail(&meeting.app, None).await;
    let report = verify_export(whole.as_bytes(), Extent::Whole, None).unwrap();
    assert!(report.is_sound() && report.entries > 15, "{report:?}");
    assert_eq!(meeting.app.check_audit().await.unwrap(), report);
    let part = crate::meeting::trail(&meeting.app, Some(&meeting.id)).await;
    assert!(
        verify_export(part.as_bytes(), Extent::Part, None)
            .unwrap()
            .is_sound()
    );
    let bent = whole.replacen("appraisal_sealed", "appraisal_opened", 1);
    assert!(
        !verify_export(bent.as_bytes(), Extent::Whole, None)
            .unwrap()
            .is_sound()
    );
    // Every box names the head of the trail from before its sealing, so the trail cannot be written anew up to there.
    let sealed = whole
        .lines()
        .position(|line| line.contains("appraisal_sealed"));
    let mut anchors = Vec::new();
    for place in 0..3 {
        let election = meeting.election(place).await;
        let trail = election.extra("x_pingyi").unwrap()["trail"].clone();
        anchors.push(serde_json::from_value::<TrailMark>(trail).unwrap());
    }
    assert_eq!(anchors[0].seq, u64::try_from(sealed.unwrap()).unwrap());
    let anchored = |text: &str| {
        verify_anchored(text.as_bytes(), Extent::Whole, None, &anchors)
            .unwrap()
            .is_sound()
    };
    assert!(anchored(&whole));
    let forged = written_anew(&whole, "slides_set");
    assert!(
        verify_export(forged.as_bytes(), Extent::Whole, None)
            .unwrap()
            .is_sound()
    );
    assert!(
        !anchored(&forged),
        "a chain that is whole in itself, but another"
    );
    // Nothing about who cast, when or with what.
    let ballot = meeting.post(0, "{}").await;
    assert!(ballot.is_err());
    assert!(!whole.contains("ballot_cast"));
}

/// What somebody with the database could make of a trail: its second entry another one, all hashes computed anew.
fn written_anew(whole: &str, action: &str) -> String {
    use pingyi_domain::audit::AuditEntry;
    let mut parent = String::new();
    let lines = whole.lines().enumerate().map(|(number, line)| {
        let mut entry: AuditEntry = serde_json::from_str(line).unwrap();
        if number == 1 {
            action.clone_into(&mut entry.content.action);
        }
        entry.hash = entry.content.hash(&parent);
        entry.parent = std::mem::replace(&mut parent, entry.hash.clone());
        entry.to_line() + "\n"
    });
    lines.collect()
}
