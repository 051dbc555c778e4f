//! What a teller and the issuer see.

use pingyi_ballot::group::GROUP_NAME;
use pingyi_domain::appraisal::State;
use pingyi_store::Conn;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{opinions, shares};

use crate::appraisal_view::{label_of, roll_counts};
use crate::board_records::tally_json;
use crate::ceremony::Messages;
use crate::loaded::{Loaded, category_of, id_of, minimum_of};
use crate::{
    App, AppError, AppraisalBrief, CeremonyView, IssuerBox, IssuerSeat, IssuerView, Result,
    TellerBox, TellerSeat, TellerUrn, TellerView,
};

fn brief(appraisal: &Loaded) -> AppraisalBrief {
    AppraisalBrief {
        id: appraisal.id.clone(),
        title: appraisal.config.title.clone(),
        state: appraisal.state_name(),
        rehearsal: appraisal.is_rehearsal(),
    }
}

impl App {
    /// Everything a teller's page needs.
    ///
    /// # Errors
    /// [`AppError::BadToken`] when the seat is no more.
    pub async fn teller_view(&self, seat: &TellerSeat) -> Result<TellerView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, &seat.appraisal).await?;
        let place = (seat.seat as usize)
            .checked_sub(1)
            .ok_or(AppError::BadToken)?;
        let name = appraisal
            .config
            .tellers
            .names
            .get(place)
            .ok_or(AppError::BadToken)?
            .clone();
        let messages = Messages::read(&mut view, &seat.appraisal, appraisal.size()).await?;
        let rows = boxes::of_appraisal(&mut view, &seat.appraisal).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            lines.push(teller_box(&mut view, &appraisal, row).await?);
        }
        let own = messages.outputs.get(place).and_then(Option::as_ref);
        Ok(TellerView {
            appraisal: brief(&appraisal),
            index: seat.seat,
            name,
            threshold: appraisal.threshold(),
            size: appraisal.size(),
            group: GROUP_NAME,
            decryption_key: own.map(|output| output.private_key.clone()),
            ceremony: ceremony_view(&appraisal, seat, messages)?,
            boxes: lines,
            urn: teller_urn(&mut view, &appraisal).await?,
        })
    }

    /// Everything the issuer's page needs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issuer_view(&self, seat: &IssuerSeat) -> Result<IssuerView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, &seat.appraisal).await?;
        let rows = boxes::of_appraisal(&mut view, &seat.appraisal).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let category = category_of(row)?;
            let counts = roll_counts(&mut view, row).await?;
            lines.push(IssuerBox {
                uuid: id_of(row),
                category,
                label: label_of(&appraisal, category),
                expected: appraisal
                    .config
                    .category(category)
                    .map_or(0, |found| found.expected),
                registered: counts.phone + counts.paper + counts.spare,
                phone: counts.phone,
                paper: counts.paper,
                spare: counts.spare,
            });
        }
        Ok(IssuerView {
            appraisal: brief(&appraisal),
            base_url: self.base_url().to_owned(),
            boxes: lines,
        })
    }
}

fn ceremony_view(
    appraisal: &Loaded,
    seat: &TellerSeat,
    messages: Messages,
) -> Result<CeremonyView> {
    let certs = messages
        .certs
        .iter()
        .map(|cert| cert.as_ref().map(serde_json::to_value).transpose());
    let vinput = match (
        messages.certified(appraisal.threshold(), appraisal.size())?,
        messages.all_polynomials(),
    ) {
        (Some(certified), Some(polynomials)) => {
            let input = certified
                .vinput(seat.seat, &polynomials)
                .map_err(AppError::internal)?;
            Some(serde_json::to_value(input)?)
        }
        _ => None,
    };
    Ok(CeremonyView {
        certs: certs.collect::<std::result::Result<_, _>>()?,
        polynomials: messages.polynomials.iter().map(Option::is_some).collect(),
        vinput,
        outputs: messages.outputs.iter().map(Option::is_some).collect(),
        trustees: messages.trustees,
    })
}

async fn teller_box(conn: &mut Conn, appraisal: &Loaded, row: &BoxRow) -> Result<TellerBox> {
    let category = category_of(row)?;
    let id = id_of(row);
    let (tally, sized) = tally_json(conn, row).await?.unzip();
    Ok(TellerBox {
        category,
        label: label_of(appraisal, category),
        minimum: minimum_of(appraisal, row)?,
        state: row.state.clone(),
        encrypted_tally: tally,
        sized: sized.map(|text| serde_json::from_str(&text)).transpose()?,
        shares: shares::owners(conn, &id).await?,
        opened: row.state == "opened",
        skipped: row.state == "skipped",
        uuid: id,
    })
}

async fn teller_urn(conn: &mut Conn, appraisal: &Loaded) -> Result<TellerUrn> {
    let entries = opinions::count(conn, &appraisal.id).await?;
    let opened = documents::get(conn, &appraisal.id, Kind::Opinions, "")
        .await?
        .is_some();
    let state = match &appraisal.state {
        _ if opened => "opened",
        _ if !appraisal.config.form.opinions => "none",
        State::Draft | State::Keyed { .. } | State::Sealed(_) | State::Voided(_) => "none",
        State::Open(_) | State::Paused(_) => "filling",
        State::Closed(_) | State::Counted(_) | State::Released(_) | State::Archived(_) => "closed",
    };
    Ok(TellerUrn {
        entries,
        state,
        shares: shares::urn_owners(conn, &appraisal.id).await?,
    })
}
