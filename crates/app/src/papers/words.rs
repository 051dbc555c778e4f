//! What papers say in words. Papers are the office's own and in Chinese, whoever reads the page.

use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::reconciliation::{Mismatch, QuorumState, Sheet};
use pingyi_domain::record::matter::{MatterStateName, Origin};
use pingyi_scoring::Exact;

use crate::Statement;

/// What a weight is of all: `40%` where they make a hundred together, else as set.
pub(super) fn weight(weight: &Exact, all: &[&Exact]) -> String {
    let sum = all
        .iter()
        .fold(Exact::zero(), |sum, one| sum + (*one).clone());
    let plain = weight.terminating().unwrap_or_else(|| weight.fraction());
    if sum == Exact::from(100_u32) {
        format!("{plain}%")
    } else {
        plain
    }
}

/// What the grades are worth: the first sentence of every explanation.
pub(super) fn grades(config: &AppraisalConfig) -> String {
    let worth = |value: &Exact| value.terminating().unwrap_or_else(|| value.fraction());
    let named = |abstain: bool| {
        let of = config.form.grades.iter();
        of.filter(move |grade| grade.value.is_none() == abstain)
    };
    let valued: Vec<String> = named(false)
        .map(|grade| {
            let value = grade.value.as_ref().map(worth).unwrap_or_default();
            format!("{} {value}", grade.label)
        })
        .collect();
    let outside: Vec<&str> = named(true).map(|grade| grade.label.as_str()).collect();
    let outside = if outside.is_empty() {
        String::new()
    } else {
        format!("；{}不计入分母", outside.join("、"))
    };
    format!("等次分值：{}{outside}。", valued.join("、"))
}

/// How scores are made and shown.
pub(super) fn scoring(places: u8) -> String {
    format!(
        "测评得分为各类别平均分按权重加权，全程按分数精确计算，显示时四舍五入保留 {places} 位小数。"
    )
}

/// How sure a place is.
pub(super) fn ranking(resamplings: u32) -> String {
    format!(
        "名次区间为在同类评议人中重复抽样 {resamplings} 次所得的合理名次范围；区间重叠的述职人难分高下。"
    )
}

/// A sentence of the result.
pub(super) fn statement(config: &AppraisalConfig, said: &Statement) -> String {
    let arg = |name: &str| said.args.get(name).map(String::as_str).unwrap_or_default();
    let category = said.category.map(|code| code.to_string());
    let category = category.as_deref().unwrap_or_default();
    let presenter = said
        .presenter
        .as_ref()
        .and_then(|code| config.presenter(code));
    let presenter = presenter.map_or("", |found| found.title.as_str());
    let (weight, parts, item) = (arg("weight"), arg("parts"), arg("item"));
    match said.code.as_str() {
        "category_skipped" => format!(
            "{category} 类只有 {} 张票，少于最低 {} 张，没有开箱；它的权重 {weight} 分给其他类别。",
            arg("ballots"),
            arg("minimum")
        ),
        "category_empty" => {
            format!("{category} 类没有票；它的权重 {weight} 分给其他类别。")
        }
        "category_unopened" => {
            format!("{category} 类没有开箱；它的权重 {weight} 分给其他类别。")
        }
        "category_unmarked" => format!(
            "{category} 类没有人给{presenter}打分；对这位述职人，它的权重 {weight} 分给其他类别。"
        ),
        "item_unmarked" => {
            format!("{category} 类没有人给{presenter}的“{item}”打分；这一项的权重分给其他项目。")
        }
        "redistributed" => format!("各类别实际所占的份额：{parts}。"),
        "redistributed_for" => format!("{presenter}的各类别份额：{parts}。"),
        "no_score" => format!("{presenter}没有可以计分的票。"),
        other => format!("{other} {category} {presenter}"),
    }
}

/// What does not add up.
pub(super) const fn mismatch(found: Mismatch) -> &'static str {
    match found {
        Mismatch::ReturnedAboveIssued => "收回多于发出，按规定这次测评无效。",
        Mismatch::PaperReturnedAboveIssued => "收回的纸票多于发出的纸票，按规定这次测评无效。",
        Mismatch::PresentAboveEntitled => "实到多于应到。",
        Mismatch::IssuedAbovePresent => "发出多于实到。",
        Mismatch::VoidAboveReturned => "废票多于收回的纸票。",
        Mismatch::PaperNotCast => "收回的有效纸票还没有全部录入票箱。",
        Mismatch::MoreSlipsThanRoll => "发出、备用合计多于名册。",
    }
}

/// What is said of the quorum.
pub(super) fn quorum(config: &AppraisalConfig, sheet: &Sheet) -> String {
    let (numerator, denominator) = config.scheme.quorum.parts();
    let counted = sheet.entitled.zip(sheet.present);
    let Some((entitled, present)) = counted else {
        return "应到、实到人数没有全部填报。".to_owned();
    };
    let judged = match sheet.quorum {
        QuorumState::Reached => {
            format!("达到应到人数的 {numerator}/{denominator}，符合规定。")
        }
        QuorumState::NotReached | QuorumState::Unknown => {
            format!("不足应到人数的 {numerator}/{denominator}。")
        }
    };
    let returned = if sheet.overdrawn().is_empty() {
        "收回票数不超过发出票数。"
    } else {
        "收回票数多于发出票数，按规定这次测评无效。"
    };
    format!("应到 {entitled} 人，实到 {present} 人，{judged}{returned}")
}

/// Where a matter stands.
pub(super) const fn state(state: MatterStateName) -> &'static str {
    match state {
        MatterStateName::Raised => "已提出",
        MatterStateName::Assigned => "整改中",
        MatterStateName::Reported => "已报办结",
        MatterStateName::SentBack => "已退回",
        MatterStateName::Closed => "已销号",
    }
}

/// Where a matter comes from.
pub(super) const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::JointMeeting => "联席会议",
        Origin::Visit => "走访调研",
        Origin::Firm => "企业反映",
        Origin::Appraisal => "述职评议",
        Origin::Superior => "上级交办",
    }
}

/// Paragraphs of a text that was typed: its lines that are not empty.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}
