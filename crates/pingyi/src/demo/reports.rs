//! Duty reports of the demo: last year's approved, this year's on their way. Everything goes through what people use, so
//! that trail, frozen figures and bundles hold together.

use pingyi_app::record::matter::MatterStateName;
use pingyi_app::record::{Hand, ReportId, UnitKind, UnitName};
use pingyi_app::reports::{
    AnswerForm, AnswerView, BeginForm, RemarkForm, ReportForm, ReportMove, SectionForm,
};
use pingyi_app::{App, AppError, UserView};

use super::{account, prose};

/// How far a report of the demo is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Two sections are written.
    Begun,
    /// Everything is written.
    Written,
    /// It is with the office.
    Submitted,
    /// It came back with a remark.
    Returned,
    /// The office approved it.
    Approved,
}

/// This year's, in the order of the parks; those behind these are drafts, and the last one is not begun.
const THIS_YEAR: [Reach; 8] = [
    Reach::Submitted,
    Reach::Approved,
    Reach::Returned,
    Reach::Written,
    Reach::Written,
    Reach::Begun,
    Reach::Begun,
    Reach::Begun,
];

/// Writes last year's reports, approved.
///
/// # Errors
/// When a report is refused, or the data fails.
pub(super) async fn last_year(app: &App, year: i32) -> Result<(), AppError> {
    write(app, year, &[Reach::Approved; 9]).await
}

/// Writes this year's reports, each as far as it is.
///
/// # Errors
/// When a report is refused, or the data fails.
pub(super) async fn this_year(app: &App, year: i32) -> Result<(), AppError> {
    write(app, year, &THIS_YEAR).await
}

async fn write(app: &App, year: i32, reaches: &[Reach]) -> Result<(), AppError> {
    let (office, recorder) = (
        account(app, "organiser").await?,
        account(app, "recorder").await?,
    );
    let names = app.unit_names().await?;
    let parks = names.iter().filter(|unit| unit.kind == UnitKind::Park);
    let office = app.hand(&office).await?;
    for (park, reach) in parks.zip(reaches) {
        // One recorder stands for those of all parks.
        let theirs = UserView {
            unit: Some(park.id.clone()),
            ..recorder.clone()
        };
        let hand = app.hand(&theirs).await?;
        report(app, (&office, &hand), (park, year), *reach).await?;
    }
    Ok(())
}

async fn report(
    app: &App,
    (office, hand): (&Hand, &Hand),
    (park, year): (&UnitName, i32),
    reach: Reach,
) -> Result<(), AppError> {
    let form = BeginForm {
        unit: park.id.to_string(),
        year: year.to_string(),
    };
    let stored = app.begin_sample_report(hand, &form).await?;
    let id: ReportId = stored.id.parse().map_err(|_| AppError::NotFound)?;
    let view = app.duty_report(hand, &id).await?;
    let written = match reach {
        Reach::Begun => 2,
        _ => view.sections.len(),
    };
    for section in view.sections.iter().take(written) {
        let form = SectionForm {
            version: 0,
            text: prose::section(&section.spec.code, &park.short),
        };
        app.write_section(hand, &id, &section.spec.code, &form)
            .await?;
    }
    if reach == Reach::Begun {
        return Ok(());
    }
    for listed in &view.answers {
        let form = AnswerForm {
            matter: listed.matter.to_string(),
            version: 0,
            text: answer(listed),
        };
        app.write_answer(hand, &id, &form).await?;
    }
    moved(app, (office, hand), &id, reach).await
}

/// Takes a report that is written as far as it is to go.
async fn moved(
    app: &App,
    (office, hand): (&Hand, &Hand),
    id: &ReportId,
    reach: Reach,
) -> Result<(), AppError> {
    let said = ReportForm::default();
    if reach == Reach::Written {
        return Ok(());
    }
    app.move_report(hand, id, ReportMove::Submit, &said).await?;
    match reach {
        Reach::Approved => {
            app.move_report(office, id, ReportMove::Approve, &said)
                .await?;
        }
        Reach::Returned => {
            let remark = RemarkForm {
                section: "problems".to_owned(),
                quote: "支部之间发展不平衡".to_owned(),
                text: "写明是哪几个支部、差在哪里，下一步措施要对得上。".to_owned(),
            };
            app.remark_report(office, id, &remark).await?;
            app.move_report(office, id, ReportMove::Return, &said)
                .await?;
        }
        _ => {}
    }
    Ok(())
}

/// What is answered to a line of last year's list, by where it stands.
fn answer(listed: &AnswerView) -> String {
    let measures = match listed.measures.trim() {
        "" => "整改措施",
        measures => measures,
    };
    match listed.state {
        MatterStateName::Closed => format!("已按“{measures}”办结并销号，佐证材料见事项记录。"),
        MatterStateName::Reported => format!("已按“{measures}”落实并报告，等待核实销号。"),
        _ if listed.due_on.is_empty() => format!("正在按“{measures}”推进，尚未完成。"),
        _ => format!(
            "正在按“{measures}”推进，期限为{}，由第一书记督办。",
            listed.due_on
        ),
    }
}
