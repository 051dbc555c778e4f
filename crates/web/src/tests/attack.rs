//! Everybody tries every door, against one table written by hand: a route whose access is changed by mistake, or a new
//! one nobody thought about, does not pass.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use pingyi_app::{Actor, AppraisalId, LinkKind, Role};

use super::house::{House, Person, request};
use crate::access::Kind;
use crate::table;

/// Who gets in. `signed` is anybody with a session, roles are by their names, links end in `-link`.
const DOORS: &str = "
GET    /                                               signed
GET    /admin/audit                                    admin auditor
GET    /admin/health                                   admin
GET    /admin/users                                    admin
GET    /api/appraisals                                 signed
POST   /api/appraisals                                 organiser
DELETE /api/appraisals/{id}                            organiser
GET    /api/appraisals/{id}                            organiser leader teller auditor
POST   /api/appraisals/{id}/archive                    organiser
GET    /api/appraisals/{id}/audit.jsonl                admin auditor organiser
POST   /api/appraisals/{id}/close                      organiser
POST   /api/appraisals/{id}/comments                   organiser leader
PUT    /api/appraisals/{id}/config                     organiser
POST   /api/appraisals/{id}/copy                       organiser
POST   /api/appraisals/{id}/count_check                organiser
POST   /api/appraisals/{id}/draw                       organiser
POST   /api/appraisals/{id}/evaluation                 leader
GET    /api/appraisals/{id}/events                     signed
POST   /api/appraisals/{id}/grades                     organiser
POST   /api/appraisals/{id}/grades/confirm             leader
GET    /api/appraisals/{id}/hall                       organiser leader teller auditor
POST   /api/appraisals/{id}/keep                       organiser
POST   /api/appraisals/{id}/links                      organiser
POST   /api/appraisals/{id}/open                       organiser
GET    /api/appraisals/{id}/opinions                   organiser leader
POST   /api/appraisals/{id}/opinions                   anybody
POST   /api/appraisals/{id}/pause                      organiser
DELETE /api/appraisals/{id}/presenters/{code}/slides   organiser
GET    /api/appraisals/{id}/presenters/{code}/slides   organiser leader teller auditor
PUT    /api/appraisals/{id}/presenters/{code}/slides   organiser
PUT    /api/appraisals/{id}/reconciliation             organiser
POST   /api/appraisals/{id}/rehearsal                  organiser
POST   /api/appraisals/{id}/release                    organiser
POST   /api/appraisals/{id}/reset_keys                 organiser
GET    /api/appraisals/{id}/result                     organiser
POST   /api/appraisals/{id}/resume                     organiser
POST   /api/appraisals/{id}/seal                       organiser
POST   /api/appraisals/{id}/stage                      organiser
POST   /api/appraisals/{id}/void                       organiser
POST   /api/appraisals/{id}/wipe                       organiser
GET    /api/audit.jsonl                                admin auditor
GET    /api/boards/{name}                              organiser
GET    /api/boxes/{uuid}                               anybody
POST   /api/boxes/{uuid}/ballots                       anybody
GET    /api/boxes/{uuid}/events                        anybody
GET    /api/boxes/{uuid}/receipts/{tracker}            anybody
GET    /api/hall                                       hall-link
GET    /api/hall/events                                hall-link
GET    /api/hall/slides/{code}                         hall-link
GET    /api/issuer                                     issuer-link
POST   /api/issuer/roll                                issuer-link
POST   /api/login                                      anybody
POST   /api/logout                                     signed
GET    /api/session                                    signed
POST   /api/setup                                      anybody
GET    /api/teller                                     teller-link
POST   /api/teller/cert                                teller-link
GET    /api/teller/events                              teller-link
POST   /api/teller/output                              teller-link
POST   /api/teller/polynomial                          teller-link
POST   /api/teller/shares                              teller-link
GET    /api/teller/urn                                 teller-link
POST   /api/teller/urn_shares                          teller-link
GET    /api/users                                      admin
POST   /api/users                                      admin
PATCH  /api/users/{id}                                 admin
GET    /appraisals                                     signed
GET    /appraisals/{id}                                organiser leader teller auditor
GET    /appraisals/{id}/audit                          admin auditor organiser
GET    /appraisals/{id}/compare                        organiser leader
GET    /appraisals/{id}/evaluation                     leader
GET    /appraisals/{id}/grades                         organiser leader
GET    /appraisals/{id}/hall                           organiser leader teller auditor
GET    /appraisals/{id}/result                         organiser
GET    /appraisals/{id}/what-if                        organiser
GET    /assets/{*name}                                 anybody
GET    /b/{uuid}                                       anybody
GET    /board/{name}                                   anybody
GET    /board/{uuid}/head                              anybody
GET    /challenge                                      anybody
GET    /check                                          anybody
GET    /hall                                           anybody
GET    /healthz                                        anybody
GET    /issue                                          anybody
GET    /login                                          anybody
GET    /setup                                          anybody
GET    /t                                              anybody
POST   /api/centres                                    organiser recorder
DELETE /api/centres/{centre}                           organiser recorder
POST   /api/centres/{centre}                           organiser recorder
POST   /api/coverages                                  organiser recorder
DELETE /api/coverages/{coverage}                       organiser recorder
POST   /api/coverages/{coverage}                       organiser recorder
POST   /api/edits/{edit}/grant                         organiser
POST   /api/edits/{edit}/refuse                        organiser
POST   /api/entries                                    organiser recorder
POST   /api/entries/many                               organiser recorder
DELETE /api/entries/{entry}                            organiser recorder
POST   /api/entries/{entry}                            organiser recorder
POST   /api/entries/{entry}/confirm                    organiser
POST   /api/entries/{entry}/return                     organiser
POST   /api/entries/{entry}/evidence                   organiser recorder
DELETE /api/evidence/{evidence}                        organiser recorder
GET    /api/evidence/{evidence}                        organiser leader presenter recorder auditor
POST   /api/evidence/{evidence}                        organiser recorder
GET    /api/evidence/{evidence}/small                  organiser leader presenter recorder auditor
POST   /api/firms                                      organiser recorder
GET    /api/firms/export.csv                           organiser leader presenter recorder auditor
GET    /api/firms/export.xlsx                          organiser leader presenter recorder auditor
DELETE /api/firms/{firm}                               organiser recorder
POST   /api/firms/{firm}                               organiser recorder
POST   /api/headcounts                                 organiser recorder
DELETE /api/headcounts/{headcount}                     organiser recorder
POST   /api/headcounts/{headcount}                     organiser recorder
POST   /api/imports                                    organiser recorder
GET    /api/imports/{import}/events                    organiser recorder
POST   /api/imports/{import}/run                       organiser recorder
POST   /api/imports/{import}/undo                      organiser recorder
POST   /api/indicators                                 organiser
DELETE /api/indicators/{indicator}                     organiser
POST   /api/indicators/{indicator}                     organiser
POST   /api/mappings                                   organiser recorder
POST   /api/matters                                    organiser recorder
DELETE /api/matters/{matter}                           organiser recorder
POST   /api/matters/{matter}                           organiser recorder
POST   /api/matters/{matter}/assign                    organiser
POST   /api/matters/{matter}/close                     organiser
POST   /api/matters/{matter}/edits                     organiser recorder
POST   /api/matters/{matter}/evidence                  organiser recorder
POST   /api/matters/{matter}/progress                  organiser recorder
POST   /api/matters/{matter}/reopen                    organiser
POST   /api/matters/{matter}/report                    organiser recorder
POST   /api/matters/{matter}/send_back                 organiser
POST   /api/pairings                                   organiser recorder
DELETE /api/pairings/{pairing}                         organiser recorder
POST   /api/pairings/{pairing}                         organiser recorder
POST   /api/posts                                      organiser recorder
DELETE /api/posts/{post}                               organiser recorder
POST   /api/posts/{post}                               organiser recorder
POST   /api/shops                                      organiser recorder
DELETE /api/shops/{shop}                               organiser recorder
POST   /api/shops/{shop}                               organiser recorder
POST   /api/strikes                                    organiser recorder
DELETE /api/strikes/{strike}                           organiser recorder
POST   /api/strikes/{strike}                           organiser recorder
POST   /api/units                                      organiser recorder
DELETE /api/units/{unit}                               organiser recorder
POST   /api/units/{unit}                               organiser recorder
POST   /api/words                                      organiser
POST   /api/words/{code}                               organiser
POST   /api/areas                                      organiser
DELETE /api/areas/{area}                               organiser
POST   /api/areas/{area}                               organiser
POST   /api/foundings                                  organiser
POST   /api/foundings/thresholds                       organiser
DELETE /api/foundings/{founding}                       organiser
POST   /api/foundings/{founding}                       organiser
GET    /classes                                        organiser leader presenter recorder auditor
GET    /coverage                                       organiser leader presenter recorder auditor
GET    /firms                                          organiser leader presenter recorder auditor
GET    /firms/new                                      organiser recorder
GET    /firms/{firm}                                   organiser leader presenter recorder auditor
GET    /firms/{firm}/edit                              organiser recorder
GET    /founding                                       organiser
GET    /founding/{founding}                            organiser leader presenter recorder auditor
GET    /import/entry                                   organiser recorder
GET    /import/firm                                    organiser recorder
GET    /imports/{import}                               organiser recorder
GET    /indicators                                     organiser leader presenter recorder auditor
GET    /indicators/new                                 organiser
GET    /indicators/{indicator}                         organiser leader presenter recorder auditor
GET    /indicators/{indicator}/edit                    organiser
GET    /ledger                                         organiser leader presenter recorder auditor
GET    /ledger/paste                                   organiser recorder
GET    /ledger/new                                     organiser recorder
GET    /ledger/{entry}                                 organiser leader presenter recorder auditor
GET    /ledger/{entry}/edit                            organiser recorder
GET    /map                                            organiser leader presenter recorder auditor
GET    /reports                                        organiser leader presenter recorder auditor
GET    /reports/outline                                organiser
GET    /reports/template                               organiser
GET    /reports/{report}                               organiser leader presenter recorder auditor
GET    /reports/{report}/versions                      organiser leader presenter recorder auditor
GET    /reports/{report}/slides                        organiser leader presenter recorder auditor
GET    /api/reports/{report}/deck                      organiser leader presenter recorder auditor
GET    /api/reports/{report}/deck/photos/{name}        organiser leader presenter recorder auditor
GET    /api/reports/{report}/pptx                      organiser leader presenter recorder auditor
POST   /api/reports/{report}/slides/pdf                organiser leader presenter recorder auditor
POST   /api/reports/{report}/slides                    presenter recorder
POST   /api/reports/{report}/slides/{code}/{name}      presenter recorder
GET    /api/appraisals/{id}/presenters/{code}/deck     organiser leader teller auditor
GET    /api/appraisals/{id}/presenters/{code}/deck/photos/{name} organiser leader teller auditor
GET    /api/hall/decks/{code}                          hall-link
GET    /api/hall/decks/{code}/photos/{name}            hall-link
POST   /api/reports                                    organiser presenter recorder
POST   /api/reports/outline                            organiser
GET    /api/reports/{report}/figures                   organiser leader presenter recorder auditor
GET    /api/reports/{report}/docx                      organiser leader presenter recorder auditor
POST   /api/reports/{report}/pdf                       organiser leader presenter recorder auditor
PUT    /api/reports/template                           organiser
GET    /api/reports/template                           organiser
DELETE /api/reports/template                           organiser
GET    /api/reports/{report}/template                  organiser leader presenter recorder auditor
PUT    /api/reports/{report}/slides/own                presenter recorder
GET    /api/reports/{report}/slides/own                organiser leader presenter recorder auditor
GET    /api/reports/{report}/slides/own/sent           organiser leader presenter recorder auditor
DELETE /api/reports/{report}/slides/own                presenter recorder
POST   /api/reports/{report}/sections/{code}           presenter recorder
POST   /api/reports/{report}/answers                   presenter recorder
POST   /api/reports/{report}/remarks                   organiser
POST   /api/reports/{report}/submit                    presenter recorder
POST   /api/reports/{report}/withdraw                  presenter recorder
POST   /api/reports/{report}/return                    organiser
POST   /api/reports/{report}/approve                   organiser
POST   /api/reports/{report}/reopen                    organiser
POST   /api/remarks/{remark}/answer                    presenter recorder
POST   /api/remarks/{remark}/settle                    organiser
POST   /api/remarks/{remark}/open                      organiser
GET    /matters                                        organiser leader presenter recorder auditor
GET    /matters/new                                    organiser recorder
GET    /matters/{matter}                               organiser leader presenter recorder auditor
GET    /matters/{matter}/edit                          organiser recorder
GET    /meetings                                       organiser leader presenter recorder auditor
GET    /search                                         organiser leader presenter recorder auditor
GET    /units                                          organiser leader presenter recorder auditor
GET    /units/new                                      organiser recorder
GET    /units/{unit}                                   organiser leader presenter recorder auditor
GET    /units/{unit}/centres                           organiser leader presenter recorder auditor
GET    /units/{unit}/edit                              organiser recorder
GET    /units/{unit}/headcounts                        organiser leader presenter recorder auditor
GET    /units/{unit}/pairings                          organiser leader presenter recorder auditor
GET    /units/{unit}/shops                             organiser leader presenter recorder auditor
GET    /appraisals/{id}/papers                         organiser
GET    /appraisals/{id}/papers/{code}                  organiser
GET    /letters                                        presenter
GET    /letters/{paper}                                organiser leader presenter
GET    /papers/coverage                                organiser leader presenter recorder auditor
GET    /papers/digest/{name}                           organiser leader presenter recorder auditor
GET    /papers/lists/{name}                            organiser leader presenter recorder auditor
GET    /papers/years/{unit}/{year}                     organiser leader presenter recorder auditor
POST   /api/appraisals/{id}/letters                    organiser
POST   /api/appraisals/{id}/letters/give               organiser
POST   /api/appraisals/{id}/papers/{code}              organiser
POST   /api/appraisals/{id}/scans                      organiser
GET    /api/appraisals/{id}/scans/{code}               organiser
GET    /api/appraisals/{id}/scans/{code}/small         organiser
POST   /api/appraisals/{id}/scans/{code}/remove        organiser
POST   /api/appraisals/{id}/texts/{name}               organiser
GET    /api/appraisals/{id}/bundle                     organiser
GET    /api/papers/{paper}                             organiser leader presenter recorder auditor
POST   /api/papers/coverage                            organiser leader presenter recorder auditor
POST   /api/papers/digest/{name}                       organiser leader presenter recorder auditor
POST   /api/papers/lists/{name}                        organiser leader presenter recorder auditor
POST   /api/papers/years/{unit}/{year}                 organiser leader presenter recorder auditor
GET    /api/coverage/export.csv                       organiser leader presenter recorder auditor
GET    /api/coverage/export.xlsx                      organiser leader presenter recorder auditor
GET    /api/entries/export.csv                        organiser leader presenter recorder auditor
GET    /api/entries/export.xlsx                       organiser leader presenter recorder auditor
GET    /api/headcounts/export.csv                     organiser leader presenter recorder auditor
GET    /api/headcounts/export.xlsx                    organiser leader presenter recorder auditor
GET    /api/indicators/export.csv                     organiser leader presenter recorder auditor
GET    /api/indicators/export.xlsx                    organiser leader presenter recorder auditor
GET    /api/matters/export.csv                        organiser leader presenter recorder auditor
GET    /api/matters/export.xlsx                       organiser leader presenter recorder auditor
GET    /api/meetings/export.csv                       organiser leader presenter recorder auditor
GET    /api/meetings/export.xlsx                      organiser leader presenter recorder auditor
GET    /api/posts/export.csv                          organiser leader presenter recorder auditor
GET    /api/posts/export.xlsx                         organiser leader presenter recorder auditor
GET    /api/centres/export.csv                        organiser leader presenter recorder auditor
GET    /api/centres/export.xlsx                       organiser leader presenter recorder auditor
GET    /api/instructors/export.csv                    organiser leader presenter recorder auditor
GET    /api/instructors/export.xlsx                   organiser leader presenter recorder auditor
GET    /api/pairings/export.csv                       organiser leader presenter recorder auditor
GET    /api/pairings/export.xlsx                      organiser leader presenter recorder auditor
GET    /api/shops/export.csv                          organiser leader presenter recorder auditor
GET    /api/shops/export.xlsx                         organiser leader presenter recorder auditor
GET    /api/units/export.csv                          organiser leader presenter recorder auditor
GET    /api/units/export.xlsx                         organiser leader presenter recorder auditor
POST   /api/entries/confirm                           organiser
GET    /units/{unit}/firms                            organiser leader presenter recorder auditor
GET    /units/{unit}/ledger                           organiser leader presenter recorder auditor
GET    /units/{unit}/matters                          organiser leader presenter recorder auditor
GET    /shops/{shop}                                  organiser leader presenter recorder auditor
GET    /centres/{centre}                              organiser leader presenter recorder auditor
GET    /instructors                                   organiser leader presenter recorder auditor
POST   /api/shops/{shop}/inspections                  organiser recorder
DELETE /api/inspections/{inspection}                  organiser recorder
POST   /api/centres/{centre}/cases                    organiser recorder
GET    /api/names/firms                               organiser recorder
GET    /api/names/bodies                              organiser recorder
GET    /appraisals/{id}/followup                      organiser leader
GET    /appraisals/{id}/followup/{code}               organiser leader
GET    /appraisals/{id}/last-year                     organiser
POST   /api/appraisals/{id}/presenters/{code}/matters organiser
POST   /api/appraisals/{id}/presenters/{code}/opinions/{number}/strike organiser
POST   /api/appraisals/{id}/presenters/{code}/opinions/{number}/confirm leader
POST   /api/appraisals/{id}/presenters/{code}/opinions/{number}/keep organiser leader
GET    /digest/{month}                                organiser leader presenter recorder auditor
GET    /units/{unit}/year/{year}                       organiser leader presenter recorder auditor
GET    /words                                          organiser
";

