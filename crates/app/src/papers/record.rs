//! The papers of the record: coverage, year book, the three lists, the monthly digest. Narrowed to what who asks may see.

use std::collections::HashMap;

use pingyi_domain::record::matter::{MatterList, MatterStateName};
use pingyi_domain::record::{Cover, Date, Scope, UnitId, UnitPath, WordList};
use pingyi_papers::{
    Coverage, CoverageLine, Digest, DigestLine, EntryGroup, EntryLine, Figure, FirmLine,
    FollowUpList, Head, ListKind, ListRow, MatterLine as BookMatter, YearBook,
};
use pingyi_store::list::Ask;
use pingyi_store::repo::entries::EntryFilter;
use pingyi_store::repo::firms::{FirmFilter, FirmView};
use pingyi_store::repo::matters::{self, MatterFilter, MattersOf};
use pingyi_store::repo::{evidence, units};

use super::facts::office_of;
use super::words;
use crate::record::{Hand, KindYear, MatterLine, MeetingCell, UnitName, YearReport};
use crate::{App, AppError, Result};

/// Firms named on one list of the coverage table; the page has them all.
const MOST_FIRMS: usize = 2_000;

impl App {
    /// What papers of the record carry.
    async fn record_head(&self) -> Result<Head> {
        let mut view = self.store().read().await?;
        let rows = units::all(&mut view).await?;
        Ok(Head {
            office: office_of(&rows),
            made_on: self.today()?,
            mark: None,
        })
    }

    /// The unit asked for, or the highest one who asks may see.
    pub(super) async fn top(
        &self,
        hand: &Hand,
        unit: Option<&UnitId>,
    ) -> Result<(UnitName, Vec<UnitName>)> {
        let names = self.unit_names().await?;
        let found = match unit {
            Some(id) => names.iter().find(|name| name.id == *id),
            None => names
                .iter()
                .find(|name| !name.closed && hand.scope().holds(&name.path)),
        };
        let top = found.cloned().ok_or(AppError::NotFound)?;
        hand.sees(&top.path)?;
        Ok((top, names))
    }

    pub(super) async fn coverage_paper(
        &self,
        hand: &Hand,
        unit: Option<&UnitId>,
        on: Date,
    ) -> Result<Coverage> {
        let (top, names) = self.top(hand, unit).await?;
        let rates = self.rates(hand, Some(on), Some(&top.path)).await?;
        let below = |name: &UnitName| name.path.depth() == top.path.depth() + 1;
        let mut lines: Vec<CoverageLine> = Vec::new();
        for (name, cover) in rates.units.iter().filter(|(name, _)| below(name)) {
            lines.push(coverage_line(&name.name, cover)?);
        }
        let total = coverage_line("合计", &rates.total)?;
        if lines.is_empty() {
            lines.push(coverage_line(&top.name, &rates.total)?);
        }
        Ok(Coverage {
            head: self.record_head().await?,
            struck: self
                .firm_lines(hand, (&top.path, &names), FirmView::Struck, on)
                .await?,
            uncovered: self
                .firm_lines(hand, (&top.path, &names), FirmView::Uncovered, on)
                .await?,
            scope: top.name,
            on,
            lines,
            total,
        })
    }

    async fn firm_lines(
        &self,
        hand: &Hand,
        (under, names): (&UnitPath, &[UnitName]),
        which: FirmView,
        on: Date,
    ) -> Result<Vec<FirmLine>> {
        let filter = FirmFilter {
            under: Some(under.clone()),
            is_today: on == self.today()?,
            on: on.to_string(),
            view: which,
            ..FirmFilter::default()
        };
        let mut firms = self.all_firms(hand, &filter, &Ask::all("name")).await?;
        firms.truncate(MOST_FIRMS);
        let ids: Vec<&str> = firms.iter().map(|firm| firm.id.as_str()).collect();
        let struck = match which {
            FirmView::Struck => self.struck_on(on, &ids).await?,
            _ => HashMap::new(),
        };
        let lists = [WordList::StrikeReason, WordList::UncoveredReason];
        let words = self.firm_words(&lists).await?;
        let said = |list: WordList, code: &str| {
            let word = words
                .iter()
                .find(|word| word.list == list && word.code == code);
            word.map_or("未说明", |word| word.label(false)).to_owned()
        };
        let lines = firms.into_iter().map(|firm| FirmLine {
            reason: match which {
                FirmView::Struck => said(
                    WordList::StrikeReason,
                    struck.get(&firm.id).map(String::as_str).unwrap_or_default(),
                ),
                _ => said(WordList::UncoveredReason, &firm.uncovered),
            },
            unit: name_of(names, &firm.unit),
            firm: firm.name,
        });
        Ok(lines.collect())
    }

