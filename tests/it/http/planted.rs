//! The sample against its truth, asked over HTTP: a season is no tendency.

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
