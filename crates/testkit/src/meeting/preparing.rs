//! Before the meeting: form, key, slips, roll.

use pingyi_ballot::credential::Uuid;

use super::Meeting;
use crate::client::issuer::{PrintRun, Slip, print};
use crate::client::wire::token;
use crate::client::{Issuer, Step, Teller};
use crate::error::TestkitError;
use crate::watch::Stage;

/// How many rounds of the ceremony may pass without anything being sent.
const IDLE_ROUNDS: u32 = 1_000;

/// An appraisal that is sealed and can be opened.
pub struct Prepared {
    /// Its id.
    pub appraisal: String,
    /// Everybody who holds a share of the key.
    pub tellers: Vec<Teller>,
    /// The box of each category.
    pub boxes: Vec<Uuid>,
    /// Slips of each category, for the raters of the plan.
    pub slips: Vec<Vec<Slip>>,
    /// Spare slips of each category.
    pub spare: Vec<Vec<Slip>>,
    /// Address of the hall screen.
    pub hall: Option<String>,
    /// Addresses of the tellers' pages.
    pub teller_links: Vec<String>,
}

impl Meeting {
    /// Makes the appraisal, the key and the slips, and seals the roll.
    ///
    /// # Errors
    /// The first thing that went wrong.
    pub async fn prepare(&self) -> Result<Prepared, TestkitError> {
        let appraisal = self.organiser.create(&self.setting.config()).await?;
        self.prepare_existing(appraisal).await
    }

    /// As [`Meeting::prepare`], for an appraisal (or rehearsal) that is there already.
    ///
    /// # Errors
    /// The first thing that went wrong.
    pub async fn prepare_existing(&self, appraisal: String) -> Result<Prepared, TestkitError> {
        let links = self.organiser.links(&appraisal).await?;
        let teller_links: Vec<String> = links.tellers.iter().map(|link| link.url.clone()).collect();
        let tokens = teller_links.iter().map(|link| token(link));
        let mut tellers = tokens
            .map(|token| Some(Teller::new(&self.http, token?, self.secrets.stream())))
            .collect::<Option<Vec<_>>>()
            .filter(|tellers| tellers.len() == self.setting.tellers)
            .ok_or_else(|| unexpected("the links of the tellers", &teller_links))?;
        self.make_key(&mut tellers).await?;
        let issuer = links.issuer.as_deref().and_then(token);
        let issuer = issuer.ok_or_else(|| unexpected("the issuer's link", &links.issuer))?;
        let (boxes, slips, spare) = self.make_slips(&Issuer::new(&self.http, issuer)).await?;
        let view = self.organiser.act(&appraisal, "seal").await?;
        if view.state != "sealed" {
            return Err(unexpected("the state after sealing", &view.state));
        }
        Ok(Prepared {
            appraisal,
            tellers,
            boxes,
            slips,
            spare,
            hall: links.hall,
            teller_links,
        })
    }

    /// Lets the tellers take turns until each has verified the joint key.
    async fn make_key(&self, tellers: &mut [Teller]) -> Result<(), TestkitError> {
        self.watch.begin(
            Stage::Ceremony,
            u64::try_from(tellers.len() * 4).unwrap_or_default(),
        );
        let mut idle = 0;
        let mut done = vec![false; tellers.len()];
        while done.contains(&false) {
            idle += 1;
            for (teller, done) in tellers
                .iter_mut()
                .zip(&mut done)
                .filter(|(_, done)| !**done)
            {
                let step = teller.step().await?;
                *done = step == Step::Done;
                if step != Step::Waits {
                    idle = 0;
                    self.watch.step(Stage::Ceremony);
                }
            }
            if idle > IDLE_ROUNDS {
                return Err(unexpected("the key ceremony", &"nobody can go on"));
            }
        }
        self.watch.end(Stage::Ceremony);
        Ok(())
    }

    /// Makes the slips of every category and registers them.
    async fn make_slips(
        &self,
        issuer: &Issuer,
    ) -> Result<(Vec<Uuid>, Vec<Vec<Slip>>, Vec<Vec<Slip>>), TestkitError> {
        let view = issuer.boxes().await?;
        self.watch.begin(
            Stage::Slips,
            u64::try_from(self.setting.categories.len()).unwrap_or_default(),
        );
        let (mut boxes, mut slips, mut spare) = (Vec::new(), Vec::new(), Vec::new());
        for category in &self.setting.categories {
            let code = category.code.to_string();
            let found = view.boxes.iter().find(|one| one.category == code);
            let found = found.ok_or_else(|| unexpected("the box of a category", &code))?;
            let uuid: Uuid = found
                .uuid
                .parse()
                .map_err(|_| unexpected("a box's uuid", &found.uuid))?;
            let raters = usize::try_from(category.raters).unwrap_or(usize::MAX);
            let run = PrintRun {
                phone: raters,
                paper: 0,
                spare: raters.div_ceil(10),
            };
            let mut rng = self.secrets.stream();
            let made = print(&uuid, run, &mut rng);
            issuer.register(&uuid, &made).await?;
            boxes.push(uuid);
            slips.push(made.phone);
            spare.push(made.spare);
            self.watch.step(Stage::Slips);
        }
        self.watch.end(Stage::Slips);
        Ok((boxes, slips, spare))
    }
}

pub(super) fn unexpected(what: &str, found: &impl std::fmt::Debug) -> TestkitError {
    TestkitError::Unexpected {
        url: what.to_owned(),
        reason: format!("{found:?}"),
    }
}
