//! Files as people make them: what earlier versions took in silence or refused without a way on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::io::Write as _;

use binhyen::domain::incident::{IncidentLocation, IncidentRow};
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Value, json};

use crate::support::imports::{Bench, TWO_SQUARES};

const HEADER: &str = "id,time,lon,lat,category,severity\n";

fn with_areas() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench
}

/// The report of an import that takes everything.
fn taken(bench: &Bench, content: impl AsRef<[u8]>, options: &[&str]) -> Value {
    let file = bench.file("in.csv", content);
    let out = bench.succeed(&[&["import", "incidents", &file, "--format", "json"], options].concat());
    serde_json::from_str(&out).unwrap()
}

/// What is said of a file of which rows are rejected.
fn rejected(content: impl AsRef<[u8]>, options: &[&str]) -> String {
    let bench = Bench::new();
    let file = bench.file("in.csv", content);
    bench.reject(&[&["import", "incidents", &file], options].concat()).replace(&file, "in.csv")
}

/// What is said of a file that is refused whole.
fn refused(content: impl AsRef<[u8]>, options: &[&str]) -> String {
    let bench = Bench::new();
    let file = bench.file("in.csv", content);
    let run = bench.run(&[&["import", "incidents", &file], options].concat());
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    run.err.replace(&file, "in.csv").trim_end().to_owned()
}

/// The moments of all incidents, by id.
fn moments(bench: &Bench) -> Vec<i64> {
    let incidents = bench.holdings().incidents;
    incidents.rows().map(|row| incidents.unix_seconds(row)).collect()
}

fn severity(bench: &Bench, row: usize) -> u8 {
    bench.holdings().incidents.severity(IncidentRow::new(row)).number()
}

const MARCH_1_0815: i64 = 1_709_255_700;