    pub(super) async fn list_paper(
        &self,
        hand: &Hand,
        list: ListKind,
        unit: Option<&UnitId>,
    ) -> Result<FollowUpList> {
        let (top, names) = self.top(hand, unit).await?;
        let filter = MatterFilter {
            unit: Some(Scope::Under(top.path.clone())),
            ..MatterFilter::default()
        };
        let mut lines = self.every_matter(hand, &filter).await?;
        // Key tasks are no problems; the three lists speak of what is wrong.
        lines.retain(|line| line.matter.list != MatterList::KeyTask);
        let today = self.today()?;
        Ok(FollowUpList {
            head: self.record_head().await?,
            list,
            about: format!("{}年事项台账", today.year()),
            // Of the whole tree every row says its unit.
            unit: if top.path.depth() > 0 {
                top.name.clone()
            } else {
                String::new()
            },
            rows: self.list_rows(&names, lines).await?,
        })
    }

    async fn every_matter(&self, hand: &Hand, filter: &MatterFilter) -> Result<Vec<MatterLine>> {
        let mut ask = Ask {
            limit: 1_000,
            ..Ask::all("due_key")
        };
        let mut all = Vec::new();
        loop {
            let page = self.matters(hand, filter, &ask).await?;
            all.extend(page.rows);
            match page.next {
                Some(next) => ask.after = Some(next),
                None => return Ok(all),
            }
        }
    }

