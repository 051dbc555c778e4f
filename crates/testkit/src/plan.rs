//! Who marks what: planned before the meeting from a seed, so that the announced result can be compared with it.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use crate::setting::Setting;

/// Grades of one ballot: for every question (presenter × items + item) the place of the grade on the form.
pub type Marks = Vec<usize>;
/// Counts of one box: `[question][grade]`.
pub type Counts = Vec<Vec<u64>>;

/// What one rater will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaterPlan {
    /// Place of the category in the setting.
    pub category: usize,
    /// Marks cast first and then replaced, where the rater changes their mind.
    pub second_thoughts: Option<Marks>,
    /// The marks that count.
    pub marks: Marks,
    /// The rater's phone sends the same ballot again, as after a lost answer.
    pub sends_twice: bool,
    /// One opinion per presenter (empty where the rater has none), where the rater writes at all.
    pub opinions: Option<Vec<String>>,
}

/// What everybody will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Everybody, in the order in which they draw their slips.
    pub raters: Vec<RaterPlan>,
    questions: usize,
    grades: usize,
    categories: usize,
}

/// How many of a hundred raters do the less usual things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// Change their mind and cast again.
    pub second_thoughts: u32,
    /// Send the same ballot twice.
    pub sends_twice: u32,
    /// Write an opinion.
    pub opinions: u32,
}

impl Habits {
    /// A hall as it is: some change their mind, some phones lose the answer, a third write something.
    pub const USUAL: Self = Self {
        second_thoughts: 5,
        sends_twice: 5,
        opinions: 33,
    };
    /// Everybody casts once and writes nothing: for measuring.
    pub const PLAIN: Self = Self {
        second_thoughts: 0,
        sends_twice: 0,
        opinions: 0,
    };
}

/// What raters write; labelled as simulated.
const OPINIONS: [&str; 4] = [
    "（模拟）联席会议定下的事项，建议每季度通报进展。",
    "（模拟）服务中心晚上开放时间可以再长一些。",
    "（模拟）对小微企业党员的联系不够经常。",
    "（模拟）安全生产检查的整改结果应当公开。",
];

impl Plan {
    /// Plans the meeting. The same setting, habits and seed give the same plan.
    #[must_use]
    pub fn new(setting: &Setting, habits: Habits, seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let merits: Vec<u32> = setting.units.iter().map(|_| below(&mut rng, 40)).collect();
        let mut raters = Vec::new();
        for (category, group) in setting.categories.iter().enumerate() {
            let mildness = below(&mut rng, 15);
            for _ in 0..group.raters {
                raters.push(rater(
                    setting, habits, category, mildness, &merits, &mut rng,
                ));
            }
        }
        shuffle(&mut raters, &mut rng);
        Self {
            raters,
            questions: setting.questions(),
            grades: setting.grades.len(),
            categories: setting.categories.len(),
        }
    }

    /// What each box must hold in the end, by category.
    #[must_use]
    pub fn counts(&self) -> Vec<Counts> {
        let mut counts = vec![vec![vec![0; self.grades]; self.questions]; self.categories];
        for rater in &self.raters {
            for (question, grade) in rater.marks.iter().enumerate() {
                counts[rater.category][question][*grade] += 1;
            }
        }
        counts
    }

    /// Ballots each box must have acknowledged in the end: those that count and those replaced.
    #[must_use]
    pub fn ballots(&self) -> Vec<u64> {
        let mut ballots = vec![0; self.categories];
        for rater in &self.raters {
            ballots[rater.category] += 1 + u64::from(rater.second_thoughts.is_some());
        }
        ballots
    }

    /// Texts the urn must give back: non-empty opinions by presenter, each list sorted.
    #[must_use]
    pub fn opinions(&self, presenters: usize) -> Vec<Vec<String>> {
        let mut texts = vec![Vec::new(); presenters];
        for bundle in self
            .raters
            .iter()
            .filter_map(|rater| rater.opinions.as_ref())
        {
            for (presenter, text) in bundle
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.is_empty())
            {
                texts[presenter].push(text.clone());
            }
        }
        for list in &mut texts {
            list.sort_unstable();
        }
        texts
    }
}

