//! Tables to hand in: what another program reads in our CSV and XLSX, and that both say what the JSON says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::io::{Cursor, Read as _};

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use serde_json::Value;

use crate::support::snapshot::{PLANNER, TestResponse, TestServer, WINDOW};

/// Every address that gives a table, without its form.
fn addresses() -> Vec<String> {
    vec![
        format!("/ratings?edition=2025-01&window={WINDOW}"),
        format!("/ratings?edition=2025-01&window={WINDOW}&level=district"),
        format!("/comparison?edition=2025-01&window={WINDOW}&areas=20335,20338,20404"),
        "/comparison?edition=2025-01&periods=TK-2021,TK-2022&areas=20335,20338".to_owned(),
        format!("/comparison?edition=2025-01&window={WINDOW}&areas=20335&with=province"),
        "/series?edition=2025-01&window=3N-2023&areas=20335,20338&by=year".to_owned(),
        format!("/areas/2025-01/20335/explanation?window={WINDOW}"),
    ]
}

/// The one table that is not for the public.
const CLUSTERS: &str = "/clusters?edition=2025-01&window=TK-2022";

fn opened(reply: &TestResponse) -> Xlsx<Cursor<Vec<u8>>> {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.bytes));
    Xlsx::new(Cursor::new(reply.bytes.clone())).unwrap()
}

fn sheet(reply: &TestResponse, name: &str) -> Range<Data> {
    opened(reply).worksheet_range(name).unwrap()
}

/// The cells below a heading that begins so.
fn below(sheet: &Range<Data>, heading: &str) -> Vec<Data> {
    let mut rows = sheet.rows();
    let header = rows.next().unwrap();
    let place = header.iter().position(|cell| cell.to_string().starts_with(heading));
    let place = place.unwrap_or_else(|| panic!("no {heading} among {header:?}"));
    rows.map(|row| row[place].clone()).collect()
}

/// A part of the file, which is a ZIP archive.
fn part(reply: &TestResponse, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(reply.bytes.clone())).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn workbook_holds_the_numbers_of_the_json() {
    let server = TestServer::new();
    let address = format!("/ratings?edition=2025-01&window={WINDOW}");
    let json = server.with_token(PLANNER, &address).await.json();
    let reply = server.with_token(PLANNER, &format!("{address}&f=xlsx")).await;
    let numbers = sheet(&reply, "Xếp loại");
    let rows = json["areas"].as_array().unwrap();
    let columns = [
        ("Số vụ", "incidents"),
        ("Số dân", "population"),
        ("Tỷ suất (trên", "rate"),
        ("Người-năm", "person_years"),
        ("Tỷ số nguy cơ", "ratio"),
        ("Độ tin cậy", "reliability"),
        ("Xác suất cao hơn", "prob_above_1"),
        ("Xác suất đúng loại", "prob_letter"),
        ("Số vụ do lực lượng chức năng phát hiện", "detected"),
        ("Trong đó chỉ biết xã", "without_point"),
    ];
    for (heading, member) in columns {
        let cells = below(&numbers, heading);
        assert_eq!(cells.len(), rows.len());
        for (cell, row) in cells.iter().zip(rows) {
            assert_eq!(cell, &row[member].as_f64().map_or(Data::Empty, Data::Float), "{member}");
        }
    }
    let grades = below(&numbers, "Xếp loại");
    let words = ["Chưa đủ số liệu", "Khoảng giữa hai loại"];
    assert!(grades.iter().all(|grade| {
        let said = grade.to_string();
        said.len() == 1 || words.contains(&said.as_str())
    }));
    // A text that looks like a formula is a text.
    assert!(below(&numbers, "Tên").contains(&Data::String("=Phường An Phú".to_owned())));
    assert!(opened(&reply).worksheet_formula("Xếp loại").unwrap().is_empty());
    let method = sheet(&reply, "Phương pháp");
    let said = |subject: &str| {
        let mut rows = method.rows();
        rows.find(|row| row[0] == *subject).map(|row| row[1].to_string()).unwrap()
    };
    let account = "66 vụ việc = 62 có toạ độ + 1 chỉ biết xã + 0 chỉ biết huyện hoặc tỉnh + 1 ngoài địa bàn + \
                   1 không rõ nơi + 1 chỉ hiện từ cấp huyện trở lên.";
    assert_eq!(said("Tính đủ số vụ"), account);
    assert!(said("Mẫu số").starts_with("Số dân vào giữa kỳ (dân số 2022); người-năm = "), "{}", said("Mẫu số"));
}