/// Somebody at the door: a name as in the table, and what they carry.
struct Visitor {
    name: String,
    person: Option<Person>,
    token: Option<String>,
}

impl Visitor {
    fn may(&self, who: &str) -> bool {
        let signed = self.person.is_some();
        who.split_whitespace().any(|word| match word {
            "anybody" => true,
            "signed" => signed,
            word => word == self.name,
        })
    }

    fn dress(&self, mut request: Request<Body>) -> Request<Body> {
        if let Some(token) = &self.token {
            let value = format!("Bearer {token}").parse().expect("a header");
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        request
    }
}

/// The links of an appraisal by their names in the table.
async fn links(house: &House, id: &AppraisalId) -> Vec<(&'static str, String)> {
    let kinds = [LinkKind::Tellers, LinkKind::Issuer, LinkKind::Hall];
    let made = house.app.make_links(&Actor::Console, id, &kinds);
    let made = made.await.expect("links");
    let token = |url: &str| url.split_once('#').expect("a fragment").1.to_owned();
    vec![
        ("teller-link", token(&made.tellers[0].url)),
        ("issuer-link", token(&made.issuer.expect("a link"))),
        ("hall-link", token(&made.hall.expect("a link"))),
    ]
}

async fn visitors(house: &House, id: &AppraisalId) -> Vec<Visitor> {
    let mut visitors = vec![Visitor {
        name: "nobody".to_owned(),
        person: None,
        token: None,
    }];
    for role in Role::ALL {
        visitors.push(Visitor {
            name: role.as_str().to_owned(),
            person: Some(house.user(&format!("a-{}", role.as_str()), &[role]).await),
            token: None,
        });
    }
    for (name, token) in links(house, id).await {
        visitors.push(Visitor {
            name: name.to_owned(),
            person: None,
            token: Some(token),
        });
    }
    visitors
}

fn address(path: &str, id: &str) -> String {
    path.replace("{id}", id)
        .replace("{uuid}", "4TAPAp81i55xTi")
        .replace("{code}", "p1")
        .replace("{tracker}", &"0".repeat(64))
        .replace("{name}", "4TAPAp81i55xTi.bel")
        .replace("{*name}", "none.js")
        .replace("{year}", "2018")
        .replace("{kind}", "firm")
        // Any other is the id of a record.
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn everybody_tries_every_door() {
    let house = House::open().await;
    let id = house.app.create_appraisal(&Actor::Console, "{}").await;
    let id = id.expect("an appraisal");
    let visitors = visitors(&house, &id).await;
    let doors: Vec<Vec<&str>> = DOORS
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.splitn(2, '/').collect())
        .collect();
    assert_eq!(
        doors.len(),
        table::all().len(),
        "each door stands in the table once"
    );
    let before = house.app.check_audit().await.expect("a trail");
    let mut tried = 0;
    for route in table::all() {
        let (method, path) = (route.method.clone(), route.meta.path);
        let door = doors.iter().find_map(|door| {
            let (at, who) = door[1].split_once(' ').unwrap_or((door[1], ""));
            (door[0].trim() == method.as_str() && format!("/{at}") == path).then_some(who)
        });
        let who = door.unwrap_or_else(|| panic!("{method} {path} is not in the table"));
        for visitor in &visitors {
            let may = visitor.may(who);
            // Who gets in must find nothing to change; who does not, tries what is really there.
            let there = if may { "a1b2c3d4e5f6g7h8" } else { id.as_str() };
            // Logging out would end the visit, and making an appraisal would change the house.
            if may && matches!(path, "/api/logout" | "/api/appraisals") && !method.is_safe() {
                continue;
            }
            let request = request(
                method.clone(),
                &address(path, there),
                visitor.person.as_ref(),
                Body::empty(),
            );
            let (status, code) = house.knock(visitor.dress(request)).await;
            let to_login = route.meta.kind == Kind::Page && code.starts_with("/login?then=/");
            let refused = to_login
                || status == StatusCode::FORBIDDEN && code != "bad_setup_code"
                || status == StatusCode::UNAUTHORIZED && code != "bad_login";
            // The result is the organiser's until it is announced; what is not there is not there for anybody.
            let hidden = path.ends_with("/result") && !may && status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused || hidden,
                !may,
                "{method} {path} as {}: {status} {code}",
                visitor.name
            );
            tried += 1;
        }
    }
    assert!(tried > 800, "{tried}");
    let after = house.app.check_audit().await.expect("a trail");
    assert_eq!((after.entries, after.head), (before.entries, before.head));
    assert!(house.app.appraisal(&id).await.is_ok(), "still there");
}

/// New links end the old ones, and a link of one appraisal shows that one and no other.
#[tokio::test]
async fn a_link_is_for_one_appraisal_and_dies_when_it_is_replaced() {
    let house = House::open().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let id = house.app.create_appraisal(&Actor::Console, "{}").await;
        ids.push(id.expect("an appraisal"));
    }
    let old = links(&house, &ids[0]).await;
    let second = links(&house, &ids[1]).await;
    let new = links(&house, &ids[0]).await;
    for (path, place) in [("/api/teller", 0), ("/api/issuer", 1)] {
        let get = |token: &str| {
            let mut request = request(axum::http::Method::GET, path, None, Body::empty());
            let value = format!("Bearer {token}").parse().expect("a header");
            request.headers_mut().insert(header::AUTHORIZATION, value);
            request
        };
        assert_eq!(house.send(get(&old[place].1)).await.code(), "bad_token");
        for (links, id) in [(&new, &ids[0]), (&second, &ids[1])] {
            let reply = house.send(get(&links[place].1)).await;
            assert_eq!(reply.json()["appraisal"]["id"], id.as_str());
        }
        // A token of another kind is none.
        assert_eq!(house.send(get(&new[2].1)).await.code(), "bad_token");
    }
}
