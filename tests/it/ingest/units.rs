//! Registers, decisions, declarations and grades through the real program, from CSV and from spreadsheets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::incident::IncidentRow;
use binhyen::domain::standard::certification::{Declared, UnitKind};
use binhyen::domain::standard::movement::MovementGrade;
use binhyen::domain::standard::unit::InstitutionForm;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::imports::{Bench, TWO_SQUARES};

fn with_areas() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench
}

#[test]
fn every_kind_of_row_arrives_as_it_is_and_a_second_time_changes_nothing() {
    let bench = with_areas();
    let files = [
        ("residential-areas", "unit_id,area_code,label,established_on,dissolved_on\nKDC-1,20335,Thôn 1,2020-01-01,\n"),
        ("institutions", "unit_id,unit_kind,form,area_code\nDN-1,business,small,20335\nCQ-1,agency,,20338\n"),
        (
            "decisions",
            "unit_id,unit_kind,area_code,window,recognised,so_quyet_dinh,decided_on,body\n\
             20335,commune,20335,ANTT-2024-xa,đạt,12/QĐ-UBND,2024-11-20,UBND huyện\n",
        ),
        (
            "declarations",
            "unit_id,unit_kind,area_code,window,criterion,met\n20335,commune,20335,ANTT-2024-xa,5.1.a,có\n",
        ),
        ("movement-grades", "area_code,window,grade\n20335,ANTT-2024-xa,Xuất sắc\n20338,ANTT-2024-xa,weak\n"),
    ];
    for (kind, text) in files {
        let file = bench.file(&format!("{kind}.csv"), text);
        let rows = text.lines().count() - 1;
        let args = ["import", kind, &file, "--edition", "2020-02"];
        let told = bench.succeed(&args);
        assert!(told.starts_with(&format!("{kind}: read {rows}, accepted {rows}, updated 0, unchanged 0")), "{told}");
        let again = bench.succeed(&args);
        assert!(again.starts_with(&format!("{kind}: read {rows}, accepted 0, updated 0, unchanged {rows}")), "{again}");
    }
    let holdings = bench.holdings();
    let ids: Vec<&str> = holdings.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids, ["CQ-1", "DN-1", "KDC-1"]);
    assert_eq!((holdings.units[1].kind, holdings.units[1].form), (UnitKind::Business, Some(InstitutionForm::Small)));
    assert_eq!(holdings.units[2].label.as_deref(), Some("Thôn 1"));
    let decision = &holdings.decisions[0];
    assert_eq!((decision.recognised, decision.number.as_str()), (Declared::Yes, "12/QĐ-UBND"));
    assert_eq!(holdings.declarations[0].criterion.as_str(), "5.1.a");
    assert_eq!(holdings.movement_grades[0].grade, MovementGrade::Excellent);
}

#[test]
fn bad_rows_are_rejected_with_the_field_and_the_reason() {
    let bench = with_areas();
    let rejected = |kind: &str, text: &str, wanted: &[&str]| {
        let file = bench.file("bad.csv", text);
        let told = bench.reject(&["import", kind, &file, "--edition", "2020-02", "--dry-run"]);
        assert!(told.contains(&format!("rejected {}", wanted.len())), "{told}");
        for reason in wanted {
            assert!(told.contains(reason), "{reason} is not in {told}");
        }
    };
    rejected(
        "residential-areas",
        "unit_id,area_code,established_on,dissolved_on\nK,99999,,\nK2,20335,2024-01-01,2023-01-01\n",
        &["line 2, area_code \"99999\": ", "the unit ends before it begins on 2024-01-01"],
    );
    rejected(
        "institutions",
        "unit_id,unit_kind,form,area_code\nA,commune,,20335\nB,agency,small,20335\nC,school,huge,20335\n",
        &[
            "an institution is an agency, a business or a school",
            "a unit of kind agency has no such form",
            "form \"huge\" is none of micro, small",
        ],
    );
    rejected(
        "decisions",
        "unit_id,unit_kind,area_code,window,recognised,number,decided_on,body\n\
         X,commune,20335,TK-2024,yes,1,2024-11-20,UBND\nX,commune,20335,ANTT-2024-xa,yes,,2024-11-20,UBND\n",
        &["the window is not one of certification", "line 3, number \"\": the value is missing"],
    );
    rejected(
        "declarations",
        "unit_id,unit_kind,area_code,window,criterion,met\nX,commune,20335,ANTT-2024-xa,5.4,yes\n\
         X,commune,20335,ANTT-2024-xa,9.9,yes\nX,commune,20335,ANTT-2024-xa,5.3,perhaps\n",
        &[
            "the criterion is computed, not declared",
            "the criterion is unknown; known are 5.1.a, 5.2.a, 5.2.b, 5.2.c, 5.3 (124/2021/TT-BCA, commune)",
            "met \"perhaps\": write yes or no",
        ],
    );
    rejected("movement-grades", "area_code,window,grade\n20335,ANTT-2024-xa,Tốt\n", &["there is no \"Tốt\""]);
}

