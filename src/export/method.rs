//! The sheet of method: what the numbers of a workbook mean, what they were made with, and what they leave out.
//!
//! In: the snapshot, the filter and the role behind the numbers. Out: notes in both languages, and the constants that a
//! file of rows alone repeats.

use std::collections::BTreeSet;

use super::notes::{NoteText, note};
use super::table::{Constant, ExportTable, Note, Workbook};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionEntry;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::holdings::Dataset;
use crate::domain::incident::taxonomy::{Category, Taxonomy, Term};
use crate::domain::release::ReleaseReference;
use crate::domain::role::Role;
use crate::domain::rules::Rules;
use crate::domain::rules::scheme::Scheme;
use crate::domain::rules::window::Window;
use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period};
use crate::service::answers::comparison::MEASURED_LEVEL;
use crate::service::answers::residents_base::ResidentsBase;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::texts::phrasing::{cut_period, days, edition_name, release};
use crate::texts::{decimal, text, text_id};

/// What a workbook is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExportContext<'a> {
    /// The words for what is counted.
    pub(super) taxonomy: &'a Taxonomy,
    /// The rules in force.
    pub(super) rules: &'a Rules,
    /// The scheme that rates.
    pub(super) scheme: &'a Scheme,
    /// The edition of the boundaries.
    edition: Option<&'a EditionEntry>,
    /// The parts of the data that are the embedded sample.
    sample_datasets: &'a BTreeSet<Dataset>,
    /// The data behind it.
    served: &'a ServedSnapshot,
    /// The state of the data.
    epoch: u64,
    /// The release that the numbers are from.
    pub(super) release: Option<ReleaseReference>,
    /// What the numbers count.
    pub(super) filter: &'a Filter,
    /// The window, where the period is a named one.
    pub(super) window: Option<&'a Window>,
    /// The period that was asked for, where days of it are not counted.
    requested: Option<Period>,
    /// The level of the areas.
    pub(super) level: Level,
    /// The role that requested it.
    pub(super) role: Role,
}

impl<'a> ExportContext<'a> {
    /// What stands behind the numbers of a level under a filter.
    pub(super) fn of(served: &'a ServedSnapshot, requested: &'a RequestedFilter, level: Level, role: Role) -> Self {
        let (snapshot, filter) = (&served.snapshot, &requested.filter);
        Self {
            taxonomy: &snapshot.taxonomy,
            rules: &snapshot.rules,
            scheme: snapshot.scheme(filter),
            edition: snapshot.edition(filter.edition).map(|edition_data| &edition_data.entry),
            sample_datasets: &snapshot.sample_datasets,
            served,
            epoch: requested.state.epoch,
            release: requested.state.release,
            filter,
            window: requested.window.as_deref().and_then(|id| snapshot.rules.window(id)),
            requested: requested.requested,
            level,
            role,
        }
    }
}

