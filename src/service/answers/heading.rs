//! What every answer on a filter begins with: what is served, for which filter, by which scheme.
//!
//! In: a snapshot and the filter of a request. Out: the members that an answer puts before its own.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::edition::EditionId;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{Severity, Taxonomy};
use crate::domain::release::ReleaseReference;
use crate::domain::rules::scheme::Scheme;
use crate::domain::text::Names;
use crate::domain::time::period::{Period, PeriodDates};
use crate::service::filter::RequestedFilter;
use crate::snapshot::Snapshot;

/// What every answer on a filter begins with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Heading {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change that the role may notice.
    epoch: u64,
    /// The release that the numbers are from; null where they are counted from the data as it is now.
    #[schema(required)]
    release: Option<ReleaseReference>,
    /// The edition of the boundaries.
    edition: EditionId,
    /// The period that is counted.
    window: WindowSpan,
    /// The period that was asked for, where it reaches beyond the days on which incidents are known; null where all of
    /// it is counted.
    #[schema(required)]
    requested: Option<UncutPeriod>,
    /// The filter in its canonical form.
    filter: CanonicalFilter,
    /// The rating scheme that the numbers were made with.
    scheme: SchemeReference,
}

impl Heading {
    /// The heading of an answer to a filter.
    pub(crate) fn of(snapshot: &Snapshot, requested: &RequestedFilter) -> Self {
        let filter = &requested.filter;
        Self {
            sample: snapshot.is_sample(),
            epoch: requested.state.epoch,
            release: requested.state.release,
            edition: filter.edition,
            window: WindowSpan::of(requested.window.as_deref(), filter.period),
            requested: UncutPeriod::of(requested),
            filter: CanonicalFilter::of(requested, &snapshot.taxonomy),
            scheme: SchemeReference::of(snapshot.scheme(filter)),
        }
    }
}

/// A period as it was asked for, before it was cut.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UncutPeriod {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// What was cut, as a sentence.
    note: Names,
}

impl UncutPeriod {
    /// The period of a request; none where all of it is counted.
    pub(crate) fn of(requested: &RequestedFilter) -> Option<Self> {
        let PeriodDates { from, to } = PeriodDates::from(requested.requested?);
        Some(Self { from, to, note: requested.cut()? })
    }
}

/// A period, with the name of the window that it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WindowSpan {
    /// The id of the window; null where the period is none.
    #[schema(required)]
    pub(crate) id: Option<String>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(crate) from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    pub(crate) to: Date,
}

impl WindowSpan {
    /// A period that may have a name.
    pub(crate) fn of(id: Option<&str>, period: Period) -> Self {
        let PeriodDates { from, to } = PeriodDates::from(period);
        Self { id: id.map(str::to_owned), from, to }
    }
}

/// What was requested, in its canonical form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CanonicalFilter {
    /// The edition of the boundaries.
    edition: EditionId,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// The ids of the requested categories; null for the reported ones, which is all but those found by police work.
    #[schema(required)]
    categories: Option<Vec<String>>,
    /// The least severity counted.
    min_severity: Severity,
}

impl CanonicalFilter {
    fn of(requested: &RequestedFilter, taxonomy: &Taxonomy) -> Self {
        let filter = &requested.filter;
        let PeriodDates { from, to } = PeriodDates::from(filter.period);
        Self {
            edition: filter.edition,
            from,
            to,
            categories: category_ids(filter.categories, taxonomy),
            min_severity: filter.min_severity,
        }
    }
}

/// The ids of the requested categories; none for the reported ones.
pub(crate) fn category_ids(categories: CategorySet, taxonomy: &Taxonomy) -> Option<Vec<String>> {
    let ids = || {
        let entries = categories.iter().filter_map(|index| taxonomy.category_entry(index));
        entries.map(|category| category.id.clone()).collect()
    };
    (categories != CategorySet::reported(taxonomy)).then(ids)
}

/// The rating scheme that numbers were made with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SchemeReference {
    /// The id.
    id: String,
    /// The version that its file names.
    version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of its file.
    hash: String,
    /// Its name for people.
    name: Names,
}

impl SchemeReference {
    /// The reference to a scheme.
    pub(crate) fn of(scheme: &Scheme) -> Self {
        Self {
            id: scheme.id.clone(),
            version: scheme.version.clone(),
            hash: scheme.hash.clone(),
            name: scheme.names.clone(),
        }
    }
}
