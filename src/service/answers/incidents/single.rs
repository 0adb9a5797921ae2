//! One incident as the store has it, in the fields and words of an import.
//!
//! In: an incident and for whom. Out: a feature that can be handed in again as it is. Of what is never shown below
//! district neither point nor commune is told to anybody, and the incident itself to operators alone.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::incident::taxonomy::{Category, Taxonomy, Term};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::domain::role::Role;
use crate::service::answers::geometry::{FeatureType, GeoJsonGeometry, point};
use crate::snapshot::Snapshot;

/// One incident as a GeoJSON feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SingleIncidentAnswer {
    /// Always `Feature`.
    #[serde(rename = "type")]
    feature_type: FeatureType,
    /// The stable id.
    id: String,
    /// Where it happened; null where it has no point, or none that is shown.
    #[schema(required)]
    geometry: Option<GeoJsonGeometry>,
    /// What is known of it.
    properties: StoredProperties,
}

/// What an incident says, in the fields of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StoredProperties {
    /// The moment (RFC 3339, UTC).
    pub(crate) time: String,
    /// What happened.
    pub(crate) category: String,
    /// How severe it was.
    pub(crate) severity: String,
    /// How far it is handled.
    pub(crate) status: String,
    /// How word of it came.
    pub(crate) channel: String,
    /// How exact the point is.
    pub(crate) precision: String,
    /// The area, where no point is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) area_code: Option<String>,
    /// The edition of the area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edition: Option<String>,
}

impl SingleIncidentAnswer {
    /// An incident for a role; none where the role may not know of it.
    pub(crate) fn of(snapshot: &Snapshot, incident: &Incident, role: Role) -> Option<Self> {
        let category = snapshot.taxonomy.category_entry(incident.category);
        let never_below = &snapshot.rules.disclosure.never_below_district;
        let is_guarded = category.is_none_or(|entry| entry.sensitive || never_below.contains(&entry.id));
        // Reports that are not counted stand in no list of commanders either.
        let is_listed = !is_guarded && snapshot.taxonomy.is_counted(incident.status);
        if !is_listed && role < Role::Operator {
            return None;
        }
        let has_no_place = is_guarded || category.is_some_and(|entry| entry.unmapped);
        let mut properties = StoredProperties::of(incident, &snapshot.taxonomy);
        if has_no_place {
            (properties.area_code, properties.edition) = (None, None);
        }
        let at = match &incident.location {
            IncidentLocation::Point(at) if !has_no_place => Some(point(at.lon(), at.lat())),
            _ => None,
        };
        Some(Self { feature_type: FeatureType::Feature, id: incident.id.clone(), geometry: at, properties })
    }
}

impl StoredProperties {
    /// What an incident says, all of it.
    pub(crate) fn of(incident: &Incident, taxonomy: &Taxonomy) -> Self {
        let (area_code, edition) = match &incident.location {
            IncidentLocation::Area(key) => (Some(key.code.to_string()), Some(key.edition.to_string())),
            IncidentLocation::Point(_) | IncidentLocation::Unknown => (None, None),
        };
        let id = |term: Option<&Term>| term.map(|term| term.id.clone()).unwrap_or_default();
        let category = |entry: &Category| entry.id.clone();
        Self {
            time: Timestamp::from_second(incident.unix_seconds).map(|at| at.to_string()).unwrap_or_default(),
            category: taxonomy.category_entry(incident.category).map(category).unwrap_or_default(),
            severity: id(taxonomy.severities.get(incident.severity.index())),
            status: id(taxonomy.statuses.get(incident.status.index())),
            channel: id(taxonomy.channels.get(incident.channel.index())),
            precision: id(taxonomy.precisions.get(incident.precision.index())),
            area_code,
            edition,
        }
    }
}
