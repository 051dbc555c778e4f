//! Progress bars. They are drawn on standard error and only where a person looks at it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use pingyi_testkit::watch::{Stage, Watch};

use crate::texts::Texts;

/// One bar for each stage of a meeting.
pub struct Bars {
    all: MultiProgress,
    names: HashMap<Stage, String>,
    shown: Mutex<HashMap<Stage, ProgressBar>>,
}

impl Bars {
    /// Bars labelled in the reader's language.
    #[must_use]
    pub fn new(texts: &Texts) -> Self {
        let names = [
            (Stage::Ceremony, "cli-stage-ceremony"),
            (Stage::Slips, "cli-stage-slips"),
            (Stage::Sealing, "cli-stage-sealing"),
            (Stage::Casting, "cli-stage-casting"),
            (Stage::Receipts, "cli-stage-receipts"),
            (Stage::Opening, "cli-stage-opening"),
            (Stage::Verifying, "cli-stage-verifying"),
        ];
        let names = names
            .into_iter()
            .map(|(stage, key)| (stage, texts.plain(key)))
            .collect();
        Self {
            all: MultiProgress::new(),
            names,
            shown: Mutex::default(),
        }
    }

    fn with_bar(&self, stage: Stage, act: impl FnOnce(&ProgressBar)) {
        // A poisoned lock means another thread died while drawing; the bars are still good.
        let bars = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = bars.get(&stage) {
            act(bar);
        }
    }
}

/// A bar with a label, for one thing that takes long.
#[must_use]
pub fn bar(label: String, steps: u64) -> ProgressBar {
    ProgressBar::new(steps)
        .with_style(style())
        .with_prefix(label)
}

fn style() -> ProgressStyle {
    let template = "{prefix:>14} {wide_bar} {human_pos}/{human_len} {elapsed_precise} {eta:>4}";
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Watch for Bars {
    fn begin(&self, stage: Stage, steps: u64) {
        let label = self.names.get(&stage).cloned().unwrap_or_default();
        let bar = self.all.add(bar(label, steps));
        bar.tick();
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(stage, bar);
    }

    fn step(&self, stage: Stage) {
        self.with_bar(stage, |bar| bar.inc(1));
    }

    fn end(&self, stage: Stage) {
        self.with_bar(stage, ProgressBar::finish);
    }
}
