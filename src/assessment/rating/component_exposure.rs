//! What one component is measured against in one area, and whether that suffices to rate it.
//!
//! In: a kind of exposure and its figure, where there is one. Out: the exposure above zero, or the
//! reason why the component is left out. Where figures come from is said by the exposure columns.

use crate::domain::area::exposure::ExposureKind;

/// What a component is measured against in one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComponentExposure {
    /// What incidents are measured against: residents, visitors, roads.
    pub kind: ExposureKind,
    /// Person-years or kilometre-years; absent where a commune of the area has no figure.
    pub value: Option<f64>,
}

impl ComponentExposure {
    /// The exposure that incidents can be set against; absent where there is none, or none is known.
    pub fn above_zero(self) -> Option<f64> {
        self.value.filter(|value| *value > 0.0)
    }

    /// Why the component is not rated in the area; none where it may be.
    pub fn fault(self) -> Option<&'static str> {
        if self.above_zero().is_some() { None } else { Some("no_exposure") }
    }
}
