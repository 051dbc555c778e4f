//! The key ceremony: every message is judged on arrival, the last one makes the key (contract §4).

use pingyi_ballot::credential::Uuid;
use pingyi_ballot::dkg::{Ceremony, Certified, Output, Polynomial};
use pingyi_ballot::trustee::{Signed, TellerError};
use pingyi_domain::appraisal::State;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId, Digest};
use pingyi_store::repo::ceremony::{self, MessageRow};
use pingyi_store::repo::{boxes, wipe};
use pingyi_store::{BoxId, Conn, Tx};
use serde::de::DeserializeOwned;

use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, AppraisalView, Result, TellerSeat};

const CERT: &str = "cert";
const POLYNOMIAL: &str = "polynomial";
const OUTPUT: &str = "output";
const TRUSTEES: &str = "trustees";

/// The messages of a ceremony by seat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Messages {
    pub certs: Vec<Option<Signed>>,
    pub polynomials: Vec<Option<Polynomial>>,
    pub outputs: Vec<Option<Output>>,
    pub trustees: Option<String>,
}

impl Messages {
    pub async fn read(conn: &mut Conn, id: &AppraisalId, size: u32) -> Result<Self> {
        let rows = ceremony::all(conn, id).await?;
        Ok(Self {
            certs: by_seat(&rows, CERT, size)?,
            polynomials: by_seat(&rows, POLYNOMIAL, size)?,
            outputs: by_seat(&rows, OUTPUT, size)?,
            trustees: rows
                .into_iter()
                .find(|row| row.kind == TRUSTEES)
                .map(|row| row.body),
        })
    }

    /// The certificates judged together, when all are in.
    pub fn certified(&self, threshold: u32, size: u32) -> Result<Option<Certified>> {
        let Some(certs) = whole(&self.certs) else {
            return Ok(None);
        };
        let ceremony = Ceremony::new(size, threshold).map_err(refused)?;
        Ok(Some(ceremony.certified(certs).map_err(refused)?))
    }

    pub fn all_polynomials(&self) -> Option<Vec<Polynomial>> {
        whole(&self.polynomials)
    }
}

fn by_seat<T: DeserializeOwned>(
    rows: &[MessageRow],
    kind: &str,
    size: u32,
) -> Result<Vec<Option<T>>> {
    (1..=i64::from(size))
        .map(|seat| {
            let row = rows.iter().find(|row| row.kind == kind && row.seat == seat);
            row.map(|row| serde_json::from_str(&row.body))
                .transpose()
                .map_err(Into::into)
        })
        .collect()
}

fn whole<T: Clone>(list: &[Option<T>]) -> Option<Vec<T>> {
    list.iter().cloned().collect()
}

/// A check of the ballot crate that failed.
#[allow(clippy::needless_pass_by_value, reason = "used as map_err(refused)")]
pub(crate) fn refused(error: TellerError) -> AppError {
    AppError::Ceremony {
        code: error.code(),
        text: error.to_string(),
    }
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    const MOST: usize = 1 << 20;
    if json.len() > MOST {
        return Err(AppError::Ceremony {
            code: "teller_malformed",
            text: "too large".to_owned(),
        });
    }
    serde_json::from_str(json).map_err(|error| AppError::Ceremony {
        code: "teller_malformed",
        text: error.to_string(),
    })
}

/// A message that has arrived and the appraisal it is for.
struct Arrival {
    tx: Tx,
    appraisal: Loaded,
    messages: Messages,
    /// The same message was there: nothing to do.
    again: bool,
}

impl App {
    /// Takes a teller's certificate.
    ///
    /// # Errors
    /// [`AppError::Ceremony`], [`AppError::AlreadySent`], [`AppError::WrongState`].
    pub async fn send_cert(&self, seat: &TellerSeat, json: &str) -> Result<()> {
        let cert: Signed = parse(json)?;
        let body = serde_json::to_string(&cert)?;
        let mut arrival = self.arrive(seat, CERT, &body).await?;
        if arrival.again {
            return Ok(());
        }
        let appraisal = &arrival.appraisal;
        let ceremony = Ceremony::new(appraisal.size(), appraisal.threshold()).map_err(refused)?;
        ceremony.check_cert(seat.seat, &cert).map_err(refused)?;
        put_in(&mut arrival.messages.certs, seat.seat, cert);
        // The last certificate also has to differ from all others.
        arrival
            .messages
            .certified(appraisal.threshold(), appraisal.size())?;
        let event = AuditEvent::TellerCertified {
            seat: seat.seat,
            message: Digest::of(body.as_bytes()),
        };
        self.keep_message(arrival, seat, CERT, &body, &event).await
    }

    /// Takes a teller's polynomial.
    ///
    /// # Errors
    /// As [`App::send_cert`], and [`AppError::TooEarly`] before all certificates are in.
    pub async fn send_polynomial(&self, seat: &TellerSeat, json: &str) -> Result<()> {
        let polynomial: Polynomial = parse(json)?;
        let body = serde_json::to_string(&polynomial)?;
        let arrival = self.arrive(seat, POLYNOMIAL, &body).await?;
        if arrival.again {
            return Ok(());
        }
        let (threshold, size) = (arrival.appraisal.threshold(), arrival.appraisal.size());
        let certified = arrival
            .messages
            .certified(threshold, size)?
            .ok_or(AppError::TooEarly)?;
        certified
            .check_polynomial(seat.seat, &polynomial)
            .map_err(refused)?;
        let event = AuditEvent::TellerCommitted {
            seat: seat.seat,
            message: Digest::of(body.as_bytes()),
        };
        self.keep_message(arrival, seat, POLYNOMIAL, &body, &event)
            .await
    }

