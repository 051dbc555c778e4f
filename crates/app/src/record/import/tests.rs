use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use pingyi_domain::record::{WordList, default_words, fold};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use pingyi_domain::record::{Kind, UnitPath};

use super::cells::{Names, Plan, UnitIn, day_in};
use super::fields::Mapping;
use super::read::{Book, CellIn, read};
use super::rows::{FirmIn, InstructorIn, firms};

fn names() -> Names {
    let unit = |letter: &str, may| {
        let id: pingyi_domain::record::UnitId = letter.repeat(16).parse().unwrap();
        let path = UnitPath::of(None, &id);
        (
            id,
            UnitIn {
                path,
                closed_on: None,
                may,
            },
        )
    };
    let lists = [
        WordList::Sector,
        WordList::UncoveredReason,
        WordList::StrikeReason,
    ];
    Names {
        units: [("华南城", "a"), ("海吉星", "b")]
            .map(|(name, letter)| (fold(name), letter.repeat(16).parse().unwrap()))
            .into(),
        places: [unit("a", true), unit("b", false)].into(),
        words: lists.into_iter().flat_map(default_words).collect(),
        today: "2018-12-15".parse().unwrap(),
    }
}

const HEADS: [&str; 6] = [
    "企业名称",
    "所属园区",
    "企业性质",
    "职工人数",
    "入驻日期",
    "统一社会信用代码",
];

fn heads(sheet: &mut Worksheet, row: u32) {
    for (at, head) in (0u16..).zip(HEADS) {
        sheet.write(row, at, head).unwrap();
    }
}

fn firm(sheet: &mut Worksheet, row: u32, name: &str) {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(row, 0, name).unwrap();
    sheet.write(row, 1, "华南城").unwrap();
    sheet.write(row, 2, "非公企业").unwrap();
    sheet.write(row, 3, 20).unwrap();
    let date = ExcelDateTime::from_ymd(2017, 3, 1).unwrap();
    sheet
        .write_datetime_with_format(row, 4, &date, &day)
        .unwrap();
}

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn planned(bytes: &[u8]) -> Plan<FirmIn> {
    let book = read(bytes, None).unwrap();
    let mapping = Mapping {
        otherwise: BTreeMap::new(),
        ..mapped(&book)
    };
    firms(&book.table, &mapping, &names(), &[])
}

fn mapped(book: &Book) -> Mapping {
    Mapping::proposed(Kind::Firm, &book.table)
}

fn said(plan: &Plan<FirmIn>) -> Vec<String> {
    plan.refused
        .iter()
        .map(|one| format!("{} {} {}", one.row, one.column, one.code))
        .collect()
}

#[test]
fn a_plain_sheet_is_read_whole() {
    let bytes = xlsx(|sheet| {
        sheet
            .merge_range(0, 0, 0, 5, "2018年企业名册", &Format::new())
            .unwrap();
        heads(sheet, 1);
        firm(sheet, 2, "甲科技有限公司");
        firm(sheet, 3, "乙科技有限公司");
        sheet.write(3, 5, "91350100M000100Y43").unwrap();
    });
    let book = read(&bytes, None).unwrap();
    assert_eq!(book.table.heads, HEADS);
    assert_eq!(book.warnings, ["merged"], "the title above the head");
    let plan = planned(&bytes);
    assert_eq!(said(&plan), [""; 0]);
    let rows: Vec<_> = plan
        .good
        .iter()
        .map(|good| (good.row, good.record.firm.name.as_str()))
        .collect();
    assert_eq!(rows, [(3, "甲科技有限公司"), (4, "乙科技有限公司")]);
    let firm = &plan.good[1].record.firm;
    assert_eq!(
        (
            firm.employees,
            firm.opened_on.to_string(),
            firm.credit_code.as_str()
        ),
        (Some(20), "2017-03-01".to_owned(), "91350100M000100Y43")
    );
}

