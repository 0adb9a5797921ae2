//! When there is a letter: never without information, and only where it is likely enough.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::assessment::rating::grade::{Grade, Insufficiency};
use binhyen::assessment::rating::weighting::Weighting;
use binhyen::assessment::sentence::{Judged, Reader, Subject, sentence};
use binhyen::assessment::{AreaAssessment, Assessment, assess};
use binhyen::config::{NamedText, RuleFiles};
use binhyen::domain::area::Level;
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::text::Names;
use proptest::prelude::*;

use crate::support::province::{
    commune, everything, incident, point, population, shipped_rules, snapshot, square, two_editions,
};
use crate::support::rule_set_of;

const THEFT: &str = "trom_cap";

fn year(rules: &RuleSet) -> Filter {
    everything(rules, "2025-01", "2024-01-01", "2025-01-01")
}

/// The four square communes with so many thefts in 2024.
fn thefts(rules: &RuleSet, counts: &[usize]) -> Holdings {
    let mut holdings = two_editions();
    for (column, count) in counts.iter().enumerate() {
        for number in 0..*count {
            let (id, at) = (format!("{column}-{number}"), point(column as f64 + 0.5, 0.5));
            holdings.incidents.push(&incident(rules, &id, "2024-05-01", at, (THEFT, 2)));
        }
    }
    holdings
}

fn assessed(holdings: Holdings, rules: &RuleSet, filter: &Filter, level: Level) -> Assessment {
    assess(&snapshot(holdings, rules), level, filter).unwrap()
}

fn said(rules: &RuleSet, row: &AreaAssessment, level: Level) -> Names {
    let scheme = rules.schemes.scheme(rules.schemes.default_index());
    let whole = Names::same("tỉnh");
    let subject = Subject { name: "Xã", level, period: year(rules).period, row, whole: &whole };
    let by = Judged {
        reader: Reader::Internal,
        weighting: Weighting::BySeverity,
        disclosure: &rules.rules.disclosure,
        grade: &scheme.grade,
        peers: None,
    };
    sentence(&subject, by)
}

/// Asserts that a row says nothing of a ratio, and why.
fn assert_uninformed(row: &AreaAssessment, insufficiency: Insufficiency) {
    assert_eq!(row.grade, Grade::Insufficient(insufficiency));
    let numbers = [row.ratio, row.ratio_low, row.ratio_high, row.prob_above_1, row.reliability, row.prob_letter];
    assert_eq!(numbers, [None; 6]);
    assert_eq!((row.grade_best, row.grade_worst, row.difference), (None, None, None));
}

#[test]
fn filter_without_a_rated_category_gives_no_letter() {
    let rules = shipped_rules();
    let drowning = CategorySet::EMPTY.with(rules.taxonomy.category("duoi_nuoc").unwrap());
    let filter = year(&rules).with_categories(drowning);
    let assessment = assessed(thefts(&rules, &[9, 3, 1, 20]), &rules, &filter, Level::Commune);
    for row in &assessment.rows {
        assert_uninformed(row, Insufficiency::NothingRated);
        let said = said(&rules, row, Level::Commune);
        assert!(
            said.vi.ends_with("Không xếp loại: các loại vụ việc đang chọn không được tính vào xếp loại."),
            "{said:?}"
        );
        assert!(said.en.contains("Not graded: the categories"), "{said:?}");
    }
}

#[test]
fn empty_period_gives_no_letter() {
    let rules = shipped_rules();
    let filter = everything(&rules, "2025-01", "2019-01-01", "2019-02-01");
    for row in &assessed(thefts(&rules, &[9, 3, 1, 20]), &rules, &filter, Level::Commune).rows {
        assert_uninformed(row, Insufficiency::NoRatedEvents);
        assert!(said(&rules, row, Level::Commune).vi.contains("Không xếp loại: trong kỳ, không khu vực nào"));
    }
}

#[test]
fn areas_that_differ_by_chance_alone_have_no_letter() {
    let rules = shipped_rules();
    // In proportion to 5, 6, 7 and 8 thousand residents.
    for row in &assessed(thefts(&rules, &[10, 12, 14, 16]), &rules, &year(&rules), Level::Commune).rows {
        assert_uninformed(row, Insufficiency::NoSpread);
        assert!(said(&rules, row, Level::Commune).vi.contains("không khác nhau hơn mức ngẫu nhiên"));
    }
}