#[test]
fn a_cell_that_cannot_be_read_rejects_its_row() {
    let bench = Bench::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let names = ["id", "time", "lon", "lat", "category", "severity", "note"];
    for (column, name) in names.into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    for row in 1..=5 {
        sheet.write(row, 0, format!("A{row}")).unwrap().write(row, 1, "2024-03-01 08:15").unwrap();
        sheet.write(row, 2, 108.15).unwrap().write(row, 3, 15.15).unwrap();
        sheet.write(row, 4, "giet_nguoi").unwrap().write(row, 5, 5).unwrap();
    }
    // Excel saves the value of a formula with it; programs that do not compute save none, or an error.
    sheet.write(2, 5, Formula::new("=2+3").set_result("")).unwrap();
    sheet.write(3, 5, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(5, 6, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.merge_range(3, 2, 4, 2, "108.15", &Format::new()).unwrap();
    let path = bench.path("a.xlsx");
    book.save(&path).unwrap();
    let out = bench.reject(&["import", "incidents", path.to_str().unwrap(), "--ignore-column", "note"]);
    assert!(
        out.contains("line 5, lon \"merged with C4\": sheet \"Sheet1\", row 5: the cell is merged with C4"),
        "{out}"
    );
    assert!(bench.holdings().incidents.rows().all(|row| bench.holdings().incidents.id(row) != "A4"));
}

#[test]
fn a_file_without_severities_says_where_they_come_from() {
    let rows = "id,time,lon,lat,category\nA,2024-03-01 08:15,108.15,15.15,giet_nguoi\n";
    let message = refused(rows, &[]);
    assert!(message.contains("column \"severity\" missing"), "{message}");
    assert!(message.contains("--severity-from category or --severity-from default N"), "{message}");
    let bench = with_areas();
    let report = taken(&bench, rows, &["--severity-from", "category"]);
    assert_eq!((&report["severity_assumed"], &report["severity_from"]), (&json!(1), &json!("category")));
    assert_eq!(severity(&bench, 0), 5);
    let bench = with_areas();
    taken(&bench, rows, &["--severity-from", "default", "2"]);
    assert_eq!(severity(&bench, 0), 2);
}

#[test]
fn what_an_update_does_not_say_stays_as_it_is() {
    let bench = with_areas();
    let all = "id,time,lon,lat,area_code,edition,category,severity,status,channel,precision\n";
    taken(&bench, format!("{all}A,2024-03-01 08:15,108.15,15.15,,,chay,5,verified,113,street\n"), &[]);
    let kept = |bench: &Bench| {
        let incidents = bench.holdings().incidents;
        let incident = incidents.at(IncidentRow::new(0)).unwrap();
        (incident.severity.number(), incident.status.index(), incident.location, incident.unix_seconds)
    };
    let before = kept(&bench);
    let absent = "id,time,category\nA,2024-03-01 09:15,chay\n";
    let report = taken(&bench, absent, &["--severity-from", "default", "1"]);
    assert_eq!(report["updated"], 1);
    let after = kept(&bench);
    assert_eq!((after.0, after.1, &after.2), (before.0, before.1, &before.2), "columns that are not there");
    assert_eq!(after.3, before.3 + 3600);
    let blank = format!("{all}A,2024-03-01 09:15,,,,,chay,,,,\n");
    assert_eq!(taken(&bench, &blank, &[])["unchanged"], 1, "blank cells");
    let area = "id,time,category,severity,area_code,edition\nA,2024-03-01 09:15,chay,5,20338,2020-02\n";
    assert_eq!(taken(&bench, area, &[])["unchanged"], 1, "an area does not take a point away");
    assert_eq!(taken(&bench, &blank, &["--clear-empty"])["updated"], 1);
    let emptied = kept(&bench);
    assert_eq!((emptied.0, emptied.1, emptied.2), (1, 0, IncidentLocation::Unknown));
    let point = format!("{HEADER}A,2024-03-01 09:15,108.25,15.15,chay,1\n");
    assert_eq!(taken(&bench, area, &[])["updated"], 1);
    assert_eq!(taken(&bench, point, &[])["updated"], 1);
    assert!(matches!(kept(&bench).2, IncidentLocation::Point(_)), "a point takes the place of an area");
}

#[test]
fn the_report_says_where_the_rows_lie_and_what_was_assumed() {
    let bench = with_areas();
    let rows = "A1,2024-03-01 08:15,108.15,15.15,,,trom_cap,3\nA2,2024-03-01 08:15,10.842,15.15,,,trom_cap,3\n\
                A3,2024-03-02,0,0,,,trom_cap,3\nA4,2024-03-03,,,,,giet_nguoi,\n\
                A5,2024-03-03,108.305,15.15,,,trom_cap,3\nA6,2024-03-03,,,20338,2020-02,chay,1\n";
    let text = format!("id,time,lon,lat,area_code,edition,category,severity\n{rows}");
    let report = taken(&bench, &text, &[]);
    assert_eq!(
        report["places"],
        json!({ "with_point": 3, "by_commune": 1, "by_wider_area": 0, "without": 2, "outside_areas": 2,
                "outside_within_1_km": 1, "outside_viet_nam": 1 })
    );
    assert_eq!((&report["severity_assumed"], &report["severity_from"]), (&json!(1), &json!("least")));
    assert_eq!(
        (&report["coverage"]["first_day"], &report["coverage"]["last_day"]),
        (&json!("2024-03-01"), &json!("2024-03-03"))
    );
    let out = bench.succeed(&["import", "incidents", &bench.file("in.csv", text)]);
    assert!(out.contains("places: 3 with a point, 1 by commune, 0 by wider area, 2 without\n"), "{out}");
    assert!(
        out.contains("outside every loaded area: 2, of them 1 within 1 km of one and 1 outside Viet Nam\n"),
        "{out}"
    );
    assert!(out.contains("severity assumed where the row says none: 1 (the least; a stored one stays)"), "{out}");
}

#[test]
fn damaged_ids_are_refused_and_guards_are_none() {
    let row = |id: &str, hour: u32| format!("{id},2024-03-01 {hour:02}:15,108.15,15.15,chay,1\n");
    let out = rejected(format!("{HEADER}{}{}", row("2.02403E+13", 8), row("2.02403E+13", 9)), &[]);
    assert_eq!(out.matches("the id is a number in scientific notation").count(), 2, "{out}");
    let bench = Bench::new();
    let rows = [row("\"=\"\"20240301001\"\"\"", 8), row("'20240301002", 9), row("20240301002", 9), row("7.0", 10)];
    let report = taken(&bench, format!("{HEADER}{}", rows.concat()), &[]);
    assert_eq!((&report["accepted"], &report["unchanged"]), (&json!(3), &json!(1)));
    let incidents = bench.holdings().incidents;
    let ids: Vec<&str> = incidents.rows().map(|row| incidents.id(row)).collect();
    assert_eq!(ids, ["20240301001", "20240301002", "7"]);
    let models = bench.file("m.csv", "id,kind,lon,lat,started_on\n../M,camera,108.1,15.1,2020-01-01\n");
    assert!(bench.reject(&["import", "models", &models]).contains("the id reads like a path"));
}

#[test]
fn names_in_a_lost_encoding_stop_the_file_and_the_option_reads_it() {
    let bench = with_areas();
    let rows = "unit_id,area_code,label\nK1,20335,Ph\u{AD}êng T©n ThÞnh\nK2,20335,Tam Phó\n";
    let file = bench.file("k.csv", rows);
    let args = ["import", "residential-areas", &file, "--edition", "2020-02"];
    let run = bench.run(&args);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("line 2, label"), "{}", run.err);
    assert!(run.err.contains("it would read \"Phường Tân Thịnh\"; give --encoding tcvn3"), "{}", run.err);
    bench.succeed(&[&args[..], &["--encoding", "tcvn3"]].concat());
    let labels: Vec<Option<String>> = bench.holdings().units.iter().map(|unit| unit.label.clone()).collect();
    assert_eq!(labels, [Some("Phường Tân Thịnh".to_owned()), Some("Tam Phú".to_owned())]);

    let names = TWO_SQUARES.replace("Phường Một", "Xaõ Ñaïi Loäc").replace("Phường Hai", "Xã Ðông Phú");
    let run = bench.run(&["import", "boundaries", &bench.file("b.geojson", &names), "--edition", "2021-01"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("give --encoding vni"), "{}{}", run.out, run.err);
    let names = names.replace("Xaõ Ñaïi Loäc", "Xã Đại Lộc");
    bench.succeed(&["import", "boundaries", &bench.file("b.geojson", &names), "--edition", "2021-01"]);
    assert!(bench.holdings().areas.iter().any(|area| area.name == "Xã Đông Phú"), "Ð became Đ");
}

#[test]
fn numbers_and_days_are_read_in_the_way_that_the_whole_file_shows() {
    let bench = Bench::new();
    let rows = "id;time;lon;lat;category;severity\r\nA1;01/03/2024 08:15;108,42;15,520;trom_cap;3\r\n\
                A2;13/03/2024;108,46;15,57;danh_bac;2\r\nA3;1/3/2024 8:15:00 SA;108,46;15,57;danh_bac;2\r\n";
    let report = taken(&bench, rows, &[]);
    assert_eq!(report["writing"], json!({ "decimal": "comma", "date_order": "dmy" }));
    let days = moments(&bench);
    assert_eq!((days[0], days[1], days[2]), (MARCH_1_0815, MARCH_1_0815 - 8 * 3600 - 900 + 12 * 86_400, MARCH_1_0815));
    let two_orders = format!("{HEADER}A,13/03/2024,108.1,15.1,chay,1\nB,03/13/2024,108.1,15.1,chay,1\n");
    assert!(refused(two_orders, &[]).contains("line 3, time \"03/13/2024\": line 2, time \"13/03/2024\""));
    let unsaid = format!("{HEADER}A,01/03/2024,108.1,15.1,chay,1\n");
    assert!(rejected(&unsaid, &[]).contains("give --date-order dmy or --date-order mdy"));
    let bench = Bench::new();
    taken(&bench, unsaid, &["--date-order", "dmy"]);
    assert_eq!(moments(&bench), [MARCH_1_0815 - 8 * 3600 - 900]);
}

#[test]
fn thousands_and_decimals_in_one_column_are_refused() {
    let bench = with_areas();
    let import = |rows: &str, options: &[&str]| {
        let file = bench.file("e.csv", format!("ma_xa;year;measure;value\n{rows}"));
        bench.run(&[&["import", "exposures", &file, "--edition", "2020-02"], options].concat())
    };
    let both = "20335;2024;visitors;12.500\n20338;2024;visitors;12,5\n";
    let run = import(both, &[]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(
        run.err.contains("line 3, value \"12,5\": line 2, value \"12.500\" is written in another way"),
        "{}",
        run.err
    );
    let alone = import("20335;2024;visitors;12.500\n", &[]);
    assert_eq!(alone.code, Some(1));
    assert!(alone.out.contains("this may be 12500 or 12.500: say which with --decimal comma"), "{}", alone.out);
    assert_eq!(import(both, &["--decimal", "comma"]).code, Some(0));
    let values: Vec<f64> = bench.holdings().exposures.iter().map(|figure| figure.quantity.value()).collect();
    assert_eq!(values, [12_500.0, 12.5]);
}

#[test]
fn times_and_places_are_read_as_people_write_them() {
    let bench = Bench::new();
    let times = [
        "2024-03-01 01:15:00 UTC",
        "2024-03-01 08:15:00 +0700",
        "2024-03-01 8:15",
        "2024/03/01 08:15:00",
        "2024-03-01 08h15",
    ];
    let rows: Vec<String> =
        times.iter().enumerate().map(|(id, time)| format!("{id},{time},108.15,15.15,chay,1\n")).collect();
    taken(&bench, format!("{HEADER}{}", rows.concat()), &[]);
    assert_eq!(moments(&bench), [MARCH_1_0815; 5]);
    let bench = Bench::new();
    taken(
        &bench,
        format!("{HEADER}A,1709255700,\"108°25'12\"\"E\",\"15°31'12''B\",chay,1\n"),
        &["--time-format", "epoch"],
    );
    assert_eq!(moments(&bench), [MARCH_1_0815]);
    let at = bench.holdings().incidents.position(IncidentRow::new(0)).unwrap();
    assert_eq!(at.e7(), (1_084_200_000, 155_200_000));
}

#[test]
fn sheets_are_read_as_they_are_laid_out() {
    let wanted = |content: &[u8], options: &[&str]| {
        let bench = Bench::new();
        let report = taken(&bench, content, options);
        assert_eq!(report["accepted"], 2, "{}", String::from_utf8_lossy(content));
    };
    let rows = "id;time;lon;lat;category;severity\nA;2024-03-01;108.1;15.1;Trộm cắp tài sản;Nghiêm trọng\nB;2024-03-01;108.1;15.1;Theft;2\n";
    wanted(rows.as_bytes(), &[]);
    wanted(format!("sep=;\r\n{}", rows.replace('\n', "\r\n")).as_bytes(), &[]);
    wanted(rows.replace('\n', "\r").as_bytes(), &[]);
    wanted(format!("Báo cáo, tháng 3;;\n\n{rows}").as_bytes(), &[]);
    wanted(format!("id;time\n\n{rows}").as_bytes(), &["--header-row", "3"]);
    wanted(rows.replace('\n', ";;;\n").as_bytes(), &[]);
    wanted(
        rows.replacen("severity", "severity;a, b, c, d, e, f", 1)
            .replace("ng\n", "ng;\n")
            .replace("2\n", "2;\n")
            .as_bytes(),
        &["--ignore-column", "a, b, c, d, e, f"],
    );
    let utf16: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refused(&utf16, &[]).contains("the file is UTF-16; give --encoding utf-16le"));
    wanted(&utf16, &["--encoding", "utf-16le"]);
    let stray = rejected(rows.replacen("ng\n", "ng;x\n", 1), &[]);
    assert!(stray.contains("\"x\" stands in column 7, which has no heading"), "{stray}");
    let inner = rejected("id;;time;lon;lat;category;severity\nA;x;2024-03-01;108.1;15.1;chay;1\n", &[]);
    assert!(inner.contains("the value stands in \"column 2\", which has no heading"), "{inner}");
}

#[test]
fn a_hidden_sheet_is_passed_over_and_messages_name_the_sheet() {
    let bench = Bench::new();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("list").unwrap().set_very_hidden(true).write(0, 0, "number").unwrap();
    let sheet = book.add_worksheet().set_name("Vụ việc").unwrap();
    sheet.set_active(true);
    for (column, text) in ["id", "time", "lon", "lat", "category", "severity"].into_iter().enumerate() {
        sheet.write(0, column as u16, text).unwrap();
    }
    for (column, text) in ["A", "2024-03-01", "108.1", "15.1", "chay", "1"].into_iter().enumerate() {
        sheet.write(1, column as u16, text).unwrap();
    }
    let path = bench.path("a.xlsx");
    book.save(&path).unwrap();
    let path = path.to_str().unwrap();
    assert!(bench.succeed(&["import", "incidents", path]).contains("accepted 1"));
    let run = bench.run(&["import", "incidents", path, "--sheet", "list"]);
    assert!(run.err.contains("sheet \"list\" (of \"list\", \"Vụ việc\"; --sheet names another): "), "{}", run.err);
}

/// A workbook of one sheet with this XML, and these shared texts.
fn crafted(sheet: &str, shared: Option<&str>) -> Vec<u8> {
    let parts = [
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts.into_iter().chain(shared.map(|shared| ("xl/sharedStrings.xml", shared))) {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_formula_without_its_value_is_no_empty_cell() {
    let cell = |column: char, row: u32, text: &str| {
        format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let header: String = "ABCDEF"
        .chars()
        .zip(["id", "time", "lon", "lat", "category", "severity"])
        .map(|(c, name)| cell(c, 1, name))
        .collect();
    let row = |row: u32, severity: &str| {
        let texts = [("A", format!("A{row}")), ("B", "2024-03-01".to_owned()), ("E", "giet_nguoi".to_owned())];
        let cells: Vec<String> = texts.iter().map(|(c, text)| cell(c.chars().next().unwrap(), row, text)).collect();
        format!(
            r#"<row r="{row}">{}{}<c r="C{row}"><v>108.1</v></c><c r="D{row}"><v>15.1</v></c>{}{severity}</row>"#,
            cells[0], cells[1], cells[2]
        )
    };
    let rows = [
        row(2, r#"<c r="F2"><f>2+3</f></c>"#),
        row(3, r#"<c r="F3"><f>2+3</f><v></v></c>"#),
        row(4, r#"<c r="F4"><f t="array" ref="F4">2+3</f></c>"#),
        row(5, r#"<c r="F5"><f>2+3</f><v>5</v></c>"#),
        row(6, r#"<c r="F6" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#),
        row(7, r#"<c r="F7"><v>20240301081500123</v></c>"#),
    ];
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{header}</row>{}</sheetData></worksheet>"#,
        rows.concat()
    );
    let out = rejected(crafted(&sheet, None), &[]);
    assert!(out.starts_with("incidents: read 6, accepted 1,"), "{out}");
    assert_eq!(out.matches("the formula has no saved value").count(), 3, "{out}");
    assert!(out.contains("the cell holds the error #DIV/0!"), "{out}");
    assert!(out.contains("a number of more than 15 digits"), "{out}");
}

#[test]
fn a_small_file_cannot_ask_for_much_memory() {
    let claim =
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999"></sst>"#;
    let sheet =
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#;
    assert!(refused(crafted(sheet, Some(claim)), &[]).contains("claims 99999999999 texts"));
    let huge = format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(4_000_000));
    assert!(refused(crafted(sheet, Some(&huge)), &[]).contains("unpacks to more than 64 MB"));
    assert!(refused(crafted(sheet, None), &[]).contains("the sheet \"S\" is empty"));
}

#[test]
fn an_open_quotation_mark_is_named_by_its_line_and_column() {
    let rows = format!(
        "{HEADER}A,2024-03-01,108.1,15.1,chay,1\nB,2024-03-01,\"108.1,15.1,chay,1\nC,2024-03-01,108.1,15.1,chay,1\n"
    );
    let out = rejected(rows, &[]);
    assert!(out.contains("rows of in.csv that were rejected:\n  line 3, "), "{out}");
    assert!(out.contains("a quotation mark opens in column \"lon\" of this row and is not closed"), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told_by_the_exit_code() {
    let bench = Bench::new();
    let file = bench.file("in.csv", format!("{HEADER}A,2024-03-01,108.1,15.1,chay,1\n"));
    let full = || std::process::Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    for args in [&["import", "incidents", file.as_str()][..], &["--help"], &["--version"], &["openapi"]] {
        let status = crate::support::imports::command(&bench.data()).args(args).stdout(full()).status().unwrap();
        assert_eq!(status.code(), Some(2), "{args:?}");
    }
}
