//! Units and terms: the tree, the rights, two people at one record, the history.

use std::sync::Arc;

use pingyi_app::record::UnitView;
use pingyi_app::*;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{PostDraft, UnitDraft, UnitId};

use crate::support::*;

/// A house with a working committee, two parks, a branch, and people.
pub struct Year {
    pub app: App,
    pub office: Hand,
    pub root: UnitId,
    pub parks: [UnitId; 2],
    pub branch: UnitId,
    pub clock: Arc<FixedClock>,
    pub folder: tempfile::TempDir,
}

pub fn draft(kind: &str, name: &str, parent: Option<&UnitId>) -> UnitDraft {
    UnitDraft {
        kind: kind.into(),
        name: name.into(),
        parent: parent.map(ToString::to_string).unwrap_or_default(),
        ..UnitDraft::default()
    }
}

impl Year {
    pub async fn begin() -> Self {
        Self::begin_with(|_| ()).await
    }

    /// With settings of one's own.
    pub async fn begin_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (mut settings, clock) = settings(folder.path());
        change(&mut settings);
        let app = App::open(settings).await.unwrap();
        let office = Hand::office(actor());
        let add = async |draft: UnitDraft| -> UnitId {
            app.add_unit(&office, &draft)
                .await
                .unwrap()
                .id
                .parse()
                .unwrap()
        };
        let root = add(draft("working_committee", "平湖街道党工委", None)).await;
        let one = add(draft("park", "华南城园区党委", Some(&root))).await;
        let two = add(draft("park", "白坭坑海吉星园区党委", Some(&root))).await;
        let branch = add(draft("branch", "华南城第一支部", Some(&one))).await;
        Self {
            office,
            root,
            parks: [one, two],
            branch,
            clock,
            folder,
            app,
        }
    }

    /// The server stops, whatever it is doing, and starts again.
    pub async fn again(self) -> Self {
        let Self {
            app,
            office,
            root,
            parks,
            branch,
            folder,
            ..
        } = self;
        app.shutdown().await;
        drop(app);
        let (settings, clock) = settings(folder.path());
        Self {
            app: App::open(settings).await.unwrap(),
            clock,
            office,
            root,
            parks,
            branch,
            folder,
        }
    }

    /// Somebody with this role, of this unit.
    pub async fn somebody(&self, login: &str, role: Role, unit: Option<&UnitId>) -> Hand {
        let new = NewUser {
            login: login.into(),
            name: login.into(),
            roles: [role].into_iter().collect(),
            password: "correct horse 9".into(),
            unit: unit.cloned(),
        };
        let user = self.app.create_user(&actor(), new).await.unwrap();
        self.app.hand(&user).await.unwrap()
    }

    async fn view(&self, id: &UnitId) -> UnitView {
        self.app.unit(&self.office, id).await.unwrap()
    }
}

