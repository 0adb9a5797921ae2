//! The newest incidents of the last days, one by one.
//!
//! For roles that see points. Of categories that are never shown below district nothing is told, not even that there was
//! one; what may be no point has none.

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::Position;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::RowFilter;
use crate::domain::incident::taxonomy::Severity;
use crate::domain::time::period::{Period, local_time};
use crate::service::answers::area_name::AreaName;
use crate::service::answers::incidents::points::shown_position;
use crate::service::questions::situation::SituationQuestion;
use crate::snapshot::Snapshot;

/// No list is longer: it is looked at, not counted from.
const MOST: usize = 100;

/// One of the newest incidents.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NewestIncident {
    /// The stable id.
    id: String,
    /// When it happened, in local time.
    time: String,
    /// The id of the category.
    category: String,
    /// Its severity, 1 to 5.
    severity: u8,
    /// The commune in which it counts; null where it counts in none.
    #[schema(required)]
    area: Option<AreaName>,
    /// Where it is drawn, longitude; null where it has no point.
    #[schema(required)]
    lon: Option<f64>,
    /// The same, latitude.
    #[schema(required)]
    lat: Option<f64>,
}

impl NewestIncident {
    /// The newest incidents of some days.
    pub(super) fn of(snapshot: &Snapshot, question: &SituationQuestion, period: Period) -> Vec<Self> {
        let filter = Filter {
            edition: question.request.edition,
            period,
            // Those that are counted beside the list.
            categories: snapshot.shown_below_district(CategorySet::reported(&snapshot.taxonomy)),
            min_severity: Severity::LEAST,
            scheme: snapshot.schemes.default_index(),
        };
        let (incidents, filter) = (&snapshot.incidents, RowFilter::new(&filter));
        let is_listed =
            |row: &IncidentRow| filter.holds(incidents, *row) && snapshot.taxonomy.is_counted(incidents.status(*row));
        let mut rows: Vec<(i64, IncidentRow)> =
            incidents.par_rows().filter(is_listed).map(|row| (incidents.unix_seconds(row), row)).collect();
        rows.sort_unstable_by(|one, other| {
            other.0.cmp(&one.0).then_with(|| incidents.id(one.1).cmp(incidents.id(other.1)))
        });
        rows.truncate(MOST);
        rows.into_iter().map(|(_, row)| Self::one(snapshot, question, row)).collect()
    }

    fn one(snapshot: &Snapshot, question: &SituationQuestion, row: IncidentRow) -> Self {
        let incidents = &snapshot.incidents;
        let edition_data = snapshot.edition(question.request.edition);
        let commune = edition_data.and_then(|data| data.shape.commune(data.commune_of_incident(row)?));
        let at = shown_position(snapshot, row);
        let category = snapshot.taxonomy.category_entry(incidents.category(row));
        Self {
            id: incidents.id(row).to_owned(),
            time: local_time(incidents.unix_seconds(row)),
            category: category.map(|category| category.id.clone()).unwrap_or_default(),
            severity: incidents.severity(row).number(),
            area: commune.map(AreaName::of),
            lon: at.map(Position::lon),
            lat: at.map(Position::lat),
        }
    }
}
