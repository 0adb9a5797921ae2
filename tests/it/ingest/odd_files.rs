//! Odd files: one table a kind, each line a value that people, spreadsheets or programs write, and what becomes of it.
//!
//! Nothing here may be taken in silence as something else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;

use crate::support::imports::Bench;

/// What becomes of a row: taken, or rejected with a reason that has these words.
type Fate = Result<(), &'static str>;

const TAKEN: Fate = Ok(());
const COLUMNS: [&str; 6] = ["id", "time", "lon", "lat", "category", "severity"];

/// The reasons of the rows that were rejected, by line, of a file that is not refused.
fn reasons(content: impl AsRef<[u8]>, kind: &str, options: &[&str]) -> BTreeMap<u64, String> {
    let bench = Bench::new();
    let (file, rejects) = (bench.file("in.csv", content), bench.path("rejects.csv"));
    let args = ["import", kind, &file, "--dry-run", "--rejects", rejects.to_str().unwrap()];
    let run = bench.run(&[&args[..], options].concat());
    assert_ne!(run.code, Some(2), "{}", run.err);
    let mut reader = csv::Reader::from_path(rejects).unwrap();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| (row[0].parse().unwrap(), format!("{} {}: {}", &row[1], &row[2], &row[3]))).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// One file with a row for each value of a column, all else being in order.
fn file_of<'a>(column: &str, values: impl Iterator<Item = &'a str>) -> String {
    let rows = values.enumerate().map(|(row, value)| {
        let id = format!("A{row}");
        let sound = [id.as_str(), "2024-03-01 08:15", "108.15", "15.15", "chay", "3"];
        let cells = COLUMNS.iter().zip(sound).map(|(name, sound)| quoted(if *name == column { value } else { sound }));
        cells.collect::<Vec<_>>().join(",") + "\n"
    });
    format!("{}\n{}", COLUMNS.join(","), rows.collect::<String>())
}

fn assert_fates(column: &str, cases: &[(&str, Fate)], options: &[&str]) {
    let file = file_of(column, cases.iter().map(|(value, _)| *value));
    assert_fates_of(file, "incidents", cases, options);
}

/// The first case stands on line 2 of the file.
fn assert_fates_of(file: impl AsRef<[u8]>, kind: &str, cases: &[(&str, Fate)], options: &[&str]) {
    let reasons = reasons(file, kind, options);
    for ((value, fate), line) in cases.iter().zip(2_u64..) {
        match (fate, reasons.get(&line)) {
            (Ok(()), None) => {}
            (Err(words), Some(reason)) => assert!(reason.contains(words), "{value:?}: {reason}"),
            (_, found) => panic!("{value:?}: {found:?}"),
        }
    }
}

/// What is said of a file that is refused whole.
fn refusal(name: &str, content: impl AsRef<[u8]>, options: &[&str]) -> String {
    let bench = Bench::new();
    let file = bench.file(name, content);
    let run = bench.run(&[&["import", "incidents", &file, "--dry-run"], options].concat());
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    run.err.replace(&file, name)
}

#[test]
fn times_that_cannot_be_are_no_times() {
    let unread = Err("this is not a time");
    let cases = [
        ("2024-02-29", TAKEN),
        ("2024-03-01 24:00", TAKEN),
        ("2024-03-01T08:15:00.000Z", TAKEN),
        ("2024-02-30", unread),
        ("2023-02-29", unread),
        ("31/4/2024", unread),
        ("29/02/2023", unread),
        ("2024-03-01 25:61", unread),
        ("2024-03-01 24:01", unread),
        ("2024-03-01 08:60", unread),
        ("24-03-01", unread),
        ("01/03/24", unread),
        ("2024-03", unread),
        ("45352.34375", Err("a count is read with --time-format epoch, epoch-ms or excel")),
        ("1709255700", Err("a count is read with")),
        ("3024-01-01", Err("the time lies in the future")),
        ("1899-12-31", Err("the time lies before 1900")),
        ("1900-01-01", Err("1900-01-01 is what programs write where they know no day")),
        ("1970-01-01 07:00", Err("1970-01-01 is what programs write where they know no day")),
        ("NULL", unread),
        ("2024-03-01 00:15 CH", unread),
        ("", Err("the value is missing")),
    ];
    assert_fates("time", &cases, &["--date-order", "dmy"]);
    let counted = [("0", Err("the count lies before 1980")), ("1709255700", TAKEN), ("1709255700000", Err("future"))];
    assert_fates("time", &counted, &["--time-format", "epoch"]);
    assert_fates("time", &[("1709255700", Err("the count lies before 1980"))], &["--time-format", "epoch-ms"]);
}

#[test]
fn severities_are_words_of_the_list() {
    let unknown = Err("the severity is unknown");
    let cases = [
        ("1", TAKEN),
        ("3.0", TAKEN),
        ("nghiêm trọng", TAKEN),
        ("NGHIÊM TRỌNG", TAKEN),
        ("-1", unknown),
        ("0", unknown),
        ("6", unknown),
        ("3,0", unknown),
        ("3.5", unknown),
        ("3%", unknown),
        ("cao", unknown),
        ("III", unknown),
        ("NULL", unknown),
        ("#N/A", unknown),
        ("99999999999", unknown),
    ];
    assert_fates("severity", &cases, &[]);
}