#[test]
fn every_row_that_will_not_go_in_says_why() {
    let bytes = xlsx(|sheet| {
        heads(sheet, 0);
        for row in 1..=9 {
            firm(sheet, row, &format!("第{row}家"));
        }
        sheet.write(1, 3, "约二十").unwrap();
        sheet.write(2, 3, 20.5).unwrap();
        sheet.write(3, 4, 43_000).unwrap();
        sheet.write(4, 4, "去年").unwrap();
        sheet
            .write_formula(5, 3, Formula::new("=10+10").set_result("20"))
            .unwrap();
        sheet.write(6, 1, "不知何处").unwrap();
        sheet.write(7, 1, "海吉星").unwrap();
        sheet.write(8, 2, "行会").unwrap();
        sheet.write(9, 5, "91350100M000100Y44").unwrap();
        firm(sheet, 10, "");
        firm(sheet, 11, "第12家");
        sheet.write(11, 4, true).unwrap();
        firm(sheet, 12, "好的");
        firm(sheet, 13, "好的有限公司");
        firm(sheet, 14, &"长".repeat(81));
        firm(sheet, 15, "未来");
        sheet.write(15, 4, "2018-12-16").unwrap();
    });
    let plan = planned(&bytes);
    assert_eq!(
        said(&plan),
        [
            "2 职工人数 wrong_type",
            "3 职工人数 wrong_type",
            "4 入驻日期 wrong_type",
            "5 入驻日期 date_as_text",
            "6 职工人数 formula",
            "7 所属园区 unknown_unit",
            "8 所属园区 not_your_unit",
            "9 企业性质 unknown_word",
            "10 统一社会信用代码 credit_code",
            "11 企业名称 missing",
            "12 入驻日期 wrong_type",
            "14  twice",
            "15 企业名称 too_long",
            "16 入驻日期 date_future",
        ]
    );
    assert_eq!((plan.good.len(), plan.refused_rows), (1, 14));
    assert_eq!(plan.refused[3].value, "去年");
}

#[test]
fn merged_cells_are_refused_with_every_row_they_cover() {
    let bytes = xlsx(|sheet| {
        heads(sheet, 0);
        for row in 1..=3 {
            firm(sheet, row, &format!("第{row}家"));
        }
        sheet
            .merge_range(1, 1, 2, 1, "华南城", &Format::new())
            .unwrap();
    });
    let plan = planned(&bytes);
    assert_eq!(said(&plan), ["2 所属园区 merged", "3 所属园区 merged"]);
    assert_eq!(plan.good.len(), 1);
}

#[test]
fn heads_in_two_rows_become_one() {
    let bytes = xlsx(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 5, "企业名册", &plain).unwrap();
        for (column, head) in [(0, "企业名称"), (1, "所属园区"), (4, "入驻日期")] {
            sheet
                .merge_range(1, column, 2, column, head, &plain)
                .unwrap();
        }
        sheet.merge_range(1, 2, 1, 3, "人数", &plain).unwrap();
        sheet.write(2, 2, "职工").unwrap();
        sheet.write(2, 3, "党员").unwrap();
        firm(sheet, 3, "甲");
        sheet.write(3, 2, 30).unwrap();
        sheet.write(3, 3, 2).unwrap();
    });
    let book = read(&bytes, None).unwrap();
    let heads = ["企业名称", "所属园区", "人数 职工", "人数 党员", "入驻日期"];
    assert_eq!(book.table.heads, heads);
    assert_eq!(book.warnings, ["merged_head"]);
    assert_eq!(book.table.rows.len(), 1);
    let mut mapping = mapped(&book);
    mapping.columns.insert("members".into(), "人数 党员".into());
    let plan = firms(&book.table, &mapping, &names(), &[]);
    assert_eq!(said(&plan), [""; 0]);
    assert_eq!(plan.good[0].record.firm.members, Some(2));
}

#[test]
fn a_head_merged_sideways_alone_is_joined_with_the_row_below() {
    let bytes = xlsx(|sheet| {
        let plain = Format::new();
        sheet.write(0, 0, "企业名称").unwrap();
        sheet.merge_range(0, 1, 0, 2, "人数", &plain).unwrap();
        sheet.write(1, 1, "职工").unwrap();
        sheet.write(1, 2, "党员").unwrap();
        sheet.write(2, 0, "甲").unwrap();
        sheet.write(2, 1, 30).unwrap();
    });
    let book = read(&bytes, None).unwrap();
    assert_eq!(book.table.heads, ["企业名称", "人数 职工", "人数 党员"]);
    assert_eq!(book.table.rows.len(), 1);
}