    pub(super) async fn list_rows(
        &self,
        names: &[UnitName],
        lines: Vec<MatterLine>,
    ) -> Result<Vec<ListRow>> {
        let mut view = self.store().read().await?;
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            let closed = line.state == MatterStateName::Closed;
            let proof = if closed {
                proof(&mut view, line.id.as_str()).await?
            } else {
                String::new()
            };
            rows.push(ListRow {
                unit: name_of(names, line.matter.unit.as_str()),
                problem: line.matter.title,
                origin: words::origin(line.matter.origin).to_owned(),
                measures: line.matter.measures,
                responsible: line.matter.responsible,
                leader: String::new(),
                due: line.matter.due_on,
                state: words::state(line.state).to_owned(),
                closed_on: line.closed_on.parse().ok(),
                proof,
            });
        }
        Ok(rows)
    }

    pub(super) async fn digest_paper(
        &self,
        hand: &Hand,
        unit: Option<&UnitId>,
        (year, month): (u16, u8),
    ) -> Result<Digest> {
        let first = Date::new(i32::from(year), month, 1).ok_or(AppError::NotFound)?;
        let next = month_after(first).ok_or(AppError::NotFound)?;
        let after = month_after(next).ok_or(AppError::NotFound)?;
        if first > self.today()? {
            return Err(AppError::NotFound);
        }
        let (top, names) = self.top(hand, unit).await?;
        let filter = MatterFilter {
            list: Some("rectification".to_owned()),
            unit: Some(Scope::Under(top.path.clone())),
            counted: Some(MattersOf::Raised(
                "0000-00-00".to_owned(),
                next.plus_days(-1).unwrap_or(next).to_string(),
            )),
            ..MatterFilter::default()
        };
        let lines = self.every_matter(hand, &filter).await?;
        let (mut closed, mut overdue) = (Vec::new(), Vec::new());
        let mut by_unit: Vec<(UnitId, DigestLine)> = Vec::new();
        for line in lines {
            let closed_on: Option<Date> = line.closed_on.parse().ok();
            if closed_on.is_some_and(|day| day < first) {
                continue;
            }
            let own = unit_line(&mut by_unit, &names, &line.matter.unit);
            own.open += 1;
            let due = line.matter.due_on;
            if closed_on.is_some_and(|day| day < next) {
                own.closed += 1;
                closed.push(line);
            } else if due.is_some_and(|due| due < next) {
                own.overdue += 1;
                overdue.push(line);
            } else if due.is_some_and(|due| due < after) {
                own.due += 1;
            }
        }
        let place = |id: &UnitId| names.iter().position(|name| name.id == *id);
        by_unit.sort_by_key(|(id, _)| place(id));
        let mut still = self.list_rows(&names, overdue).await?;
        still.iter_mut().for_each(reopened);
        Ok(Digest {
            head: self.record_head().await?,
            scope: top.name,
            year,
            month,
            lines: by_unit.into_iter().map(|(_, line)| line).collect(),
            closed: self.list_rows(&names, closed).await?,
            overdue: still,
        })
    }

    pub(super) async fn year_book_paper(
        &self,
        hand: &Hand,
        unit: &UnitId,
        year: i32,
    ) -> Result<YearBook> {
        let report = self.year_report(hand, unit, year).await?;
        let filter = EntryFilter {
            unit: Some(Scope::Under(self.top(hand, Some(unit)).await?.0.path)),
            counts: true,
            from: Some(format!("{year}-01-01")),
            until: Some(report.until.to_string()),
            ..EntryFilter::default()
        };
        let groups = self.entry_groups(hand, &filter, &report).await?;
        let matters = MatterFilter {
            unit: filter.unit,
            counted: Some(MattersOf::Raised(
                format!("{year}-01-01"),
                report.until.to_string(),
            )),
            ..MatterFilter::default()
        };
        let matters = self.every_matter(hand, &matters).await?;
        let matters = matters.into_iter().map(|line| BookMatter {
            title: line.matter.title,
            list: match line.matter.list.as_str() {
                "problem" => "问题清单",
                "key_task" => "重点任务",
                _ => "整改清单",
            }
            .to_owned(),
            due: line.matter.due_on,
            state: words::state(line.state).to_owned(),
        });
        Ok(YearBook {
            head: Head {
                office: report.unit.name.clone(),
                ..self.record_head().await?
            },
            unit: report.unit.name.clone(),
            year: u16::try_from(year).map_err(|_| AppError::NotFound)?,
            about: about(&report),
            figures: figures(&report),
            groups,
            matters: matters.collect(),
            appraisals: self.appraisals_of(unit, year).await?,
        })
    }

    /// The entries of the year by kind, the kind with most of them first.
    async fn entry_groups(
        &self,
        hand: &Hand,
        filter: &EntryFilter,
        report: &YearReport,
    ) -> Result<Vec<EntryGroup>> {
        let mut ask = Ask {
            limit: 1_000,
            ..Ask::all("on_date")
        };
        let mut by_kind: HashMap<String, Vec<EntryLine>> = HashMap::new();
        loop {
            let page = self.entries(hand, filter, &ask).await?;
            for line in page.rows {
                let entry = line.entry;
                let list = by_kind.entry(entry.kind.clone()).or_default();
                list.push(EntryLine {
                    on: entry.on_date,
                    title: entry.title,
                    place: entry.place,
                    headcount: entry.headcount.and_then(|n| u32::try_from(n).ok()),
                    summary: entry.summary,
                });
            }
            match page.next {
                Some(next) => ask.after = Some(next),
                None => break,
            }
        }
        let words = self.words(WordList::EntryKind).await?;
        let named = |code: &str| {
            let word = words.iter().find(|view| view.word.code == code);
            word.map_or_else(|| code.to_owned(), |view| view.word.label(false).to_owned())
        };
        let groups = report.kinds.iter().filter_map(|kind| {
            let entries = by_kind.remove(&kind.kind)?;
            Some(EntryGroup {
                kind: named(&kind.kind),
                entries,
            })
        });
        Ok(groups.collect())
    }
}

/// What was closed after the month's end was overdue at it.
fn reopened(row: &mut ListRow) {
    row.closed_on = None;
    row.proof.clear();
}

fn name_of(names: &[UnitName], id: &str) -> String {
    let found = names.iter().find(|name| name.id.as_str() == id);
    found.map_or_else(|| id.to_owned(), |name| name.name.clone())
}

