//! Samples of the pages of a shop and of a service centre.

use askama::Template as _;
use pingyi_app::record::InspectionRow;

use super::centre::{CasesLine, CentrePage, ServiceHead, badge};
use super::shop::ShopPage;
use crate::lang::Lang;
use crate::pages::sample::{Sample, chrome_in};

fn word(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

impl ShopPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let inspection = |passed: i64| InspectionRow {
            id: format!("i{passed}"),
            shop: "s".repeat(16),
            on_date: "2018-11-20".to_owned(),
            passed,
            finding: if passed == 0 {
                word(
                    lang,
                    "价签不齐，已当场改正。",
                    "Price tags missing, put right at once.",
                )
            } else {
                String::new()
            },
        };
        let page = |hung: bool, inspections: Vec<InspectionRow>| {
            let mut c = chrome_in(lang, "shops-title", "/shops/ssssssssssssssss", &["office"]);
            c.title = word(lang, "海吉星水果店", "Haijixing fruit shop");
            let firm = word(lang, "深圳市某某水果有限公司", "Some Fruit Company Limited");
            Self {
                id: "s".repeat(16),
                name: c.title.clone(),
                unit: (
                    "b".repeat(16),
                    word(lang, "海吉星园区党委", "Haijixing park committee"),
                ),
                firm: hung.then(|| ("f".repeat(16), firm)),
                facts: vec![
                    ("field-plaque", "001".to_owned()),
                    ("field-given_on", "2018-06-01".to_owned()),
                ],
                pledge: word(lang, "不缺斤短两。", "Full weight."),
                withdrawn: if hung {
                    String::new()
                } else {
                    word(lang, "停业", "Closed down")
                },
                hung,
                inspections,
                today: "2018-12-15".to_owned(),
                sample: true,
                source: String::new(),
                past: vec![],
                may_write: hung,
                c,
            }
            .render()
        };
        vec![
            Sample::new("shop", page(true, vec![inspection(1), inspection(0)])),
            Sample::new("shop-withdrawn", page(false, vec![])),
        ]
    }
}

impl CentrePage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let service = |zh: &str, en: &str| ServiceHead {
            code: "permit".to_owned(),
            label: word(lang, zh, en),
            total: 218,
        };
        let line = |quarter: &str| CasesLine {
            quarter: quarter.to_owned(),
            cells: vec!["109".to_owned(), String::new()],
            total: 109,
            fill: "{}".to_owned(),
        };
        let page = |services: Vec<ServiceHead>, lines: Vec<CasesLine>| {
            let mut c = chrome_in(
                lang,
                "centres-title",
                "/centres/cccccccccccccccc",
                &["office"],
            );
            c.title = word(lang, "华南城党群服务中心", "Huanancheng service centre");
            Self {
                id: "c".repeat(16),
                name: c.title.clone(),
                unit: (
                    "b".repeat(16),
                    word(lang, "华南城园区党委", "Huanancheng park committee"),
                ),
                covers: vec![("d".repeat(16), word(lang, "海吉星园区党委", "Haijixing"))],
                facts: vec![("field-terminals", "2".to_owned())],
                badge: badge(true, false),
                quarters: vec!["2018-Q4".to_owned(), "2018-Q3".to_owned()],
                note: String::new(),
                sample: true,
                source: String::new(),
                past: vec![],
                may_write: true,
                services,
                lines,
                c,
            }
            .render()
        };
        let services = vec![
            service("出入境证件", "Permits"),
            ServiceHead {
                code: "fine".to_owned(),
                total: 0,
                ..service("交通违章处理", "Traffic fines")
            },
        ];
        vec![
            Sample::new(
                "centre",
                page(services, vec![line("2018-Q4"), line("2018-Q3")]),
            ),
            Sample::new("centre-empty", page(vec![], vec![])),
        ]
    }
}
