//! Live events: that something changed, never what (contract §3.6).

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use pingyi_store::Store;
use pingyi_store::repo::appraisals;
use serde::Serialize;
use tokio::sync::broadcast;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Configuration or state.
    Appraisal,
    /// What the hall shows.
    Stage,
    /// Number of ballots.
    Turnout,
    /// The key ceremony.
    Ceremony,
    /// Boxes, rolls, shares.
    Boxes,
    /// The result.
    Result,
    /// How far the letters of an appraisal are.
    Papers,
    /// How far an import is; its id stands for the appraisal's.
    Import,
}

impl Topic {
    /// All topics of an appraisal: for a client that may have missed some.
    pub const ALL: [Self; 6] = [
        Self::Appraisal,
        Self::Stage,
        Self::Turnout,
        Self::Ceremony,
        Self::Boxes,
        Self::Result,
    ];

    /// Those and what only the office's pages show.
    pub const OFFICE: [Self; 7] = [
        Self::Appraisal,
        Self::Stage,
        Self::Turnout,
        Self::Ceremony,
        Self::Boxes,
        Self::Result,
        Self::Papers,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Appraisal => "appraisal",
            Self::Stage => "stage",
            Self::Turnout => "turnout",
            Self::Ceremony => "ceremony",
            Self::Boxes => "boxes",
            Self::Result => "result",
            Self::Papers => "papers",
            Self::Import => "import",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The appraisal it belongs to.
    pub appraisal: Arc<str>,
    /// What changed.
    pub topic: Topic,
    /// Goes up with every change this node knows of.
    pub version: u64,
}

/// The sender of all changes of this node.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    sender: broadcast::Sender<Change>,
    version: Arc<AtomicU64>,
}

impl Events {
    pub fn new() -> Self {
        Self {
            sender: broadcast::Sender::new(1024),
            version: Arc::new(AtomicU64::new(0)),
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }

    pub fn send(&self, appraisal: &str, topic: Topic) {
        let version = self.version.fetch_add(1, Ordering::Relaxed) + 1;
        // Nobody listening is no fault.
        let _ = self.sender.send(Change {
            appraisal: appraisal.into(),
            topic,
            version,
        });
    }
}

/// How often a node looks for what other nodes changed.
const LOOK: Duration = Duration::from_millis(500);

/// With several nodes on one database each looks at the pulse of every appraisal and tells its own clients
/// what moved. What this node changed itself is told twice, which costs a client one more look.
pub(crate) async fn watch_other_nodes(store: Store, events: Events) {
    let mut known: HashMap<String, (i64, i64)> = HashMap::new();
    loop {
        tokio::time::sleep(LOOK).await;
        let rows = match read_pulses(&store).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "cannot look for changes of other nodes");
                continue;
            }
        };
        for row in rows {
            match known.insert(row.id.clone(), (row.pulse, row.heights)) {
                Some((pulse, _)) if pulse != row.pulse => {
                    for topic in Topic::ALL {
                        events.send(&row.id, topic);
                    }
                }
                Some((_, heights)) if heights != row.heights => {
                    events.send(&row.id, Topic::Turnout);
                }
                _ => {}
            }
        }
    }
}

async fn read_pulses(store: &Store) -> crate::Result<Vec<appraisals::PulseRow>> {
    let mut view = store.read().await?;
    Ok(appraisals::pulses(&mut view).await?)
}
