//! The sample against its truth, asked over HTTP: a season is no tendency, and the planted fires are a cluster.

use serde_json::Value;

use crate::support::golden::say;
use crate::support::sample::Truth;
use crate::support::{Role, ServerProcess};

/// The counts of the province by month, and the word for their tendency.
fn by_month(server: &ServerProcess, category: &str, days: (i32, &str, i32, &str)) -> (Vec<u64>, String) {
    let (from_year, from, to_year, to) = days;
    let address = format!(
        "/series?edition=2025-07&areas=49&by=month&categories={category}&from={from_year}-{from}&to={to_year}-{to}"
    );
    let area = server.get_as(Role::Planner, &address).json()["areas"][0].take();
    let counts =
        area["points"].as_array().expect("points").iter().map(|point| point["incidents"].as_u64().unwrap_or(0));
    let direction = area["tendency"]["direction"].as_str().unwrap_or("not_clear");
    (counts.collect(), direction.to_owned())
}

#[test]
fn season_of_the_sample_is_no_tendency() {
    let server = ServerProcess::on_sample();
    let season = Truth::read().season;
    // The season is there: from its three loudest months to its three quietest ones counts fall as planted.
    let (counts, direction) = by_month(&server, &season.category, (2018, "01-01", 2026, "01-01"));
    assert_eq!((counts.len(), direction.as_str()), (96, "not_clear"));
    let of_months = |months: [usize; 3]| -> u64 {
        counts.iter().enumerate().filter(|(step, _)| months.contains(&(step % 12))).map(|(_, count)| count).sum()
    };
    let (loud, quiet) = ([4, 5, 6], [0, 1, 11]);
    let planted = |months: [usize; 3]| months.map(|month| season.months[month]).iter().sum::<f64>();
    say(&format!(
        "{} by season: {} in May to July, {} in December to February",
        season.category,
        of_months(loud),
        of_months(quiet)
    ));
    assert!(planted(loud) > 4.0 * planted(quiet) && of_months(loud) > 3 * of_months(quiet), "{counts:?}");
    // From winter into summer, and back, nothing rises or falls.
    for year in 2018..2026 {
        for days in [(year, "01-01", year, "07-01"), (year, "06-01", year, "12-01")] {
            let (counts, direction) = by_month(&server, &season.category, days);
            assert_eq!(direction, "not_clear", "{year}: {counts:?}");
        }
    }
    let years = server.get_as(
        Role::Planner,
        &format!(
            "/series?edition=2025-07&areas=49&by=year&categories={}&from=2017-12-15&to=2025-12-15",
            season.category
        ),
    );
    let tendency = years.json()["areas"][0]["tendency"].take();
    assert!(tendency == Value::Null || tendency["direction"] == "not_clear", "{tendency}");
}

/// The codes of the areas of every cluster of a category in some days, with its p.
fn clusters(server: &ServerProcess, edition: &str, category: &str, days: (&str, &str)) -> Vec<(Vec<String>, f64)> {
    let (from, to) = days;
    let address = format!("/clusters?edition={edition}&level=commune&categories={category}&from={from}&to={to}");
    let answer = server.get_as(Role::Planner, &address).json();
    let codes = |cluster: &Value| {
        let areas = cluster["areas"].as_array().expect("areas").iter();
        areas.map(|area| area["code"].as_str().expect("a code").to_owned()).collect()
    };
    let found = answer["clusters"].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
    found.map(|cluster| (codes(cluster), cluster["p"].as_f64().expect("p"))).collect()
}

#[test]
fn planted_fires_are_the_cluster_of_their_season_and_of_no_other() {
    let server = ServerProcess::on_sample();
    let truth = Truth::read();
    let planted = &truth.cluster;
    for (edition, codes) in [("2025-01", &planted.communes), ("2025-07", &planted.merged)] {
        let found = clusters(&server, edition, &planted.category, (&planted.from, &planted.to));
        say(&format!("{edition}, {} to {}: {found:?}", planted.from, planted.to));
        let (first, p) = &found[0];
        let within = codes.iter().filter(|code| first.contains(code)).count();
        // Three of the four communes are in one unit of 2025-07, which may be the cluster alone.
        assert!(*p <= 0.01 && 2 * within >= codes.len() && first.len() <= codes.len() + 2, "{edition}: {found:?}");
    }
    // The table is the same answer: a row for each cluster, with the codes of its areas.
    let address = format!(
        "/clusters?edition=2025-01&categories={}&from={}&to={}&f=csv",
        planted.category, planted.from, planted.to
    );
    let table = server.get_as(Role::Planner, &address);
    let found = clusters(&server, "2025-01", &planted.category, (&planted.from, &planted.to));
    let mut rows = csv::Reader::from_reader(table.text().as_bytes());
    let place = rows.headers().expect("headings").iter().position(|name| name == "codes").expect("codes");
    let codes: Vec<String> = rows.records().map(|row| row.expect("a row")[place].to_owned()).collect();
    assert_eq!(codes, found.iter().map(|(codes, _)| codes.join(" ")).collect::<Vec<_>>());
    // The same months of other years: no cluster there, and elsewhere only where fires are commoner by the truth, but
    // for the one in twenty that chance may make.
    let mut by_chance = 0;
    for year in (2018..2027).filter(|year| !planted.from.starts_with(&year.to_string())) {
        let days = |date: &str| format!("{year}{}", &date[4..]);
        let found = clusters(&server, "2025-01", &planted.category, (&days(&planted.from), &days(&planted.to)));
        for (codes, p) in &found {
            let risks = codes.iter().map(|code| truth.risk[code][2]);
            let mean = risks.sum::<f64>() / codes.len() as f64;
            say(&format!("{year}: {codes:?}, p {p}, fires {mean:.2} times the common rate by the truth"));
            assert!(!planted.communes.iter().all(|code| codes.contains(code)), "{year}: {codes:?}");
            by_chance += usize::from(mean <= 1.0);
        }
    }
    assert!(by_chance <= 1, "{by_chance} clusters where fires are no commoner");
}
