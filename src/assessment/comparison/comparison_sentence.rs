//! What can and what cannot be concluded from a comparison, in both languages.
//!
//! In: names, periods and a difference as far as the role may see it. Out: plain sentences. They never name a cause,
//! and they never take "not clearly different" for "the same".

use super::reference::Rest;
use super::{Change, Clarity, Difference};
use crate::assessment::phrasing::{days_en, days_vi, english, incidents_en, names, vietnamese};
use crate::domain::text::Names;
use crate::domain::time::period::Period;

/// What a person would say of two areas.
pub fn of_pair(first: &str, second: &str, found: Option<&Difference>) -> Names {
    let Some(found) = found else {
        return names(
            format!("Chưa so sánh được {first} với {second}: số liệu không được công bố hoặc chưa có."),
            format!("{first} and {second} cannot be compared: the numbers are not published or not there."),
        );
    };
    let times = times(found);
    match found.clear {
        Clarity::Unclear => names(
            format!("{first} và {second} không khác biệt rõ; {}.", doubt(found).vi),
            format!("{first} and {second} do not clearly differ; {}.", doubt(found).en),
        ),
        Clarity::Higher => names(
            format!("Tỷ suất của {first} cao hơn rõ so với {second}: {}. {}", times.vi, NO_CAUSE.0),
            format!("The rate of {first} is clearly above that of {second}: {}. {}", times.en, NO_CAUSE.1),
        ),
        Clarity::Lower => names(
            format!("Tỷ suất của {first} thấp hơn rõ so với {second}: {}. {}", times.vi, NO_CAUSE.0),
            format!("The rate of {first} is clearly below that of {second}: {}. {}", times.en, NO_CAUSE.1),
        ),
    }
}

/// What a person would say of one area in two periods.
pub fn of_change(name: &str, periods: (Period, Period), change: &Change) -> Names {
    let (Some(first), Some(second)) = (change.first.incidents, change.second.incidents) else {
        return names(
            format!("{name}: chưa so sánh được hai kỳ, vì số liệu không được công bố."),
            format!("{name}: the two periods cannot be compared, because the numbers are not published."),
        );
    };
    let seen = names(
        format!(
            "{name}: {} có {} vụ, {} có {} vụ.",
            days_vi(periods.0),
            vietnamese(f64::from(first), 0),
            days_vi(periods.1),
            vietnamese(f64::from(second), 0)
        ),
        format!(
            "{name}: {} {}, {} {}.",
            incidents_en(first),
            days_en(periods.0),
            incidents_en(second),
            days_en(periods.1)
        ),
    );
    let verdict = change.difference.map_or_else(|| without_difference(first, second), |found| verdict(&found));
    let season = if seasons_agree(periods) { names("", "") } else { names(SEASON.0, SEASON.1) };
    names(format!("{} {}{}", seen.vi, verdict.vi, season.vi), format!("{} {}{}", seen.en, verdict.en, season.en))
}

/// What a person would say of an area and the rest of a group, which is named as "the other areas of …".
pub fn of_rest(name: &str, group: &Names, rest: &Rest, found: Option<&Difference>) -> Names {
    let others = names(
        format!("{} khu vực còn lại của {}", vietnamese(rest.areas as f64, 0), group.vi),
        format!("the {} other areas of {}", english(rest.areas as f64, 0), group.en),
    );
    let Some(found) = found else {
        return names(
            format!("Chưa so sánh được {name} với {}: số liệu không được công bố hoặc chưa có.", others.vi),
            format!("{name} and {} cannot be compared: the numbers are not published or not there.", others.en),
        );
    };
    let times = times(found);
    match found.clear {
        Clarity::Unclear => names(
            format!("{name} và {} không khác biệt rõ; {}.", others.vi, doubt(found).vi),
            format!("{name} and {} do not clearly differ; {}.", others.en, doubt(found).en),
        ),
        clear => names(
            format!("Tỷ suất của {name} {} rõ so với {}: {}. {}", side(clear).vi, others.vi, times.vi, NO_CAUSE.0),
            format!("The rate of {name} is clearly {} {}: {}. {}", side(clear).en, others.en, times.en, NO_CAUSE.1),
        ),
    }
}

