//! Notes that are the same for every workbook: denominators, limits, what a finding means.

use super::table::Note;
use crate::domain::text::Names;
use crate::texts::phrasing::names;

/// A note of a subject in Vietnamese and English.
pub(super) fn note((vi, en): (&str, &str), text: Names) -> Note {
    Note { subject: names(vi, en), text }
}

/// A note that is the same for every workbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoteText {
    subject: (&'static str, &'static str),
    text: (&'static str, &'static str),
}

const fn fixed(subject: (&'static str, &'static str), text: (&'static str, &'static str)) -> NoteText {
    NoteText { subject, text }
}

impl NoteText {
    pub(super) const SAMPLE: Self = fixed(
        ("Dữ liệu minh hoạ", "Sample"),
        (
            "Số liệu trong tệp này là dữ liệu minh hoạ, không phải số liệu thật.",
            "The numbers of this file come from a made-up sample; they are not real.",
        ),
    );
    pub(super) const DENOMINATORS: Self = fixed(
        ("Mẫu số", "Denominators"),
        (
            "Số dân của năm gần giữa kỳ nhất; người-năm = số dân × số năm của kỳ (năm 365,25 ngày). Không có số \
            dân thì không có tỷ suất.",
            "Residents of the year nearest to the middle of the period; person-years = residents × years of the \
            period (365.25 days each). Without residents there is no rate.",
        ),
    );
    pub(super) const UNLOCATED: Self = fixed(
        ("Vụ việc chưa rõ vị trí", "Unlocated incidents"),
        (
            "Chỉ tính các vụ có vị trí nằm trong khu vực; vụ chưa rõ vị trí được đếm riêng, không gán vào điểm \
            mặc định.",
            "Only incidents at a known point inside an area are counted; the others are counted apart and never \
            put at a default point.",
        ),
    );
    const RATIO: Self = fixed(
        ("Tỷ số của hai tỷ suất", "Ratio of two rates"),
        (
            "Giới hạn có điều kiện chính xác (Clopper–Pearson 1934; Breslow và Day 1987); p hai phía, chính xác, \
            có điều kiện (Przyborowski và Wilenski 1940); q theo Benjamini–Hochberg 1995 trên mọi phép so sánh \
            cùng lúc.",
            "Exact conditional limits (Clopper and Pearson 1934; Breslow and Day 1987); p exact, conditional, \
            two-sided (Przyborowski and Wilenski 1940); q by Benjamini and Hochberg 1995 over all that is \
            compared at once.",
        ),
    );
    const FINDING: Self = fixed(
        ("Nhận định", "Finding"),
        (
            "“Rõ” khi giới hạn không chứa 1 và q ≤ 0,05. “Không khác biệt rõ” không có nghĩa là bằng nhau. Không \
            xếp hạng khu vực, vì thứ hạng không kèm khoảng tin cậy dễ gây hiểu lầm. Số liệu không cho biết nguyên \
            nhân.",
            "\"Clearly\" where the limits exclude 1 and q ≤ 0.05. \"Not clearly different\" does not mean equal. \
            Areas are not ranked, because a rank without its interval misleads. The numbers do not say what the \
            cause is.",
        ),
    );
    /// What every table of differences needs.
    pub(super) const DIFFERENCE: [Self; 2] = [Self::RATIO, Self::FINDING];
    pub(super) const ORDER_OF_PERIODS: Self = fixed(
        ("Thứ tự hai kỳ", "Order of the periods"),
        (
            "Tỷ số và chênh lệch là kỳ sau so với kỳ trước; tỷ suất tính trên người-năm của từng kỳ.",
            "Ratio and difference are those of the second period against the first; each rate has the \
            person-years of its own period.",
        ),
    );
    pub(super) const LEFT_OUT: Self = fixed(
        ("Nhóm so sánh", "The group"),
        (
            "Gộp các khu vực khác cùng cấp trong nhóm; không tính chính khu vực được so sánh, để không so sánh nó \
            với chính nó.",
            "The other areas of the group on the same level, pooled; the area itself is left out, so that it is \
            not compared with itself.",
        ),
    );

    /// The note itself.
    pub(super) fn note(self) -> Note {
        note(self.subject, names(self.text.0, self.text.1))
    }
}
