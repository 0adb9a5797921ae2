//! Which areas and periods a comparison is between.
//!
//! In: the parameters `areas`, `periods` and `with`, a viewer. Out: filters and areas that may be compared: of one
//! level, in periods that share no day, in a group that has others. The figures come from the answers.

use std::ops::RangeInclusive;

use super::areas::RequestedAreas;
use crate::assessment::comparison::reference::{Group, Members, members};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::incident::taxonomy::Term;
use crate::domain::text::{Language, Names};
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::phrasing::days;
use crate::texts::text;

/// How many areas are compared at once; fifteen pairs are as many as a reader takes in.
pub(crate) const AREAS: RangeInclusive<usize> = 2..=6;
/// How many areas are followed from one period to another: every commune of a province.
pub(crate) const AREAS_IN_TWO_PERIODS: RangeInclusive<usize> = 1..=300;

/// Days by which periods of the same length may differ: a leap day.
const LEAP_DAYS: usize = 1;

/// An area and the group that it is held against.
#[derive(Debug, Clone)]
pub(crate) struct GroupQuestion {
    pub(crate) requested: RequestedFilter,
    /// The one area.
    pub(crate) areas: RequestedAreas,
    /// Its index in its level.
    pub(in crate::service) area_index: AreaIndex,
    /// The areas of the group, itself among them.
    pub(in crate::service) members: Members,
}

impl GroupQuestion {
    /// The area of a query and the group that the parameter `with` names.
    ///
    /// # Errors
    /// When there is no such group or area, or when the area stands in no such group.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        let group = group(query.value("with").unwrap_or_default())?;
        let snapshot = &served.snapshot;
        let requested = RequestedFilter::resolved(query, served, viewer)?;
        let edition = requested.filter.edition;
        let areas = RequestedAreas::of(query, snapshot, edition, &(1..=1))?;
        let area_index = areas.area_indices.first().copied().unwrap_or(AreaIndex::new(0));
        let edition_data = snapshot.edition(edition).ok_or(ServiceError::NotReady)?;
        let members = members(snapshot, group, edition_data, areas.level, area_index);
        let members = members.ok_or_else(|| without_group(group, areas.level))?;
        Ok(Self { requested, areas, area_index, members })
    }

    /// The word for the group in addresses.
    pub(crate) fn group_name(&self) -> &'static str {
        self.members.group.as_str()
    }

    /// The refusal where the group holds nobody to compare the area with.
    pub(in crate::service) fn nobody_else(&self) -> ServiceError {
        without_group(self.members.group, self.areas.level)
    }
}

fn group(text: &str) -> Result<Group, ServiceError> {
    let named = Group::ALL.into_iter().find(|group| group.as_str() == text);
    let known = || Group::ALL.iter().map(|group| group.as_str().to_owned()).collect();
    named.ok_or_else(|| ServiceError::none_of("with", text, known()))
}

fn without_group(group: Group, level: Level) -> ServiceError {
    let what = text!("request-group-of-one", level = level.as_str(), group = group.as_str());
    ServiceError::ConflictingParameters { what }
}

/// The filters of two periods, each a window or a pair of days, that the parameter `periods` names.
///
/// # Errors
/// When they are not two, share days, or may not be asked for by the viewer.
pub(crate) fn two_periods(
    query: &Query,
    served: &ServedSnapshot,
    viewer: Viewer,
) -> Result<[RequestedFilter; 2], ServiceError> {
    const ONE_PERIOD: [&str; 3] = ["window", "from", "to"];
    if query.first_of(&ONE_PERIOD).is_some() {
        let what = text!("request-periods-beside-a-period");
        return Err(ServiceError::ConflictingParameters { what });
    }
    let text = query.value("periods").unwrap_or_default();
    let (first, second) = text.split_once(',').ok_or_else(|| not_two_periods(text))?;
    let requested = |one: &str| {
        let instead = match one.split_once("..") {
            Some((from, to)) => query.with_instead(&[], &[("from", from), ("to", to)]),
            None => query.with_instead(&[], &[("window", one)]),
        };
        RequestedFilter::resolved(&instead, served, viewer)
    };
    let (first, second) = (requested(first)?, requested(second)?);
    if first.filter.period.overlaps(second.filter.period) {
        let what = text!("request-periods-share-days");
        return Err(ServiceError::ConflictingParameters { what });
    }
    comparable(served, viewer, &first, &second)?;
    Ok([first, second])
}

