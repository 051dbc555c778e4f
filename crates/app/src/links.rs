//! Links for tellers, issuer and hall: made anew on request, their tokens never stored.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::Tx;
use pingyi_store::repo::tokens;

use crate::events::Topic;
use crate::loaded::Loaded;
use crate::tokens::hash_of;
use crate::{App, AppError, LinkKind, Links, Result, TellerLink};

const TELLER: &str = "teller";
const ISSUER: &str = "issuer";
const HALL: &str = "hall";

/// A teller who came with a good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellerSeat {
    /// The appraisal.
    pub appraisal: AppraisalId,
    /// Seat from 1.
    pub seat: u32,
}

/// The issuer, who came with a good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerSeat {
    /// The appraisal.
    pub appraisal: AppraisalId,
}

/// A hall screen that came with a good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallSeat {
    /// The appraisal.
    pub appraisal: AppraisalId,
}

impl App {
    /// Makes new links of these kinds; the old ones of the same kinds are dead.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn make_links(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        kinds: &[LinkKind],
    ) -> Result<Links> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        let mut links = Links::default();
        let mut names = Vec::new();
        if kinds.contains(&LinkKind::Tellers) {
            tokens::clear(&mut tx, id, TELLER).await?;
            for (index, name) in (1..).zip(&appraisal.config.tellers.names) {
                let url = self.new_link(&mut tx, id, TELLER, index, "t").await?;
                links.tellers.push(TellerLink {
                    index,
                    name: name.clone(),
                    url,
                });
            }
            names.push("tellers".to_owned());
        }
        if kinds.contains(&LinkKind::Issuer) {
            links.issuer = Some(self.new_link(&mut tx, id, ISSUER, 0, "issue").await?);
            names.push("issuer".to_owned());
        }
        if kinds.contains(&LinkKind::Hall) {
            links.hall = Some(self.new_link(&mut tx, id, HALL, 0, "hall").await?);
            names.push("hall".to_owned());
        }
        self.record(
            &mut tx,
            actor,
            id.as_str(),
            &AuditEvent::LinksMade { kinds: names },
        )
        .await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Ceremony]);
        Ok(links)
    }

    async fn new_link(
        &self,
        tx: &mut Tx,
        id: &AppraisalId,
        kind: &str,
        seat: u32,
        page: &str,
    ) -> Result<String> {
        let token = self.new_token();
        tokens::put(tx, id, kind, i64::from(seat), &hash_of(&token)).await?;
        Ok(format!("{}/{page}#{token}", self.base_url()))
    }

    /// The teller of a token. The first use takes the seat.
    ///
    /// # Errors
    /// [`AppError::BadToken`].
    pub async fn teller_seat(&self, token: &str) -> Result<TellerSeat> {
        let row = self.token(token, TELLER).await?;
        let appraisal: AppraisalId = row.appraisal.parse().map_err(AppError::internal)?;
        if row.joined == 0 {
            let mut tx = self.store().begin().await?;
            let news = tokens::join(&mut tx, &appraisal, TELLER, row.seat).await?;
            tx.commit().await?;
            if news {
                self.announce(&appraisal, &[Topic::Ceremony]);
            }
        }
        Ok(TellerSeat {
            appraisal,
            seat: u32::try_from(row.seat).map_err(AppError::internal)?,
        })
    }

    /// The issuer of a token.
    ///
    /// # Errors
    /// [`AppError::BadToken`].
    pub async fn issuer_seat(&self, token: &str) -> Result<IssuerSeat> {
        let row = self.token(token, ISSUER).await?;
        Ok(IssuerSeat {
            appraisal: row.appraisal.parse().map_err(AppError::internal)?,
        })
    }

    /// The hall screen of a token.
    ///
    /// # Errors
    /// [`AppError::BadToken`].
    pub async fn hall_seat(&self, token: &str) -> Result<HallSeat> {
        let row = self.token(token, HALL).await?;
        Ok(HallSeat {
            appraisal: row.appraisal.parse().map_err(AppError::internal)?,
        })
    }

    async fn token(&self, token: &str, kind: &str) -> Result<tokens::TokenRow> {
        let mut view = self.store().read().await?;
        let row = tokens::by_hash(&mut view, &hash_of(token)).await?;
        row.filter(|row| row.kind == kind).ok_or(AppError::BadToken)
    }
}
