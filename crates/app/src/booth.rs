//! What a rater's phone asks for: the form and what became of a ballot.

use pingyi_ballot::ballot::Tracker;
use pingyi_ballot::group::Point;
use pingyi_ballot::opinion::UrnContext;
use pingyi_ballot::trustee::Trustees;
use pingyi_domain::AppraisalId;
use pingyi_store::repo::boxes::BoxRow;
use pingyi_store::repo::{ballots, boxes};
use pingyi_store::{BoxId, Conn};

use crate::appraisal_view::{draw_of, label_of, order_of, stage_of};
use crate::board::{Reader, seen_by};
use crate::board_records::election_json;
use crate::followup::last_year_fixed;
use crate::loaded::{Loaded, appraisal_of, category_of};
use crate::{
    App, AppError, BoothView, CategoryView, FormView, HeadView, PresenterView, ReceiptStatus,
    Result, StageHint, UrnView,
};

impl App {
    /// What the booth needs to show the form of a box.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn booth_view(&self, id: &BoxId) -> Result<BoothView> {
        let mut view = self.store().read().await?;
        let row = boxes::by_id(&mut view, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let appraisal = Loaded::read(&mut view, &appraisal_of(&row)?).await?;
        let category = category_of(&row)?;
        let draw = draw_of(&mut view, &appraisal.id).await?;
        let order = order_of(&appraisal, draw.as_ref());
        let stage = stage_of(&mut view, &appraisal).await?;
        let speaks = matches!(
            stage.scene,
            pingyi_domain::stage::Scene::Speaker | pingyi_domain::stage::Scene::Mark
        );
        Ok(BoothView {
            uuid: id.clone(),
            appraisal: appraisal.id.clone(),
            state: row.state.clone(),
            category: CategoryView {
                code: category,
                label: label_of(&appraisal, category),
            },
            title: appraisal.config.title.clone(),
            rehearsal: appraisal.is_rehearsal(),
            election: election_json(&mut view, id).await?,
            form: form(&appraisal, &order),
            last_year: last_year_fixed(&mut view, &appraisal.id).await?,
            stage: StageHint {
                presenter: stage.presenter.filter(|_| speaks),
            },
            urn: self.urn_view(&mut view, &appraisal).await?,
            head: head(&seen_by(&mut view, Reader::Anybody, &appraisal, row).await?),
        })
    }

    async fn urn_view(&self, conn: &mut Conn, appraisal: &Loaded) -> Result<Option<UrnView>> {
        if !appraisal.config.form.opinions {
            return Ok(None);
        }
        let context = self.urn_context(conn, &appraisal.id).await?;
        Ok(context.map(|context| UrnView {
            key: context.key().to_string(),
            context: context.to_string(),
        }))
    }

    /// The urn of an appraisal whose key exists.
    pub(crate) async fn urn_context(
        &self,
        conn: &mut Conn,
        id: &AppraisalId,
    ) -> Result<Option<UrnContext>> {
        let Some(trustees) = self.trustees(conn, id).await? else {
            return Ok(None);
        };
        let key: Point = Trustees::parse(&trustees)
            .and_then(|trustees| trustees.joint_key())
            .map_err(AppError::internal)?;
        Ok(Some(UrnContext::new(id.as_str(), &key)))
    }

    /// What became of the ballot with this tracker (hex, or base 64 as on the receipt).
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a box that does not exist; an unknown tracker is an answer, not an error.
    pub async fn receipt(&self, id: &BoxId, tracker: &str) -> Result<ReceiptStatus> {
        let mut view = self.store().read().await?;
        boxes::by_id(&mut view, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let unknown = ReceiptStatus {
            status: "unknown",
            height: None,
            event: None,
        };
        let Ok(tracker) = tracker.parse::<Tracker>() else {
            return Ok(unknown);
        };
        let Some(ballot) = ballots::by_tracker(&mut view, id, &tracker.hex()).await? else {
            return Ok(unknown);
        };
        let last = ballots::last_of(&mut view, id, &ballot.credential).await?;
        let counted = last.is_some_and(|last| last.height == ballot.height);
        Ok(ReceiptStatus {
            status: if counted { "counted" } else { "replaced" },
            height: Some(ballot.height),
            event: Some(ballot.event),
        })
    }
}

/// The head of a board.
pub(crate) fn head(row: &BoxRow) -> HeadView {
    HeadView {
        height: row.height,
        hash: row.head.clone(),
        ballots: row.ballots,
    }
}

fn form(appraisal: &Loaded, order: &[pingyi_domain::PresenterCode]) -> FormView {
    let config = &appraisal.config;
    let presenters = order.iter().filter_map(|code| {
        let index = config
            .presenters
            .iter()
            .position(|presenter| presenter.code == *code)?;
        let presenter = &config.presenters[index];
        Some(PresenterView {
            code: presenter.code.clone(),
            title: presenter.title.clone(),
            unit: presenter.unit.clone(),
            index,
        })
    });
    FormView {
        title: config.form.title.clone(),
        items: config.form.items.clone(),
        grades: config.form.grades.clone(),
        opinions: config.form.opinions,
        warn_all_equal: config.form.warn_all_equal,
        max_top: config.form.max_top,
        presenters: presenters.collect(),
    }
}
