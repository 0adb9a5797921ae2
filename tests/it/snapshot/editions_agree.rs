//! Editions against each other, on the real boundaries: where communes went, and that nothing is lost on the way.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::Instant;

use binhyen::assessment::assess;
use binhyen::domain::area::{Area, Level, Position};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::IncidentLocation;
use binhyen::geometry::coverage::overlay::dominant_areas;
use binhyen::geometry::locate::Locator;

use crate::support::geometry::{Numbers, RealFile, communes_241, units_94};
use crate::support::golden::say;
use crate::support::province::{commune, everything, incident, shipped_rules, snapshot};

/// The published shares are rounded to three or four digits and were measured on another projection.
const SHARE_TOLERANCE: f64 = 0.002;

/// The 78 units of July 2025 that Quảng Nam became.
fn units_78() -> Option<RealFile> {
    let all = units_94()?;
    let mut kept = RealFile { codes: Vec::new(), areas: Vec::new(), properties: Vec::new() };
    for ((code, shape), properties) in all.codes.into_iter().zip(all.areas).zip(all.properties) {
        if properties["origin"] == "Quảng Nam" {
            kept.codes.push(code);
            kept.areas.push(shape);
            kept.properties.push(properties);
        }
    }
    Some(kept)
}

/// The rows of a published mapping beside the boundary files.
fn mapping(name: &str) -> Vec<csv::StringRecord> {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/geodata");
    let folder = std::env::var_os("BINHYEN_REAL_DATA").map_or_else(default, PathBuf::from);
    csv::Reader::from_path(folder.join(name)).unwrap().records().map(Result::unwrap).collect()
}

#[test]
fn published_mapping_of_the_241_communes_is_found_again() {
    let (Some(old), Some(new)) = (communes_241(), units_78()) else { return };
    let start = Instant::now();
    let found = dominant_areas(&old.areas, &new.areas);
    let elapsed_s = start.elapsed().as_secs_f64();
    let rows = mapping("qn_mapping_241_to_2025_spatial.csv");
    assert_eq!(rows.len(), 241);
    let mut largest = 0.0_f64;
    for row in &rows {
        let place = old.codes.binary_search(&row[0].to_owned()).unwrap();
        let dominant = found[place].unwrap();
        assert_eq!(new.codes[dominant.area], row[3], "{} {}", &row[0], &row[1]);
        largest = largest.max((dominant.share - row[5].parse::<f64>().unwrap()).abs());
    }
    assert!(largest <= SHARE_TOLERANCE, "a share differs by {largest}");
    say(&format!("241 communes into 78: all as published, shares within {largest:.4}; overlay took {elapsed_s:.2} s"));
}

#[test]
fn published_mapping_of_the_233_communes_is_found_again() {
    let (Some(old), Some(new)) = (communes_241(), units_78()) else { return };
    let found = dominant_areas(&old.areas, &new.areas);
    let rows = mapping("qn_mapping_pre2025_to_2025.csv");
    let mut unmatched = Vec::new();
    for row in &rows {
        let Ok(place) = old.codes.binary_search(&row[0].to_owned()) else {
            unmatched.push(row[0].to_owned());
            continue;
        };
        let dominant = found[place].unwrap();
        assert_eq!(new.codes[dominant.area], row[3], "{} {}", &row[0], &row[1]);
    }
    say(&format!("{} of {} communes of 2025-01 by code: all as published", rows.len() - unmatched.len(), rows.len()));
    assert!(unmatched.len() <= 8, "codes of 2025-01 unknown to 2020-02: {unmatched:?}");
}

#[test]
fn any_window_has_the_same_total_on_every_real_edition() {
    let (Some(old), Some(new)) = (communes_241(), units_78()) else { return };
    let (in_old, in_new) = (Locator::new(&old.areas), Locator::new(&new.areas));
    let rules = shipped_rules();
    let mut holdings = Holdings::default();
    holdings.areas.extend(areas("2020-02", &old));
    holdings.areas.extend(areas("2025-07", &new));
    let mut numbers = Numbers::new(3);
    for id in 0..4_000 {
        let (lon, lat) = (107.1 + 1.7 * numbers.next(), 14.9 + 1.3 * numbers.next());
        let date = format!("{}-{:02}-{:02}", 2021 + numbers.below(4), 1 + numbers.below(12), 1 + numbers.below(28));
        // The two outlines of the province differ by metres; a point that only one of them holds proves nothing.
        if in_old.locate(lon, lat).is_none() || in_new.locate(lon, lat).is_none() {
            continue;
        }
        let place = IncidentLocation::Point(Position::new(lon, lat).unwrap());
        let category = ["trom_cap", "co_y_gay_thuong_tich", "xam_hai_tinh_duc"][numbers.below(3)];
        holdings.incidents.push(&incident(&rules, &id.to_string(), &date, place, (category, 2)));
    }
    let snapshot = snapshot(holdings, &rules);
    for (from, to) in [("2021-01-01", "2025-01-01"), ("2022-03-05", "2022-03-06"), ("2023-12-15", "2024-12-15")] {
        let levels = [("2020-02", Level::Commune), ("2020-02", Level::Province), ("2025-07", Level::Commune)];
        let totals = levels.map(|(edition, level)| {
            let assessment = assess(&snapshot, level, &everything(&rules, edition, from, to)).unwrap();
            let (rows, totals) = (assessment.rows.iter().map(|row| row.incidents.unwrap()), assessment.totals);
            assert_eq!(rows.sum::<u32>(), totals.with_point);
            assert_eq!(totals.with_point + totals.district_only, totals.incidents, "{edition} loses points");
            (totals.incidents, totals.with_point + totals.district_only)
        });
        assert!(totals.iter().all(|total| *total == totals[0]), "{from} to {to}: {totals:?}");
        say(&format!("{from} to {to}: {} incidents located on every edition", totals[0].1));
    }
}

fn areas<'a>(edition: &'a str, file: &'a RealFile) -> impl Iterator<Item = Area> + 'a {
    let shapes = file.codes.iter().zip(&file.areas);
    shapes.map(move |(code, shape)| commune(edition, code, None, shape.clone()))
}
