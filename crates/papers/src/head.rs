//! What every paper carries.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

/// Who made the paper, when, and whether it is in earnest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The office that makes it (制表单位, 发文机关).
    pub office: String,
    /// The day it was made.
    pub made_on: Date,
    /// What has to stand on every page; nothing on a paper in earnest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// What has to stand on every page of a paper that is not in earnest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 演练
    Rehearsal,
    /// 示例数据
    Sample,
    /// 草稿: not decided yet.
    Draft,
}

/// A place in a ranking, with how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// From 1.
    pub place: u32,
    /// How many share it, this one included; 1 where nobody else does.
    pub shared_by: u32,
    /// The best plausible rank.
    pub from: u32,
    /// The worst plausible rank.
    pub to: u32,
}

/// A line to sign on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// As what: 监票人, 计票人, 主持人.
    pub role: String,
    /// Who, where it is known beforehand; the line stays empty either way.
    #[serde(default)]
    pub name: String,
}
