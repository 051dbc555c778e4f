//! Firms (domain.md §3, §4): what the register holds of each, and what tells two entries of one firm apart.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::grams::fold;
use super::ids::UnitId;
use super::kind::{Kind, named};
use super::unit::wire;

named! {
    /// Whose a firm is.
    FirmKind {
        /// 非公企业.
        NonPublic => "non_public",
        /// 个体工商户.
        SoleTrader => "sole_trader",
        /// 国有企业.
        State => "state",
    }
}

/// A firm, without id and version, and without what covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// The park (or community) it lies in.
    pub unit: UnitId,
    /// Full name.
    pub name: String,
    /// Unified social credit code (GB 32100-2015); empty where not known.
    pub credit_code: String,
    /// Whose it is.
    pub kind: FirmKind,
    /// Code of the vocabulary list `sector`; empty where not known.
    pub sector: String,
    /// Employees.
    pub employees: Option<i64>,
    /// Party members among them.
    pub members: Option<i64>,
    /// Address.
    pub address: String,
    /// Longitude in millionths of a degree.
    pub lon: Option<i64>,
    /// Latitude in millionths of a degree.
    pub lat: Option<i64>,
    /// Since when it is in the park; before that day it counts nowhere.
    pub opened_on: Date,
    /// Code of the vocabulary list `uncovered_reason`: why nothing covers it (未建原因); empty where not said.
    pub uncovered: String,
    /// Note.
    pub note: String,
}

/// The form of a firm, as it is sent: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FirmDraft {
    /// Id of the unit.
    pub unit: String,
    /// 1 to 80 characters.
    pub name: String,
    /// 18 characters, or empty.
    pub credit_code: String,
    /// Kind on the wire.
    pub kind: String,
    /// Code, or empty.
    pub sector: String,
    /// Whole number, or empty.
    pub employees: String,
    /// Whole number, or empty.
    pub members: String,
    /// Up to 120 characters.
    pub address: String,
    /// Millionths of a degree, or empty.
    pub lon: String,
    /// Millionths of a degree, or empty.
    pub lat: String,
    /// Day.
    pub opened_on: String,
    /// Code, or empty.
    pub uncovered: String,
    /// Up to 4,000 characters.
    pub note: String,
}

/// The most people a firm is believed to have.
const MOST_PEOPLE: i64 = 10_000_000;

impl FirmDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it. Whether unit and codes exist is for the use case.
    pub fn read(&self, today: Date) -> Result<Firm, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        let kind: Option<FirmKind> = check.needed("kind", &self.kind, "firm_kind");
        check.demand(!self.opened_on.trim().is_empty(), "opened_on", "missing");
        let opened_on = check.past_day("opened_on", &self.opened_on, today);
        let name = check.text("name", &self.name, 1..=80);
        let credit_code = credit_code(&mut check, &self.credit_code);
        let sector = code(&mut check, "sector", &self.sector);
        let employees = check.number("employees", &self.employees, 0..=MOST_PEOPLE);
        let members = check.number("members", &self.members, 0..=MOST_PEOPLE);
        let too_many = matches!((employees, members), (Some(all), Some(some)) if some > all);
        check.demand(!too_many, "members", "members_most");
        let address = check.text("address", &self.address, 0..=120);
        let lon = check.number("lon", &self.lon, -180_000_000..=180_000_000);
        let lat = check.number("lat", &self.lat, -90_000_000..=90_000_000);
        check.demand(lon.is_some() == lat.is_some(), "lat", "place_half");
        let uncovered = code(&mut check, "uncovered", &self.uncovered);
        let note = check.lines("note", &self.note, 0..=4000);
        let read = unit.zip(kind).zip(opened_on);
        let read = read.map(|((unit, kind), opened_on)| Firm {
            unit,
            name,
            credit_code,
            kind,
            sector,
            employees,
            members,
            address,
            lon,
            lat,
            opened_on,
            uncovered,
            note,
        });
        check.done(read)
    }
}

/// A code of the vocabulary, or nothing. Rule `word`.
pub(crate) fn code(check: &mut Check, field: &str, text: &str) -> String {
    let text = text.trim();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let sound = text.len() <= 40 && text.bytes().all(plain);
    check.demand(sound, field, "word");
    if sound {
        text.to_owned()
    } else {
        String::new()
    }
}