#[test]
fn what_covers_a_firm_comes_with_it() {
    let text = "企业名称,所属园区,性质,入驻日期,单独组建,单独组建日期,工会,团组织,党建指导员,剔除原因,剔除日期\n\
        甲,华南城,非公,2017-01-01,华南城,2017-05-01,2018-03-01,有,张三,,\n\
        乙,华南城,非公,2017-01-01,,2017-05-01,无,,李四,空壳企业,\n\
        丙,华南城,非公,2017-01-01,不知何处,2017-05-01,也许,,,,2018-01-01\n\
        丁,华南城,非公,2017-01-01,,,,,,空壳,2018-02-01\n";
    let book = read(text.as_bytes(), None).unwrap();
    let mut mapping = mapped(&book);
    mapping
        .otherwise
        .insert("cover_on".into(), "2018-06-01".into());
    let names = names();
    let here: UnitPath = names.places[&"a".repeat(16).parse().unwrap()].path.clone();
    let instructors = [InstructorIn {
        post: "p".repeat(16),
        holder: "张三".into(),
        place: here,
    }];
    let plan = firms(&book.table, &mapping, &names, &instructors);
    let covers: Vec<String> = plan.good[0]
        .record
        .covers
        .iter()
        .map(|cover| {
            let by = cover.unit.as_deref().or(cover.post.as_deref());
            let by = by.map_or("", |id| &id[..1]);
            format!("{} {by} {}", cover.kind, cover.from_on)
        })
        .collect();
    assert_eq!(
        covers,
        [
            "own a 2017-05-01",
            "instructor p 2018-06-01",
            "union  2018-03-01",
            "youth  2018-06-01"
        ]
    );
    let strike = plan.good[1].record.strike.clone().unwrap();
    assert_eq!(
        (strike.reason.as_str(), strike.from_on.to_string()),
        ("shell", "2018-02-01".to_owned())
    );
    assert_eq!(
        said(&plan),
        [
            "3 剔除原因 unknown_word",
            "3 单独组建日期 cover_without",
            "3 党建指导员 instructor",
            "4 单独组建 unknown_unit",
            "4 工会 unknown_word",
            "4 剔除日期 strike_without",
        ]
    );
}

#[test]
fn days_written_as_text_are_read_where_there_is_no_doubt() {
    for text in [
        "2017-03-01",
        "2017/3/1",
        "2017.03.01",
        "2017年3月1日",
        "20170301",
    ] {
        assert_eq!(
            day_in(text).map(|day| day.to_string()),
            Some("2017-03-01".into()),
            "{text}"
        );
    }
    for text in [
        "3/1/2017",
        "17-3-1",
        "2017-13-01",
        "2017-02-30",
        "2017-03",
        "去年",
        "",
    ] {
        assert_eq!(day_in(text), None, "{text}");
    }
    let bytes = xlsx(|sheet| {
        heads(sheet, 0);
        firm(sheet, 1, "甲");
        sheet.write(1, 4, "2017年3月1日").unwrap();
    });
    let plan = planned(&bytes);
    assert_eq!((plan.good.len(), plan.dates_as_text), (1, 1));
}