#[test]
fn facts_about_units_that_cannot_be_are_rejected_with_their_reason() {
    let bench = with_areas();
    let register = bench.file("r.csv", "unit_id,unit_kind,form,area_code\nTH-1,school,primary,20335\n");
    bench.succeed(&["import", "institutions", &register, "--edition", "2020-02"]);
    let told = |kind: &str, text: &str| {
        let file = bench.file("bad.csv", text);
        bench.run(&["import", kind, &file, "--edition", "2020-02", "--dry-run"]).out
    };
    let certifications = told(
        "certifications",
        "unit_id,unit_kind,area_code,window,registered,recognised,decided_on\n\
         TH-2,school,20335,TK-2024,yes,yes,2024-11-20\n\
         TH-2,school,20335,ANTT-2024-kdc,yes,yes,2024-11-20\n\
         TH-2,school,20335,ANTT-2024-xa,no,yes,2024-11-20\n\
         TH-2,school,20335,ANTT-2023-xa,yes,yes,2019-11-20\n\
         TH-2,school,20335,ANTT-2022-xa,yes,yes,2025-11-20\n\
         TH-1,school,20338,ANTT-2024-xa,yes,yes,2024-11-20\n\
         TH-1,agency,20335,ANTT-2025-xa,yes,yes,2025-11-20\n\
         TH-1,school,20335,ANTT-2024-xa,yes,yes,2024-11-20\n",
    );
    assert!(certifications.contains("read 8, accepted 1, updated 0, unchanged 0, rejected 7"), "{certifications}");
    for reason in [
        "line 2, window \"TK-2024\": the window is not one of certification",
        "line 3, window \"ANTT-2024-kdc\": ANTT-2024-kdc is not a window in which a unit of kind school is certified",
        "line 4, recognised \"yes\": the unit is recognised although it did not register",
        "line 5, decided_on \"2019-11-20\": the day lies before the window ANTT-2023-xa begins, on 2022-11-16",
        "line 6, decided_on \"2025-11-20\": the day lies more than a year behind the end of the window",
        "line 7, area_code \"20338\": the register has this unit in 20335",
        "line 8, unit_kind \"agency\": the register has this unit as school",
    ] {
        assert!(certifications.contains(reason), "{reason}\n{certifications}");
    }
    let decisions = told(
        "decisions",
        "unit_id,unit_kind,area_code,window,recognised,number,decided_on,body\n\
         TH-1,school,20338,ANTT-2024-xa,yes,1,2024-11-20,UBND\n\
         20335,commune,20338,ANTT-2024-xa,yes,1,2024-11-20,UBND\n",
    );
    assert!(decisions.contains("line 2, area_code \"20338\": the register has this unit in 20335"), "{decisions}");
    assert!(decisions.contains("line 3, area_code \"20338\": the commune 20335 lies in no other area"), "{decisions}");
    let grades = told("movement-grades", "area_code,window,grade\n20335,ANTT-2024-kdc,Khá\n");
    assert!(grades.contains("is not a window in which a unit of kind commune is certified"), "{grades}");
}

#[test]
fn residents_of_a_district_are_no_figure_beside_those_of_its_communes() {
    let bench = Bench::new();
    let squares = TWO_SQUARES.replace("\"name\"", "\"huyen\":\"502\",\"ten_huyen\":\"Tam Kỳ\",\"name\"");
    let squares = bench.file("squares.geojson", squares);
    let parents = ["--parent", "huyen", "--parent-name", "ten_huyen"];
    bench.succeed(&[&["import", "boundaries", &squares, "--edition", "2020-02"], &parents[..]].concat());
    let rows = "area_code,year,population\n20335,2023,1000\n20338,2023,2000\n502,2023,9000\n";
    let run = bench.run(&["import", "population", &bench.file("p.csv", rows), "--edition", "2020-02"]);
    assert!(run.out.contains("accepted 2, updated 0, unchanged 0, rejected 1"), "{}", run.out);
    assert!(run.out.contains("line 4, area_code \"502\": residents are counted by commune"), "{}", run.out);
}

