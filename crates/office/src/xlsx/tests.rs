use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use pingyi_papers::PaperKind;

use super::*;

fn read(paper: &Paper) -> Vec<Vec<Data>> {
    let made = xlsx(paper).unwrap();
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(made)).unwrap();
    let range = workbook.worksheet_range("汇总表").unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn what_is_read_back_is_what_was_given() {
    let paper = Paper::sample(PaperKind::SummaryTable).unwrap();
    let Paper::SummaryTable(table) = &paper else {
        panic!("{paper:?}")
    };
    let rows = read(&paper);
    assert_eq!(
        rows[0][0],
        Data::String("2018年园区党委书记述职评议测评汇总表".to_owned())
    );
    let head: Vec<String> = rows[2].iter().map(ToString::to_string).collect();
    // Two, six items with a score and five grades each, four sources, four about the place.
    assert_eq!(head.len(), 2 + 6 * 6 + 4 + 4);
    assert_eq!(head[2], "总体评价（权重1）");
    assert_eq!(head[3], "总体评价·好");
    assert_eq!(head[41], "综合得分");
    let number = |shown: &str| Data::Float(shown.parse().unwrap());
    for (given, row) in table.rows.iter().zip(&rows[3..]) {
        assert_eq!(row[1], Data::String(given.presenter.clone()));
        assert_eq!(row[2], number(given.items[0].score.as_deref().unwrap()));
        assert_eq!(row[3], number(&given.items[0].counts[0].to_string()));
        assert_eq!(row[41], number(given.composite.as_deref().unwrap()));
        assert_eq!(row[42], number(&given.place.unwrap().place.to_string()));
        assert_eq!(row[45], Data::String(given.grade.clone().unwrap()));
    }
}

#[test]
fn what_is_missing_is_a_dash_and_unused_sources_have_no_column() {
    let mut value = serde_json::to_value(Paper::sample(PaperKind::SummaryTable).unwrap()).unwrap();
    for row in value["data"]["rows"].as_array_mut().unwrap() {
        row["indicators"] = serde_json::json!(null);
        row["leaders"] = serde_json::json!(null);
    }
    value["data"]["rows"][0]["ballot"] = serde_json::json!(null);
    value["data"]["rows"][0]["place"] = serde_json::json!(null);
    let rows = read(&Paper::from_json(&value.to_string()).unwrap());
    assert_eq!(rows[2].len(), 2 + 6 * 6 + 2 + 4);
    for column in [38, 40, 41, 42] {
        assert_eq!(rows[3][column], Data::String("—".to_owned()), "{column}");
    }
}

#[test]
fn two_runs_give_the_same_bytes_and_other_papers_are_not_made() {
    let paper = Paper::sample(PaperKind::SummaryTable).unwrap();
    assert_eq!(xlsx(&paper).unwrap(), xlsx(&paper).unwrap());
    let other = Paper::sample(PaperKind::Minutes).unwrap();
    assert!(matches!(
        xlsx(&other),
        Err(OfficeError::Kind(PaperKind::Minutes))
    ));
}