#[test]
fn single_area_is_not_compared_with_itself() {
    let rules = shipped_rules();
    let province = assessed(thefts(&rules, &[9, 3, 1, 20]), &rules, &year(&rules), Level::Province);
    assert_uninformed(&province.rows[0], Insufficiency::SingleArea);
    let said_of_province = said(&rules, &province.rows[0], Level::Province);
    assert!(said_of_province.vi.ends_with("Đây là mức chung để so sánh các khu vực."), "{said_of_province:?}");
    // Where one commune alone has residents, it is alone as well.
    let mut holdings = thefts(&rules, &[9, 3, 1, 20]);
    holdings.populations.retain(|population| population.area.code.as_str() == "20001");
    let communes = assessed(holdings, &rules, &year(&rules), Level::Commune);
    assert_uninformed(&communes.rows[0], Insufficiency::SingleArea);
    assert!(said(&rules, &communes.rows[0], Level::Commune).vi.contains("chỉ có một khu vực"));
    assert_eq!(communes.rows[1].grade, Grade::NoExposure);
}

#[test]
fn nothing_expected_gives_no_letter() {
    // Crashes by kilometres of road, which two communes have, and nothing else happened: the other two, whose residents
    // are known, expect nothing.
    let mut files = RuleFiles::embedded();
    let scheme = files.schemes.iter_mut().find(|scheme| scheme.stem == "default").unwrap();
    let (before, after) = scheme.text.split_once("id = \"giao_thong\"").unwrap();
    let after = after.replacen("exposure = \"residents\"", "exposure = \"road_km\"", 1);
    scheme.text = format!("{before}id = \"giao_thong\"{after}").into();
    let rules = rule_set_of(&files);
    let mut holdings = two_editions();
    for (code, kilometres) in [("20001", 30.0), ("20002", 60.0)] {
        holdings.exposures.push(binhyen::domain::area::exposure::ExposureFigure {
            area: crate::support::province::key("2025-01", code),
            year: 2024,
            measure: binhyen::domain::area::exposure::Measure::RoadKm,
            quantity: binhyen::domain::area::exposure::Quantity::new(kilometres).unwrap(),
        });
    }
    for number in 0..20 {
        let at = point(if number < 15 { 0.5 } else { 1.5 }, 0.5);
        holdings.incidents.push(&incident(&rules, &number.to_string(), "2024-05-01", at, ("tai_nan_giao_thong", 2)));
    }
    let assessment = assessed(holdings, &rules, &year(&rules), Level::Commune);
    assert!(assessment.rows[0].ratio.is_some());
    assert_uninformed(&assessment.rows[2], Insufficiency::NothingExpected);
    assert!(said(&rules, &assessment.rows[2], Level::Commune).vi.contains("mức chung không có vụ nào"));
}

/// The shipped files with another default scheme.
fn rules_with(from: &str, to: &str) -> RuleSet {
    let mut files = RuleFiles::embedded();
    let scheme: &mut NamedText = files.schemes.iter_mut().find(|scheme| scheme.stem == "default").unwrap();
    assert!(scheme.text.contains(from), "{from}");
    scheme.text = scheme.text.replacen(from, to, 1).into();
    rule_set_of(&files)
}

#[test]
fn letter_is_a_range_where_no_letter_is_likely_enough() {
    let least = |least: &str| {
        let rules = rules_with("min_letter_probability = 0.5", &format!("min_letter_probability = {least}"));
        let rows = assessed(thefts(&rules, &[4, 30, 9, 20]), &rules, &year(&rules), Level::Commune).rows;
        let sentences: Vec<String> = rows.iter().map(|row| said(&rules, row, Level::Commune).vi).collect();
        (rows, sentences)
    };
    let ((always, letters), (never, ranges)) = (least("0.0"), least("0.8"));
    let mut ranged = 0;
    for (place, (one, other)) in always.iter().zip(&never).enumerate() {
        assert!(matches!(one.grade, Grade::Letter(_)), "{:?}", one.grade);
        assert_eq!((one.prob_letter, one.grade_best, one.ratio), (other.prob_letter, other.grade_best, other.ratio));
        assert!(letters[place].contains(", xác suất 0,"), "{}", letters[place]);
        let (best, worst) = (other.grade_best.unwrap(), other.grade_worst.unwrap());
        if one.prob_letter.unwrap() < 0.8 && best != worst {
            assert_eq!(other.grade, Grade::Range);
            let expected =
                format!("Xếp loại trong khoảng {}–{}: chưa loại nào đạt xác suất 0,80.", best.as_str(), worst.as_str());
            assert!(ranges[place].contains(&expected), "{}", ranges[place]);
            ranged += 1;
        } else {
            assert_eq!(one.grade, other.grade);
        }
    }
    assert!(ranged > 0, "the test no longer finds what it looks for");
}