/// Refuses periods that were cut to different lengths, and those between which a channel begins or ends: what changed
/// from one to the other would be the data.
fn comparable(
    served: &ServedSnapshot,
    viewer: Viewer,
    first: &RequestedFilter,
    second: &RequestedFilter,
) -> Result<(), ServiceError> {
    let coverage = served.coverage(viewer.role());
    let (one, other) = (first.filter.period, second.filter.period);
    let refusal = |what| ServiceError::NotCovered {
        what,
        covered: coverage.overall.as_ref().map(|days| days.spans().to_vec()).unwrap_or_default(),
    };
    let is_cut = first.requested.or(second.requested).is_some();
    if is_cut && one.day_numbers().len().abs_diff(other.day_numbers().len()) > LEAP_DAYS {
        return Err(refusal(text!("refusal-periods-not-alike", first = days(one), second = days(other))));
    }
    let uneven = coverage.uneven_channels(one, other);
    if uneven.is_empty() {
        return Ok(());
    }
    let taxonomy = &served.snapshot.taxonomy;
    let named = |id: &&str| {
        let term = taxonomy.channels.iter().find(|term| term.id == **id);
        term.map_or_else(|| Names::same(id), Term::names)
    };
    let names: Vec<Names> = uneven.iter().map(named).collect();
    let listed = |language| names.iter().map(|name| name.in_language(language)).collect::<Vec<_>>().join(", ");
    let channels = Names { vi: listed(Language::Vietnamese), en: listed(Language::English) };
    Err(refusal(text!("refusal-channels-not-alike", channels = channels)))
}

fn not_two_periods(text: &str) -> ServiceError {
    ServiceError::invalid("periods", text, text!("expected-two-periods"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Role;
    use crate::service::questions::tests::{query, served, viewer};

    fn asked(text: &str) -> Result<GroupQuestion, ServiceError> {
        GroupQuestion::of(&query(&format!("window=TK-2022&{text}")), served(), viewer(Role::Public))
    }

    fn periods(text: &str, role: Role) -> Result<[RequestedFilter; 2], ServiceError> {
        two_periods(&query(text), served(), viewer(role))
    }

    #[test]
    fn area_stands_among_the_members_of_its_group() {
        let question = asked("areas=20002&with=district").unwrap();
        assert_eq!((question.group_name(), question.area_index), ("district", AreaIndex::new(1)));
        assert_eq!(question.members.area_indices, [0, 1, 2, 3].map(AreaIndex::new));
        let province = asked("areas=501&with=province").unwrap();
        assert_eq!(province.members.area_indices, [0, 1].map(AreaIndex::new));
    }

    #[test]
    fn group_that_is_none_and_area_without_a_group_are_refused() {
        let Err(ServiceError::InvalidParameter { name: "with", known, .. }) = asked("areas=20001&with=village") else {
            panic!("there is no such group")
        };
        assert_eq!(known, ["district", "peers", "province"]);
        assert!(matches!(asked("areas=49&with=province"), Err(ServiceError::ConflictingParameters { .. })));
        assert!(matches!(asked("areas=501&with=district"), Err(ServiceError::ConflictingParameters { .. })));
        for areas in ["", "20001,20002"] {
            let refused = asked(&format!("areas={areas}&with=district"));
            assert!(matches!(refused, Err(ServiceError::InvalidParameter { name: "areas", .. })), "{areas}");
        }
    }

    #[test]
    fn two_windows_are_two_filters_in_the_order_of_the_request() {
        let [first, second] = periods("periods=TK-2023,TK-2022", Role::Public).unwrap();
        assert_eq!([first.window.as_deref(), second.window.as_deref()], [Some("TK-2023"), Some("TK-2022")]);
        assert_eq!(second.filter.period.to(), first.filter.period.from());
    }

    #[test]
    fn free_days_are_not_for_the_public() {
        let free = "periods=2022-01-01..2022-07-01,2023-01-01..2023-07-01";
        let [first, second] = periods(free, Role::Planner).unwrap();
        assert_eq!([first.window, second.window], [None, None]);
        assert!(matches!(periods(free, Role::Public), Err(ServiceError::NotReleased { .. })));
    }

    #[test]
    fn periods_that_are_not_two_apart_are_refused() {
        let overlapping = ["periods=TK-2022,TK-2022", "periods=TK-2022,3N-2023"];
        for text in overlapping.into_iter().chain(["periods=TK-2022,TK-2023&window=TK-2024"]) {
            let refused = periods(text, Role::Public);
            assert!(matches!(refused, Err(ServiceError::ConflictingParameters { .. })), "{text}");
        }
        for text in ["periods=", "periods=TK-2022", "periods=TK-2022,TK-1900", ""] {
            let refused = periods(text, Role::Public);
            assert!(matches!(refused, Err(ServiceError::InvalidParameter { .. })), "{text}");
        }
    }
}
