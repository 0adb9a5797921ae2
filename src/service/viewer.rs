//! Who asks, and what follows from it: which windows and schemes may be requested, and which filters.
//!
//! In: a role and the day. Out: what the viewer may ask for. The role is asked here once; whoever answers asks the
//! viewer. Who may have which role is not decided here.

use super::error::ServiceError;
use super::live::ServedSnapshot;
use crate::domain::role::Role;
use crate::domain::rules::Rules;
use crate::domain::rules::scheme::{Scheme, Schemes};
use crate::domain::rules::window::{Window, WindowUse};
use crate::domain::time::period::Day;

/// Whether the same question will mean the same on another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilterLifetime {
    /// It will.
    Fixed,
    /// It may not: the newest released window stands in for the default one.
    Moving,
}

/// Who asks, and on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Viewer {
    role: Role,
    today: Day,
}

impl Viewer {
    /// Somebody with a role.
    pub fn new(role: Role, today: Day) -> Self {
        Self { role, today }
    }

    /// Somebody with a role who asks what is served: the public as on the day of the release that it is shown.
    pub(crate) fn of(role: Role, served: Option<&ServedSnapshot>, today: Day) -> Self {
        let released = served.filter(|_| role == Role::Public).map(ServedSnapshot::public_day);
        Self::new(role, released.unwrap_or(today))
    }

    /// Anybody.
    pub fn public(today: Day) -> Self {
        Self::new(Role::Public, today)
    }

    /// The role.
    pub fn role(self) -> Role {
        self.role
    }

    /// The day on which the viewer asks.
    pub fn today(self) -> Day {
        self.today
    }

    /// The same person without a role.
    #[must_use]
    pub fn as_public(self) -> Self {
        Self::public(self.today)
    }

    /// Refuses a viewer below a role.
    ///
    /// # Errors
    /// When the role is too low.
    pub fn at_least(self, needed: Role) -> Result<(), ServiceError> {
        if self.role >= needed { Ok(()) } else { Err(ServiceError::RoleTooLow { needed, role: self.role }) }
    }

    /// Whether any period, category and severity may be requested, or only what was released.
    pub(crate) fn filters_freely(self) -> bool {
        self.role != Role::Public
    }

    /// The windows that may be requested.
    pub(crate) fn windows(self, rules: &Rules) -> impl Iterator<Item = &Window> {
        let (is_free, today) = (self.filters_freely(), self.today);
        rules.windows.iter().filter(move |window| is_free || rules.is_released(window, today))
    }

    /// The ids of the windows that may be requested.
    pub(crate) fn window_ids(self, rules: &Rules) -> Vec<String> {
        self.windows(rules).map(|window| window.id.clone()).collect()
    }

    /// The window of a question that names none: that of the rule file; where it is not released to the public yet, or
    /// no day of it is counted for the viewer, the newest released one of which one is. Where none is, that of the rule
    /// file.
    pub(crate) fn default_window(self, served: &ServedSnapshot) -> Option<(&Window, FilterLifetime)> {
        let is_counted = |window: &Window| served.counted_days(window, self.role).is_some();
        self.default_window_of(&served.snapshot.rules, is_counted)
    }

    fn default_window_of(
        self,
        rules: &Rules,
        is_counted: impl Fn(&Window) -> bool,
    ) -> Option<(&Window, FilterLifetime)> {
        let has_days = |window: &&Window| is_counted(window);
        let fixed = self.windows(rules).find(|window| window.id == rules.default_window);
        if let Some(window) = fixed.filter(has_days) {
            return Some((window, FilterLifetime::Fixed));
        }
        let counted = self.windows(rules).filter(|window| window.serves == WindowUse::Statistics);
        let newest = counted
            .filter(has_days)
            .max_by_key(|window| (window.period.to(), window.period.to().number() - window.period.from().number()));
        newest.or(fixed).map(|window| (window, FilterLifetime::Moving))
    }

    /// The schemes that may be requested.
    pub(crate) fn schemes(self, schemes: &Schemes) -> impl Iterator<Item = &Scheme> {
        let is_free = self.filters_freely();
        schemes.iter().filter(move |scheme| is_free || scheme.is_released)
    }

    /// The refusal of a filter that is not released, with what is.
    pub(crate) fn not_released(self, rules: &Rules) -> ServiceError {
        ServiceError::NotReleased { released: self.as_public().window_ids(rules) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::coverage::{CoverageScope, DataCoverage, DeclaredCoverage};
    use crate::domain::incident::taxonomy::Taxonomy;

    fn rules() -> Rules {
        let taxonomy = Taxonomy::from_toml(include_str!("../../geodata/taxonomy.toml")).unwrap();
        Rules::from_toml(include_str!("../../geodata/rules.toml"), &taxonomy).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::of_date(text.parse().unwrap())
    }

    #[test]
    fn public_sees_the_windows_released_by_the_day_and_a_role_sees_all() {
        let (rules, today) = (rules(), day("2024-06-01"));
        let public = Viewer::public(today).window_ids(&rules);
        let planner = Viewer::new(Role::Planner, today).window_ids(&rules);
        assert!(!public.is_empty() && public.len() < planner.len(), "{public:?} of {planner:?}");
        assert!(public.iter().all(|id| planner.contains(id)));
        assert_eq!(planner.len(), rules.windows.len());
        let later = Viewer::public(day("2030-01-01")).window_ids(&rules);
        assert!(later.len() > public.len(), "time releases windows");
    }

    #[test]
    fn default_window_of_the_public_is_always_released() {
        let rules = rules();
        for today in ["2023-06-01", "2024-06-01", "2026-11-01"] {
            let viewer = Viewer::public(day(today));
            if let Some((window, _)) = viewer.default_window_of(&rules, |_| true) {
                assert!(viewer.window_ids(&rules).contains(&window.id), "{today}");
            }
            let (window, lifetime) =
                Viewer::new(Role::Commander, day(today)).default_window_of(&rules, |_| true).unwrap();
            assert_eq!((&window.id, lifetime), (&rules.default_window, FilterLifetime::Fixed));
        }
    }

    #[test]
    fn default_window_is_one_of_which_incidents_are_known() {
        let (rules, planner) = (rules(), Viewer::new(Role::Planner, day("2026-11-01")));
        let id = |days: &str| {
            let days = days.parse().unwrap();
            let declared = [DeclaredCoverage { scope: CoverageScope::Everything, days }];
            let coverage = DataCoverage::new(&declared, None, 0);
            let is_counted = |window: &Window| coverage.cut(window.period).is_some();
            planner.default_window_of(&rules, is_counted).unwrap().0.id.clone()
        };
        assert_eq!(id("2022-12-15..2025-06-15"), rules.default_window, "a part of it is enough");
        assert_eq!(
            id("2021-12-15..2022-12-15"),
            "3N-2024",
            "the newest that has any of the days, of equals the longest"
        );
        assert_eq!(id("1990-01-01..1991-01-01"), rules.default_window, "none has any");
    }

    #[test]
    fn a_role_opens_what_lies_below_it() {
        let today = day("2026-11-01");
        assert!(Viewer::new(Role::Commander, today).at_least(Role::Planner).is_ok());
        let refusal = Viewer::public(today).at_least(Role::Planner).unwrap_err();
        assert_eq!(refusal, ServiceError::RoleTooLow { needed: Role::Planner, role: Role::Public });
        assert!(!Viewer::public(today).filters_freely() && Viewer::new(Role::Planner, today).filters_freely());
    }
}