    /// Takes a teller's output; the last one makes the key and the boxes.
    ///
    /// # Errors
    /// As [`App::send_polynomial`].
    pub async fn send_output(&self, seat: &TellerSeat, json: &str) -> Result<()> {
        let output: Output = parse(json)?;
        let body = serde_json::to_string(&output)?;
        let mut arrival = self.arrive(seat, OUTPUT, &body).await?;
        if arrival.again {
            return Ok(());
        }
        let (threshold, size) = (arrival.appraisal.threshold(), arrival.appraisal.size());
        let certified = arrival
            .messages
            .certified(threshold, size)?
            .ok_or(AppError::TooEarly)?;
        let polynomials = arrival
            .messages
            .all_polynomials()
            .ok_or(AppError::TooEarly)?;
        certified
            .check_output(seat.seat, &polynomials, &output)
            .map_err(refused)?;
        put_in(&mut arrival.messages.outputs, seat.seat, output);
        let event = AuditEvent::TellerDone {
            seat: seat.seat,
            message: Digest::of(body.as_bytes()),
        };
        let Some(outputs) = whole(&arrival.messages.outputs) else {
            return self
                .keep_message(arrival, seat, OUTPUT, &body, &event)
                .await;
        };
        let trustees = certified
            .assemble(&polynomials, &outputs, None)
            .map_err(refused)?;
        let Arrival {
            mut tx,
            mut appraisal,
            ..
        } = arrival;
        let id = appraisal.id.clone();
        ceremony::insert(&mut tx, &id, OUTPUT, i64::from(seat.seat), &body).await?;
        self.record(&mut tx, &Actor::Teller(seat.seat), id.as_str(), &event)
            .await?;
        self.key(&mut tx, &mut appraisal, trustees.json()).await?;
        tx.commit().await?;
        self.announce(&id, &[Topic::Ceremony, Topic::Appraisal, Topic::Boxes]);
        Ok(())
    }

    /// Draft → Keyed, with an empty box for every category.
    async fn key(&self, tx: &mut Tx, appraisal: &mut Loaded, trustees: &str) -> Result<()> {
        let digest = Digest::of(trustees.as_bytes());
        let state = appraisal.state.clone().key(digest.clone())?;
        ceremony::insert(tx, &appraisal.id, TRUSTEES, 0, trustees).await?;
        for (ordinal, category) in (0..).zip(&appraisal.config.categories) {
            let uuid = BoxId::new(Uuid::generate(&mut self.rng()).as_str());
            boxes::insert(
                tx,
                &uuid,
                &appraisal.id,
                ordinal,
                &category.code.to_string(),
            )
            .await?;
        }
        appraisal.move_to(tx, state).await?;
        let event = AuditEvent::AppraisalKeyed { trustees: digest };
        self.record(tx, &Actor::System, appraisal.id.as_str(), &event)
            .await
    }

    /// Throws keys and rolls away, to start the ceremony again.
    ///
    /// # Errors
    /// [`AppError::WrongState`] from Sealed on.
    pub async fn reset_keys(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let state = appraisal.state.clone().reset_keys()?;
        ceremony::clear(&mut tx, id).await?;
        wipe::boxes(&mut tx, id).await?;
        appraisal.move_to(&mut tx, state).await?;
        self.record(&mut tx, actor, id.as_str(), &AuditEvent::KeysReset {})
            .await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Ceremony, Topic::Appraisal, Topic::Boxes]);
        self.appraisal(id).await
    }

    /// The ballot boxes' trustees, once the key exists.
    pub(crate) async fn trustees(
        &self,
        conn: &mut Conn,
        id: &AppraisalId,
    ) -> Result<Option<String>> {
        Ok(ceremony::get(conn, id, TRUSTEES, 0).await?)
    }

    async fn arrive(&self, seat: &TellerSeat, kind: &str, body: &str) -> Result<Arrival> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, &seat.appraisal).await?;
        if seat.seat == 0 || seat.seat > appraisal.size() {
            return Err(AppError::BadToken);
        }
        // A repeated message is answered alike in every state: the teller's phone may have missed the answer.
        let known = ceremony::get(&mut tx, &seat.appraisal, kind, i64::from(seat.seat)).await?;
        let again = match known {
            Some(known) if known == body => true,
            Some(_) => return Err(AppError::AlreadySent),
            None => false,
        };
        if !again && !matches!(appraisal.state, State::Draft) {
            return appraisal.wrong_state();
        }
        let messages = Messages::read(&mut tx, &seat.appraisal, appraisal.size()).await?;
        Ok(Arrival {
            tx,
            appraisal,
            messages,
            again,
        })
    }

    async fn keep_message(
        &self,
        arrival: Arrival,
        seat: &TellerSeat,
        kind: &str,
        body: &str,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = arrival.tx;
        ceremony::insert(&mut tx, &seat.appraisal, kind, i64::from(seat.seat), body).await?;
        self.record(
            &mut tx,
            &Actor::Teller(seat.seat),
            seat.appraisal.as_str(),
            event,
        )
        .await?;
        tx.commit().await?;
        self.announce(&seat.appraisal, &[Topic::Ceremony]);
        Ok(())
    }
}

fn put_in<T>(list: &mut [Option<T>], seat: u32, value: T) {
    // The seat was checked against the number of tellers, of which there are at most 15.
    if let Some(place) = list.get_mut(seat as usize - 1) {
        *place = Some(value);
    }
}