const NO_CAUSE: (&str, &str) =
    ("Số liệu này không cho biết nguyên nhân.", "These numbers do not say what the cause is.");

const SEASON: (&str, &str) = (
    " Hai kỳ không trùng thời gian trong năm, nên chênh lệch cũng có thể do mùa.",
    " The two periods are not the same part of the year, so a difference may also be one of the season.",
);

/// Whether two periods hold the same seasons: whole years, or the same days of the year.
pub fn seasons_agree((first, second): (Period, Period)) -> bool {
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

fn side(clear: Clarity) -> Names {
    match clear {
        Clarity::Lower => names("thấp hơn", "below"),
        Clarity::Higher | Clarity::Unclear => names("cao hơn", "above"),
    }
}

fn without_difference(first: u32, second: u32) -> Names {
    if first == 0 && second == 0 {
        return names(
            "Cả hai kỳ không ghi nhận vụ nào: chưa thể kết luận là tăng hay giảm.",
            "Nothing was recorded in either period: neither a rise nor a fall can be concluded.",
        );
    }
    names(
        "Chưa so sánh được tỷ suất, vì chưa có số dân.",
        "The rates cannot be compared, because the population is not known.",
    )
}

fn verdict(found: &Difference) -> Names {
    let times = times(found);
    let (vi, en) = match found.clear {
        Clarity::Unclear => {
            let doubt = doubt(found);
            return names(
                format!("Không khác biệt rõ: {}; cũng chưa thể kết luận là không thay đổi.", doubt.vi),
                format!("No clear difference: {}; nor can it be concluded that nothing changed.", doubt.en),
            );
        }
        Clarity::Higher => ("tăng rõ", "clearly rose"),
        Clarity::Lower => ("giảm rõ", "clearly fell"),
    };
    names(
        format!("Tỷ suất {vi}, kỳ sau so với kỳ trước: {}. {}", times.vi, NO_CAUSE.0),
        format!("The rate {en}, the second period against the first: {}. {}", times.en, NO_CAUSE.1),
    )
}

/// Why nothing is concluded: the limits hold 1, or they do not and too many are compared at once.
fn doubt(found: &Difference) -> Names {
    let times = times(found);
    let excludes_one = found.low > 1.0 || found.high.is_some_and(|high| high < 1.0);
    if excludes_one {
        return names(
            format!(
                "{}, nhưng khi so sánh cùng lúc nhiều khu vực, chênh lệch như vậy có thể do ngẫu nhiên (q = {})",
                times.vi,
                vietnamese(found.q, 2)
            ),
            format!(
                "{}, but with so many compared at once such a difference may be chance (q = {})",
                times.en,
                english(found.q, 2)
            ),
        );
    }
    names(format!("{}, chênh lệch có thể do ngẫu nhiên", times.vi), format!("{}, what differs may be chance", times.en))
}

/// The ratio with its limits, in words.
fn times(found: &Difference) -> Names {
    match (found.rate_ratio, found.high) {
        (Some(ratio), Some(high)) => names(
            format!(
                "bằng {} lần, khoảng tin cậy 95 % từ {} đến {}",
                vietnamese(ratio, 2),
                vietnamese(found.low, 2),
                vietnamese(high, 2)
            ),
            format!("{} times, 95 % limits {} to {}", english(ratio, 2), english(found.low, 2), english(high, 2)),
        ),
        _ => names(
            format!("chưa tính được tỷ số, giới hạn dưới 95 % là {} lần", vietnamese(found.low, 2)),
            format!("the ratio has no upper end, its lower 95 % limit is {} times", english(found.low, 2)),
        ),
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
        assert!(!seasons_agree((spring, period("2023-07-01", "2024-01-01"))));
        assert!(seasons_agree((spring, period("2024-01-01", "2024-07-01"))));
        assert!(seasons_agree((period("2021-12-15", "2022-12-15"), period("2022-12-15", "2025-12-15"))));
    }
}
