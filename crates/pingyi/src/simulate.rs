//! `pingyi simulate`: a whole meeting through HTTP, its result compared with the marks given.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pingyi_app::App;
use pingyi_testkit::TestkitError;
use pingyi_testkit::client::{Http, Organiser};
use pingyi_testkit::meeting::{Archive, CastReport, Manner, Meeting, Played};
use pingyi_testkit::plan::{Habits, Plan};
use pingyi_testkit::secrets::Secrets;
use pingyi_testkit::setting::{Setting, five_groups, parse_categories};

use crate::bars::Bars;
use crate::cli::SimulateArgs;
use crate::error::CommandError;
use crate::house::{self, OwnHouse};
use crate::randomness;
use crate::texts::Texts;

/// Password of the organiser in a house that lives as long as this command.
const LOGIN: &str = "organiser";

/// Plays the meeting.
///
/// # Errors
/// The first thing that went wrong; a result that is not what the marks give.
pub async fn run(args: SimulateArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let setting = setting(&args)?;
    let habits = if args.plain {
        Habits::PLAIN
    } else {
        Habits::USUAL
    };
    let plan = Plan::new(&setting, habits, args.seed);
    let (url, login, password) = (args.url.clone(), args.login.clone(), args.password.clone());
    let own = if url.is_none() {
        Some(own_house().await?)
    } else {
        None
    };
    let http = Http::new(
        own.as_ref()
            .map_or(url.as_deref().unwrap_or_default(), |own| &own.house.address),
    )?;
    let organiser = match &own {
        Some(own) => first_organiser(&http, &own.app).await?,
        None => {
            Organiser::sign_in(
                &http,
                &login.unwrap_or_default(),
                &password.unwrap_or_default(),
            )
            .await?
        }
    };
    let manner = Manner {
        at_once: args.at_once,
        presealed: args.presealed,
        pace: Duration::from_millis(args.pace),
    };
    let meeting = Meeting {
        http,
        organiser,
        setting,
        plan,
        manner,
        secrets: Arc::new(Secrets::new(randomness::seed())),
        watch: Arc::new(Bars::new(texts)),
    };
    let played = meeting.play().await;
    if let Some(own) = own {
        own.house.stop().await?;
    }
    let played = played?;
    write(&args.out, &played.archives)?;
    report(&args, &meeting, &played, texts);
    Ok(ExitCode::SUCCESS)
}

fn setting(args: &SimulateArgs) -> Result<Setting, TestkitError> {
    let categories = match &args.categories {
        Some(text) => parse_categories(text, args.raters)?,
        None => five_groups(args.raters),
    };
    let setting = Setting::new(args.presenters, args.items, categories)?;
    // The server would refuse to seal it, after the tellers have made their key; said before anybody begins.
    if let Some(small) = setting
        .categories
        .iter()
        .find(|category| category.raters < setting.minimum)
    {
        return Err(TestkitError::BadPlan(format!(
            "category {} has {} raters, a box needs {}: more --raters or fewer --categories",
            small.code, small.raters, setting.minimum
        )));
    }
    let setting = setting.with_tellers(args.threshold, args.tellers)?;
    Ok(if args.abstention {
        setting.with_abstention()
    } else {
        setting
    })
}

/// A server on a temporary folder, inside this process.
struct Own {
    app: App,
    house: OwnHouse,
    _folder: tempfile::TempDir,
}

async fn own_house() -> Result<Own, CommandError> {
    let (folder, data) = house::temporary()?;
    let listener = house::listen(([127, 0, 0, 1], 0).into()).await?;
    let address = format!(
        "http://{}",
        listener.local_addr().map_err(CommandError::Serving)?
    );
    let app = house::open(&data, address.clone()).await?;
    let house = OwnHouse::start(app.clone(), listener, address);
    Ok(Own {
        app,
        house,
        _folder: folder,
    })
}

/// The first administrator, made through the page with the code of the console, as in earnest.
async fn first_organiser(http: &Http, app: &App) -> Result<Organiser, CommandError> {
    let code = app.setup_code().unwrap_or_default();
    let password = randomness::words();
    Ok(Organiser::first(http, &code, LOGIN, &password).await?)
}

/// Writes boards and proofs as `pingyi verify` takes them.
fn write(folder: &Path, archives: &[Archive]) -> Result<(), CommandError> {
    std::fs::create_dir_all(folder).map_err(CommandError::file(folder))?;
    for archive in archives {
        let path = folder.join(format!("{}.bel", archive.uuid));
        std::fs::write(&path, &archive.board).map_err(CommandError::file(&path))?;
        if let Some(proofs) = &archive.proofs {
            let path = folder.join(format!("{}.proofs.json", archive.uuid));
            std::fs::write(&path, proofs).map_err(CommandError::file(&path))?;
        }
    }
    Ok(())
}

fn report(args: &SimulateArgs, meeting: &Meeting, played: &Played, texts: &Texts) {
    if args.json {
        println!("{}", serde_json::json!(played));
        return;
    }
    let (setting, opening) = (&meeting.setting, &played.opening);
    let say = |key: &str, values: &[(&str, &dyn ToString)]| println!("{}", texts.with(key, values));
    say(
        "cli-simulate-meeting",
        &[
            ("raters", &setting.raters()),
            ("presenters", &setting.units.len()),
            ("items", &setting.items.len()),
            ("grades", &setting.grades.len()),
            ("boxes", &setting.categories.len()),
        ],
    );
    report_casting(&played.casting, say);
    say(
        "cli-simulate-opening",
        &[
            ("tellers", &opening.tellers),
            ("shares", &opening.shares),
            ("close", &seconds(opening.close_to_result)),
            ("last", &seconds(opening.last_share_to_result)),
        ],
    );
    say(
        "cli-simulate-equal",
        &[
            ("count", &played.archives.len()),
            ("path", &args.out.display()),
        ],
    );
}

fn report_casting(casting: &CastReport, say: impl Fn(&str, &[(&str, &dyn ToString)])) {
    let sealed = if casting.presealed {
        "cli-simulate-presealed"
    } else {
        "cli-simulate-sealed-along"
    };
    say(sealed, &[("seconds", &seconds(casting.sealing))]);
    let rate = f64::from(u32::try_from(casting.ballots).unwrap_or(u32::MAX))
        / casting.casting.as_secs_f64().max(1e-9);
    say(
        "cli-simulate-casting",
        &[
            ("ballots", &casting.ballots),
            ("seconds", &seconds(casting.casting)),
            ("rate", &format!("{rate:.1}")),
            ("at-once", &casting.at_once),
        ],
    );
    if let Some(taken) = &casting.acknowledged {
        say(
            "cli-simulate-latency",
            &[
                ("p50", &seconds(taken.p50)),
                ("p95", &seconds(taken.p95)),
                ("p99", &seconds(taken.p99)),
                ("max", &seconds(taken.max)),
            ],
        );
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.3}", duration.as_secs_f64())
}