fn rater(
    setting: &Setting,
    habits: Habits,
    category: usize,
    mildness: u32,
    merits: &[u32],
    rng: &mut ChaCha20Rng,
) -> RaterPlan {
    let second_thoughts =
        (below(rng, 100) < habits.second_thoughts).then(|| marks(setting, mildness, merits, rng));
    let writes = setting.opinions && below(rng, 100) < habits.opinions;
    RaterPlan {
        category,
        second_thoughts,
        marks: marks(setting, mildness, merits, rng),
        sends_twice: below(rng, 100) < habits.sends_twice,
        opinions: writes.then(|| merits.iter().map(|_| opinion(rng)).collect()),
    }
}

/// One mark per question. A presenter of greater merit and a milder category get more of the top grade; about one
/// mark in fifty is an abstention where the form has one.
fn marks(setting: &Setting, mildness: u32, merits: &[u32], rng: &mut ChaCha20Rng) -> Marks {
    let graded = setting
        .grades
        .iter()
        .filter(|grade| grade.value.is_some())
        .count();
    let mut marks = Vec::with_capacity(setting.questions());
    for merit in merits {
        for _ in &setting.items {
            let luck = below(rng, 100) + merit + mildness;
            let step = match luck {
                90.. => 0,
                45..90 => 1,
                15..45 => 2,
                _ => 3,
            };
            let abstains = graded < setting.grades.len() && below(rng, 50) == 0;
            marks.push(if abstains {
                graded
            } else {
                step.min(graded - 1)
            });
        }
    }
    marks
}

fn opinion(rng: &mut ChaCha20Rng) -> String {
    let choice = usize::try_from(below(rng, 12)).unwrap_or_default();
    OPINIONS.get(choice).copied().unwrap_or_default().to_owned()
}

/// A number below `bound` (tiny bounds only; the bias of a plain remainder does not matter for a plan).
pub(crate) fn below(rng: &mut ChaCha20Rng, bound: u32) -> u32 {
    rng.next_u32() % bound
}

/// Fisher–Yates.
pub(crate) fn shuffle<T>(list: &mut [T], rng: &mut ChaCha20Rng) {
    for last in (1..list.len()).rev() {
        let other = u32::try_from(last + 1).map_or(last, |bound| below(rng, bound) as usize);
        list.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_plans_the_same_meeting_and_another_another() {
        let setting = Setting::nine_parks();
        let plan = Plan::new(&setting, Habits::USUAL, 7);
        assert_eq!(plan, Plan::new(&setting, Habits::USUAL, 7));
        assert_ne!(
            plan.counts(),
            Plan::new(&setting, Habits::USUAL, 8).counts()
        );
    }

    #[test]
    fn every_question_is_marked_once_by_everybody() {
        let setting = Setting::nine_parks().with_abstention();
        let plan = Plan::new(&setting, Habits::USUAL, 1);
        for (counts, category) in plan.counts().iter().zip(&setting.categories) {
            assert_eq!(counts.len(), 54);
            assert!(
                counts
                    .iter()
                    .all(|row| row.iter().sum::<u64>() == u64::from(category.raters))
            );
        }
        let abstentions: u64 = plan.counts().iter().flatten().map(|row| row[4]).sum();
        assert!((20..300).contains(&abstentions), "{abstentions} of 5,400");
    }

    #[test]
    fn usual_habits_occur_and_plain_ones_do_not() {
        let setting = Setting::nine_parks();
        let usual = Plan::new(&setting, Habits::USUAL, 3);
        assert!(
            usual
                .raters
                .iter()
                .any(|rater| rater.second_thoughts.is_some())
        );
        assert!(usual.raters.iter().any(|rater| rater.sends_twice));
        assert!(usual.ballots().iter().sum::<u64>() > 100);
        assert!(usual.opinions(9).iter().any(|texts| !texts.is_empty()));
        let plain = Plan::new(&setting, Habits::PLAIN, 3);
        assert!(
            plain
                .raters
                .iter()
                .all(|rater| rater.second_thoughts.is_none()
                    && !rater.sends_twice
                    && rater.opinions.is_none())
        );
        assert_eq!(plain.ballots().iter().sum::<u64>(), 100);
    }
}
