//! `pingyi measure`: how long the pages of the year's record take to answer, with many firms and entries in it.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pingyi_app::record::{Filling, Hand};
use pingyi_app::{Actor, App, AppError};
use pingyi_testkit::client::{Auth, Http, Organiser};
use pingyi_testkit::latency::{Latencies, Summary};
use tokio::sync::Mutex;

use crate::cli::MeasureArgs;
use crate::demo::record::{self, Extent, Hands};
use crate::error::CommandError;
use crate::house::{self, OwnHouse};
use crate::randomness;
use crate::texts::Texts;

/// Pages a list is followed to, one "next" after another.
const DEEP: usize = 30;

/// Fills a record, asks for its pages, and prints how long each kind of page took.
///
/// # Errors
/// The first thing that went wrong; a page that is not answered with 200.
pub async fn run(args: MeasureArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let (_folder, mut data) = house::temporary()?;
    data.database.clone_from(&args.database);
    let listener = house::listen(([127, 0, 0, 1], 0).into()).await?;
    let address = listener.local_addr().map_err(CommandError::Serving)?;
    let address = format!("http://{address}");
    let app = house::open(&data, address.clone()).await?;
    let began = Instant::now();
    let filling = filled(&app, &args).await?;
    let (firms, entries) = (filling.count("firms"), filling.count("entries"));
    let seconds = began.elapsed().as_secs();
    println!(
        "{}",
        texts.with(
            "cli-measure-filled",
            &[
                ("firms", &firms),
                ("entries", &entries),
                ("seconds", &seconds)
            ]
        )
    );
    let http = Http::new(&address)?;
    let house = OwnHouse::start(app.clone(), listener, address);
    let code = app.setup_code().unwrap_or_default();
    let organiser = Organiser::first(&http, &code, "organiser", &randomness::words()).await?;
    let measured = measured(&http, organiser.auth(), &args, &filling).await;
    house.stop().await?;
    let measured = measured?;
    if args.json {
        println!("{}", serde_json::json!(measured));
    } else {
        for (page, summary) in &measured {
            println!("{}", line(page, summary));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(page: &str, summary: &Summary) -> String {
    let ms = |duration: Duration| format!("{:8.1}", duration.as_secs_f64() * 1000.0);
    format!(
        "{page:<28} {:>6} {} {} {} {}",
        summary.count,
        ms(summary.p50),
        ms(summary.p95),
        ms(summary.p99),
        ms(summary.max)
    )
}

async fn filled(app: &App, args: &MeasureArgs) -> Result<Filling, CommandError> {
    let office = Hand::office(Actor::System);
    let hands = Hands {
        // Nobody closes what they reported.
        recorder: "user:recorder".to_owned(),
        office: Actor::System.to_string(),
    };
    let extent = Extent {
        firms: args.firms,
        entries: args.entries,
        matters: args.matters,
    };
    let filling = record::filling(app.today()?, hands, extent);
    app.fill_record(&office, &filling).await?;
    Ok(filling)
}

/// The name of a kind of page and its first address. `{firm}` is the name of a firm, `{park}` the id of a park.
const PAGES: &[(&str, &str)] = &[
    ("home", "/"),
    ("units", "/units"),
    ("unit", "/units/{park}"),
    ("firms", "/firms"),
    ("firms by day", "/firms?sort=opened_on&dir=desc"),
    ("firms of a park", "/firms?unit={park}"),
    ("firms of a sector", "/firms?sector=internet"),
    ("firms uncovered", "/firms?view=uncovered"),
    ("firms struck", "/firms?view=struck"),
    ("firms due", "/firms?view=due"),
    (
        "firms uncovered on a day",
        "/firms?view=uncovered&on={last}",
    ),
    ("firms with 科技", "/firms?q=%E7%A7%91%E6%8A%80"),
    ("firms with a name", "/firms?q={firm}"),
    ("coverage", "/coverage"),
    ("coverage of a park", "/coverage?unit={park}"),
    ("coverage on a day", "/coverage?on={last}"),
    ("ledger", "/ledger"),
    ("ledger of a park", "/ledger?unit={park}"),
    ("ledger of a kind", "/ledger?kind=class"),
    ("ledger waiting", "/ledger?state=recorded"),
    ("ledger by title", "/ledger?sort=title"),
    ("ledger with 消防", "/ledger?q=%E6%B6%88%E9%98%B2"),
    ("meetings", "/meetings"),
    ("classes", "/classes"),
    ("matters", "/matters"),
    ("matters of a park", "/matters?unit={park}"),
    ("indicators", "/indicators"),
    ("search for a name", "/search?q={firm}"),
    ("search for 科技", "/search?q=%E7%A7%91%E6%8A%80"),
    ("search for 华南城", "/search?q=%E5%8D%8E%E5%8D%97%E5%9F%8E"),
    ("search with a slip", "/search?q={slip}"),
    ("audit", "/admin/audit"),
    ("health", "/admin/health"),
];

/// Every address of a kind of page: the list followed by its own "next" links.
async fn addresses(http: &Http, auth: &Auth, first: String) -> Result<Vec<String>, CommandError> {
    let mut all = vec![first];
    while all.len() <= DEEP {
        let last = all.last().cloned().unwrap_or_default();
        let page = http.download(auth, &last).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        match next(&page) {
            Some(next) => all.push(next),
            None => break,
        }
    }
    Ok(all)
}

/// Where the link to the next page leads.
fn next(page: &str) -> Option<String> {
    let at = page.find("rel=\"next\"")?;
    let from = page[..at].rfind("href=\"")? + "href=\"".len();
    let end = page[from..].find('"')?;
    Some(
        page[from..from + end]
            .replace("&amp;", "&")
            .replace("&#38;", "&"),
    )
}

async fn measured(
    http: &Http,
    auth: Auth,
    args: &MeasureArgs,
    filling: &Filling,
) -> Result<BTreeMap<String, Summary>, CommandError> {
    let auth = Arc::new(auth);
    let mut work: Vec<(&'static str, String)> = Vec::new();
    for (name, pattern) in PAGES {
        if args
            .only
            .as_ref()
            .is_some_and(|only| !name.contains(only.as_str()))
        {
            continue;
        }
        let all = addresses(http, &auth, filled_in(pattern, filling)).await?;
        for turn in 0..args.requests {
            work.push((name, all[turn % all.len()].clone()));
        }
    }
    // Kinds of pages take turns, as people do.
    work.sort_by_key(|(name, path)| mixed(name, path));
    let queue = Arc::new(Mutex::new(work));
    let mut people = Vec::new();
    for _ in 0..args.at_once.max(1) {
        people.push(tokio::spawn(asking(
            http.clone(),
            Arc::clone(&auth),
            Arc::clone(&queue),
        )));
    }
    let mut all: BTreeMap<String, Latencies> = BTreeMap::new();
    for one in people {
        let found = one.await.map_err(|_| AppError::ShuttingDown)??;
        for (name, latencies) in found {
            all.entry(name.to_owned())
                .or_default()
                .extend(latencies.clone());
            all.entry("all".to_owned()).or_default().extend(latencies);
        }
    }
    let summaries = all.into_iter();
    Ok(summaries
        .filter_map(|(name, latencies)| Some((name, latencies.summary()?)))
        .collect())
}

/// An order that looks like none and is the same every time.
fn mixed(name: &str, path: &str) -> u64 {
    let bytes = name.bytes().chain(path.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

async fn asking(
    http: Http,
    auth: Arc<Auth>,
    queue: Arc<Mutex<Vec<(&'static str, String)>>>,
) -> Result<BTreeMap<&'static str, Latencies>, CommandError> {
    let mut all: BTreeMap<&'static str, Latencies> = BTreeMap::new();
    loop {
        let Some((name, path)) = queue.lock().await.pop() else {
            return Ok(all);
        };
        let began = Instant::now();
        http.download(&auth, &path).await?;
        all.entry(name).or_default().add(began.elapsed());
    }
}

/// The address with a firm, a park and a day of this record.
fn filled_in(pattern: &str, filling: &Filling) -> String {
    let text = |table: &str, row: usize, column: usize| {
        let rows = filling.rows(table);
        match rows
            .get(row % rows.len().max(1))
            .and_then(|row| row.get(column))
        {
            Some(pingyi_app::record::Cell::Text(text)) => text.clone(),
            _ => String::new(),
        }
    };
    let name = text("firms", 77, 3);
    // Two characters of the name are swapped, as fingers do.
    let mut slip: Vec<char> = name.chars().collect();
    if slip.len() > 5 {
        slip[4] = '某';
    }
    let park = filling.rows("firms").get(77).and_then(|row| row.get(2));
    let park = match park {
        Some(pingyi_app::record::Cell::Text(id)) => id.clone(),
        _ => String::new(),
    };
    // The last day of the year before the newest entry.
    let newest = (0..filling.rows("entries").len()).map(|row| text("entries", row, 5));
    let year: Option<i32> = newest.max().and_then(|day| day.get(..4)?.parse().ok());
    let day = format!("{}-12-31", year.unwrap_or_default() - 1);
    pattern
        .replace("{firm}", &encoded(&name))
        .replace("{slip}", &encoded(&slip.into_iter().collect::<String>()))
        .replace("{park}", &park)
        .replace("{last}", &day)
}

fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut all, byte| {
        // Writing to a String cannot fail.
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_where_the_link_leads() {
        let page = r#"<a class="btn" href="/firms?q=a&#38;after=X" rel="next">"#;
        assert_eq!(next(page).as_deref(), Some("/firms?q=a&after=X"));
        assert_eq!(next("<a href=\"/firms\">"), None);
    }

    #[test]
    fn names_go_into_an_address() {
        assert_eq!(encoded("华A"), "%E5%8D%8E%41");
    }
}