fn unit_line<'a>(
    lines: &'a mut Vec<(UnitId, DigestLine)>,
    names: &[UnitName],
    unit: &UnitId,
) -> &'a mut DigestLine {
    let at = lines.iter().position(|(id, _)| id == unit);
    let at = at.unwrap_or_else(|| {
        let line = DigestLine {
            unit: name_of(names, unit.as_str()),
            open: 0,
            closed: 0,
            due: 0,
            overdue: 0,
        };
        lines.push((unit.clone(), line));
        lines.len() - 1
    });
    &mut lines[at].1
}

fn month_after(first: Date) -> Option<Date> {
    if first.month() == 12 {
        Date::new(first.year() + 1, 1, 1)
    } else {
        Date::new(first.year(), first.month() + 1, 1)
    }
}

fn coverage_line(unit: &str, cover: &Cover) -> Result<CoverageLine> {
    let small = |number: i64| u32::try_from(number).map_err(AppError::internal);
    Ok(CoverageLine {
        unit: unit.to_owned(),
        firms: small(cover.operating + cover.struck)?,
        struck: small(cover.struck)?,
        operating: small(cover.operating)?,
        own: small(cover.own)?,
        organised: small(cover.organised)?,
        worked: small(cover.worked)?,
    })
}

/// What a matter was closed with: what was reported, and the files.
async fn proof(conn: &mut pingyi_store::Conn, id: &str) -> Result<String> {
    let moves = matters::moves(conn, id).await?;
    let reported = moves.iter().rev().find(|step| step.step == "report");
    let said = reported.map(|step| step.text.trim().to_owned());
    let files = evidence::of_matter(conn, id).await?.len();
    Ok(match (said.unwrap_or_default(), files) {
        (said, 0) if said.is_empty() => "已核实".to_owned(),
        (said, 0) => said,
        (said, files) if said.is_empty() => format!("佐证材料 {files} 份"),
        (said, files) => format!("{said}（佐证材料 {files} 份）"),
    })
}

/// Who leads the unit and how it came about.
fn about(report: &YearReport) -> Vec<String> {
    let unit = &report.unit;
    let mut about = Vec::new();
    if let Some(day) = unit.founded_on {
        let (year, month) = (day.year(), day.month());
        about.push(format!("{}成立于{year}年{month}月。", unit.name));
    }
    let holders: Vec<String> = report
        .posts
        .iter()
        .filter_map(|view| {
            let kind = post_word(view.post.kind.as_str())?;
            Some(format!("{kind} {}", view.post.holder))
        })
        .collect();
    if !holders.is_empty() {
        about.push(format!("本年度任职：{}。", holders.join("，")));
    }
    about
}

/// The posts that lead; members and instructors are too many to name here.
fn post_word(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "first_secretary" => "第一书记",
        "secretary" => "书记",
        "deputy" => "副书记",
        _ => return None,
    })
}

fn figures(report: &YearReport) -> Vec<Figure> {
    let figure = |label: &str, value: String, measure: &str, before: String| Figure {
        label: label.to_owned(),
        value,
        measure: measure.to_owned(),
        before,
    };
    let [earlier, later] = report.members;
    let known = |number: Option<i64>| number.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let before = earlier.map_or_else(String::new, |n| format!("{n} 名"));
    let entries: i64 = report.kinds.iter().map(KindYear::entries).sum();
    let cells = report.meetings.iter().flat_map(|row| &row.cells);
    let held: usize = cells
        .map(|cell| match cell {
            MeetingCell::Held(held) => held.len(),
            _ => 0,
        })
        .sum();
    let (now, then) = (&report.cover, &report.cover_before);
    let matters = &report.matters;
    vec![
        figure("党员", known(later), "名", before),
        figure(
            "组织覆盖率",
            now.organisation_rate().to_string(),
            "",
            then.organisation_rate().to_string(),
        ),
        figure(
            "工作覆盖率",
            now.work_rate().to_string(),
            "",
            then.work_rate().to_string(),
        ),
        figure("台账记录", entries.to_string(), "条", String::new()),
        figure("党群共建联席会议", held.to_string(), "次", String::new()),
        figure("提出事项", matters.raised.to_string(), "项", String::new()),
        figure("销号事项", matters.closed.to_string(), "项", String::new()),
    ]
}
