//! Files that are wrong in the ways files are wrong, and what the program says to them.

use crate::support::imports::{Bench, TWO_SQUARES};

const HEADER: &str = "id,time,lon,lat,category\n";
/// What files without a column of severities need.
const SEVERITY: [&str; 2] = ["--severity-from", "category"];

/// The message with which an import of incidents is refused; nothing may have been written.
fn refusal(content: impl AsRef<[u8]>) -> String {
    let bench = Bench::new();
    let file = bench.file("in.csv", content);
    let run = bench.run(&["import", "incidents", &file]);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    assert!(!bench.data().exists() || bench.holdings().incidents.is_empty());
    run.err.replace(&file, "in.csv").trim_end().to_owned()
}

/// The reason for which the last row is rejected.
fn rejection(rows: &str) -> String {
    let bench = Bench::new();
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    let out = bench.reject(&[&["import", "incidents", &bench.file("in.csv", rows)], &SEVERITY[..]].concat());
    let told = out.lines().find(|line| line.starts_with("  line ")).unwrap_or(&out);
    told.trim().to_owned()
}

fn boundaries_refusal(content: &str) -> String {
    let bench = Bench::new();
    let file = bench.file("in.geojson", content);
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2020-02"]);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    format!("{}{}", run.out, run.err).replace(&file, "in.geojson").trim_end().to_owned()
}

#[test]
fn an_empty_file() {
    assert_eq!(refusal(""), "error: in.csv: the file is empty");
    assert_eq!(boundaries_refusal(" \n"), "error: in.geojson: the file is empty");
}

#[test]
fn a_file_that_is_not_there() {
    let run = Bench::new().run(&["import", "incidents", "/nowhere/in.csv"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(2), "error: /nowhere/in.csv: No such file or directory (os error 2)\n")
    );
}

#[test]
fn a_file_of_another_format() {
    assert_eq!(
        refusal(b"PK\x03\x04rest"),
        "error: in.csv: the file cannot be read: the ZIP file cannot be read: invalid Zip archive: Could not find EOCD"
    );
    assert_eq!(
        refusal(b"%PDF-1.7"),
        "error: in.csv: this is a PDF file; GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON, Parquet, CSV and \
         XLSX can be imported"
    );
}

#[test]
fn a_column_is_missing() {
    assert_eq!(
        refusal("id,lon,lat,category\n1,108.1,15.1,chay\n"),
        "error: in.csv: column \"time\" missing: the file has id, lon, lat, category; give --map FIELD=COLUMN"
    );
}

#[test]
fn a_column_is_unknown() {
    assert_eq!(
        refusal("id,time,lon,lat,category,x\n"),
        "error: in.csv: unknown column \"x\": give --map FIELD=COLUMN to use one or --ignore-column COLUMN to leave it \
         out; fields are id, time, lon, lat, area_code, edition, category, severity, status, channel, precision"
    );
}

#[test]
fn a_column_describes_persons() {
    assert_eq!(
        refusal("id,time,lon,lat,category,Họ tên\n"),
        "error: in.csv: column \"Họ tên\" may describe persons, and this map keeps no personal data: take it out of \
         the file, or leave it out here with --ignore-column"
    );
}

#[test]
fn a_row_is_secret() {
    assert_eq!(
        refusal("id,time,category,classification\n1,2024-01-01,chay,thường\n2,2024-01-01,chay,mật\n"),
        "error: in.csv, line 3: classification \"mật\" is not \"thường\"; secret records may not be imported, and \
         nothing of the file was imported"
    );
    let bench = Bench::new();
    let file = bench.file("in.csv", "id,time,category,classification\n1,2024-01-01,chay,Thường\n");
    let args = [&["import", "incidents", &file], &SEVERITY[..]].concat();
    assert!(bench.succeed(&args).contains("accepted 1"));
}

#[test]
fn bytes_of_windows_1258() {
    assert_eq!(
        refusal(b"id,time,category\n1,2024-01-01,ch\x80y\n"),
        "error: in.csv: line 2, byte 16: 0x80 is not UTF-8; it does not look like Windows-1258 either: save the file \
         as UTF-8"
    );
    assert_eq!(
        refusal(b"id,time,category\n2,2024-01-01,Ph\xFD\xF5\xCCng\n"),
        "error: in.csv: line 2, byte 16: 0xFD is not UTF-8; it reads well as Windows-1258 \
         (\"2,2024-01-01,Phường\"): give --encoding windows-1258, or convert the file with iconv -f WINDOWS-1258 -t \
         UTF-8"
    );
    let bench = Bench::new();
    let file = bench.file("in.csv", b"id,time,category,ghi ch\xFA\n2,2024-01-01,chay,x\n");
    let args = ["import", "incidents", &file, "--encoding", "windows-1258", "--ignore-column", "ghi chú"];
    assert!(bench.succeed(&[&args[..], &SEVERITY].concat()).contains("accepted 1"));
}

