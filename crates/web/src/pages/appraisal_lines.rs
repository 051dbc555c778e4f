//! The lines of the page of an appraisal: a teller, a ballot box, its slips counted.

/// A teller.
#[derive(Debug, Clone)]
pub struct Teller {
    /// Seat from 1.
    pub index: i64,
    /// Name.
    pub name: String,
    /// Whether the link was opened.
    pub joined: bool,
    /// Steps of the ceremony done, of three: certificate, polynomial, output.
    pub done: usize,
}

impl Teller {
    /// Steps done.
    #[must_use]
    pub const fn steps(&self) -> usize {
        self.done
    }

    /// Id of the word for it.
    #[must_use]
    pub const fn step_text(&self) -> &'static str {
        match self.done {
            0 => "keys-step-0",
            1 => "keys-step-1",
            2 => "keys-step-2",
            _ => "keys-step-3",
        }
    }
}

/// A ballot box.
#[derive(Debug, Clone, Default)]
pub struct BallotBox {
    /// Uuid.
    pub uuid: String,
    /// Letter.
    pub category: String,
    /// Who they are.
    pub label: String,
    /// People expected.
    pub expected: i64,
    /// Minimum group size.
    pub minimum: i64,
    /// Slips for phones on the roll.
    pub phone: i64,
    /// Set aside for paper.
    pub paper: i64,
    /// Spare.
    pub spare: i64,
    /// Ballots that count.
    pub ballots: i64,
    /// Ballots replaced by a later one.
    pub replaced: i64,
    /// Hash of the last event.
    pub head: String,
    /// Height of the last event, -1 before the first.
    pub height: i64,
    /// Tellers whose share is in.
    pub shares: Vec<i64>,
    /// Below the minimum, not opened.
    pub skipped: bool,
    /// Whether it is opened.
    pub result: bool,
    /// What our verification said.
    pub verified: Option<bool>,
    /// Paper and slips.
    pub reconciliation: Reconciliation,
}

impl BallotBox {
    /// Letter and name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.category, self.label)
    }

    /// Credentials on the roll.
    #[must_use]
    pub const fn roll(&self) -> i64 {
        self.phone + self.paper + self.spare
    }

    /// What a full bar of the turnout means.
    #[must_use]
    pub fn turnout_max(&self) -> i64 {
        self.expected.max(self.ballots).max(1)
    }

    /// The head as people read it out: first 16 digits in groups of four.
    #[must_use]
    pub fn short_head(&self) -> String {
        let digits: Vec<char> = self.head.chars().take(16).collect();
        digits
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// `yes`, `no` or `wait`, for the list of checks.
    #[must_use]
    pub const fn check_mark(&self) -> &'static str {
        match (self.skipped, self.verified) {
            (_, Some(false)) => "no",
            (_, Some(true)) | (true, None) => "yes",
            (false, None) => "wait",
        }
    }

    /// Id of the sentence about the check.
    #[must_use]
    pub const fn check_text(&self) -> &'static str {
        match (self.skipped, self.verified) {
            (_, Some(false)) => "check-bad",
            (true, _) => "check-skipped",
            (false, Some(true)) => "check-ok",
            (false, None) => "check-wait",
        }
    }
}

/// Paper and slips of a category (domain.md §9); what was not counted yet is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// How many may rate.
    pub entitled: Option<u32>,
    /// How many are present.
    pub present: Option<u32>,
    /// Slips given out.
    pub issued_phone: Option<u32>,
    /// Paper forms given out.
    pub issued_paper: Option<u32>,
    /// Paper forms come back.
    pub returned_paper: Option<u32>,
    /// Paper forms that are void.
    pub void_paper: Option<u32>,
    /// Spare slips destroyed.
    pub spare_destroyed: Option<u32>,
    /// What went out in all, where it is known.
    pub issued: Option<u32>,
    /// What came back in all.
    pub returned: u32,
    /// Ids of the sentences about what does not fit.
    pub mismatches: Vec<String>,
    /// Whether some of it voids the vote.
    pub voids: bool,
}

/// A number of the reconciliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountField {
    /// Name on the wire.
    pub name: &'static str,
    /// Id of its label.
    pub text: &'static str,
    /// Value as text; empty where it was not counted.
    pub value: String,
}

impl Reconciliation {
    /// The numbers with their labels.
    #[must_use]
    pub fn fields(&self) -> [CountField; 7] {
        let field = |name, text, value: Option<u32>| CountField {
            name,
            text,
            value: value.map(|value| value.to_string()).unwrap_or_default(),
        };
        [
            field("entitled", "rec-entitled", self.entitled),
            field("present", "rec-present", self.present),
            field("issued_phone", "rec-issued-phone", self.issued_phone),
            field("issued_paper", "rec-issued-paper", self.issued_paper),
            field("returned_paper", "rec-returned-paper", self.returned_paper),
            field("void_paper", "rec-void-paper", self.void_paper),
            field(
                "spare_destroyed",
                "rec-spare-destroyed",
                self.spare_destroyed,
            ),
        ]
    }

    /// How bad what does not fit is.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        if self.voids { "bad" } else { "warn" }
    }

    /// What went out, as text.
    #[must_use]
    pub fn issued_text(&self) -> String {
        self.issued
            .map_or_else(|| "—".to_owned(), |issued| issued.to_string())
    }
}
