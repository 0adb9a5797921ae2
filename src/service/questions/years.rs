//! Every level of an edition in every year of statistics that the viewer may have.
//!
//! In: a query without a period or a level, a viewer and what is served. Out: one question for each year and level, with
//! the very checks of a question that names both. A year of which days are not known, or which is not released whole, is
//! left out: it would be no year.

use std::sync::Arc;

use super::areas::LevelQuestion;
use crate::assessment::trend::series::Visibility;
use crate::domain::area::Level;
use crate::domain::rules::window::Window;
use crate::domain::time::period::Day;
use crate::service::Service;
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;

/// What each question names itself.
const OWN: [&str; 4] = ["window", "from", "to", "level"];

/// One level in one year.
#[derive(Debug, Clone)]
pub(crate) struct LevelOfYear {
    /// The year in which the year of statistics ends, by which it is called.
    pub(crate) year: i16,
    /// The level.
    pub(crate) level: Level,
    question: LevelQuestion,
}

/// Every level in every year.
#[derive(Debug, Clone)]
pub(crate) struct YearsQuestion {
    served: Arc<ServedSnapshot>,
    /// By year, then from the widest level to the most detailed as the edition lists them.
    parts: Vec<LevelOfYear>,
}

impl YearsQuestion {
    /// The years and levels of a query.
    ///
    /// # Errors
    /// When a parameter is wrong, or no year may be seen.
    pub(crate) fn of(query: &Query, served: &Arc<ServedSnapshot>, viewer: Viewer) -> Result<Self, ServiceError> {
        let snapshot = &served.snapshot;
        let edition = RequestedFilter::resolved(&query.with_instead(&OWN, &[]), served, viewer)?.filter.edition;
        let edition_data = snapshot.edition(edition).ok_or(ServiceError::NotReady)?;
        let visibility = served.visibility(viewer.role());
        let is_whole = |year: &&Window| match visibility {
            Visibility::Full => snapshot.coverage.covers(year.period),
            Visibility::Published(release) => release.days_of(&year.id) == Some(year.period),
        };
        let mut years: Vec<&Window> = snapshot.rules.statistics_years().filter(is_whole).collect();
        years.sort_by_key(|year| year.period.from());
        let mut parts = Vec::new();
        for year in years {
            for level in edition_data.shape.levels.iter().map(|areas| areas.level) {
                let named = [("window", year.id.as_str()), ("level", level.as_str())];
                let question = LevelQuestion::of(&query.with_instead(&OWN, &named), served, viewer)?;
                let last = Day::from_number(year.period.to().number() - 1).date();
                parts.push(LevelOfYear { year: last.year(), level, question });
            }
        }
        if parts.is_empty() {
            return Err(viewer.not_released(&snapshot.rules));
        }
        Ok(Self { served: Arc::clone(served), parts })
    }

    /// The years and levels.
    pub(crate) fn parts(&self) -> &[LevelOfYear] {
        &self.parts
    }

    /// One of them assessed. Blocks while that is done.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn assessed(&self, part: &LevelOfYear, service: &Service) -> Result<AssessedLevel, ServiceError> {
        part.question.assessed(service, &self.served)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::role::Role;
    use crate::service::answers::areas::class_counts::{ClassCount, class_counts};
    use crate::service::questions::tests::{query, served, viewer};

    fn years(role: Role) -> YearsQuestion {
        YearsQuestion::of(&query(""), served(), viewer(role)).unwrap()
    }

    #[test]
    fn public_has_the_years_that_are_released_and_no_other() {
        let of = |role| years(role).parts.iter().map(|part| part.year).collect::<BTreeSet<_>>();
        assert!(!of(Role::Public).is_empty());
        assert!(of(Role::Public).is_subset(&of(Role::Planner)));
    }

    #[test]
    fn classes_add_up_to_the_components_of_the_rows() {
        let (service, question) = (Service::new(64 << 20), years(Role::Planner));
        let mut events = 0;
        for part in &question.parts {
            let assessed = question.assessed(part, &service).unwrap();
            let counts = class_counts(&assessed).unwrap();
            assert!(counts.iter().all(|count| count.severity.is_some() == count.is_rated));
            for (number, row) in assessed.rows().enumerate() {
                for component in &row.assessment.components {
                    let id = &assessed.scheme().components[component.component].id;
                    let of = |count: &&ClassCount<'_>| count.area_index.index() == number && count.component == id;
                    let classes: Vec<&ClassCount<'_>> = counts.iter().filter(of).collect();
                    let sum: Option<u32> = classes.iter().map(|count| count.incidents).sum();
                    assert!(!classes.is_empty(), "{} {} {id}", part.year, part.level);
                    if component.exposure.above_zero().is_some() {
                        assert_eq!(sum, component.observed, "{} {} {id}", part.year, part.level);
                        events += sum.unwrap_or(0);
                    }
                }
                let of_area = counts.iter().filter(|count| count.area_index.index() == number && count.is_in_total);
                let all: Option<u32> = of_area.map(|count| count.incidents).sum();
                if let Some(all) = all {
                    assert_eq!(Some(all), row.assessment.incidents, "{} {}", part.year, part.level);
                }
            }
        }
        assert!(events > 0, "something was counted");
    }

    #[test]
    fn public_has_no_severity_and_no_count_that_its_rows_hide() {
        let (service, question) = (Service::new(64 << 20), years(Role::Public));
        for part in &question.parts {
            let assessed = question.assessed(part, &service).unwrap();
            let rows: Vec<_> = assessed.rows().collect();
            for count in class_counts(&assessed).unwrap() {
                assert_eq!((count.severity, count.weight), (None, None));
                let parts = &rows[count.area_index.index()].assessment.components;
                let of = parts.iter().find(|part| assessed.scheme().components[part.component].id == count.component);
                assert_eq!(count.incidents, of.unwrap().observed);
            }
        }
    }
}
