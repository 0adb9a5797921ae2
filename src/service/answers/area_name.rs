//! An area as answers name it beside other things.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::AreaCode;
use crate::snapshot::AreaEntry;

/// An area by code and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaName {
    /// The code within the edition.
    pub(crate) code: AreaCode,
    /// The official name.
    pub(crate) name: String,
}

impl AreaName {
    /// The code and the name of an area.
    pub(crate) fn of(area: &AreaEntry) -> Self {
        Self { code: area.code.clone(), name: area.name.clone() }
    }
}