#[tokio::test]
async fn every_table_is_a_workbook_with_a_sheet_of_method_in_the_language_asked() {
    let server = TestServer::new();
    for address in addresses() {
        let vietnamese = server.with_token(PLANNER, &format!("{address}&f=xlsx")).await;
        let english = server.with_token(PLANNER, &format!("{address}&f=xlsx&lang=en")).await;
        for (reply, name, needed) in [
            (&vietnamese, "Phương pháp", ["Dữ liệu minh hoạ", "Kỳ", "Địa giới", "Bộ quy tắc", "Mẫu số", "Nguồn"]),
            (&english, "Method", ["Sample", "Period", "Boundaries", "Rules", "Denominators", "Sources"]),
        ] {
            let method = sheet(reply, name);
            let subjects: Vec<String> = method.rows().map(|row| row[0].to_string()).collect();
            for subject in needed {
                assert!(subjects.iter().any(|other| other == subject), "{address}: {subject} is not in {subjects:?}");
            }
            let names = opened(reply).sheet_names();
            assert_eq!(names.last().unwrap(), name);
            let first = sheet(reply, &names[0]);
            assert!(first.height() > 1 && first.rows().next().unwrap().iter().all(|cell| !cell.is_empty()));
        }
    }
}

#[tokio::test]
async fn header_stays_in_view_and_can_be_filtered() {
    let server = TestServer::new();
    for address in addresses() {
        let reply = server.with_token(PLANNER, &format!("{address}&f=xlsx")).await;
        let sheet = part(&reply, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""), "{address}");
        assert!(sheet.contains("<autoFilter ref=\"A1:"), "{address}");
        assert!(sheet.contains("customWidth=\"1\""), "{address}");
    }
}

#[tokio::test]
async fn dates_are_dates_and_shares_percentages() {
    let server = TestServer::new();
    let series = server.with_token(PLANNER, "/series?edition=2025-01&window=3N-2023&areas=20335&by=year&f=xlsx").await;
    let cells = below(&sheet(&series, "Theo thời gian"), "Từ ngày");
    // Days since 30 December 1899: 1 January 2020 is 43,831, and 15 December 2020 comes 349 days later.
    let serials: Vec<f64> = cells.iter().map(|cell| cell.get_datetime().unwrap().as_f64()).collect();
    assert_eq!(serials, [44_180.0, 44_180.0 + 365.0, 44_180.0 + 730.0]);
    assert!(part(&series, "xl/styles.xml").contains("dd/mm/yyyy"));
    let ratings = server.with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}&f=xlsx")).await;
    assert!(part(&ratings, "xl/styles.xml").contains("0.0%"));
}

#[tokio::test]
async fn same_question_gives_the_same_bytes_and_no_clock() {
    let (one, other) = (TestServer::new(), TestServer::new());
    for address in addresses() {
        let address = format!("{address}&f=xlsx");
        let first = one.with_token(PLANNER, &address).await;
        std::thread::sleep(std::time::Duration::from_millis(5));
        let second = other.with_token(PLANNER, &address).await;
        assert_eq!(first.bytes, second.bytes, "{address}");
        // Dated by the numbers, not by the day of the download.
        let core = part(&first, "docProps/core.xml");
        assert!(core.contains("2022-12-15T00:00:00Z") || core.contains("2023-12-15T00:00:00Z"), "{core}");
    }
}

#[tokio::test]
async fn tables_are_saved_under_a_name_that_says_what_they_are() {
    let server = TestServer::new();
    let named =
        async |address: &str| server.with_token(PLANNER, address).await.header("content-disposition").to_owned();
    let ratings = format!("/ratings?edition=2025-01&window={WINDOW}");
    assert_eq!(named(&ratings).await, "");
    let xlsx = named(&format!("{ratings}&f=xlsx")).await;
    assert_eq!(xlsx, "attachment; filename=\"binhyen-ratings-commune-2025-01-TK-2022.xlsx\"");
    let csv = named("/comparison?edition=2025-01&periods=TK-2021,TK-2022&areas=20335,20338&f=csv").await;
    let expected = "binhyen-comparison-20335-20338-2025-01-TK-2021-2025-01-TK-2022.csv";
    assert_eq!(csv, format!("attachment; filename=\"{expected}\""));
}

