//! The vocabulary (domain.md §5): lists of words the office edits. What comes with the program stands here; a stored
//! word with the same code takes its place.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::kind::{Kind, named};

named! {
    /// A list of words.
    WordList {
        /// Sectors of firms.
        Sector => "sector",
        /// Reasons why a firm is struck out.
        StrikeReason => "strike_reason",
        /// Reasons why nothing covers a firm.
        UncoveredReason => "uncovered_reason",
        /// Kinds of entries.
        EntryKind => "entry_kind",
        /// Topics of entries, each below a kind.
        Topic => "topic",
        /// Services of a centre.
        Service => "service",
        /// Parts of a headcount beside the total and the internet firms.
        Headcount => "headcount",
    }
}

/// A word, without its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The list.
    pub list: WordList,
    /// What it is stored as; never changes.
    pub code: String,
    /// For a topic the code of its kind, else empty.
    pub parent: String,
    /// Place in the list.
    pub ordinal: i64,
    /// 中文.
    pub label_zh: String,
    /// English; the Chinese one where empty.
    pub label_en: String,
    /// No longer offered; what has it keeps it.
    pub retired: bool,
}

/// The form of a word, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordDraft {
    /// Name of the list on the wire.
    pub list: String,
    /// For a topic the code of its kind.
    pub parent: String,
    /// 0 to 9999.
    pub ordinal: String,
    /// 1 to 40 characters.
    pub label_zh: String,
    /// Up to 60 characters.
    pub label_en: String,
    /// `1` when it is no longer offered.
    pub retired: String,
}

impl WordDraft {
    /// Reads the form of the word with this code.
    ///
    /// # Errors
    /// Everything wrong with it. Whether the kind of a topic exists is for the use case.
    pub fn read(&self, code: &str) -> Result<Word, Vec<FieldProblem>> {
        let mut check = Check::default();
        let list: Option<WordList> = check.needed("list", &self.list, "word_list");
        let is_topic = list == Some(WordList::Topic);
        let parent = check.text("parent", &self.parent, usize::from(is_topic)..=32);
        check.demand(is_topic || parent.is_empty(), "parent", "parent_topic");
        let ordinal = check
            .number("ordinal", &self.ordinal, 0..=9999)
            .unwrap_or(0);
        let label_zh = check.text("label_zh", &self.label_zh, 1..=40);
        let label_en = check.text("label_en", &self.label_en, 0..=60);
        let retired = check.yes("retired", &self.retired);
        let read = list.map(|list| Word {
            list,
            code: code.to_owned(),
            parent,
            ordinal,
            label_zh,
            label_en,
            retired,
        });
        check.done(read)
    }
}

impl Word {
    /// What it is called in a language.
    #[must_use]
    pub fn label(&self, english: bool) -> &str {
        if english && !self.label_en.is_empty() {
            &self.label_en
        } else {
            &self.label_zh
        }
    }

    /// The order within a list.
    #[must_use]
    pub fn order(&self) -> (i64, &str) {
        (self.ordinal, &self.code)
    }
}

impl Record for Word {
    const KIND: Kind = Kind::Word;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("list", self.list.to_string()),
            ("parent", self.parent.clone()),
            ("ordinal", self.ordinal.to_string()),
            ("label_zh", self.label_zh.clone()),
            ("label_en", self.label_en.clone()),
            ("retired", i64::from(self.retired).to_string()),
        ]
    }

    fn title(&self) -> String {
        self.label_zh.clone()
    }

    fn search_text(&self) -> Option<String> {
        None
    }
}

type Default4 = (&'static str, &'static str, &'static str, &'static str);

/// Code, code of the kind it belongs to, 中文, English.
const KINDS: &[Default4] = &[
    ("meeting", "", "联席会议", "Joint meeting"),
    ("class", "", "学习教育", "Class"),
    ("activity", "", "活动", "Activity"),
    ("volunteering", "", "志愿服务", "Volunteering"),
    ("service", "", "便民服务", "Service"),
    ("mediation", "", "纠纷调解", "Mediation"),
    ("visit", "", "走访调研", "Visit"),
    ("safety", "", "安全生产", "Safety"),
    ("plaque", "", "党员门店", "Party-member shop"),
];

const TOPICS: &[Default4] = &[
    ("hall", "class", "新时代大讲堂", "New-era lecture hall"),
    ("study", "class", "两学一做", "Two Studies, One Action"),
    (
        "first_traffic",
        "class",
        "平湖第一课·交通安全",
        "Pinghu First Lesson: traffic",
    ),
    (
        "first_work",
        "class",
        "平湖第一课·安全生产",
        "Pinghu First Lesson: production safety",
    ),
    (
        "first_food",
        "class",
        "平湖第一课·食品安全",
        "Pinghu First Lesson: food safety",
    ),
    (
        "first_labour",
        "class",
        "平湖第一课·劳动关系",
        "Pinghu First Lesson: labour relations",
    ),
    (
        "reading",
        "activity",
        "红色经典诵读会",
        "Reading of red classics",
    ),
    ("theatre", "activity", "红色剧场", "Red theatre"),
    (
        "internet_social",
        "activity",
        "互联网党组织联谊会",
        "Social of internet Party bodies",
    ),
    ("team", "activity", "团建", "Team building"),
    ("clinic", "activity", "义诊", "Free clinic"),
    ("cleaning", "volunteering", "卫生清洁", "Cleaning"),
    ("care", "volunteering", "爱心帮扶", "Help for those in need"),
    ("traffic", "volunteering", "疏通交通", "Traffic guidance"),
    ("permit", "service", "证照办理", "Permits"),
    ("fine", "service", "交通违章处理", "Traffic fines"),
    ("guidance", "service", "业务指导", "Business guidance"),
    ("dispute", "mediation", "纠纷调解", "Dispute mediation"),
    ("rights", "mediation", "维权帮办", "Rights protection"),
    (
        "stay",
        "visit",
        "互联网企业蹲点调研",
        "Stay at an internet firm",
    ),
    ("instructor", "visit", "指导员走访", "Instructor's visit"),
    ("inspection", "safety", "安全检查", "Safety inspection"),
    ("duty", "safety", "责任落实", "Responsibility"),
];

