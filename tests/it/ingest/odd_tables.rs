//! Odd sheets and odd layouts: what is read, what is named, and what only looks like a table.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::incident::IncidentRow;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use crate::support::imports::{Bench, Run, TWO_SQUARES};

const HEADER: &str = "id,time,lon,lat,category,severity\n";
const ROW: &str = "A1,2024-03-01 08:15,108.15,15.15,chay,3\n";

fn run(name: &str, content: impl AsRef<[u8]>, options: &[&str]) -> Run {
    let bench = Bench::new();
    let file = bench.file(name, content);
    let run = bench.run(&[&["import", "incidents", &file, "--dry-run"], options].concat());
    Run { out: run.out.replace(&file, name), err: run.err.replace(&file, name), ..run }
}

/// What becomes of a file.
#[derive(Clone, Copy)]
enum Fate {
    /// So many rows are taken, none rejected.
    Taken(u64),
    /// Rows are rejected with these words.
    Rejected(&'static str),
    /// The file is refused with these words.
    Refused(&'static str),
}
use Fate::{Refused, Rejected, Taken};

fn assert_fate(name: &str, run: &Run, fate: Fate) {
    let said = format!("{name}: {:?} {}{}", run.code, run.out, run.err);
    match fate {
        Taken(rows) => assert!(run.code == Some(0) && run.out.contains(&format!("accepted {rows},")), "{said}"),
        Rejected(words) => assert!(run.code == Some(1) && run.out.contains(words), "{said}"),
        Refused(words) => assert!(run.code == Some(2) && run.err.contains(words), "{said}"),
    }
}

/// One file each, read with its options.
fn assert_text_fates<const N: usize>(cases: [(&str, String, &[&str], Fate); N]) {
    for (name, content, options, fate) in cases {
        assert_fate(name, &run("in.csv", content, options), fate);
    }
}

#[test]
fn marks_and_line_ends_are_no_part_of_a_value() {
    let all = |rows: &str| format!("{HEADER}{rows}");
    assert_text_fates([
        ("mark in the middle", all("\u{FEFF}A1,2024-03-01,\u{FEFF}108.1,15.1,\u{FEFF}chay,1\n"), &[], Taken(1)),
        ("two marks", format!("\u{FEFF}\u{FEFF}{HEADER}{ROW}"), &[], Taken(1)),
        ("nul in a word", all("A1,2024-03-01,108.1,15.1,chay\0,1\n"), &[], Rejected("the category is unknown")),
        ("nul in an id", all("A\x001,2024-03-01,108.1,15.1,chay,1\n"), &[], Rejected("the invisible character U+0000")),
        ("nuls at the end", all(&format!("{ROW}\0\0\0\0")), &[], Rejected("the row has 1 fields, the header has 6")),
        ("line ends in quotes", all("A1,\"2024-03-01\r\n08:15\",108.1,15.1,chay,1\r\n"), &[], Taken(1)),
        ("line end in an id", all("\"A\r\n1\",2024-03-01,108.1,15.1,chay,1\r\n"), &[], Rejected("U+000D")),
        ("only a header", HEADER.to_owned(), &[], Taken(0)),
        ("nothing", "  \n \n".to_owned(), &[], Refused("the file is empty")),
        ("lines that end in CR CR LF", format!("{HEADER}{ROW}").replace('\n', "\r\r\n"), &[], Taken(1)),
    ]);
}

#[test]
fn headings_name_fields_once_or_are_told() {
    assert_text_fates([
        (
            "a heading twice",
            format!("id,time,lon,lat,category,severity,severity\n{}", ROW.replace(",3", ",3,5")),
            &[],
            Refused("two columns are called \"severity\""),
        ),
        (
            "a heading twice, once in capitals",
            format!("id,time,lon,lat,category,severity,Severity\n{}", ROW.replace(",3", ",3,5")),
            &[],
            Refused("both mean severity"),
        ),
        (
            "a header of two rows",
            format!("id,time,Vị trí,,category,severity\n,,lon,lat,,\n{ROW}"),
            &[],
            Refused("unknown column \"Vị trí\""),
        ),
        ("groups above the header", format!("Vụ việc,,Vị trí,,Loại,\n{HEADER}{ROW}"), &[], Taken(1)),
        (
            "Vietnamese headings",
            format!("Mã vụ việc,Thời gian,Kinh độ,Vĩ độ,Loại vụ việc,Mức độ\n{ROW}"),
            &[],
            Taken(1),
        ),
        (
            "the same without marks",
            format!("ma vu viec,thoi gian,kinh do,vi do,loai vu viec,muc do\n{ROW}"),
            &[],
            Taken(1),
        ),
        (
            "a mapped heading",
            format!("Mã vụ việc,Thời gian,Kinh độ,Vĩ độ,Loại,Mức độ\n{ROW}"),
            &["--map", "category=Loại"],
            Taken(1),
        ),
        ("no header", ROW.to_owned(), &[], Refused("unknown columns")),
    ]);
}

#[test]
fn rows_that_are_none_are_rejected_by_line() {
    let all = |rows: &str| format!("{HEADER}{rows}");
    assert_text_fates([
        ("the header again", all(&format!("{ROW}{HEADER}")), &[], Rejected("line 3, lon \"lon\"")),
        ("a row of sums", all(&format!("{ROW}Tổng cộng,,,,,1\n")), &[], Rejected("the value is missing")),
        (
            "units under the header",
            all(&format!("(mã),(giờ),(độ),(độ),(loại),(1-5)\n{ROW}")),
            &[],
            Rejected("line 2, "),
        ),
        (
            "a sign of its own between fields",
            format!("{HEADER}{ROW}").replace(',', "^"),
            &["--delimiter", "^"],
            Taken(1),
        ),
        (
            "a row too short",
            all("A1,2024-03-01,108.1,15.1,chay\n"),
            &[],
            Rejected("the row has 5 fields, the header has 6"),
        ),
        (
            "decimal commas between commas",
            all("A1,2024-03-01,108,15,15,15,chay,3\n"),
            &[],
            Rejected("which has no heading"),
        ),
    ]);
}

/// A cell of a sheet.
enum Cell {
    Text(&'static str),
    Number(f64),
    Day(u16, u8, u8),
    Blank,
}
use Cell::{Blank, Day, Number, Text};

const COLUMNS: [Cell; 6] = [Text("id"), Text("time"), Text("lon"), Text("lat"), Text("category"), Text("severity")];

/// An incident of the sheet, all else being in order.
fn incident(id: Cell, time: Cell, lon: Cell, severity: Cell) -> Vec<Cell> {
    vec![id, time, lon, Number(15.15), Text("chay"), severity]
}

fn book(rows: &[&[Cell]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let day_format = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match *cell {
                Text(text) => _ = sheet.write(row, column, text).unwrap(),
                Number(number) => _ = sheet.write(row, column, number).unwrap(),
                Day(year, month, day) => {
                    let day = ExcelDateTime::from_ymd(year, month, day).unwrap();
                    sheet.write_with_format(row, column, &day, &day_format).unwrap();
                }
                Blank => {}
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// What a sheet is about, its cells, the options of the import, and what becomes of it.
type SheetCase<'a> = (&'a str, Vec<Vec<Cell>>, &'a [&'a str], Fate);

/// One sheet each, below a header in order.
fn assert_sheet_fates<const N: usize>(cases: [SheetCase<'_>; N]) {
    for (name, rows, options, fate) in cases {
        let sheet: Vec<&[Cell]> = std::iter::once(&COLUMNS[..]).chain(rows.iter().map(Vec::as_slice)).collect();
        assert_fate(name, &run("in.xlsx", book(&sheet), options), fate);
    }
}

/// An incident in order but for its id and its severity.
fn with_id(id: Cell, severity: Cell) -> Vec<Vec<Cell>> {
    vec![incident(id, Day(2024, 3, 1), Number(108.15), severity)]
}

/// Incidents in order but for their times.
fn with_times<const N: usize>(times: [Cell; N]) -> Vec<Vec<Cell>> {
    let ids = [Text("A"), Text("B"), Text("C")];
    ids.into_iter().zip(times).map(|(id, time)| incident(id, time, Number(108.15), Number(3.0))).collect()
}

#[test]
fn numbers_of_a_sheet_are_ids_and_severities_as_far_as_they_are_exact() {
    let no_severity = Rejected("the severity is unknown");
    assert_sheet_fates([
        ("as it should be", with_id(Text("A"), Number(3.0)), &[], Taken(1)),
        ("17 digits", with_id(Number(20_240_301_081_500_123.0), Number(3.0)), &[], Rejected("more than 15 digits")),
        ("17 digits as text", with_id(Text("20240301081500123"), Number(3.0)), &[], Taken(1)),
        ("an id that became a day", with_id(Day(2024, 3, 1), Number(3.0)), &[], Rejected("the cell is a day")),
        ("a severity with decimals", with_id(Text("A"), Number(3.5)), &[], no_severity),
        ("a severity that became a day", with_id(Text("A"), Day(2024, 1, 3)), &[], no_severity),
        ("a severity that is an error as text", with_id(Text("A"), Text("#N/A")), &[], no_severity),
    ]);
    let march = || Day(2024, 3, 1);
    let comma = incident(Text("A"), march(), Text("108,15"), Number(3.0));
    let rows = vec![comma, incident(Text("B"), march(), Number(108.25), Number(3.0))];
    assert_sheet_fates([("numbers beside a decimal comma", rows, &[], Refused("is written in another way"))]);
}

#[test]
fn days_that_a_spreadsheet_changed_are_told() {
    let (serial, text) = (|| Number(45_352.343_75), || Text("13/03/2024"));
    let exchanged = Refused("it may have read day and month the wrong way round");
    assert_sheet_fates([
        ("a count", with_times([serial()]), &["--time-format", "excel"], Taken(1)),
        ("a count, not told", with_times([serial()]), &[], Rejected("a count is read with --time-format")),
        ("where counting begins", with_times([Day(1900, 1, 1)]), &[], Rejected("write where they know no day")),
        ("days in two forms", with_times([Day(2024, 3, 23), text(), Day(2024, 3, 1)]), &[], Taken(3)),
        ("day and month exchanged", with_times([Day(2024, 1, 3), text()]), &[], exchanged),
        ("the same, told", with_times([Day(2024, 1, 3), text()]), &["--date-order", "dmy"], Taken(2)),
    ]);
}

#[test]
fn sheets_of_reports_have_titles_and_headers_of_their_own() {
    let named =
        [Text("Mã vụ việc"), Text("Thời gian"), Text("Kinh độ"), Text("Vĩ độ"), Text("Loại vụ việc"), Text("Mức độ")];
    let row = incident(Text("A"), Day(2024, 3, 1), Number(108.15), Number(3.0));
    let sums = [Text("Cộng"), Blank, Blank, Blank, Blank, Number(1.0)];
    let report = book(&[&[Text("BÁO CÁO")], &[], &named, &row, &sums]);
    assert_fate("a report", &run("in.xlsx", &report, &[]), Rejected("row 5: the value is missing"));
    let split = [Text("id"), Text("time"), Text("Vị trí"), Blank, Text("category"), Text("severity")];
    let below = [Blank, Blank, Text("lon"), Text("lat"), Blank, Blank];
    assert_fate(
        "a header of two rows",
        &run("in.xlsx", book(&[&split, &below, &row]), &[]),
        Refused("unknown column \"Vị trí\""),
    );
}

#[test]
fn sheets_of_the_same_columns_are_not_passed_over() {
    let mut book = Workbook::new();
    for name in ["Tháng 1", "Tháng 2", "Ghi chú"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let header = ["id", "time", "lon", "lat", "category", "severity"];
        let row = [name, "2024-03-01", "108.15", "15.15", "chay", "1"];
        let lines = if name == "Ghi chú" { vec![["Nguồn: sổ trực ban"; 6]] } else { vec![header, row] };
        for (number, texts) in (0_u32..).zip(lines) {
            (0_u16..).zip(texts).for_each(|(column, text)| _ = sheet.write(number, column, text).unwrap());
        }
    }
    let book = book.save_to_buffer().unwrap();
    let said =
        "the sheets \"Tháng 1\", \"Tháng 2\" have the same columns, and an import reads one: name it with --sheet";
    assert_fate("two months", &run("in.xlsx", &book, &[]), Refused(said));
    assert_fate("one of them", &run("in.xlsx", &book, &["--sheet", "Tháng 2"]), Taken(1));
}

fn with_areas() -> Bench {
    let bench = Bench::new();
    let three = TWO_SQUARES.replace(
        "\n]}",
        ",\n{\"type\":\"Feature\",\"properties\":{\"code\":\"00335\",\"name\":\"Phường Ba\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[108.3,15.1],[108.4,15.1],[108.4,15.2],[108.3,15.2],[108.3,15.1]]]}}\n]}",
    );
    let squares = bench.file("squares.geojson", three);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2030-01"]);
    bench
}

#[test]
fn a_number_of_a_sheet_has_a_point_whatever_its_texts_have() {
    let bench = with_areas();
    let header = [Text("ma_xa"), Text("year"), Text("measure"), Text("value")];
    let rows = [
        [Text("20335"), Number(2024.0), Text("visitors"), Number(12.345)],
        [Text("20338"), Number(2024.0), Text("visitors"), Text("12,5")],
    ];
    let path = bench.file("e.xlsx", book(&[&header, &rows[0], &rows[1]]));
    let args = ["import", "exposures", &path, "--edition", "2030-01"];
    let untold = bench.run(&args);
    assert_eq!(untold.code, Some(2), "{}", untold.out);
    assert!(untold.err.contains("say which with --decimal"), "{}", untold.err);
    bench.succeed(&[&args[..], &["--decimal", "comma"]].concat());
    let values: Vec<f64> = bench.holdings().exposures.iter().map(|figure| figure.quantity.value()).collect();
    assert_eq!(values, [12.345, 12.5]);
}

#[test]
fn a_code_that_lost_its_zeros_is_told() {
    let bench = with_areas();
    let rows = "ma_xa,year,population\n335,2024,1200\n20335.0,2024,1200\n20338,2024,12.500\n20338,2023,12500.0\n";
    let out = bench.reject(&["import", "population", &bench.file("p.csv", rows), "--edition", "2030-01"]);
    assert!(out.contains("line 2, area_code \"335\" (column \"ma_xa\"): edition 2030-01 has no area with code 335; 00335 is Phường Ba"), "{out}");
    assert!(out.contains("line 4, population \"12.500\": this is not a whole number of residents"), "{out}");
    assert!(out.starts_with("population: read 4, accepted 2,"), "{out}");
}

#[test]
fn a_feature_that_says_two_places_is_told() {
    let feature = |id: &str, properties: &str, point: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","time":"2024-03-01","category":"chay","severity":1{properties}}},"geometry":{{"type":"Point","coordinates":{point}}}}}"#
        )
    };
    let features = [
        feature("A", r#","lon":108.25,"lat":15.15"#, "[108.15,15.15]"),
        feature("B", r#","lon":108.1501,"lat":15.15"#, "[108.15,15.15]"),
        feature("C", r#","lon":108.15,"lat":15.15"#, "[0,0]"),
        feature("D", r#","lon":0,"lat":0"#, "[108.15,15.15]"),
    ];
    let bench = Bench::new();
    let file =
        bench.file("in.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",\n")));
    let out = bench.reject(&["import", "incidents", &file, "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["accepted"], &report["places"]["with_point"]), (&3.into(), &3.into()), "{out}");
    assert!(out.contains("the geometry says 108.15, 15.15 and the columns say 108.25, 15.15"), "{out}");
    let incidents = bench.holdings().incidents;
    assert!((0..3).all(|row| incidents.position(IncidentRow::new(row)).is_some()), "no place is lost");
}

#[test]
fn a_file_that_says_that_it_is_a_part_is_refused_by_name() {
    let feature = r#"{"type":"Feature","properties":{"id":"A","time":"2024-03-01","category":"chay","severity":1},"geometry":null}"#;
    let with = |member: &str| format!("{{\"type\":\"FeatureCollection\",{member}\"features\":[{feature}]}}");
    for (member, words) in [
        (r#""exceededTransferLimit":true,"#, "\"exceededTransferLimit\": true"),
        (r#""properties":{"exceededTransferLimit":true},"#, "\"exceededTransferLimit\": true"),
        (r#""numberReturned":1,"numberMatched":5000,"#, "\"numberMatched\": 5000, and it holds 1 features"),
        (r#""totalFeatures":5000,"#, "\"totalFeatures\": 5000"),
        (r#""links":[{"rel":"next","href":"x"}],"#, "a link to a next page"),
        (r#""total":5000,"limit":100,"#, "\"total\": 5000"),
        (r#""result":{"total":5000},"#, "\"total\": 5000"),
        (r#""next":"https://example.vn/?page=2","#, "leads to a next page"),
        (
            r#""remark":"runtime error: Query timed out in \"query\" at line 3 after 25 seconds.","#,
            "the server gave up under way",
        ),
    ] {
        let refused = run("in.geojson", with(member), &[]);
        assert_fate(member, &refused, Refused(words));
        assert!(refused.err.contains("or take it as it is with --partial"), "{}", refused.err);
        assert_fate(member, &run("in.geojson", with(member), &["--partial"]), Taken(1));
    }
    for member in
        [r#""numberMatched":"unknown","numberReturned":1,"#, r#""total":1,"next":null,"#, r#""remark":"by hand","#]
    {
        assert_fate(member, &run("in.geojson", with(member), &[]), Taken(1));
    }
    let records = r#"{"success":true,"result":{"records":[{"id":1}],"total":5}}"#;
    assert_fate("CKAN", &run("in.json", records, &[]), Refused("JSON with a list of records, not GeoJSON"));
    assert_fate("Socrata", &run("in.json", r#"[{"id":1}]"#, &[]), Refused("JSON with a list of records, not GeoJSON"));
    assert_fate("Overpass", &run("in.json", r#"{"elements":[]}"#, &[]), Refused("an answer of Overpass"));
    let rows: Vec<String> = (0..65_535).map(|id| format!("{id},2024-03-01,,,chay,1\n")).collect();
    let rows = rows.concat();
    assert_fate("65,536 rows", &run("in.csv", format!("{HEADER}{rows}"), &[]), Refused("the table ends at row 65536"));
}