#[tokio::test]
async fn accept_chooses_the_form_and_accept_language_the_words() {
    let server = TestServer::new();
    let address = format!("/ratings?edition=2025-01&window={WINDOW}");
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let reply = server.get(&address, &[("accept", media), ("accept-language", "en")]).await;
    assert_eq!(reply.header("content-type"), media);
    assert_eq!(reply.header("content-encoding"), "");
    assert!(
        ["Accept", "Accept-Language"].iter().all(|name| reply.header("vary").split(", ").any(|part| part == *name))
    );
    assert_eq!(opened(&reply).sheet_names(), ["Ratings", "Method"]);
    let vietnamese = server.get(&address, &[("accept", media)]).await;
    assert_ne!(reply.header("etag"), vietnamese.header("etag"));
    // The parameter goes before the header, and has the tag of its own language.
    let asked = server.get(&format!("{address}&f=xlsx&lang=en"), &[("accept-language", "vi")]).await;
    assert_eq!(asked.bytes, reply.bytes);
    assert_eq!(server.public(&format!("{address}&f=xlsx&lang=fr")).await.status, 400);
    assert_eq!(server.public(&format!("{address}&f=pdf")).await.status, 400);
}

/// The records of a CSV answer, the header first.
async fn records(server: &TestServer, address: &str) -> Vec<csv::StringRecord> {
    let reply = server.with_token(PLANNER, &format!("{address}&f=csv")).await;
    let text = String::from_utf8(reply.plain()).unwrap();
    assert!(text.ends_with("\r\n") && !text.starts_with('\u{feff}'), "{address}");
    csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn column(records: &[csv::StringRecord], name: &str) -> Vec<String> {
    let place =
        records[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}: {:?}", records[0]));
    records[1..].iter().map(|record| record[place].to_owned()).collect()
}

#[tokio::test]
async fn rows_say_what_the_json_says() {
    let server = TestServer::new();
    for address in addresses() {
        let records = records(&server, &address).await;
        assert!(records.len() > 1, "{address}");
        assert!(column(&records, "edition").iter().all(|edition| edition == "2025-01"), "{address}");
        assert!(column(&records, "sample").iter().all(|sample| sample == "true"), "{address}");
        let mut names: Vec<&str> = records[0].iter().collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{address}: {names:?}");
    }
    let address = "/comparison?edition=2025-01&periods=TK-2021,TK-2022&areas=20335,20338";
    let json = server.with_token(PLANNER, address).await.json();
    let rows = records(&server, address).await;
    let number = |value: &Value| value.as_f64().map_or(String::new(), |number| number.to_string());
    for (place, area) in json["areas"].as_array().unwrap().iter().enumerate() {
        assert_eq!(column(&rows, "second_incidents")[place], number(&area["second"]["incidents"]));
        assert_eq!(column(&rows, "low")[place], number(&area["low"]));
        assert_eq!(column(&rows, "q")[place], number(&area["q"]));
        assert_eq!(column(&rows, "difference")[place], area["difference"].as_str().unwrap());
    }
}

#[tokio::test]
async fn explanation_table_has_every_number_of_the_explanation() {
    let server = TestServer::new();
    let address = format!("/areas/2025-01/20335/explanation?window={WINDOW}");
    let json = server.with_token(PLANNER, &address).await.json();
    let rows = records(&server, &address).await;
    let (items, values) = (column(&rows, "item"), column(&rows, "value"));
    let of = |item: &str| {
        let place = items.iter().position(|other| other == item).unwrap_or_else(|| panic!("{item}"));
        values[place].parse::<f64>().unwrap()
    };
    for (item, value) in [
        ("person_years", &json["denominators"]["person_years"]),
        ("score", &json["weighted"]["score"]),
        ("posterior_shape", &json["weighted"]["posterior"]["shape"]),
        ("ratio", &json["weighted"]["ratio"]),
        ("prob_letter", &json["prob_letter"]),
        ("detected", &json["detected"]),
        ("min_letter_probability", &json["method"]["min_letter_probability"]),
        ("prior_variance", &json["method"]["prior_variance"]),
        ("dispersion", &json["method"]["dispersion"]),
        ("band_c", &json["method"]["bands"][2]),
        ("unweighted_high", &json["unweighted"]["high"]),
    ] {
        assert_eq!(of(item), value.as_f64().unwrap(), "{item}");
    }
    let classes = json["classes"].as_array().unwrap().len();
    assert_eq!(items.iter().filter(|item| *item == "contribution").count(), classes);
    let workbook = server.with_token(PLANNER, &format!("{address}&f=xlsx")).await;
    assert_eq!(sheet(&workbook, "Thành phần").height(), classes + 1);
}

#[tokio::test]
async fn clusters_are_a_table_of_what_the_json_says() {
    let server = TestServer::new();
    let json = server.with_token(PLANNER, CLUSTERS).await.json();
    let reply = server.with_token(PLANNER, &format!("{CLUSTERS}&f=xlsx")).await;
    assert_eq!(
        reply.header("content-disposition"),
        "attachment; filename=\"binhyen-clusters-commune-2025-01-TK-2022.xlsx\""
    );
    let clusters = json["clusters"].as_array().unwrap();
    let numbers = sheet(&reply, "Cụm");
    for (heading, member) in
        [("Số vụ", "observed"), ("Số vụ theo mức chung", "expected"), ("p theo phân phối Gumbel", "gumbel_p")]
    {
        let expected: Vec<Data> =
            clusters.iter().map(|cluster| cluster[member].as_f64().map_or(Data::Empty, Data::Float)).collect();
        assert_eq!(below(&numbers, heading), expected, "{member}");
    }
    let members: usize = clusters.iter().map(|cluster| cluster["areas"].as_array().unwrap().len()).sum();
    assert_eq!(below(&sheet(&reply, "Khu vực"), "Mã").len(), members);
    let method = sheet(&reply, "Phương pháp");
    let said = |subject: &str| method.rows().find(|row| row[0] == *subject).map(|row| row[1].to_string());
    assert_eq!(said("Kết quả").as_deref(), json["sentence"]["vi"].as_str());
    assert_eq!(said("Cách tìm cụm").as_deref(), json["method"]["sentence"]["vi"].as_str());
    // What chance explains is told, and not as a cluster.
    let by_chance = json["most_likely"]["label"]["vi"].as_str().filter(|_| clusters.is_empty());
    assert_eq!(said("Cụm có khả năng nhất, chưa vượt ngẫu nhiên").as_deref(), by_chance);
    let rows = records(&server, CLUSTERS).await;
    assert_eq!(rows.len(), clusters.len() + 1);
    let names = ["edition", "from", "to", "cluster", "centre", "centre_name", "areas", "codes", "names", "observed"];
    assert_eq!(rows[0].iter().take(10).collect::<Vec<_>>(), names);
}

#[tokio::test]
async fn table_of_clusters_is_refused_to_the_public_and_in_unknown_forms() {
    let server = TestServer::new();
    for form in ["csv", "xlsx"] {
        assert_eq!(server.public(&format!("{CLUSTERS}&f={form}")).await.status, 401, "{form}");
    }
    assert_eq!(server.with_token(PLANNER, &format!("{CLUSTERS}&f=pdf")).await.status, 400);
}

#[tokio::test]
async fn what_the_public_may_not_see_is_in_no_table() {
    let server = TestServer::new();
    for address in addresses() {
        let rows = server.public(&format!("{address}&f=xlsx")).await;
        let names = opened(&rows).sheet_names();
        for name in &names[..names.len() - 1] {
            // Three incidents were counted in this area, and nobody may read so.
            for row in sheet(&rows, name).rows().filter(|row| row[0] == Data::String("20338".to_owned())) {
                assert!(!row.contains(&Data::Float(3.0)), "{address}: {row:?}");
            }
        }
        assert!(!names.contains(&"Thành phần".to_owned()), "{address}");
    }
    let method =
        sheet(&server.public(&format!("/ratings?edition=2025-01&window={WINDOW}&f=xlsx")).await, "Phương pháp");
    let text: String = method.rows().map(|row| row[1].to_string()).collect();
    assert!(text.contains("số vụ từ 1 đến 4") && text.contains("Xâm hại tình dục"), "{text}");
}