const SECTORS: &[Default4] = &[
    ("internet", "", "互联网", "Internet"),
    ("e_commerce", "", "电子商务", "E-commerce"),
    ("wholesale", "", "批发零售", "Wholesale and retail"),
    ("logistics", "", "物流", "Logistics"),
    ("manufacturing", "", "制造", "Manufacturing"),
    ("catering", "", "餐饮", "Catering"),
    ("services", "", "服务", "Services"),
    ("other", "", "其他", "Other"),
];

const STRIKE_REASONS: &[Default4] = &[
    ("shell", "", "空壳", "Shell firm"),
    ("dormant", "", "停业", "Out of business"),
    ("dissolved", "", "注销", "Dissolved"),
    ("moved", "", "迁出", "Moved away"),
    ("duplicate", "", "重复", "Duplicate"),
];

const UNCOVERED_REASONS: &[Default4] = &[
    ("no_member", "", "没有党员", "No Party member"),
    (
        "few_members",
        "",
        "党员不足三名",
        "Fewer than three members",
    ),
    ("new", "", "新开办", "Newly opened"),
    ("unwilling", "", "尚未同意组建", "Not yet willing"),
    ("turnover", "", "人员流动大", "High turnover"),
];

const SERVICES: &[Default4] = &[
    ("mediation", "", "纠纷调解", "Dispute mediation"),
    ("passport", "", "护照办理", "Passports"),
    (
        "hk_permit",
        "",
        "港澳台通行证",
        "Hong Kong, Macau and Taiwan permits",
    ),
    (
        "traffic_fine",
        "",
        "交通违章自助处理",
        "Traffic fines at a terminal",
    ),
    ("rights", "", "维权帮办", "Rights protection"),
    ("guidance", "", "业务指导", "Business guidance"),
    ("clinic", "", "义诊", "Free clinic"),
];

const HEADCOUNTS: &[Default4] = &[
    ("under_35", "", "35岁以下", "Under 35"),
    ("women", "", "女党员", "Women"),
    ("newcomers", "", "新发展", "Newly admitted"),
];

/// The words of a list that come with the program.
#[must_use]
pub fn default_words(list: WordList) -> Vec<Word> {
    let table = match list {
        WordList::Sector => SECTORS,
        WordList::StrikeReason => STRIKE_REASONS,
        WordList::UncoveredReason => UNCOVERED_REASONS,
        WordList::EntryKind => KINDS,
        WordList::Topic => TOPICS,
        WordList::Service => SERVICES,
        WordList::Headcount => HEADCOUNTS,
    };
    let place = (10_i64..).step_by(10);
    let made = table
        .iter()
        .zip(place)
        .map(|((code, parent, zh, en), ordinal)| Word {
            list,
            code: (*code).to_owned(),
            parent: (*parent).to_owned(),
            ordinal,
            label_zh: (*zh).to_owned(),
            label_en: (*en).to_owned(),
            retired: false,
        });
    made.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_has_one_code_and_each_topic_a_kind() {
        let kinds: BTreeSet<String> = default_words(WordList::EntryKind)
            .into_iter()
            .map(|w| w.code)
            .collect();
        assert_eq!(kinds.len(), 9);
        for list in WordList::ALL.iter().copied() {
            let words = default_words(list);
            let codes: BTreeSet<&str> = words.iter().map(|w| w.code.as_str()).collect();
            assert_eq!(codes.len(), words.len(), "{list}");
            for word in &words {
                let draft = WordDraft {
                    list: list.to_string(),
                    parent: word.parent.clone(),
                    ordinal: word.ordinal.to_string(),
                    label_zh: word.label_zh.clone(),
                    label_en: word.label_en.clone(),
                    retired: "0".into(),
                };
                assert_eq!(draft.read(&word.code).as_ref(), Ok(word));
                assert_eq!(kinds.contains(&word.parent), list == WordList::Topic);
            }
        }
        let first = default_words(WordList::Topic)
            .into_iter()
            .filter(|w| w.code.starts_with("first_"));
        assert_eq!(first.count(), 4, "平湖第一课 has four topics");
    }

    #[test]
    fn the_form_says_all_that_is_wrong() {
        let rules = |draft: WordDraft| -> Vec<String> {
            let problems = draft.read("x").unwrap_err();
            problems
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.rule))
                .collect()
        };
        let bad = WordDraft {
            list: "songs".into(),
            ordinal: "x".into(),
            ..WordDraft::default()
        };
        assert_eq!(
            rules(bad),
            ["list word_list", "ordinal number", "label_zh missing"]
        );
        let topic = WordDraft {
            list: "topic".into(),
            label_zh: "一".into(),
            ..WordDraft::default()
        };
        assert_eq!(rules(topic), ["parent missing"]);
        let sector = WordDraft {
            list: "sector".into(),
            parent: "class".into(),
            label_zh: "一".into(),
            ..WordDraft::default()
        };
        assert_eq!(rules(sector), ["parent parent_topic"]);
    }

    #[test]
    fn english_falls_back_on_chinese() {
        let mut word = default_words(WordList::EntryKind).remove(0);
        assert_eq!(
            (word.label(true), word.label(false)),
            ("Joint meeting", "联席会议")
        );
        word.label_en.clear();
        assert_eq!(word.label(true), "联席会议");
    }
}