#[test]
fn ids_are_kept_whole_or_refused() {
    let none = Err("is what programs write where there is no id");
    let damaged = Err("a number in scientific notation");
    let cases = [
        ("00017", TAKEN),
        ("17.0", TAKEN),
        ("20240301081500123451", TAKEN),
        ("A\u{200B}18", TAKEN),
        ("'19", TAKEN),
        ("NULL", none),
        ("#N/A", none),
        ("NaN", none),
        ("-", none),
        ("1e5", damaged),
        ("2.02403E+13", damaged),
        ("=A1", Err("a formula stands in place of the id")),
        ("a\0b", Err("the invisible character U+0000")),
        ("\u{202E}abc", Err("the invisible character U+202E")),
        ("a\u{FFFD}", Err("U+FFFD")),
        ("", Err("the value is missing")),
        ("a\nb", Err("the invisible character U+000A")),
    ];
    assert_fates("id", &cases, &[]);
}

/// One rule for every format: a text is an id as it is; a number has fifteen digits at most and no exponent.
#[test]
fn numbers_of_json_are_ids_as_far_as_they_are_exact() {
    let (digits, damaged) = (Err("a number of more than 15 digits"), Err("a number in scientific notation"));
    let cases = [
        ("1.0", TAKEN),
        ("17", TAKEN),
        ("999999999999999", TAKEN),
        (r#""20240301081500123451""#, TAKEN),
        ("1000000000000000", digits),
        ("9007199254740993", digits),
        ("20240301081500123451", digits),
        ("20240301081500123451.0", digits),
        ("1e20", digits),
        ("2.0240301081500123e+19", digits),
        ("1e5", damaged),
        ("1E+3", damaged),
        (r#""1e5""#, damaged),
    ];
    let feature = |member: &str, id: &str| {
        let (own, property) = if member == "own" {
            (format!(r#""id":{id},"#), String::new())
        } else {
            (String::new(), format!(r#""id":{id},"#))
        };
        format!(
            r#"{{"type":"Feature",{own}"properties":{{{property}"time":"2024-03-01","category":"chay","severity":1}},"geometry":null}}"#
        )
    };
    for member in ["own", "property"] {
        let features: Vec<String> = cases.iter().map(|(id, _)| feature(member, id)).collect();
        let file = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"));
        assert_fates_of(file, "incidents", &cases, &[]);
    }
}

#[test]
fn places_are_degrees_in_viet_nam_or_are_told() {
    let unread = Err("this is not a number");
    let cases = [
        ("108.15", TAKEN),
        ("108°09'", TAKEN),
        ("E108.15", TAKEN),
        ("108.15 ", TAKEN),
        ("1.0815E+02", TAKEN),
        ("", Err("there is a latitude but no longitude")),
        ("NULL", unread),
        ("N/A", unread),
        ("#N/A", unread),
        ("-", unread),
        ("108.15%", unread),
        ("108.15.0", unread),
        ("108·15", unread),
        ("inf", Err("not a finite number")),
        ("nan", Err("not a finite number")),
        ("999", Err("999")),
        ("554321.5", Err("554321.5")),
        ("1081500000", Err("1081500000")),
        ("N108.15", Err("is the direction of a latitude")),
    ];
    assert_fates("lon", &cases, &[]);
    let header = "id,time,lon,lat,category,severity\n";
    let row = |lon: &str, lat: &str| format!("A,2024-03-01,{},{},chay,1\n", quoted(lon), quoted(lat));
    let swapped = reasons(format!("{header}{}", row("15.15", "108.15")), "incidents", &[]);
    assert!(swapped[&2].contains("longitude and latitude are exchanged"), "{swapped:?}");
    for metres in [row("554321.5", "1678901.2"), row("554321,5", "1678901,2"), row("1081500000", "151500000")] {
        assert!(refusal("in.csv", format!("{header}{metres}"), &[]).contains("are metres, not degrees"));
    }
    let mixed = refusal("in.csv", format!("{header}{}{}", row("108.15", "15.15"), row("108,15", "15,15")), &[]);
    assert!(mixed.contains("is written in another way, and a file is read in one"), "{mixed}");
}

#[test]
fn rejected_values_are_guarded_and_their_guard_is_no_part_of_a_value() {
    let bench = Bench::new();
    let odd = ["=HYPERLINK(1)", "-999", "+x", "@x", "＝1", "108.15"];
    let (file, rejects) = (bench.file("in.csv", file_of("lon", odd.into_iter())), bench.path("rejects.csv"));
    bench.reject(&["import", "incidents", &file, "--dry-run", "--rejects", rejects.to_str().unwrap()]);
    let mut reader = csv::Reader::from_path(&rejects).unwrap();
    let values: Vec<String> = reader.records().map(|row| row.unwrap()[2].to_owned()).collect();
    assert_eq!(values, ["'=HYPERLINK(1)", "'-999, 15.15", "'+x", "'@x", "'＝1"]);
    assert_fates("lon", &[("'-108.15", TAKEN), ("'108.15", TAKEN), ("'=1", Err("this is not a number"))], &[]);
}
