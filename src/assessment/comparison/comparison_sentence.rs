//! What can and what cannot be concluded from a comparison, in both languages.
//!
//! In: names, periods and a difference as far as the role may see it. Out: plain sentences. They never name a cause,
//! and they never take "not clearly different" for "the same".

use super::reference::Rest;
use super::{Change, Clarity, Difference};
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::texts::phrasing::days;
use crate::texts::{decimal, text};

/// What a person would say of two areas.
pub fn of_pair(first: &str, second: &str, found: Option<&Difference>) -> Names {
    match found.map(|found| (found, found.clear)) {
        None => text!("comparison-pair-hidden", first = first, second = second),
        Some((found, Clarity::Unclear)) => {
            text!("comparison-pair-unclear", first = first, second = second, doubt = doubt(found))
        }
        Some((found, Clarity::Higher)) => {
            text!("comparison-pair-higher", first = first, second = second, times = times(found))
        }
        Some((found, Clarity::Lower)) => {
            text!("comparison-pair-lower", first = first, second = second, times = times(found))
        }
    }
}

/// What a person would say of an area and the rest of a group, which is named as "the other areas of …".
pub fn of_rest(name: &str, group: &Names, rest: &Rest, found: Option<&Difference>) -> Names {
    let others = text!("comparison-rest", areas = rest.areas, group = group);
    match found.map(|found| (found, found.clear)) {
        None => text!("comparison-pair-hidden", first = name, second = others),
        Some((found, Clarity::Unclear)) => {
            text!("comparison-pair-unclear", first = name, second = others, doubt = doubt(found))
        }
        Some((found, Clarity::Higher)) => {
            text!("comparison-rest-higher", name = name, others = others, times = times(found))
        }
        Some((found, Clarity::Lower)) => {
            text!("comparison-rest-lower", name = name, others = others, times = times(found))
        }
    }
}

/// What a person would say of one area in two periods.
pub fn of_change(name: &str, periods: (Period, Period), change: &Change) -> Names {
    let (Some(first), Some(second)) = (change.first.incidents, change.second.incidents) else {
        return text!("comparison-change-hidden", name = name);
    };
    let counts = text!(
        "comparison-change-counts",
        name = name,
        first = first,
        first_days = days(periods.0),
        second = second,
        second_days = days(periods.1)
    );
    let verdict = change.difference.map_or_else(|| without_difference(first, second), |found| verdict(&found));
    let season = (!seasons_agree(periods.0, periods.1)).then(|| text!("comparison-season"));
    counts.joined([Some(verdict), season].into_iter().flatten())
}

/// Whether two periods hold the same seasons: whole years, or the same days of the year.
pub fn seasons_agree(first: Period, second: Period) -> bool {
    let days = |period: Period| period.to().number() - period.from().number();
    let is_whole_years = |period: Period| {
        let years = (f64::from(days(period)) / 365.25).round();
        years >= 1.0 && (f64::from(days(period)) - years * 365.25).abs() <= 1.0
    };
    let start = |period: Period| (period.from().date().month(), period.from().date().day());
    // A leap day makes one of two equal parts of a year a day longer.
    let are_same_days = start(first) == start(second) && days(first).abs_diff(days(second)) <= 1;
    are_same_days || (is_whole_years(first) && is_whole_years(second))
}

fn without_difference(first: u32, second: u32) -> Names {
    if first == 0 && second == 0 { text!("comparison-change-empty") } else { text!("comparison-change-no-population") }
}

fn verdict(found: &Difference) -> Names {
    match found.clear {
        Clarity::Unclear => text!("comparison-change-unclear", doubt = doubt(found)),
        Clarity::Higher => text!("comparison-change-rose", times = times(found)),
        Clarity::Lower => text!("comparison-change-fell", times = times(found)),
    }
}

/// Why nothing is concluded: the limits hold 1, or they do not and too many are compared at once.
fn doubt(found: &Difference) -> Names {
    let excludes_one = found.low > 1.0 || found.high.is_some_and(|high| high < 1.0);
    if excludes_one {
        text!("comparison-doubt-of-many", times = times(found), q = decimal(found.q, 2))
    } else {
        text!("comparison-doubt", times = times(found))
    }
}

/// The ratio with its limits, in words.
fn times(found: &Difference) -> Names {
    match (found.rate_ratio, found.high) {
        (Some(ratio), Some(high)) => {
            text!("comparison-times", ratio = decimal(ratio, 2), low = decimal(found.low, 2), high = decimal(high, 2))
        }
        _ => text!("comparison-times-open", low = decimal(found.low, 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::comparison::changes;
    use crate::assessment::rating::measured::Measured;
    use crate::domain::time::period::Day;

    fn period(from: &str, to: &str) -> Period {
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        Period::new(day(from), day(to)).unwrap()
    }

    fn measured(incidents: Option<u32>) -> Measured {
        Measured { incidents, residents: Some(5000), person_years: Some(5000.0) }
    }

    fn said(first: Option<u32>, second: Option<u32>) -> Names {
        let years = (period("2022-12-15", "2023-12-15"), period("2023-12-15", "2024-12-15"));
        of_change("Xã A", years, &changes(&[(measured(first), measured(second))])[0])
    }

    #[test]
    fn change_within_chance_concludes_neither_way() {
        let words = said(Some(9), Some(12));
        assert!(words.vi.contains("từ 15/12/2022 đến 14/12/2023 có 9 vụ"), "{}", words.vi);
        assert!(words.vi.contains("bằng 1,33 lần") && words.vi.contains("cũng chưa thể kết luận là không thay đổi"));
        assert!(words.en.contains("1.33 times") && words.en.contains("nor can it be concluded"), "{}", words.en);
    }

    #[test]
    fn clear_change_names_no_cause() {
        let words = said(Some(10), Some(60));
        assert!(words.vi.contains("tăng rõ") && words.vi.ends_with("không cho biết nguyên nhân."), "{}", words.vi);
        assert!(said(Some(60), Some(10)).en.contains("clearly fell"));
    }

    #[test]
    fn two_quiet_years_are_no_verdict() {
        assert!(said(Some(0), Some(0)).vi.contains("chưa thể kết luận là tăng hay giảm"));
        assert!(said(None, Some(3)).vi.contains("không được công bố"));
        assert!(said(Some(0), Some(7)).en.contains("no upper end"), "{}", said(Some(0), Some(7)).en);
    }

    #[test]
    fn halves_of_a_year_differ_by_season_and_whole_years_do_not() {
        let spring = period("2023-01-01", "2023-07-01");
        assert!(!seasons_agree(spring, period("2023-07-01", "2024-01-01")));
        assert!(seasons_agree(spring, period("2024-01-01", "2024-07-01")));
        assert!(seasons_agree(period("2021-12-15", "2022-12-15"), period("2022-12-15", "2025-12-15")));
    }
}