#[test]
fn a_line_of_more_than_ten_megabytes() {
    let long = format!("{HEADER}1,2024-01-01,108.1,15.1,{}\n", "x".repeat(10 * 1024 * 1024));
    assert_eq!(refusal(long), "error: in.csv, line 2: the record is longer than 10 MB; is a quotation mark left open?");
}

#[test]
fn a_byte_order_mark_and_crlf_are_no_fault() {
    let bench = Bench::new();
    let file = bench.file("in.csv", format!("\u{feff}{HEADER}1,2024-01-01,108.1,15.1,chay\n").replace('\n', "\r\n"));
    let args = [&["import", "incidents", &file], &SEVERITY[..]].concat();
    assert!(bench.succeed(&args).contains("read 1, accepted 1"));
}

#[test]
fn coordinates_in_metres() {
    let told = refusal(format!("{HEADER}1,2024-01-01,556123.5,1723456.1,chay\n"));
    assert!(
        told.starts_with(
            "error: in.csv, line 2: coordinates such as 556123.5, 1723456.1 are metres, not degrees, and nothing says \
             of which reference system: as EPSG:5899 (VN-2000 / TM-3 107-45) they would lie in Quảng Nam, so give \
             --crs EPSG:5899 if that is what they are; these can be given with --crs:\n  EPSG:4326  WGS 84"
        ),
        "{told}"
    );
    let squares = TWO_SQUARES.replace("[108.", "[556108.").replace(",15.", ",1723015.");
    assert!(boundaries_refusal(&squares).contains("line 2: coordinates such as 556108.1, 1723015.1 are metres"));
    let told =
        TWO_SQUARES.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2263"}},"#, 1);
    assert!(
        boundaries_refusal(&told)
            .starts_with("error: in.geojson: the reference system that the file declares is not known")
    );
}

#[test]
fn latitude_before_longitude() {
    assert_eq!(
        rejection(&format!("{HEADER}1,2024-01-01,15.1,108.1,chay\n")),
        "line 2, lon \"15.1, 108.1\": longitude and latitude are exchanged: only 108.1, 15.1 lies in Viet Nam"
    );
    let mut squares = TWO_SQUARES.to_owned();
    for (lon, lat) in [
        ("108.1", "15.1"),
        ("108.2", "15.1"),
        ("108.3", "15.1"),
        ("108.1", "15.2"),
        ("108.2", "15.2"),
        ("108.3", "15.2"),
    ] {
        squares = squares.replace(&format!("[{lon},{lat}]"), &format!("[{lat},{lon}]"));
    }
    assert_eq!(
        boundaries_refusal(&squares),
        "error: in.geojson, line 2: 15.1, 108.1 lies in Viet Nam only with latitude and longitude exchanged; GeoJSON \
         wants longitude first: exchange them in the file"
    );
}

#[test]
fn a_category_that_is_not_in_the_taxonomy() {
    let told = rejection(&format!("{HEADER}1,2024-01-01,108.1,15.1,bay\n"));
    assert!(told.starts_with("line 2, category \"bay\": the category is unknown; known are trom_cap, "), "{told}");
}

#[test]
fn a_time_in_the_future_or_no_time_at_all() {
    let told = rejection(&format!("{HEADER}1,2199-01-01T00:00:00Z,108.1,15.1,chay\n"));
    assert!(
        told.starts_with("line 2, time \"2199-01-01T00:00:00Z\": the time lies in the future (now it is 20"),
        "{told}"
    );
    assert_eq!(
        rejection(&format!("{HEADER}1,tomorrow,108.1,15.1,chay\n")),
        "line 2, time \"tomorrow\": this is not a time; write 2024-12-31T08:15:00+07:00, or 2024-12-31 08:15:00 in \
         the zone of --time-zone"
    );
    assert_eq!(
        rejection(&format!("{HEADER}1,01/12/2024,108.1,15.1,chay\n")),
        "line 2, time \"01/12/2024\": this is not a time as long as day and month can be taken for each other: give \
         --date-order dmy or --date-order mdy; or write 2024-12-31T08:15:00+07:00, or 2024-12-31 08:15:00 in the zone of \
         --time-zone"
    );
}

#[test]
fn a_coordinate_that_is_no_number() {
    assert_eq!(
        rejection(&format!("{HEADER}1,2024-01-01,NaN,15.1,chay\n")),
        "line 2, lon \"NaN\": this is not a finite number"
    );
    let squares = TWO_SQUARES.replacen("15.1", "NaN", 1);
    let told = boundaries_refusal(&squares);
    assert!(told.contains("error: line 2: feature 1: \"coordinates\": NaN is no JSON; write null"), "{told}");
}

#[test]
fn an_id_twice_with_different_content() {
    let rows = "A1,2024-01-01,108.1,15.1,chay\nA2,2024-01-01,108.1,15.1,chay\nA1,2024-01-02,108.1,15.1,chay\n";
    assert_eq!(
        rejection(&format!("{HEADER}{rows}")),
        "line 4, id \"A1\": line 2 already gave this id with other content"
    );
    let bench = Bench::new();
    let file = bench.file("in.csv", format!("{HEADER}{}", rows.replace("01-02", "01-01")));
    let out = bench.succeed(&[&["import", "incidents", &file], &SEVERITY[..]].concat());
    assert!(out.contains("read 3, accepted 2, updated 0, unchanged 1, rejected 0"), "{out}");
    let twice = TWO_SQUARES.replace("20338", "20335");
    let told = boundaries_refusal(&twice);
    assert!(
        told.contains("error: code 20335 is given on line 2 and again on line 3: 20335 Phường Một; 20335 Phường Hai"),
        "{told}"
    );
}

