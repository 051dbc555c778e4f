//! The form of an indicator.

use askama::Template;
use pingyi_app::record::Measure;

use super::{Choice, UnitChoice};
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::pages::sample::{Sample, chrome_in};

/// What a form of an indicator holds.
#[derive(Debug, Clone, Default)]
pub struct IndicatorForm {
    /// Id; empty for a new one.
    pub id: String,
    /// Version.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// Place.
    pub ordinal: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub until_on: String,
    /// Weight.
    pub weight: String,
    /// Target of all.
    pub target: String,
    /// No longer shown.
    pub retired: bool,
}

/// A word of the vocabulary in a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChoice {
    /// Code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The form of an indicator.
#[derive(Debug, Clone, Template)]
#[template(path = "record/indicator_form.html")]
pub struct IndicatorFormPage {
    /// Frame.
    pub c: Chrome,
    /// What it holds.
    pub form: IndicatorForm,
    /// Measures.
    pub measures: Vec<Choice>,
    /// Kinds of entries.
    pub kinds: Vec<WordChoice>,
    /// Topics of entries.
    pub topics: Vec<WordChoice>,
    /// Parks with their own targets.
    pub units: Vec<(UnitChoice, String)>,
}

impl IndicatorFormPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |form: IndicatorForm| {
            Self {
                c: chrome_in(lang, "indicators-title", "/indicators/new", &["office"]),
                form,
                measures: measures("entries"),
                kinds: vec![WordChoice {
                    code: "class".to_owned(),
                    label: if lang == Lang::Zh {
                        "学习教育"
                    } else {
                        "Class"
                    }
                    .to_owned(),
                    chosen: true,
                }],
                topics: Vec::new(),
                units: super::unit_choices(lang)
                    .into_iter()
                    .map(|unit| (unit, String::new()))
                    .collect(),
            }
            .render()
        };
        let kept = IndicatorForm {
            id: "aaaaaaaaaaaaaaaa".to_owned(),
            version: 2,
            name: if lang == Lang::Zh {
                "学习教育场次"
            } else {
                "Classes"
            }
            .to_owned(),
            from_on: "2018-01-01".to_owned(),
            until_on: "2018-12-31".to_owned(),
            weight: "10".to_owned(),
            target: "28".to_owned(),
            ..IndicatorForm::default()
        };
        vec![
            Sample::new("indicator-new", page(IndicatorForm::default())),
            Sample::new("indicator-edit", page(kept)),
        ]
    }
}

/// The measures, with one chosen.
#[must_use]
pub fn measures(chosen: &str) -> Vec<Choice> {
    let choice =
        |measure: &Measure| Choice::new("value-indicator-measure", measure.as_str(), chosen);
    Measure::ALL.iter().map(choice).collect()
}