fn rule<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.code().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_keeps_its_order_and_its_rules() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let names: Vec<String> = app
        .unit_names()
        .await
        .unwrap()
        .into_iter()
        .map(|n| n.name)
        .collect();
    assert_eq!(
        names,
        [
            "平湖街道党工委",
            "华南城园区党委",
            "华南城第一支部",
            "白坭坑海吉星园区党委"
        ]
    );
    let first = UnitDraft {
        ordinal: "0".into(),
        ..draft("park", "北门坳商业街区党委", Some(&year.root))
    };
    app.add_unit(office, &first).await.unwrap();
    for (bad, said) in [
        (
            draft("working_committee", "又一个", None),
            "parent one_root",
        ),
        (draft("park", "园区", None), "parent one_root"),
        (
            draft("park", "园区", Some(&year.parks[0])),
            "parent unit_place",
        ),
        (
            draft("branch", "支部", Some(&"z".repeat(16).parse().unwrap())),
            "parent unit",
        ),
        (
            draft("guild", "", Some(&year.root)),
            "kind unit_kind, name missing",
        ),
    ] {
        assert_eq!(rule(app.add_unit(office, &bad).await), said);
    }
    // The branch moves with its park's sibling; a unit never below itself.
    let moved = draft("branch", "华南城第一支部", Some(&year.parks[1]));
    app.change_unit(office, &year.branch, 1, &moved)
        .await
        .unwrap();
    let branch = year.view(&year.branch).await;
    let above: Vec<&str> = branch.above.iter().map(|n| n.name.as_str()).collect();
    assert_eq!(
        (above, branch.version),
        (vec!["平湖街道党工委", "白坭坑海吉星园区党委"], 2)
    );
    let org = app
        .add_unit(
            office,
            &draft("firm_org", "某企业党支部", Some(&year.parks[1])),
        )
        .await
        .unwrap();
    let below_itself = draft("firm_org", "某企业党支部", Some(&org.id.parse().unwrap()));
    let id = org.id.parse().unwrap();
    assert_eq!(
        rule(app.change_unit(office, &id, 1, &below_itself).await),
        "parent below_itself"
    );
    // A park with branches cannot become a department's like.
    let odd = draft("mass_body", "白坭坑海吉星园区党委", Some(&year.root));
    assert_eq!(
        rule(app.change_unit(office, &year.parks[1], 1, &odd).await),
        "kind unit_place_below"
    );
    assert_eq!(
        rule(app.remove_unit(office, &year.parks[1], 1).await),
        "in_use"
    );
    app.remove_unit(office, &id, 1).await.unwrap();
    assert_eq!(code(app.unit(office, &id).await), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_keeps_the_own_unit_and_what_is_below() {
    let year = Year::begin().await;
    let app = &year.app;
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let own = app.unit(&recorder, &year.parks[0]).await.unwrap();
    assert!(own.may_write && app.unit(&recorder, &year.branch).await.unwrap().may_write);
    for other in [&year.root, &year.parks[1]] {
        assert_eq!(code(app.unit(&recorder, other).await), "not_your_unit");
        assert_eq!(
            code(app.unit_history(&recorder, other).await),
            "not_your_unit"
        );
        let change = draft("park", "x", Some(&year.root));
        assert_eq!(
            code(app.change_unit(&recorder, other, 1, &change).await),
            "not_your_unit"
        );
        assert_eq!(
            code(app.remove_unit(&recorder, other, 1).await),
            "not_your_unit"
        );
        assert_eq!(
            code(
                app.add_unit(&recorder, &draft("branch", "x", Some(other)))
                    .await
            ),
            "not_your_unit"
        );
        assert_eq!(
            code(app.add_post(&recorder, &post(other, "2018-01-01")).await),
            "not_your_unit"
        );
    }
    let branch = draft("branch", "第二支部", Some(&year.parks[0]));
    app.add_unit(&recorder, &branch).await.unwrap();
    // Out of the own unit nothing can be moved, and the own unit stays where it is.
    let away = draft("branch", "华南城第一支部", Some(&year.parks[1]));
    assert_eq!(
        code(app.change_unit(&recorder, &year.branch, 1, &away).await),
        "not_your_unit"
    );
    let list = ask("name");
    let seen = app
        .units(
            &recorder,
            &pingyi_store::repo::units::UnitFilter::default(),
            &list,
        )
        .await
        .unwrap();
    assert_eq!(seen.total, 3);
    for role in [Role::Presenter, Role::Leader, Role::Auditor] {
        let reader = year
            .somebody(role.as_str(), role, Some(&year.parks[0]))
            .await;
        assert!(!app.unit(&reader, &year.parks[0]).await.unwrap().may_write);
        assert_eq!(code(app.add_unit(&reader, &branch).await), "not_your_unit");
    }
    let nobody = year.somebody("nobody", Role::Recorder, None).await;
    assert_eq!(
        code(app.unit(&nobody, &year.parks[0]).await),
        "not_your_unit"
    );
    let none = app
        .units(
            &nobody,
            &pingyi_store::repo::units::UnitFilter::default(),
            &list,
        )
        .await
        .unwrap();
    assert_eq!(none.total, 0);
}

fn ask(sort: &'static str) -> pingyi_store::list::Ask {
    pingyi_store::list::Ask {
        sort,
        descending: false,
        after: None,
        limit: 50,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_sees_what_changed_and_chooses() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let recorder = year.somebody("jilu", Role::Recorder, Some(park)).await;
    let was = draft("park", "华南城园区党委", Some(&year.root));
    let theirs = UnitDraft {
        address: "平湖大道".into(),
        note: "一".into(),
        ..was.clone()
    };
    // The recorder cannot move the own unit, but can change its fields.
    assert_eq!(
        app.change_unit(&recorder, park, 1, &theirs)
            .await
            .unwrap()
            .version,
        2
    );
    let mine = UnitDraft {
        short_name: "华南城".into(),
        note: "二".into(),
        ..was.clone()
    };
    let Err(AppError::Conflict(conflict)) = app.change_unit(office, park, 1, &mine).await else {
        panic!("a conflict");
    };
    assert_eq!((conflict.version, conflict.by.as_str()), (2, "jilu"));
    let fields: Vec<_> = conflict
        .fields
        .iter()
        .map(|f| (f.field.as_str(), f.theirs.as_str(), f.mine.as_str(), f.both))
        .collect();
    assert_eq!(
        fields,
        [
            ("short_name", "", "华南城", false),
            ("address", "平湖大道", "", false),
            ("note", "一", "二", true)
        ]
    );
    let before = year.view(park).await;
    assert_eq!(
        (before.version, before.unit.note.as_str()),
        (2, "一"),
        "nothing was overwritten"
    );
    let chosen = UnitDraft {
        address: "平湖大道".into(),
        ..mine
    };
    assert_eq!(
        app.change_unit(office, park, 2, &chosen)
            .await
            .unwrap()
            .version,
        3
    );
    // The same again is nothing new, whatever version it started from.
    assert_eq!(
        app.change_unit(office, park, 1, &chosen)
            .await
            .unwrap()
            .version,
        3
    );
    let lines = app.unit_history(office, park).await.unwrap();
    let said: Vec<(String, usize)> = lines
        .iter()
        .map(|line| match &line.event {
            AuditEvent::RecordAdded { fields, .. } | AuditEvent::RecordChanged { fields, .. } => {
                (line.who.clone(), fields.len())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(said[0].0, "console");
    assert_eq!(said[1..], [("jilu".into(), 2), ("console".into(), 2)]);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
    assert_eq!(code(app.remove_unit(office, park, 2).await), "old_version");
}

fn post(unit: &UnitId, from: &str) -> PostDraft {
    PostDraft {
        unit: unit.to_string(),
        kind: "first_secretary".into(),
        holder: "第一书记".into(),
        from_on: from.into(),
        ..PostDraft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_first_secretary_at_a_time() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let first = app
        .add_post(office, &post(park, "2016-12-30"))
        .await
        .unwrap();
    assert_eq!(
        rule(app.add_post(office, &post(park, "2018-01-01")).await),
        "from_on term_overlap"
    );
    app.add_post(office, &post(&year.parks[1], "2018-01-01"))
        .await
        .unwrap();
    let ended = PostDraft {
        until_on: "2018-01-01".into(),
        ..post(park, "2016-12-30")
    };
    let id = first.id.parse().unwrap();
    assert_eq!(
        app.change_post(office, &id, 1, &ended)
            .await
            .unwrap()
            .version,
        2
    );
    app.add_post(office, &post(park, "2018-01-01"))
        .await
        .unwrap();
    assert_eq!(
        rule(
            app.change_post(office, &id, 2, &post(park, "2016-12-30"))
                .await
        ),
        "from_on term_overlap"
    );
    let posts = year.view(park).await.posts;
    let terms: Vec<String> = posts
        .iter()
        .map(|p| p.post.term.from_on.to_string())
        .collect();
    assert_eq!(terms, ["2018-01-01", "2016-12-30"]);
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert_eq!(
        code(app.remove_post(&recorder, &id, 2).await),
        "not_your_unit"
    );
    assert_eq!(
        code(app.change_post(&recorder, &id, 2, &ended).await),
        "not_your_unit"
    );
    app.remove_post(office, &id, 2).await.unwrap();
    assert_eq!(year.view(park).await.posts.len(), 1);
}
