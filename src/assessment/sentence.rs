//! One area's rating as a person would say it, in both languages.
//!
//! In: the row of an area as far as the role may see it. Out: two or three plain sentences. What is
//! hidden is said to be hidden; what does not differ beyond chance is said not to differ.

use super::area::AreaAssessment;
use super::rating::grade::{Grade, Letter};
use crate::domain::area::Level;
use crate::domain::rules::DisclosureRule;
use crate::domain::rules::scheme::GradeRule;
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::texts::phrasing::{days_en, days_vi, english, incidents_en, names, vietnamese};

/// An area and what is said of it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The official name.
    pub name: &'a str,
    /// The administrative level of the area.
    pub level: Level,
    /// The days that the sentence speaks of.
    pub period: Period,
    /// What was assessed of the area, already cut to the role.
    pub row: &'a AreaAssessment,
}

/// By which files an area is judged.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// What is published from which count.
    pub disclosure: &'a DisclosureRule,
    /// How a letter follows.
    pub grade: &'a GradeRule,
    /// The peers whose rates are expected; none where those of the province are.
    pub peers: Option<&'a Names>,
}

/// The sentences on an area.
pub fn sentence(subject: &Subject<'_>, by: Judged<'_>) -> Names {
    let (counts, verdict, left_out) = (counts(subject), verdict(subject, by), left_out(subject.row));
    Names {
        vi: format!("{}: {} {}{}", subject.name, counts.vi, verdict.vi, left_out.vi).trim_end().to_owned(),
        en: format!("{}: {} {}{}", subject.name, counts.en, verdict.en, left_out.en).trim_end().to_owned(),
    }
}

/// That a grade rests on some of its components only.
fn left_out(row: &AreaAssessment) -> Names {
    if row.missing_measure().is_none() || !matches!(row.grade, Grade::Insufficient | Grade::Letter(_)) {
        return names("", "");
    }
    names(
        " Có thành phần không tính vào xếp loại vì chưa có số liệu làm mẫu số.",
        " A component is left out of the grade, because what it is measured against is not known.",
    )
}

fn counts(subject: &Subject<'_>) -> Names {
    let (vi, en) = (days_vi(subject.period), days_en(subject.period));
    let row = subject.row;
    let Some(incidents) = row.incidents else {
        return Names {
            vi: format!("{vi} số vụ không được công bố."),
            en: format!("{en} the number of incidents is not published."),
        };
    };
    let common = row.expected.filter(|_| subject.level != Level::Province);
    let Some(expected) = common else {
        return Names {
            vi: format!("{vi} ghi nhận {} vụ.", vietnamese(f64::from(incidents), 0)),
            en: format!("{en} {} recorded.", counted_en(incidents)),
        };
    };
    Names {
        vi: format!(
            "{vi} ghi nhận {} vụ; với số dân này, mức chung của tỉnh là {} vụ.",
            vietnamese(f64::from(incidents), 0),
            vietnamese(expected, 1)
        ),
        en: format!(
            "{en} {} recorded; at the rate of the province this population would have {}.",
            counted_en(incidents),
            english(expected, 1)
        ),
    }
}

fn counted_en(incidents: u32) -> String {
    format!("{} {}", incidents_en(incidents), if incidents == 1 { "was" } else { "were" })
}

fn verdict(subject: &Subject<'_>, by: Judged<'_>) -> Names {
    let row = subject.row;
    match row.grade {
        _ if subject.level == Level::Province => names(
            "Đây là mức chung để so sánh các khu vực.",
            "This is the common level to which the areas are compared.",
        ),
        Grade::NoExposure if row.missing_measure().is_some() => names(
            "Chưa có số liệu làm mẫu số (lượng khách hoặc chiều dài đường) nên không xếp loại.",
            "What its incidents are measured against (visitors or roads) is not known, so it is not graded.",
        ),
        Grade::NoExposure => {
            names("Chưa có số dân nên không xếp loại.", "Its population is not known, so it is not graded.")
        }
        Grade::Suppressed => {
            let least = by.disclosure.min_events_weighted;
            Names {
                vi: format!("Xếp loại chỉ được công bố từ {least} vụ trở lên."),
                en: format!("A grade is published from {least} incidents upwards."),
            }
        }
        Grade::Insufficient => withheld(row, by.grade.min_reliability),
        Grade::Letter(letter) => graded(row, letter, by),
    }
}

fn withheld(row: &AreaAssessment, least: f64) -> Names {
    let reliability = row.reliability.unwrap_or(0.0);
    let range = row.grade_best.zip(row.grade_worst);
    let (vi, en) = range.map_or_else(Default::default, |(best, worst)| {
        let (best, worst) = (best.as_str(), worst.as_str());
        if best == worst {
            (format!("; khả năng là {best}"), format!("; it is likely {best}"))
        } else {
            (format!("; có thể từ {best} đến {worst}"), format!("; it may be anything from {best} to {worst}"))
        }
    });
    Names {
        vi: format!(
            "Chưa đủ số liệu để xếp loại: độ tin cậy {}, cần {}{vi}.",
            vietnamese(reliability, 2),
            vietnamese(least, 2)
        ),
        en: format!("There is too little data for a grade: reliability {reliability:.2}, needed {least:.2}{en}."),
    }
}

fn graded(row: &AreaAssessment, letter: Letter, by: Judged<'_>) -> Names {
    let letter = letter.as_str();
    let range = row.grade_best.zip(row.grade_worst).filter(|(best, worst)| best != worst);
    let (vi, en) = range.map_or_else(Default::default, |(best, worst)| {
        (
            format!(" (từ {} đến {})", best.as_str(), worst.as_str()),
            format!(" (from {} to {})", best.as_str(), worst.as_str()),
        )
    });
    let against = compared(row, by);
    Names {
        vi: format!("Xếp loại {letter}{vi}. {}", against.vi), en: format!("Grade {letter}{en}. {}", against.en)
    }
}

fn compared(row: &AreaAssessment, by: Judged<'_>) -> Names {
    let (Some(ratio), Some(above)) = (row.ratio, row.prob_above_1) else { return names("", "") };
    let (level_vi, level_en) = by.peers.map_or_else(
        || ("mức chung của tỉnh".to_owned(), "the common level of the province".to_owned()),
        |group| (format!("mức chung của nhóm {}", group.vi), format!("the common level of its peers ({})", group.en)),
    );
    if by.grade.is_unclear(above) {
        return Names {
            vi: format!("Không khác biệt rõ so với {level_vi}."),
            en: format!("It does not clearly differ from {level_en}."),
        };
    }
    let (vi, en) = if ratio > 1.0 { ("cao hơn", "above") } else { ("thấp hơn", "below") };
    Names {
        vi: format!("Tính cả mức độ nghiêm trọng, bằng {} lần {level_vi}: {vi} rõ rệt.", vietnamese(ratio, 2)),
        en: format!("Counting severity it stands at {ratio:.2} times {level_en}: clearly {en} it."),
    }
}