/// A workbook with a sheet of notes and a sheet of decisions, days and codes as Excel keeps them.
fn workbook(bench: &Bench) -> String {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Ghi chú").unwrap().write(0, 0, "không có gì").unwrap();
    let sheet = book.add_worksheet().set_name("Quyết định").unwrap();
    let header = ["unit_id", "unit_kind", "ma_xa", "window", "recognised", "number", "decided_on", "body"];
    for (column, name) in header.into_iter().enumerate() {
        sheet.write(1, column as u16, name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, code, window) in [(2, 20_335.0, "ANTT-2024-xa"), (4, 20_338.0, "ANTT-1824-xa")] {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, "commune").unwrap();
        sheet.write(row, 2, code).unwrap();
        sheet.write(row, 3, window).unwrap();
        sheet.write(row, 4, true).unwrap();
        sheet.write(row, 5, 12.0).unwrap();
        sheet.write_with_format(row, 6, ExcelDateTime::from_ymd(2024, 11, 20).unwrap(), &day).unwrap();
        sheet.write(row, 7, "UBND huyện").unwrap();
    }
    let path = bench.path("quyet-dinh.xlsx");
    book.save(&path).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_sheet_is_read_as_excel_keeps_it_and_errors_name_sheet_and_row() {
    let bench = with_areas();
    let file = workbook(&bench);
    let told = bench.reject(&["import", "decisions", &file, "--sheet", "Quyết định", "--edition", "2020-02"]);
    assert!(told.starts_with("decisions: read 2, accepted 1, updated 0, unchanged 0, rejected 1"), "{told}");
    assert!(told.contains("sheet \"Quyết định\", row 5: the window is unknown"), "{told}");
    let decision = &bench.holdings().decisions[0];
    assert_eq!((decision.unit_id.as_str(), decision.number.as_str()), ("20335", "12"));
    assert_eq!(decision.decided_on.to_string(), "2024-11-20");
    assert_eq!(decision.recognised, Declared::Yes);
}

#[test]
fn sheets_that_are_not_there_and_files_that_are_none_are_refused() {
    let bench = with_areas();
    let file = workbook(&bench);
    let run = bench.run(&["import", "decisions", &file, "--sheet", "2024"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("there is no sheet \"2024\"; it has Ghi chú, Quyết định"), "{}", run.err);
    let first = bench.run(&["import", "decisions", &file]);
    assert!(first.err.contains("unknown column \"không có gì\""), "{}", first.err);
    let text = bench.file("a.csv", "unit_id\n");
    let run = bench.run(&["import", "decisions", &text, "--sheet", "2024"]);
    assert!(run.err.contains("--sheet names a sheet of a spreadsheet, and this is none"), "{}", run.err);
    let broken = bench.file("b.xlsx", b"PK\x03\x04no workbook");
    let run = bench.run(&["import", "decisions", &broken]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("the ZIP file cannot be read"), "{}", run.err);
}

#[test]
fn incidents_come_as_spreadsheets_too() {
    let bench = with_areas();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["id", "time", "lon", "lat", "category"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    let moment = ExcelDateTime::from_ymd(2024, 12, 31).unwrap().and_hms(8, 15, 0).unwrap();
    sheet.write(1, 0, "A1").unwrap();
    sheet.write_with_format(1, 1, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
    sheet.write(1, 2, 108.15).unwrap().write(1, 3, 15.15).unwrap().write(1, 4, "chay").unwrap();
    let path = bench.path("a.xlsx");
    book.save(&path).unwrap();
    let told = bench.succeed(&["import", "incidents", path.to_str().unwrap(), "--severity-from", "category"]);
    assert!(told.starts_with("incidents: read 1, accepted 1"), "{told}");
    assert_eq!(bench.holdings().incidents.unix_seconds(IncidentRow::new(0)), 1_735_607_700);
}

#[test]
fn circulars_of_the_data_folder_replace_those_built_in_and_bad_ones_stop() {
    let bench = with_areas();
    let folder = bench.data().join("circulars");
    std::fs::create_dir_all(&folder).unwrap();
    let shipped = include_str!("../../../geodata/circulars/124-2021.toml");
    std::fs::write(folder.join("124-2021.toml"), shipped.replace("id = \"5.3\"", "id = \"5.9\"")).unwrap();
    let rows = "unit_id,unit_kind,area_code,window,criterion,met\nX,commune,20335,ANTT-2024-xa,5.9,yes\n";
    let file = bench.file("a.csv", rows);
    let args = ["import", "declarations", &file, "--edition", "2020-02"];
    assert!(bench.succeed(&args).starts_with("declarations: read 1, accepted 1"));
    std::fs::write(folder.join("124-2021.toml"), shipped.replace("[7, 10]", "[17, 10]")).unwrap();
    let run = bench.run(&args);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("circulars/124-2021.toml: ") && run.err.contains("is not a fraction from 0 to 1"),
        "{}",
        run.err
    );
}
