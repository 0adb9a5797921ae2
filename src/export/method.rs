//! The sheet of method: what the numbers of a workbook mean, what they were made with, and what they leave out.
//!
//! In: the snapshot, the filter and the role behind the numbers. Out: notes in both languages, and the constants that a
//! file of rows alone repeats.

use super::notes::{NoteText, note};
use super::table::{Constant, ExportTable, Note, Workbook};
use crate::assessment::MEASURED_LEVEL;
use crate::domain::area::Level;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::holdings::Dataset;
use crate::domain::role::Role;
use crate::domain::rules::scheme::Scheme;
use crate::domain::text::Names;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::texts::phrasing::{days_en, days_vi, english, names, vietnamese};

/// What a workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct ExportContext<'a> {
    /// The data that are served.
    pub snapshot: &'a Snapshot,
    /// What the numbers count.
    pub filter: &'a Filter,
    /// The id of the window, where the period is a named one.
    pub window: Option<&'a str>,
    /// The level of the areas.
    pub level: Level,
    /// The role that requested it.
    pub role: Role,
}

impl ExportContext<'_> {
    /// A workbook of some tables with the notes that every one of them needs.
    pub(super) fn workbook(&self, title: Names, main: ExportTable, more: Vec<ExportTable>) -> Workbook {
        let period = self.filter.period;
        let constant = |name, value: String| Constant { name, value };
        Workbook {
            title,
            main,
            more,
            before: vec![constant("edition", self.filter.edition.to_string())],
            after: vec![
                constant("scheme", self.scheme().id.clone()),
                constant("sample", self.snapshot.is_sample().to_string()),
            ],
            notes: self.notes(),
            dated: period.to().date(),
        }
    }

    fn notes(&self) -> Vec<Note> {
        let own = [self.window(), self.edition(), self.categories(), self.rules()];
        let sample = self.snapshot.is_sample().then(|| NoteText::SAMPLE.note());
        let fixed = [NoteText::DENOMINATORS, NoteText::UNLOCATED].map(NoteText::note);
        sample.into_iter().chain(own).chain(fixed).chain([self.limits(), self.hidden(), self.sources()]).collect()
    }

    /// The workbook of numbers that belong to one period, which a file of rows alone must repeat.
    pub(super) fn dated(&self, mut workbook: Workbook) -> Workbook {
        let period = self.filter.period;
        let days = [("from", period.from()), ("to", period.to())];
        workbook.before.extend(days.map(|(name, day)| Constant { name, value: day.to_string() }));
        workbook
    }

    /// Which days are counted, and what they are called.
    pub(super) fn window(&self) -> Note {
        let period = self.filter.period;
        let named = self.window.and_then(|id| self.snapshot.rules.window(id));
        let prefix = named.map_or_else(
            || names("Kỳ tự chọn", "A free period"),
            |window| {
                names(format!("{} ({})", window.names.vi, window.id), format!("{} ({})", window.names.en, window.id))
            },
        );
        note(
            ("Kỳ", "Period"),
            names(
                format!("{}, {}; ngày theo giờ Việt Nam.", prefix.vi, days_vi(period)),
                format!("{}, {}; days of Viet Nam time.", prefix.en, days_en(period)),
            ),
        )
    }

    fn edition(&self) -> Note {
        let id = self.filter.edition;
        let entry = self.snapshot.edition(id).map(|edition_data| edition_data.entry.names());
        let called = entry.unwrap_or_else(|| names("", ""));
        note(
            ("Địa giới", "Boundaries"),
            names(
                format!(
                    "{} (bộ {id}), cấp: {}. Mã chỉ có nghĩa trong bộ địa giới này.",
                    called.vi,
                    level(self.level).vi
                ),
                format!(
                    "{} (edition {id}), level: {}. A code means nothing outside its edition.",
                    called.en,
                    level(self.level).en
                ),
            ),
        )
    }

    fn categories(&self) -> Note {
        let taxonomy = &self.snapshot.taxonomy;
        let least = taxonomy.severities.get(self.filter.min_severity.index());
        let least = least.map_or_else(|| names("", ""), |severity| names(severity.vi.as_str(), severity.en.as_str()));
        let asked = self.filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
        let list = if self.filter.categories == CategorySet::all(taxonomy) {
            names("mọi loại vụ việc", "all categories")
        } else {
            let (vi, en): (Vec<&str>, Vec<&str>) =
                asked.map(|category| (category.vi.as_str(), category.en.as_str())).unzip();
            names(vi.join("; "), en.join("; "))
        };
        note(
            ("Vụ việc được tính", "Incidents counted"),
            names(
                format!("{}; mức độ từ “{}” trở lên.", list.vi, least.vi),
                format!("{}; severity from \"{}\" upwards.", list.en, least.en),
            ),
        )
    }

    /// The scheme that rates.
    pub(super) fn scheme(&self) -> &Scheme {
        self.snapshot.scheme(self.filter)
    }

    fn rules(&self) -> Note {
        let (rules, scheme) = (&self.snapshot.rules, self.scheme());
        let [a, b, c, d] = scheme.grade.bands;
        let at = |number: f64| (vietnamese(number, 2), english(number, 2));
        let ((a_vi, a_en), (b_vi, b_en), (c_vi, c_en), (d_vi, d_en)) = (at(a), at(b), at(c), at(d));
        note(
            ("Bộ quy tắc", "Rules"),
            names(
                format!(
                    "Cách xếp loại: {} ({}), phiên bản {}, mã băm {}; quy tắc chung phiên bản {}, mã băm {}. Xếp \
                    loại: A đến {a_vi}, B đến {b_vi}, C đến {c_vi}, D đến {d_vi}, E trên {d_vi} lần mức chung của tỉnh.",
                    scheme.names.vi, scheme.id, scheme.version, scheme.hash, rules.version, rules.hash
                ),
                format!(
                    "Scheme: {} ({}), version {}, hash {}; general rules version {}, hash {}. Grades: A up to \
                    {a_en}, B up to {b_en}, C up to {c_en}, D up to {d_en}, E above {d_en} times the common level.",
                    scheme.names.en, scheme.id, scheme.version, scheme.hash, rules.version, rules.hash
                ),
            ),
        )
    }

    fn limits(&self) -> Note {
        let grade = &self.scheme().grade;
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        let (exact, interval) = (percent(MEASURED_LEVEL), percent(grade.interval));
        note(
            ("Khoảng tin cậy", "Limits"),
            names(
                format!(
                    "Tỷ suất: giới hạn Poisson chính xác {exact} % (Garwood 1936). Tỷ số nguy cơ: trung vị và \
                    khoảng {interval} % của phân phối hậu nghiệm gamma (Marshall 1991); dưới độ tin cậy {} không \
                    xếp loại.",
                    vietnamese(grade.min_reliability, 2)
                ),
                format!(
                    "Rates: exact Poisson limits, {exact} % (Garwood 1936). Relative risk: median and {interval} \
                    % interval of the gamma posterior (Marshall 1991); below a reliability of {} no letter is given.",
                    english(grade.min_reliability, 2)
                ),
            ),
        )
    }

    fn hidden(&self) -> Note {
        let rule = &self.snapshot.rules.disclosure;
        let below = self.below_district();
        let text = if self.role.sees_small_counts() {
            names(
                format!("Tài liệu nội bộ, có số đếm nhỏ: không công bố. {}", below.vi),
                format!("Internal: it holds small counts and is not for publication. {}", below.en),
            )
        } else {
            names(
                format!(
                    "Ô trống là số không công bố, để không nhận ra được người trong cuộc: số vụ từ 1 đến {}, những số mà \
                    cùng với các số khác sẽ làm lộ chúng, và các số suy ra từ đó; tỷ số và xếp loại khi dưới {} vụ. {}",
                    rule.k.saturating_sub(1),
                    rule.min_events_weighted,
                    below.vi
                ),
                format!(
                    "An empty cell is not published, so that nobody can be recognised: counts of 1 to {}, counts that \
                    with others would give these away, and what follows from them; relative risks and grades below {} \
                    incidents. {}",
                    rule.k.saturating_sub(1),
                    rule.min_events_weighted,
                    below.en
                ),
            )
        };
        note(("Phần không hiển thị", "What is hidden"), text)
    }

    /// The categories that no role sees on the level of communes.
    fn below_district(&self) -> Names {
        let hidden = &self.snapshot.rules.disclosure.never_below_district;
        let categories = self.snapshot.taxonomy.categories.iter();
        let found = categories.filter(|category| category.sensitive || hidden.contains(&category.id));
        let (vi, en): (Vec<&str>, Vec<&str>) =
            found.map(|category| (category.vi.as_str(), category.en.as_str())).unzip();
        names(
            format!("Không hiển thị dưới cấp huyện: {}.", vi.join("; ")),
            format!("Never shown below district: {}.", en.join("; ")),
        )
    }

    /// What the steps of a series are.
    pub(super) fn steps(&self) -> Note {
        let year = self.snapshot.rules.statistics_years().next().map(|window| window.period);
        let year = year.map_or_else(
            || names("", ""),
            |year| {
                let (first, last) = (year.from().date(), Day::from_number(year.to().number() - 1).date());
                let day = |date: jiff::civil::Date| date.strftime("%d/%m").to_string();
                names(
                    format!(" “Năm” là năm thống kê, từ {} đến {}.", day(first), day(last)),
                    format!(" A \"year\" is a year of statistics, from {} to {} (day/month).", day(first), day(last)),
                )
            },
        );
        note(
            ("Các bước thời gian", "Steps of time"),
            names(
                format!(
                    "Tuần từ thứ Hai đến Chủ nhật.{} Bước đầu và bước cuối có thể bị cắt bởi kỳ: tỷ suất vẫn \
                    đúng, số vụ không so được với bước trọn.",
                    year.vi
                ),
                format!(
                    "Weeks run from Monday to Sunday.{} The period may cut the first and the last step: their \
                    rates hold, their counts cannot be held against whole steps.",
                    year.en
                ),
            ),
        )
    }

    fn sources(&self) -> Note {
        let epoch = self.snapshot.epoch;
        let of = |(part, vi, en): (Dataset, &str, &str)| {
            let is_sample = self.snapshot.sample_datasets.contains(&part);
            let (from_vi, from_en) = if is_sample {
                ("dữ liệu minh hoạ đi kèm chương trình", "the sample that comes with the program")
            } else {
                ("do đơn vị vận hành nhập", "imported by the operator")
            };
            (format!("{vi}: {from_vi}"), format!("{en}: {from_en}"))
        };
        let edition = self.filter.edition;
        let parts = [
            (Dataset::Boundaries(edition), "Địa giới", "Boundaries"),
            (Dataset::Population(edition), "Số dân", "Residents"),
            (Dataset::Incidents, "Vụ việc", "Incidents"),
            (Dataset::Models, "Mô hình", "Community models"),
            (Dataset::Certifications, "Công nhận", "Certifications"),
        ];
        let (vi, en): (Vec<String>, Vec<String>) = parts.into_iter().map(of).unzip();
        let text = names(
            format!(
                "{}. Phiên bản dữ liệu {epoch}; chương trình Bình Yên {}.",
                vi.join("; "),
                env!("CARGO_PKG_VERSION")
            ),
            format!("{}. Epoch {epoch}; Bình Yên {}.", en.join("; "), env!("CARGO_PKG_VERSION")),
        );
        note(("Nguồn", "Sources"), text)
    }
}

fn level(level: Level) -> Names {
    match level {
        Level::Commune => names("xã, phường, thị trấn", "commune"),
        Level::District => names("huyện, thị xã, thành phố", "district"),
        Level::Province => names("tỉnh, thành phố", "province"),
    }
}
