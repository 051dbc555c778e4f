//! `pingyi demo`: the nine parks in a temporary folder, three simulated tellers, everything labelled as simulated.

mod findings;
mod grades;
mod handout;
mod pictures;
mod prose;
pub(crate) mod record;
mod reports;
mod show;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pingyi_app::record::{Hand, UnitKind};
use pingyi_app::{Actor, App, AppError, AppraisalId, UserChange, UserView};
use pingyi_testkit::client::{Http, Organiser};
use pingyi_testkit::meeting::{Manner, Meeting, Prepared};
use pingyi_testkit::plan::{Habits, Plan};
use pingyi_testkit::secrets::Secrets;
use pingyi_testkit::setting::Setting;

use handout::{Account, Handout};

use crate::bars::Bars;
use crate::cli::DemoArgs;
use crate::error::CommandError;
use crate::house::{self, OwnHouse};
use crate::randomness;
use crate::texts::Texts;

/// Seed of the simulated marks, so that every demo shows the same result.
const SEED: u64 = 2018;
/// Password of every log-in while only this machine can reach the demo.
const PASSWORD: &str = "pingyi-demo";
/// Raters who cast at the same time in the shown meeting.
const AT_ONCE: usize = 4;

/// Opens the demo and serves until it is asked to stop.
///
/// # Errors
/// The address is taken, or the meeting could not be played.
pub async fn run(args: DemoArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let (_folder, data) = house::temporary()?;
    let listener = house::listen(args.listen).await?;
    let bound = listener.local_addr().map_err(CommandError::Serving)?;
    let base_url = args
        .base_url
        .clone()
        .unwrap_or_else(|| house::public_address(bound, false));
    let app = house::open(&data, base_url.clone()).await?;
    // The demo's own clients go by the loopback, whatever the public address is.
    let mut local = bound;
    if local.ip().is_unspecified() {
        local.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let http = Http::new(&format!("http://{local}"))?;
    let house = OwnHouse::start(app.clone(), listener, base_url.clone());
    let password = if bound.ip().is_loopback() {
        PASSWORD.to_owned()
    } else {
        randomness::words()
    };
    let handout = fill(&args, &app, &http, base_url, &password, texts).await;
    match handout {
        Ok(handout) => {
            println!(
                "{}",
                if args.json {
                    handout.json()
                } else {
                    handout.told(texts)
                }
            );
            house::asked_to_stop().await;
            house.stop().await?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            house.stop().await?;
            Err(error)
        }
    }
}

/// Users, last year's appraisal, this year's, and what to hand out.
async fn fill(
    args: &DemoArgs,
    app: &App,
    http: &Http,
    base_url: String,
    password: &str,
    texts: &Texts,
) -> Result<Handout, CommandError> {
    let code = app.setup_code().unwrap_or_default();
    let organiser = Organiser::first(http, &code, "organiser", password).await?;
    let mut accounts = vec![Account::new("organiser", "admin organiser", password)];
    for (login, name, roles) in [
        ("leader", "点评领导（示范）", vec!["leader"]),
        ("recorder", "记录员（示范）", vec!["recorder"]),
        ("auditor", "审计（示范）", vec!["auditor"]),
    ] {
        organiser.add_user(login, name, &roles, password).await?;
        accounts.push(Account::new(login, &roles.join(" "), password));
    }
    let mut handout = Handout {
        base_url,
        accounts,
        ..Handout::default()
    };
    if args.bare {
        return Ok(handout);
    }
    keep_record(app).await?;
    let meeting = |setting, habits, pace| planned(http, &organiser, texts, setting, habits, pace);
    let record_year = app.today()?.year();
    let last_year = Setting::last_year().of_year(record_year - 1);
    let last_year = meeting(last_year, Habits::PLAIN, Duration::ZERO);
    handout.last_year = Some(play_last_year(app, &last_year, record_year - 1).await?);
    // The list that came out of it is answered in these.
    reports::this_year(app, record_year).await?;

    let this_year = meeting(
        Setting::this_year().of_year(record_year),
        Habits::USUAL,
        Duration::from_millis(args.pace),
    );
    let config = grades::tied(app, this_year.setting.config(), record_year).await?;
    let draft = organiser.create(&config).await?;
    if args.simulate {
        let prepared = this_year.prepare_existing(draft).await?;
        handout.take(&prepared, &this_year.setting);
        handout.simulated = true;
        if !args.json {
            println!("{}", handout.told(texts));
        }
        show::play(&this_year, prepared).await?;
    } else {
        let rehearsal = organiser.rehearse(&draft).await?;
        let prepared = this_year.prepare_existing(rehearsal).await?;
        handout.draft = Some(draft);
        handout.take(&prepared, &this_year.setting);
        tokio::spawn(tellers_wait(organiser, prepared));
    }
    Ok(handout)
}

/// Last year's reports and meeting, from the draft to the archive, with the leader's points and the grades; the appraisal's id.
async fn play_last_year(
    app: &App,
    meeting: &Meeting,
    record_year: i32,
) -> Result<String, CommandError> {
    reports::last_year(app, record_year).await?;
    let config = grades::tied(app, meeting.setting.config(), record_year).await?;
    let (office, leader) = (
        account(app, "organiser").await?,
        account(app, "leader").await?,
    );
    let id = meeting.organiser.create(&config).await?;
    let prepared = meeting.prepare_existing(id).await?;
    let id: AppraisalId = prepared.appraisal.parse().map_err(|_| AppError::NotFound)?;
    grades::evaluate(app, &leader, &id).await?;
    meeting.play_prepared(prepared).await?;
    grades::decide(app, (&office, &leader), &id).await?;
    findings::list(app, &office, &id).await?;
    meeting.organiser.act(id.as_str(), "archive").await?;
    Ok(id.to_string())
}

/// Somebody with a log-in.
async fn account(app: &App, login: &str) -> Result<UserView, AppError> {
    let users = app.users().await?.into_iter();
    let mut found = users.filter(|user| user.login == login);
    found.next().ok_or(AppError::NotFound)
}

/// The year's record, and the recorder's place in it: the first park.
async fn keep_record(app: &App) -> Result<(), CommandError> {
    let users = app.users().await?;
    let actor = |login: &str| {
        let user = users.iter().find(|user| user.login == login);
        user.map_or(Actor::System, UserView::actor)
    };
    let office = actor("organiser");
    let hands = record::Hands {
        recorder: actor("recorder").to_string(),
        office: office.to_string(),
    };
    let filling = record::filling(app.today()?, hands, record::Extent::DEMO);
    let hand = Hand::office(office.clone());
    app.fill_record(&hand, &filling).await?;
    pictures::add(app, &hand).await?;
    let names = app.unit_names().await?;
    let park = names.iter().find(|unit| unit.kind == UnitKind::Park);
    if let (Actor::User(id), Some(park)) = (actor("recorder"), park) {
        let change = UserChange {
            unit: Some(park.id.to_string()),
            ..UserChange::default()
        };
        app.change_user(&office, &id, change).await?;
    }
    Ok(())
}

/// A meeting of made-up people who all keep to `habits`, `pace` apart.
fn planned(
    http: &Http,
    organiser: &Organiser,
    texts: &Texts,
    setting: Setting,
    habits: Habits,
    pace: Duration,
) -> Meeting {
    let plan = Plan::new(&setting, habits, SEED);
    Meeting {
        http: http.clone(),
        organiser: organiser.clone(),
        setting,
        plan,
        manner: Manner {
            at_once: AT_ONCE,
            presealed: false,
            pace,
        },
        secrets: Arc::new(Secrets::new(randomness::seed())),
        watch: Arc::new(Bars::new(texts)),
    }
}

/// The simulated tellers open the rehearsal as soon as somebody has closed it.
async fn tellers_wait(organiser: Organiser, mut prepared: Prepared) {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        match organiser
            .view(&prepared.appraisal)
            .await
            .map(|view| view.state)
        {
            Ok(state) if state == "closed" => {
                for teller in prepared.tellers.iter_mut().take(2) {
                    if let Err(error) = teller.open_all().await {
                        tracing::error!(%error, "a simulated teller cannot open");
                    }
                }
                return;
            }
            Ok(state) if ["sealed", "open", "paused"].contains(&state.as_str()) => {}
            Err(error) if error.passing() => {}
            // Wiped, voided or gone: nothing is left to open.
            _ => return,
        }
    }
}
