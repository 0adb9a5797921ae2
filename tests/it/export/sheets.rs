//! Sheets of areas: as many pages as areas behind the overview, the numbers of the API in letters that another reader
//! finds, nothing hidden in the bytes, and the same bytes for the same data.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::sync::{Arc, LazyLock};

use binhyen::domain::role::Role;
use binhyen::domain::text::Language;
use binhyen::domain::time::period::Day;
use binhyen::export::sheets::{area_sheets, sheet_pages};
use binhyen::service::area_sheets::{SheetBook, SheetRequest};
use binhyen::service::error::ServiceError;
use binhyen::service::live::today;
use binhyen::snapshot::{Snapshot, build};
use lopdf::{Document, Object};
use serde_json::Value;

use crate::support::snapshot::{PLANNER, TestServer, holdings_with_thefts, released, rule_set, snapshot};

const EDITION: (&str, &str) = ("edition", "2025-01");
const WINDOW: (&str, &str) = ("window", "TK-2022");

static RELEASED: LazyLock<Arc<Snapshot>> = LazyLock::new(|| released(snapshot()));

fn book_of(snapshot: &Arc<Snapshot>, role: Role, parameters: &[(&str, &str)]) -> Result<SheetBook, ServiceError> {
    let request = SheetRequest { role, today: today(), parameters, cache_bytes: 16 << 20 };
    SheetBook::of_snapshot(Arc::clone(snapshot), &request)
}

fn book(role: Role, parameters: &[(&str, &str)]) -> Result<SheetBook, ServiceError> {
    book_of(&RELEASED, role, parameters)
}

fn drawn(book: &SheetBook, language: Language) -> Vec<u8> {
    area_sheets(book, language, &mut || {}).unwrap()
}

/// The text of each page as another program reads it.
fn pages(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let text = |number: &u32| document.extract_text(&[*number]).unwrap();
    numbers.iter().map(|number| text(number).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The page of an area.
fn page_of<'p>(pages: &'p [String], name: &str) -> &'p str {
    pages.iter().skip(1).find(|page| page.contains(name)).unwrap_or_else(|| panic!("{name}: {pages:#?}"))
}

fn row<'r>(ratings: &'r Value, code: &str) -> &'r Value {
    ratings["areas"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap()
}

#[test]
fn book_has_a_page_for_each_area_behind_the_overview() {
    for (level, areas) in [("commune", 4), ("district", 2), ("province", 1)] {
        let book = book(Role::Public, &[EDITION, WINDOW, ("level", level)]).unwrap();
        assert_eq!((book.sheets(), sheet_pages(&book)), (areas, areas + 1), "{level}");
        let mut told = 0;
        let pdf = area_sheets(&book, Language::Vietnamese, &mut || told += 1).unwrap();
        assert_eq!((pages(&pdf).len(), told), (areas + 1, areas + 1), "{level}");
    }
}

#[tokio::test]
async fn sheet_says_the_numbers_of_the_ratings() {
    let server = TestServer::new();
    let ratings = server.with_token(PLANNER, "/ratings?edition=2025-01&window=TK-2022").await.json();
    let area = &row(&ratings, "20335");
    let pages = pages(&drawn(&book(Role::Planner, &[EDITION, WINDOW]).unwrap(), Language::English));
    let name = area["name"].as_str().unwrap();
    let page = page_of(&pages, name);
    let incidents = area["incidents"].as_u64().unwrap();
    let unweighted = |member: &str| format!("{:.2}", area["unweighted"][member].as_f64().unwrap());
    let figures = [
        format!("{incidents} incidents"),
        format!("{:.1} incidents", area["expected"].as_f64().unwrap()),
        format!("{} times the common level", unweighted("ratio")),
        format!("95 % limits {} to {}", unweighted("low"), unweighted("high")),
        format!("{:.2} times the common level", area["ratio"].as_f64().unwrap()),
        format!("interval {:.2} to {:.2}", area["ratio_low"].as_f64().unwrap(), area["ratio_high"].as_f64().unwrap()),
        "code 20335".to_owned(),
        "Internal".to_owned(),
    ];
    for figure in figures {
        assert!(page.replace('\u{a0}', " ").contains(&figure), "{figure}: {page}");
    }
}

