//! The founding check: its form with the thresholds, and one check with the three conditions and the mode that fits.

use askama::Template;
use pingyi_app::record::geo;
use pingyi_app::record::{AreaView, Finding, FoundingMode, FoundingView, ThresholdsView, findings};

use super::drawing::{Frame, Outline, around};
use super::{Choice, PastLine, UnitChoice};
use crate::chrome::Chrome;

/// A check in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundingLine {
    /// Id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The day of the figures.
    pub on: String,
    /// Whether all three conditions held.
    pub met: bool,
    /// The mode decided, on the wire; empty before.
    pub mode: String,
    /// The unit it was decided for; empty before.
    pub unit: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Id of the name of each figure, and figure against threshold.
    pub findings: Vec<(String, String)>,
}

impl FoundingLine {
    /// A check; `unit` is the name of its unit.
    #[must_use]
    pub fn of(view: &FoundingView, unit: String) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.founding.title.clone(),
            on: view.founding.on_date.to_string(),
            met: view.founding.met(),
            mode: view
                .founding
                .mode
                .map(|mode| mode.to_string())
                .unwrap_or_default(),
            unit,
            sample: view.sample,
            findings: findings(&view.founding.figures, &view.founding.thresholds)
                .iter()
                .flat_map(|finding| &finding.against)
                .map(|against| {
                    let have = against
                        .have
                        .map_or_else(|| "—".to_owned(), |n| n.to_string());
                    let name = format!("founding-measured-{}", against.measured);
                    (name, format!("{have}/{}", against.need))
                })
                .collect(),
        }
    }

    /// Id of the mode's name.
    #[must_use]
    pub fn mode_text(&self) -> String {
        format!("value-unit-founding_mode-{}", self.mode)
    }
}

/// The plain map one draws on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    /// What it shows of the earth.
    pub frame: Frame,
    /// The office's drawings.
    pub outlines: Vec<Outline>,
}

impl Canvas {
    /// The map with the office's drawings, and with another one to fit in; none where there is nothing to draw.
    #[must_use]
    pub fn of(areas: &[AreaView], also: Option<&geo::Shape>) -> Option<Self> {
        let shapes = areas.iter().map(|view| &view.area.shape);
        let frame = Frame::around(around(shapes.chain(also))?);
        let outline = |view: &AreaView| {
            let mut outline = Outline::of(&frame, &view.area.name, &view.area.shape);
            // What only helps to find one's way has its name at the edge: parks lie in its middle.
            if view.area.unit.is_none() {
                outline.at = outline.top.clone();
            }
            outline
        };
        Some(Self {
            outlines: areas.iter().map(outline).collect(),
            frame,
        })
    }
}

/// Thresholds, the form of a check, and the checks made.
#[derive(Debug, Clone, Template)]
#[template(path = "record/founding.html")]
pub struct FoundingPage {
    /// Frame.
    pub c: Chrome,
    /// The setting.
    pub kept: ThresholdsView,
    /// Units whose firms can be meant.
    pub units: Vec<UnitChoice>,
    /// The map to draw on; none without drawings.
    pub canvas: Option<Canvas>,
    /// The checks.
    pub lines: Vec<FoundingLine>,
}

/// One check.
#[derive(Debug, Clone, Template)]
#[template(path = "record/founding_check.html")]
pub struct FoundingCheckPage {
    /// Frame.
    pub c: Chrome,
    /// The check.
    pub view: FoundingView,
    /// The three conditions.
    pub findings: Vec<Finding>,
    /// The unit it was decided for: id and name.
    pub unit: Option<(String, String)>,
    /// Modes to decide for.
    pub modes: Vec<Choice>,
    /// Units to decide for.
    pub units: Vec<UnitChoice>,
    /// The map with the drawing; none without.
    pub canvas: Option<Canvas>,
    /// The drawing itself.
    pub drawn: String,
    /// What was done to it.
    pub past: Vec<PastLine>,
    /// Whether who looks may decide.
    pub may_decide: bool,
}

impl FoundingCheckPage {
    /// The page of a check.
    #[must_use]
    pub fn of(
        c: Chrome,
        view: FoundingView,
        unit: Option<(String, String)>,
        areas: &[AreaView],
        (units, past): (Vec<UnitChoice>, Vec<PastLine>),
        may_decide: bool,
    ) -> Self {
        let founding = &view.founding;
        let shape = geo::read(&founding.figures.shape)
            .ok()
            .and_then(|features| features.into_iter().next())
            .map(|feature| feature.shape);
        let canvas = shape
            .as_ref()
            .and_then(|shape| Canvas::of(areas, Some(shape)));
        let drawn = canvas
            .as_ref()
            .zip(shape.as_ref())
            .map(|(canvas, shape)| canvas.frame.path(shape));
        // Before anything is decided, what fits is proposed.
        let chosen = founding.mode.or(founding.figures.proposed);
        let chosen = chosen.map(|mode| mode.to_string()).unwrap_or_default();
        Self {
            findings: findings(&founding.figures, &founding.thresholds),
            unit,
            modes: FoundingMode::ALL
                .iter()
                .map(|mode| Choice::new("value-unit-founding_mode", mode.as_str(), &chosen))
                .collect(),
            units,
            canvas,
            drawn: drawn.unwrap_or_default(),
            past,
            may_decide,
            view,
            c,
        }
    }

    /// Id of the text that says why this mode fits.
    #[must_use]
    pub fn why(&self) -> String {
        let figures = &self.view.founding.figures;
        match (figures.proposed, figures.parks) {
            (Some(mode), _) => format!("founding-why-{mode}"),
            (None, 0) => "founding-why-nobody".to_owned(),
            (None, _) => "founding-why-park".to_owned(),
        }
    }

    /// Id of the name of the mode that fits; none where none does.
    #[must_use]
    pub fn proposed(&self) -> Option<String> {
        let mode = self.view.founding.figures.proposed?;
        Some(format!("value-unit-founding_mode-{mode}"))
    }

    /// The unit it is decided for, on the wire.
    #[must_use]
    pub fn unit_id(&self) -> &str {
        self.unit.as_ref().map_or("", |(id, _)| id)
    }
}
