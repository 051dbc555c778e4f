//! A chart with the workbook behind it, so that the office can change its numbers.

use pingyi_domain::record::Date;
use pingyi_papers::{Chart, ChartForm, Series};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::package::Relations;
use super::shapes::{HAIR, QUIET, line, solid};
use super::xml::{Element, el};
use crate::error::OfficeError;

const COLOURS: [&str; 5] = ["B3261E", "3F7FBF", "C98A00", "1B7F4B", "8A8F98"];

/// A number of thousandths as a decimal, without a float: `48.3`.
fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (
        thousandths.unsigned_abs() / 1000,
        thousandths.unsigned_abs() % 1000,
    );
    let digits = format!("{rest:03}");
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{digits}")
}

/// The workbook: labels down the first column, a column for each row of numbers.
pub(super) fn workbook(chart: &Chart, made_on: Date) -> Result<Vec<u8>, OfficeError> {
    let mut workbook = Workbook::new();
    let year = u16::try_from(made_on.year()).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, made_on.month(), made_on.day())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Sheet1")?;
    for (row, label) in (1_u32..).zip(&chart.labels) {
        sheet.write_string(row, 0, label)?;
    }
    for (column, series) in (1_u16..).zip(&chart.series) {
        sheet.write_string(0, column, &series.name)?;
        for (row, value) in (1_u32..).zip(&series.thousandths) {
            if let Some(number) = value.and_then(|value| decimal(value).parse::<f64>().ok()) {
                sheet.write_number(row, column, number)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn cache(
    name: &'static str,
    points: impl Iterator<Item = (usize, String)>,
    count: usize,
) -> Element {
    let points = points.map(|(at, value)| el("c:pt").at("idx", at).with(el("c:v").text(value)));
    let mut cache = el(name);
    if name == "c:numCache" {
        cache = cache.with(el("c:formatCode").text("General"));
    }
    cache
        .with(el("c:ptCount").at("val", count))
        .with_all(points)
}

fn reference(name: &'static str, place: String, cache: Element) -> Element {
    el(name).with(el("c:f").text(place)).with(cache)
}

fn val(name: &'static str, value: impl ToString) -> Element {
    el(name).at("val", value)
}

fn type_of(size: usize, colour: &str) -> Element {
    let look = el("a:defRPr").at("sz", size * 100).with(solid(colour));
    el("c:txPr")
        .with(el("a:bodyPr"))
        .with(el("a:lstStyle"))
        .with(el("a:p").with(el("a:pPr").with(look)))
}

fn labels(place: &str) -> Element {
    el("c:dLbls")
        .with(
            el("c:spPr")
                .with(el("a:noFill"))
                .with(el("a:ln").with(el("a:noFill"))),
        )
        .with(type_of(12, QUIET))
        .with(val("c:dLblPos", place))
        .with(val("c:showLegendKey", 0))
        .with(val("c:showVal", 1))
        .with(val("c:showCatName", 0))
        .with(val("c:showSerName", 0))
        .with(val("c:showPercent", 0))
        .with(val("c:showBubbleSize", 0))
}

fn series(at: usize, one: &Series, chart: &Chart) -> Element {
    let count = chart.labels.len();
    let column = char::from(b'B' + u8::try_from(at).unwrap_or(0));
    let colour = COLOURS[at % COLOURS.len()];
    let columns = chart.form == ChartForm::Columns;
    let look = if columns {
        el("c:spPr").with(solid(colour))
    } else {
        el("c:spPr").with(line(2, colour))
    };
    let name = cache("c:strCache", std::iter::once((0, one.name.clone())), 1);
    let along = cache(
        "c:strCache",
        chart.labels.iter().cloned().enumerate(),
        count,
    );
    let numbers = one.thousandths.iter().enumerate();
    let numbers = numbers.filter_map(|(at, value)| Some((at, decimal((*value)?))));
    let mut element = el("c:ser")
        .with(val("c:idx", at))
        .with(val("c:order", at))
        .with(el("c:tx").with(reference("c:strRef", format!("Sheet1!${column}$1"), name)))
        .with(look);
    element = if columns {
        element.with(val("c:invertIfNegative", 0))
    } else {
        let dot = el("c:spPr").with(solid(colour)).with(line(1, colour));
        element.with(
            el("c:marker")
                .with(val("c:symbol", "circle"))
                .with(val("c:size", 7))
                .with(dot),
        )
    };
    element = element
        .with(labels(if columns { "outEnd" } else { "t" }))
        .with(el("c:cat").with(reference(
            "c:strRef",
            format!("Sheet1!$A$2:$A${}", count + 1),
            along,
        )))
        .with(el("c:val").with(reference(
            "c:numRef",
            format!("Sheet1!${column}$2:${column}${}", count + 1),
            cache("c:numCache", numbers, count),
        )));
    if columns {
        element
    } else {
        element.with(val("c:smooth", 0))
    }
}

fn axis(name: &'static str, id: u32, cross: u32, at: &str) -> Element {
    let values = name == "c:valAx";
    let mut axis = el(name)
        .with(val("c:axId", id))
        .with(el("c:scaling").with(val("c:orientation", "minMax")))
        .with(val("c:delete", 0))
        .with(val("c:axPos", at));
    if values {
        let grid = el("c:spPr").with(line(1, HAIR));
        axis = axis.with(el("c:majorGridlines").with(grid)).with(
            el("c:numFmt")
                .at("formatCode", "General")
                .at("sourceLinked", 0),
        );
    }
    axis = axis
        .with(val("c:majorTickMark", "none"))
        .with(val("c:minorTickMark", "none"))
        .with(val("c:tickLblPos", "nextTo"))
        .with(el("c:spPr").with(line(1, HAIR)))
        .with(type_of(13, QUIET))
        .with(val("c:crossAx", cross))
        .with(val("c:crosses", "autoZero"));
    if values {
        axis.with(val("c:crossBetween", "between"))
    } else {
        axis.with(val("c:auto", 1))
            .with(val("c:lblAlgn", "ctr"))
            .with(val("c:lblOffset", 100))
            .with(val("c:noMultiLvlLbl", 0))
    }
}

/// The chart's part and what it refers to; the workbook is its first relation.
pub(super) fn part(chart: &Chart, workbook: &str) -> (Element, Relations) {
    let mut relations = Relations::default();
    let workbook = relations.add("package", workbook);
    let all = chart
        .series
        .iter()
        .enumerate()
        .map(|(at, one)| series(at, one, chart));
    let plot = match chart.form {
        ChartForm::Columns => el("c:barChart")
            .with(val("c:barDir", "col"))
            .with(val("c:grouping", "clustered"))
            .with(val("c:varyColors", 0))
            .with_all(all)
            .with(val("c:gapWidth", 60)),
        ChartForm::Lines => el("c:lineChart")
            .with(val("c:grouping", "standard"))
            .with(val("c:varyColors", 0))
            .with_all(all)
            .with(val("c:marker", 1)),
    };
    let plot = plot.with(val("c:axId", 1001)).with(val("c:axId", 1002));
    let area = el("c:plotArea")
        .with(el("c:layout"))
        .with(plot)
        .with(axis("c:catAx", 1001, 1002, "b"))
        .with(axis("c:valAx", 1002, 1001, "l"));
    let legend = el("c:legend")
        .with(val("c:legendPos", "t"))
        .with(val("c:overlay", 0))
        .with(type_of(14, QUIET));
    let space = el("c:chartSpace")
        .at(
            "xmlns:c",
            "http://schemas.openxmlformats.org/drawingml/2006/chart",
        )
        .at(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .at("xmlns:r", super::package::OFFICE.trim_end_matches('/'))
        .with(val("c:date1904", 0))
        .with(val("c:roundedCorners", 0))
        .with(
            el("c:chart")
                .with(val("c:autoTitleDeleted", 1))
                .with(area)
                .with(legend)
                .with(val("c:plotVisOnly", 1))
                .with(val("c:dispBlanksAs", "gap")),
        )
        .with(
            el("c:externalData")
                .at("r:id", workbook)
                .with(val("c:autoUpdate", 0)),
        );
    (space, relations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_without_a_float() {
        for (thousandths, written) in [
            (48_300, "48.3"),
            (4_000, "4"),
            (0, "0"),
            (5, "0.005"),
            (-1_250, "-1.25"),
            (i64::MIN, "-9223372036854775.808"),
        ] {
            assert_eq!(decimal(thousandths), written);
        }
    }
}