#[test]
fn first_page_lists_the_sheets_and_leads_to_them() {
    let pdf = drawn(&book(Role::Public, &[EDITION, WINDOW]).unwrap(), Language::Vietnamese);
    let document = Document::load_mem(&pdf).unwrap();
    let pages = pages(&pdf);
    for area in ["Phường An Xuân 2", "Phường An Phú 3", "Phường Minh An 4", "Phường Tân An 5"] {
        assert!(pages[0].contains(area), "{}", pages[0]);
    }
    let first = document.get_pages()[&1];
    let links = document.get_page_annotations(first).unwrap();
    assert_eq!(links.len(), 4);
    let catalog = document.catalog().unwrap();
    assert!(catalog.has(b"Outlines") && catalog.has(b"StructTreeRoot"), "{catalog:?}");
    let lang = catalog.get(b"Lang").unwrap();
    assert!(matches!(lang, Object::String(text, _) if text.starts_with(b"vi")), "{lang:?}");
    let info = document.get_dictionary(document.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    for member in [&b"Title"[..], b"Author", b"Creator", b"CreationDate"] {
        assert!(info.has(member), "{info:?}");
    }
}

#[test]
fn public_sheet_holds_no_hidden_count() {
    let rules = rule_set();
    // The second commune has 3 or 4 thefts and the fourth none: what is published of the others stays.
    let worlds = [[40, 3, 20], [40, 4, 20]].map(|thefts| {
        let snapshot = build(holdings_with_thefts(&rules, thefts), &rules, None).unwrap();
        released(snapshot)
    });
    let sheets = |role| {
        [&worlds[0], &worlds[1]].map(|world| {
            let book = book_of(world, role, &[EDITION, WINDOW]).unwrap();
            pages(&drawn(&book, Language::Vietnamese))
        })
    };
    let [one, two] = sheets(Role::Public);
    let hidden = page_of(&one, "mã 20338");
    assert!(hidden.contains("Số vụ không công bố"), "{hidden}");
    assert_eq!(hidden, page_of(&two, "mã 20338"), "the public reads of neither 3 nor 4");
    let [one, two] = sheets(Role::Planner);
    assert_ne!(page_of(&one, "mã 20338"), page_of(&two, "mã 20338"));
}

#[test]
fn same_data_give_the_same_bytes() {
    let twice = || drawn(&book(Role::Planner, &[EDITION, WINDOW]).unwrap(), Language::Vietnamese);
    assert!(twice() == twice());
    let english = drawn(&book(Role::Planner, &[EDITION, WINDOW]).unwrap(), Language::English);
    assert!(english != twice());
}

#[test]
fn sheets_of_the_public_are_dated_by_the_release_and_not_by_the_clock() {
    let on = |day: Day| {
        let request =
            SheetRequest { role: Role::Public, today: day, parameters: &[EDITION, WINDOW], cache_bytes: 16 << 20 };
        drawn(&SheetBook::of_snapshot(Arc::clone(&RELEASED), &request).unwrap(), Language::Vietnamese)
    };
    assert!(on(today()) == on(Day::from_number(today().number() + 30)));
}

#[test]
fn chosen_areas_stand_in_the_order_of_the_request() {
    let book = book(Role::Public, &[EDITION, WINDOW, ("areas", "20401,20335")]).unwrap();
    let pages = pages(&drawn(&book, Language::Vietnamese));
    assert_eq!(pages.len(), 3);
    assert!(pages[1].contains("mã 20401") && pages[2].contains("mã 20335"), "{pages:#?}");
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let refused = |role, parameters: &[(&str, &str)]| book(role, parameters).unwrap_err();
    assert!(matches!(refused(Role::Public, &[("edition", "2031-01")]), ServiceError::NotFound { .. }));
    assert!(matches!(refused(Role::Public, &[EDITION, ("areas", "99999")]), ServiceError::NotFound { .. }));
    assert!(matches!(
        refused(Role::Public, &[EDITION, ("from", "2022-01-01"), ("to", "2022-02-01")]),
        ServiceError::NotReleased { .. }
    ));
    let nothing = [EDITION, ("from", "1990-01-01"), ("to", "1991-01-01")];
    assert!(matches!(refused(Role::Planner, &nothing), ServiceError::NotCovered { .. }));
    let mixed = [EDITION, ("level", "district"), ("areas", "20335")];
    assert!(matches!(refused(Role::Planner, &mixed), ServiceError::ConflictingParameters { .. }));
    let unreleased = book_of(&Arc::new(snapshot()), Role::Public, &[EDITION, WINDOW]).unwrap_err();
    assert!(matches!(unreleased, ServiceError::NoRelease));
}