/// A province of communes with residents, of which some are not known, and incidents of some categories.
fn province() -> impl Strategy<Value = Vec<(u32, Vec<(usize, u8)>)>> {
    let incidents = prop::collection::vec((0_usize..6, 1_u8..=5), 0..25);
    prop::collection::vec((prop_oneof![4 => 500_u32..40_000, 1 => Just(0)], incidents), 1..8)
}

const CATEGORIES: [&str; 6] = [THEFT, "co_y_gay_thuong_tich", "tai_nan_giao_thong", "chay", "duoi_nuoc", "ma_tuy"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_interval_has_a_width_of_0_and_no_letter_stands_without_a_ratio(
        communes in province(), chosen in prop::collection::vec(any::<bool>(), 6), peers in any::<bool>(),
    ) {
        let rules = shipped_rules();
        let mut holdings = Holdings::default();
        for (column, (residents, incidents)) in communes.iter().enumerate() {
            let code = (20_000 + column).to_string();
            holdings.areas.push(commune("2025-01", &code, None, square(column as u32, 0, 1)));
            if *residents > 0 {
                holdings.populations.push(population("2025-01", &code, *residents));
            }
            for (number, (category, severity)) in incidents.iter().enumerate() {
                let (id, at) = (format!("{column}-{number}"), point(column as f64 + 0.5, 0.5));
                let what = (CATEGORIES[*category], *severity);
                holdings.incidents.push(&incident(&rules, &id, "2024-05-01", at, what));
            }
        }
        let categories = CATEGORIES.iter().zip(&chosen).filter(|(_, is_chosen)| **is_chosen);
        let set = categories.fold(CategorySet::EMPTY, |set, (id, _)| set.with(rules.taxonomy.category(id).unwrap()));
        let scheme = if peers { rules.schemes.named("cung_dia_ban").unwrap() } else { rules.schemes.default_index() };
        let snapshot = snapshot(holdings, &rules);
        for (filter, level) in [
            (year(&rules), Level::Commune),
            (Filter { scheme, ..year(&rules).with_categories(set) }, Level::Commune),
            (year(&rules), Level::Province),
        ] {
            for row in &assess(&snapshot, level, &filter).unwrap().rows {
                let with_ratio = [row.ratio_low, row.ratio_high, row.prob_above_1, row.reliability].map(|of| of.is_some());
                prop_assert_eq!(with_ratio, [row.ratio.is_some(); 4]);
                prop_assert_eq!(row.difference.is_some(), row.ratio.is_some());
                prop_assert_eq!(row.grade_best.is_some(), row.ratio.is_some());
                if let (Some(low), Some(ratio), Some(high)) = (row.ratio_low, row.ratio, row.ratio_high) {
                    prop_assert!(low < high && low <= ratio && ratio <= high);
                }
                match row.grade {
                    Grade::Letter(letter) => {
                        prop_assert!(row.prob_letter.unwrap() >= 0.5 || row.grade_best == row.grade_worst);
                        prop_assert!(row.grade_best <= Some(letter) && Some(letter) <= row.grade_worst);
                    }
                    Grade::Range => prop_assert!(row.prob_letter.unwrap() < 0.5 && row.grade_best < row.grade_worst),
                    Grade::Insufficient(Insufficiency::Unreliable) => {
                        prop_assert!(row.reliability.unwrap() < 0.3 && row.prob_letter.is_none());
                    }
                    Grade::Insufficient(_) => prop_assert!(row.ratio.is_none() && row.residents.is_some()),
                    Grade::NoExposure => prop_assert!(row.ratio.is_none() && row.residents.is_none()),
                    Grade::Suppressed => prop_assert!(filter.categories.is_empty()),
                }
            }
        }
    }
}