/// A credit code in capitals, or nothing. Rule `credit_code`.
fn credit_code(check: &mut Check, text: &str) -> String {
    let text = text.trim().to_ascii_uppercase();
    let sound = text.is_empty() || is_credit_code(&text);
    check.demand(sound, "credit_code", "credit_code");
    if sound { text } else { String::new() }
}

/// Whether the text is a unified social credit code: 18 characters, the last of them the check character
/// (GB 32100-2015: weights 3^i mod 31, 31 characters without I, O, S, V, Z).
#[must_use]
pub fn is_credit_code(text: &str) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = text.chars().map(|c| ALPHABET.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return false;
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    values[17] == (31 - sum % 31) % 31
}

/// What a name is compared by: folded, without gaps and brackets, without the common endings. 分公司 stays, since
/// a branch office is another firm.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(name).replace(' ', "");
    let endings = ["有限责任公司", "股份有限公司", "有限公司"];
    let bare = endings.iter().find_map(|end| folded.strip_suffix(end));
    bare.filter(|bare| !bare.is_empty())
        .map_or_else(|| folded.clone(), ToOwned::to_owned)
}

impl Record for Firm {
    const KIND: Kind = Kind::Firm;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", self.unit.to_string()),
            ("name", self.name.clone()),
            ("credit_code", self.credit_code.clone()),
            ("kind", self.kind.to_string()),
            ("sector", self.sector.clone()),
            ("employees", wire(self.employees.as_ref())),
            ("members", wire(self.members.as_ref())),
            ("address", self.address.clone()),
            ("lon", wire(self.lon.as_ref())),
            ("lat", wire(self.lat.as_ref())),
            ("opened_on", self.opened_on.to_string()),
            ("uncovered", self.uncovered.clone()),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    /// By its name only: with 100,000 firms the pairs of addresses would be most of the index.
    fn search_text(&self) -> Option<String> {
        Some(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> FirmDraft {
        FirmDraft {
            unit: "a".repeat(16),
            name: "深圳市某某科技有限公司".into(),
            credit_code: "91350100m000100y43".into(),
            kind: "non_public".into(),
            opened_on: "2016-01-01".into(),
            ..FirmDraft::default()
        }
    }

    fn rules(draft: &FirmDraft) -> Vec<String> {
        match draft.read("2018-12-15".parse().unwrap()) {
            Ok(_) => vec![],
            Err(problems) => problems
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.rule))
                .collect(),
        }
    }

    #[test]
    fn a_credit_code_has_its_check_character() {
        // The example of the standard itself.
        assert!(is_credit_code("91350100M000100Y43"));
        for bad in [
            "91350100M000100Y44",
            "91350100M000100Y4",
            "91350100M000100Y433",
            "91350100I000100Y43",
            "19350100M000100Y43",
            "",
        ] {
            assert!(!is_credit_code(bad), "{bad}");
        }
    }

    #[test]
    fn names_are_compared_by_what_is_their_own() {
        for (one, other) in [
            (
                "深圳市某某（平湖）科技有限公司",
                "深圳市某某(平湖)科技 有限责任公司",
            ),
            ("ＡＢＣ电商股份有限公司", "abc电商"),
            ("某某，物流", "某某物流有限公司"),
        ] {
            assert_eq!(name_key(one), name_key(other));
        }
        assert_ne!(name_key("某某有限公司平湖分公司"), name_key("某某有限公司"));
        assert_eq!(name_key("有限公司"), "有限公司");
    }

    #[test]
    fn the_form_says_all_that_is_wrong() {
        assert_eq!(rules(&draft()), [] as [&str; 0]);
        let read = draft().read("2018-12-15".parse().unwrap()).unwrap();
        assert_eq!(read.credit_code, "91350100M000100Y43");
        let bad = FirmDraft {
            unit: String::new(),
            name: " ".into(),
            credit_code: "1".into(),
            kind: "guild".into(),
            sector: "电商".into(),
            employees: "3".into(),
            members: "4".into(),
            lon: "114000000".into(),
            opened_on: String::new(),
            ..draft()
        };
        assert_eq!(
            rules(&bad),
            [
                "unit missing",
                "kind firm_kind",
                "opened_on missing",
                "name missing",
                "credit_code credit_code",
                "sector word",
                "members members_most",
                "lat place_half",
            ]
        );
        let future = FirmDraft {
            opened_on: "2018-12-16".into(),
            ..draft()
        };
        assert_eq!(rules(&future), ["opened_on date_future"]);
    }
}
