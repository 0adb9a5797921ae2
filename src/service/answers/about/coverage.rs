//! On which days incidents are known: overall, and for the channels and districts that have days of their own.
//!
//! In: what is served, and a role. Out: the member of `/meta`, for the public the days that its release counts.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey};
use crate::domain::incident::coverage::{CoverageBasis, CoveredDays, DataCoverage};
use crate::domain::incident::taxonomy::Term;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::service::live::ServedSnapshot;
use crate::texts::phrasing::listed_days;
use crate::texts::text;

/// The days on which incidents are known. Periods that reach beyond are cut to them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CoverageAnswer {
    /// The spans of days, in order.
    periods: Vec<PeriodDates>,
    /// Whether they were declared, or are the days of the first and the last incident.
    declared: bool,
    /// The same as a sentence.
    note: Names,
    /// The channels that have days of their own.
    channels: Vec<ChannelCoverageAnswer>,
    /// The districts that have days of their own.
    districts: Vec<DistrictCoverageAnswer>,
}

/// The days on which the incidents of one channel are known.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ChannelCoverageAnswer {
    /// The id of the channel.
    id: String,
    /// Its name for people.
    name: Names,
    /// The spans of days, in order.
    periods: Vec<PeriodDates>,
}

/// The days on which the incidents of one district are known.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DistrictCoverageAnswer {
    /// The edition of the code.
    edition: EditionId,
    /// The code of the district.
    code: AreaCode,
    /// The spans of days, in order.
    periods: Vec<PeriodDates>,
}

impl CoverageAnswer {
    /// The coverage for a role; none where no incident is known.
    pub(super) fn of(served: &ServedSnapshot, role: Role) -> Option<Self> {
        let snapshot = &served.snapshot;
        let DataCoverage { overall, basis, channels, districts } = served.coverage(role);
        let overall = overall.as_ref()?;
        let term = |id: &str| snapshot.taxonomy.channels.iter().find(|term| term.id == id);
        let channel = |(id, days): (&String, &CoveredDays)| ChannelCoverageAnswer {
            id: id.clone(),
            name: term(id).map_or_else(|| Names::same(id), Term::names),
            periods: periods(days),
        };
        let district = |(key, days): (&AreaKey, &CoveredDays)| DistrictCoverageAnswer {
            edition: key.edition,
            code: key.code.clone(),
            periods: periods(days),
        };
        Some(Self {
            periods: periods(overall),
            declared: *basis == CoverageBasis::Declared,
            note: text!("coverage-of-incidents", days = listed_days(overall.spans())),
            channels: channels.iter().map(channel).collect(),
            districts: districts.iter().map(district).collect(),
        })
    }
}

fn periods(days: &CoveredDays) -> Vec<PeriodDates> {
    days.spans().iter().copied().map(PeriodDates::from).collect()
}