#[test]
fn a_code_of_another_edition() {
    let header = "id,time,category,area_code,edition\n";
    // Edition 2020-02 is loaded with two communes; 2025-01 and 2025-07 are known from the official register.
    assert_eq!(
        rejection(&format!("{header}1,2024-01-01,chay,20434,2020-02\n")),
        "line 2, area_code \"20434\": edition 2020-02 has no area with code 20434; the code belongs to 2025-01 (Xã Tân \
         Hiệp), 2025-07 (Xã Tân Hiệp)"
    );
    assert_eq!(
        rejection(&format!("{header}1,2024-01-01,chay,20338,2031-01\n")),
        "line 2, area_code \"20338\": edition 2031-01 is not loaded (loaded: 2020-02, 2025-01, 2025-07); import its \
         boundaries first"
    );
    assert_eq!(
        rejection("id,time,category,area_code\n1,2024-01-01,chay,20338\n"),
        "line 2, area_code \"20338\": a code means nothing without its edition: add the column edition or give --edition"
    );
}

#[test]
fn geojson_that_is_cut_off() {
    let told = boundaries_refusal(&TWO_SQUARES[..300]);
    assert_eq!(told, "error: in.geojson: the file is cut off at byte 300 (line 3), in or after feature 2");
    let told = refusal(&TWO_SQUARES[..100]);
    assert_eq!(told, "error: in.csv: the file is cut off at byte 100 (line 2), in or after feature 1");
}

#[test]
fn the_rejects_never_overwrite_what_is_imported() {
    let bench = Bench::new();
    let rows = format!("{HEADER}A,2024-01-01,108.1,15.1,chay\n");
    let file = bench.file("in.csv", &rows);
    let other_way = bench.path("./in.csv").display().to_string();
    let args = [&["import", "incidents", &file, "--rejects", &other_way], &SEVERITY[..]].concat();
    let run = bench.run(&args);
    assert_eq!(run.code, Some(2));
    assert!(run.err.ends_with("--rejects would overwrite the file that is imported\n"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), rows);
    assert!(bench.holdings().incidents.is_empty());
}

#[cfg(unix)]
#[test]
fn rows_from_a_pipe() {
    let bench = Bench::new();
    let mut command = crate::support::imports::command(&bench.data());
    let mut child = command
        .args(["import", "incidents", "/dev/stdin"])
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: /dev/stdin: this is a pipe, and rows are read twice: save them to a file first\n"
    );
}

#[test]
fn boundaries_without_a_known_attribute() {
    assert_eq!(
        boundaries_refusal(
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"x":1},"geometry":null}]}"#
        ),
        "error: in.geojson: no attribute of a usual name gives the code and the name; the file has x; give --code \
         ATTRIBUTE --name ATTRIBUTE"
    );
}

#[test]
fn boundaries_without_a_feature() {
    let told = boundaries_refusal(r#"{"type":"FeatureCollection","features":[]}"#);
    assert!(told.contains("0 areas, 0.000 km²"), "{told}");
    assert!(told.contains("error: no feature is left to import"), "{told}");
}

#[test]
fn formats_that_people_bring_are_named() {
    let named = |bytes: &[u8]| refusal(bytes).split("; ").next().unwrap().to_owned();
    assert_eq!(named(b"\xEF\xBB\xBF<?xml version=\"1.0\"?><html/>"), "error: in.csv: this is an XML or HTML file");
    assert_eq!(
        named(b"\xEF\xBB\xBF<?xml version=\"1.0\"?><kml/>"),
        "error: in.csv: the file cannot be read: it has no placemark"
    );
    assert_eq!(named(b"\xD0\xCF\x11\xE0rest"), "error: in.csv: this is an old Excel file (.xls)");
    let encrypted = [&b"\xD0\xCF\x11\xE0"[..], b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"].concat();
    assert_eq!(named(&encrypted), "error: in.csv: this is protected by a password");
}

#[test]
fn days_and_years_that_are_none() {
    let bench = Bench::new();
    let models = bench.file("m.csv", "id,kind,lon,lat,started_on\nM,camera,108.1,15.1,31.12\n");
    let told = bench.reject(&["import", "models", &models]);
    assert!(told.contains("line 2, started_on \"31.12\": this is not a day; write 2024-12-31\n"), "{told}");
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    let file = bench.file("p.csv", "area_code,year,population\n20335,x,5\n20338,1800,5\n");
    let told = bench.reject(&["import", "population", &file, "--edition", "2020-02"]);
    assert_eq!(told.matches("this is not a year between 1900 and 2100").count(), 2, "{told}");
}
