//! Where something is said to have happened: a point inside the province, or a commune that is known.

use super::json_fields::{JsonFields, field_fault};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey, CommuneIndex, Position};
use crate::domain::incident::IncidentLocation;
use crate::service::error::ServiceError;
use crate::snapshot::Snapshot;
use crate::texts::text;
use crate::tile::LonLat;

/// The members that say where.
pub(super) const PLACE: [&str; 4] = ["lon", "lat", "edition", "area_code"];

/// The place that a body names; none where it names none.
///
/// # Errors
/// When it names half a place, two, one outside the province, or a commune that is not known.
pub(super) fn location(fields: &JsonFields, snapshot: &Snapshot) -> Result<IncidentLocation, ServiceError> {
    let (lon, lat) = (fields.number("lon")?, fields.number("lat")?);
    let (edition, code) = (fields.text("edition")?, fields.text("area_code")?);
    match ((lon, lat), (edition, code)) {
        ((Some(lon), Some(lat)), (None, None)) => {
            point(lon, lat, snapshot).ok_or_else(|| field_fault("lon", text!("report-place-outside")))
        }
        ((None, None), (Some(edition), Some(code))) => commune(edition, code, snapshot),
        ((None, None), (None, None)) => Ok(IncidentLocation::Unknown),
        ((Some(_), None), _) => Err(field_fault("lat", text!("report-field-missing"))),
        ((None, Some(_)), _) => Err(field_fault("lon", text!("report-field-missing"))),
        (_, (Some(_), None)) => Err(field_fault("area_code", text!("report-field-missing"))),
        (_, (None, Some(_))) => Err(field_fault("edition", text!("report-field-missing"))),
        _ => Err(field_fault("lon", text!("report-two-places"))),
    }
}

/// The place of a position inside the province; none for one that lies outside.
pub(super) fn point(lon: f64, lat: f64, snapshot: &Snapshot) -> Option<IncidentLocation> {
    let position = Position::new(lon, lat).ok()?;
    snapshot.default_edition()?.shape.commune_at(LonLat::new(position.lon(), position.lat()))?;
    Some(IncidentLocation::Point(position))
}

fn commune(edition: &str, code: &str, snapshot: &Snapshot) -> Result<IncidentLocation, ServiceError> {
    let unknown = || field_fault("area_code", text!("report-no-commune", edition = edition, code = code));
    let id: EditionId = edition.parse().map_err(|_| field_fault("edition", text!("expected-edition")))?;
    let code: AreaCode = code.parse().map_err(|_| unknown())?;
    let data = snapshot.edition(id).ok_or_else(unknown)?;
    let is_known = data.shape.communes().iter().any(|commune| commune.code == code);
    is_known.then_some(IncidentLocation::Area(AreaKey { edition: id, code })).ok_or_else(unknown)
}

/// The commune of the newest edition in which a place lies.
pub(crate) fn commune_of(location: &IncidentLocation, snapshot: &Snapshot) -> Option<CommuneIndex> {
    let edition = snapshot.default_edition()?;
    match location {
        IncidentLocation::Point(position) => edition.shape.commune_at(LonLat::new(position.lon(), position.lat())),
        IncidentLocation::Area(key) => edition.commune_of_key.get(key).copied(),
        IncidentLocation::Unknown => None,
    }
}
