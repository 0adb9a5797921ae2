//! Features that are written as GeoJSON.

use crate::attributes::Attribute;
use crate::features::column::FeatureColumn;
use crate::features::source::FeatureSource;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail};

/// Features that are written as GeoJSON.
pub(crate) trait ItemSource: FeatureSource {
    /// Where one is, with as much detail as is wanted; none where it is nowhere.
    fn geometry(&self, row: usize, detail: GeometryDetail) -> Option<GeoJsonGeometry>;
}

/// The columns of attributes.
pub(super) fn columns_of<K: 'static>(attributes: &[&'static Attribute<K>]) -> Vec<FeatureColumn> {
    attributes.iter().map(|attribute| FeatureColumn::of(attribute)).collect()
}