impl ExportContext<'_> {
    /// Whether any of the data is the embedded sample.
    pub(super) fn is_sample(&self) -> bool {
        !self.sample_datasets.is_empty()
    }

    /// A workbook of some tables with the notes that every one of them needs.
    pub(super) fn workbook(&self, title: Names, main: ExportTable, more: Vec<ExportTable>) -> Workbook {
        let period = self.filter.period;
        let constant = |name, value: String| Constant { name, value };
        Workbook {
            title,
            main,
            more,
            before: vec![constant("edition", self.filter.edition.to_string())],
            after: self.named_beside(),
            notes: self.notes(),
            dated: period.to().date(),
        }
    }

    /// What stands behind the columns of a file of rows: the scheme, whether it is the sample, the release.
    fn named_beside(&self) -> Vec<Constant> {
        let constant = |name, value: String| Constant { name, value };
        let release = self.release.map(|release| constant("release", release.number.to_string()));
        let fixed = [constant("scheme", self.scheme.id.clone()), constant("sample", self.is_sample().to_string())];
        fixed.into_iter().chain(release).collect()
    }

    fn notes(&self) -> Vec<Note> {
        let own = [self.window(), self.edition(), self.categories(), self.rules()];
        let release = self.release.map(|reference| {
            note(text_id!("method-release-subject"), text!("method-release", release = release(reference)))
        });
        let sample = self.is_sample().then(|| NoteText::SAMPLE.note());
        let counted = [self.denominators(), NoteText::WITHOUT_POINT.note(), NoteText::DETECTED.note()];
        sample
            .into_iter()
            .chain(own)
            .chain(release)
            .chain(counted)
            .chain([self.limits(), self.hidden(), self.sources()])
            .collect()
    }

    /// What counts are divided by, and on which figures that rests.
    fn denominators(&self) -> Note {
        let base = ResidentsBase::of_filter(&self.served.snapshot, self.filter);
        let base = base.map_or_else(|| Names::same(""), |base| base.text);
        note(text_id!("note-denominators-subject"), text!("note-denominators", base = base))
    }

    /// The workbook of numbers that belong to one period, which a file of rows alone must repeat.
    pub(super) fn dated(&self, mut workbook: Workbook) -> Workbook {
        let period = self.filter.period;
        let days = [("from", period.from()), ("to", period.to())];
        workbook.before.extend(days.map(|(name, day)| Constant { name, value: day.to_string() }));
        workbook
    }

    /// That the period was cut, and to which days; nothing where it was not.
    pub(super) fn cut(&self) -> Option<Names> {
        self.requested.map(|requested| cut_period(self.filter.period, requested))
    }

    /// Which days are counted, and what they are called.
    pub(super) fn window(&self) -> Note {
        let period = self.filter.period;
        let text = match self.window {
            Some(window) => {
                text!("method-window", window = &window.names, id = &window.id, days = days(period))
            }
            None => text!("method-free-window", days = days(period)),
        };
        note(text_id!("method-window-subject"), text.joined(self.cut()))
    }

    fn edition(&self) -> Note {
        let id = self.filter.edition;
        let called = self.edition.map_or_else(|| Names::same(""), edition_name);
        note(
            text_id!("method-edition-subject"),
            text!("method-edition", boundaries = called, id = id.to_string(), level = level(self.level)),
        )
    }

    fn categories(&self) -> Note {
        let taxonomy = self.taxonomy;
        let least = taxonomy.severities.get(self.filter.min_severity.index());
        let least = least.map_or_else(|| Names::same(""), Term::names);
        let categories = self.filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
        let categories = if self.filter.categories == CategorySet::reported(taxonomy) {
            text!("method-all-categories")
        } else {
            listed(categories.map(Category::names))
        };
        note(text_id!("method-incidents-subject"), text!("method-incidents", categories = categories, least = least))
    }

    fn rules(&self) -> Note {
        let (rules, scheme) = (self.rules, self.scheme);
        let [a, b, c, d] = <[f64; 4]>::from(scheme.grade.bands).map(|bound| decimal(bound, 2));
        let versions = text!(
            "method-rules",
            scheme = &scheme.names,
            id = &scheme.id,
            version = &scheme.version,
            hash = &scheme.hash,
            rules_version = &rules.version,
            rules_hash = &rules.hash
        );
        let least = decimal(scheme.grade.min_letter_probability, 2);
        let grades = text!("method-grades", a = a, b = b, c = c, d = d, least = least);
        note(text_id!("method-rules-subject"), versions.joined([grades]))
    }

    fn limits(&self) -> Note {
        let grade = &self.scheme.grade;
        let rates = text!("method-limits-of-rates", level = decimal(MEASURED_LEVEL * 100.0, 0));
        let risks = text!(
            "method-limits-of-risks",
            interval = decimal(grade.interval * 100.0, 0),
            reliability = decimal(grade.min_reliability, 2)
        );
        note(text_id!("method-limits-subject"), rates.joined([risks]))
    }

    fn hidden(&self) -> Note {
        let rule = &self.rules.disclosure;
        let text = if self.role.sees_small_counts() {
            text!("method-internal")
        } else {
            text!("method-hidden", most = rule.k.saturating_sub(1), least_weighted = rule.min_events_weighted)
                .joined([text!("method-basis-published")])
        };
        note(text_id!("method-hidden-subject"), text.joined([self.below_district()]))
    }

    /// The categories that no role sees on the level of communes.
    fn below_district(&self) -> Names {
        let hidden = &self.rules.disclosure.never_below_district;
        let categories = self.taxonomy.categories.iter();
        let found = categories.filter(|category| category.sensitive || hidden.contains(&category.id));
        text!("method-never-below-district", categories = listed(found.map(Category::names)))
    }

    /// What the steps of a series are.
    pub(super) fn steps(&self) -> Note {
        let year = self.rules.statistics_years().next().map(|window| window.period);
        let years = year.map(|year| {
            let (first, last) = (year.from().date(), Day::from_number(year.to().number() - 1).date());
            let day = |date: jiff::civil::Date| date.strftime("%d/%m").to_string();
            text!("method-steps-years", first = day(first), last = day(last))
        });
        let cut = text!("method-steps-cut");
        note(text_id!("method-steps-subject"), text!("method-steps-weeks").joined(years.into_iter().chain([cut])))
    }

    fn sources(&self) -> Note {
        let edition = self.filter.edition;
        let parts = [
            (Dataset::Boundaries(edition), text!("method-dataset-boundaries")),
            (Dataset::Population(edition), text!("method-dataset-population")),
            (Dataset::Incidents, text!("method-dataset-incidents")),
            (Dataset::Models, text!("method-dataset-models")),
            (Dataset::Certifications, text!("method-dataset-certifications")),
        ];
        let list = parts.into_iter().map(|(part, name)| {
            if self.sample_datasets.contains(&part) {
                text!("method-source-sample", dataset = name)
            } else {
                text!("method-source-imported", dataset = name)
            }
        });
        let text = text!(
            "method-sources",
            list = listed(list),
            epoch = self.epoch.to_string(),
            program = env!("CARGO_PKG_VERSION")
        );
        note(text_id!("method-sources-subject"), text)
    }
}

/// Some names in one text, with semicolons between them.
fn listed(all: impl Iterator<Item = Names>) -> Names {
    let (vi, en): (Vec<String>, Vec<String>) = all.map(|names| (names.vi, names.en)).unzip();
    Names { vi: vi.join("; "), en: en.join("; ") }
}

fn level(level: Level) -> Names {
    match level {
        Level::Commune => text!("level-commune"),
        Level::District => text!("level-district"),
        Level::Province => text!("level-province"),
    }
}
