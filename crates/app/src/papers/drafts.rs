//! Drafts of what people write: from the facts, and nothing made up. What is not known is left out.

use pingyi_domain::CategoryCode;
use pingyi_papers::{MeetingFacts, PressBrief};

use super::facts::Facts;
use super::texts::TextKind;
use super::words;

/// What stands in a field before anybody has written it.
pub(super) fn draft(facts: &Facts, kind: TextKind, field: &str) -> String {
    match (kind, field) {
        (TextKind::Meeting, "office") => facts.office.clone(),
        (TextKind::Meeting, "held_on") => facts.held_on().to_string(),
        (TextKind::Minutes, "agenda") => agenda(facts),
        (TextKind::Minutes, "vote") => vote(facts),
        (TextKind::PressBrief, "series") => "工作简报".to_owned(),
        (TextKind::PressBrief, "title") => brief(facts).title,
        (TextKind::PressBrief, "text") => brief(facts).paragraphs.join("\n"),
        (TextKind::Circular, "title") => format!("关于{}情况的通报", facts.appraisal.title),
        (TextKind::Circular, "text") => circular(facts),
        (TextKind::Circular, "dated") => facts.today.to_string(),
        _ => String::new(),
    }
}

fn agenda(facts: &Facts) -> String {
    let count = facts.appraisal.config.presenters.len();
    let comments = if facts.comments.is_empty() {
        ""
    } else {
        "领导逐一点评\n"
    };
    format!("{count} 名述职人依次述职\n{comments}无记名填写测评表\n监票人、计票人开箱计票")
}

/// The vote as it was counted.
fn vote(facts: &Facts) -> String {
    let config = &facts.appraisal.config;
    let opened: u64 = facts.counts.iter().map(|one| one.ballots).sum();
    let quorum = words::quorum(config, &facts.result.reconciliation);
    let skipped: Vec<String> = facts
        .appraisal
        .state
        .counted()
        .map(|counted| counted.skipped.as_slice())
        .unwrap_or_default()
        .iter()
        .map(CategoryCode::to_string)
        .collect();
    let skipped = if skipped.is_empty() {
        String::new()
    } else {
        format!("其中 {} 类票数少于最低张数，没有开箱。", skipped.join("、"))
    };
    format!(
        "{quorum}\n以无记名方式填写《{}》，{} 个类别共收到计票的票 {opened} 张。{skipped}",
        config.form.title,
        config.categories.len()
    )
}

/// The brief as the paper's own crate drafts it.
fn brief(facts: &Facts) -> PressBrief {
    let config = &facts.appraisal.config;
    let titles = facts.result.tables.iter().map(|table| table.title.clone());
    let ballots: u64 = facts.counts.iter().map(|one| one.ballots).sum();
    let meeting = MeetingFacts {
        host: facts.office(),
        title: facts.appraisal.title.clone() + "会议",
        held_on: facts.held_on(),
        presenters: titles.collect(),
        presenters_as: "述职人".to_owned(),
        raters: config
            .categories
            .iter()
            .map(|one| one.label.clone())
            .collect(),
        present: facts.result.reconciliation.present,
        ballots: u32::try_from(ballots).ok(),
        form: config.form.title.clone(),
        commented_by: facts.meeting("commented_by").to_owned(),
        demands: Vec::new(),
        listed: u32::try_from(facts.listed.len())
            .ok()
            .filter(|count| *count > 0),
        next: Vec::new(),
    };
    meeting.draft(facts.head(), String::new(), String::new())
}

/// What is known for the circular: how the meeting went. Who is praised and what is asked for is the office's to write.
fn circular(facts: &Facts) -> String {
    let day = facts.held_on();
    let vote = vote(facts).replace('\n', "");
    format!(
        "{}年{}月{}日，召开{}会议，{} 名述职人述职并接受测评。现将有关情况通报如下。\n一、测评情况\n{vote}\n二、存在的问题\n\n三、整改要求\n",
        day.year(),
        day.month(),
        day.day(),
        facts.appraisal.title,
        facts.appraisal.config.presenters.len()
    )
}