/// The same archive with one part rewritten.
fn rewritten(bytes: &[u8], part: &str, with: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if name == part {
            text = with(text);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn days_counted_from_1904_are_the_days_they_show() {
    let bytes = xlsx(|sheet| {
        heads(sheet, 0);
        firm(sheet, 1, "甲");
    });
    let old = rewritten(&bytes, "xl/workbook.xml", |text| {
        text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
    });
    let book = read(&old, None).unwrap();
    assert_eq!(book.warnings, ["date_1904"]);
    // The same number counted from 1904 is a day four years and a day later.
    assert_eq!(
        book.table.rows[0].1[4],
        CellIn::Day("2021-03-02".parse().ok())
    );
}

#[test]
fn files_that_cannot_be_trusted_are_refused_whole() {
    let refused = |bytes: &[u8]| read(bytes, None).unwrap_err();
    let twice = xlsx(|sheet| {
        heads(sheet, 0);
        sheet.write(0, 6, "企业名称").unwrap();
        firm(sheet, 1, "甲");
    });
    assert_eq!(refused(&twice), "duplicate_header");
    assert_eq!(refused(&xlsx(|_| {})), "missing");
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.resize(512, 0);
    assert_eq!(refused(&locked), "unreadable", "Excel 97");
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&locked), "encrypted");
    assert_eq!(refused(b"PK\x03\x04 not an archive"), "unreadable");
    assert_eq!(refused(b"\xFF\xFE\x00\x00"), "unreadable");
    assert_eq!(refused(b""), "missing");
}

#[test]
fn hidden_sheets_stay_out() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("名册").unwrap();
    heads(sheet, 0);
    firm(sheet, 1, "甲");
    let hidden = book.add_worksheet().set_name("底稿").unwrap();
    heads(hidden, 0);
    firm(hidden, 1, "乙");
    hidden.set_hidden(true);
    let bytes = book.save_to_buffer().unwrap();
    let book = read(&bytes, None).unwrap();
    assert_eq!(
        (book.sheets, book.hidden, book.warnings),
        (
            vec!["名册".to_owned()],
            vec!["底稿".to_owned()],
            vec!["hidden_sheet"]
        )
    );
    assert_eq!(read(&bytes, Some("底稿")).unwrap_err(), "hidden_sheet");
}

#[test]
fn an_archive_that_swells_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    out.start_file(
        "xl/worksheets/sheet1.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..40 {
        out.write_all(&zeros).unwrap();
    }
    let bomb = out.finish().unwrap().into_inner();
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    assert_eq!(read(&bomb, None).unwrap_err(), "zip_bomb");
}

#[test]
fn a_million_rows_are_refused() {
    let bytes = xlsx(|sheet| heads(sheet, 0));
    let many = rewritten(&bytes, "xl/worksheets/sheet1.xml", |text| {
        use std::fmt::Write as _;
        let mut rows = String::new();
        for row in 2..=1_000_000 {
            write!(
                rows,
                "<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>"
            )
            .unwrap();
        }
        text.replace("</sheetData>", &(rows + "</sheetData>"))
    });
    assert_eq!(read(&many, None).unwrap_err(), "too_many_rows");
}

#[test]
fn a_csv_of_chinese_excel_is_read() {
    let text = "企业名称,所属园区,企业性质,职工人数,入驻日期\r\n\"甲,科技\",华南城,非公,\"1,200\",2017/3/1\r\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    for bytes in [
        text.as_bytes(),
        &gbk,
        &[b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    ] {
        let plan = planned(bytes);
        assert_eq!(said(&plan), [""; 0]);
        let firm = &plan.good[0].record.firm;
        assert_eq!(
            (firm.name.as_str(), firm.employees),
            ("甲,科技", Some(1200))
        );
    }
}

#[test]
fn what_no_column_says_stands_otherwise() {
    let bytes = "企业名称,党员数\n甲科技,3\n".as_bytes();
    let book = read(bytes, None).unwrap();
    let otherwise = [
        ("unit", "a".repeat(16)),
        ("kind", "non_public".into()),
        ("opened_on", "2018-01-01".into()),
    ];
    let mapping = Mapping {
        columns: mapped(&book).columns,
        otherwise: otherwise
            .into_iter()
            .map(|(field, text)| (field.to_owned(), text))
            .collect::<BTreeMap<_, _>>(),
        ..Mapping::default()
    };
    let done = firms(&book.table, &mapping, &names(), &[]);
    assert_eq!(
        (done.good.len(), done.good[0].record.firm.members),
        (1, Some(3))
    );
    let bare = Mapping {
        otherwise: BTreeMap::new(),
        ..mapping
    };
    let done = firms(&book.table, &bare, &names(), &[]);
    assert_eq!(said(&done), ["2  missing", "2  missing", "2  missing"]);
}
