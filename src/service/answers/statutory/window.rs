//! The window that is judged, and the circular that judges it.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::rules::window::Window;
use crate::domain::standard::circular::Circular;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;

/// A named window of certification.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StatutoryWindow {
    /// The id.
    id: String,
    /// The name for people.
    pub(crate) name: Names,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    to: Date,
}

impl StatutoryWindow {
    /// A window with its days.
    pub(super) fn of(window: &Window) -> Self {
        let PeriodDates { from, to } = PeriodDates::from(window.period);
        Self { id: window.id.clone(), name: window.names.clone(), from, to }
    }
}

/// The circular by which is judged.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CircularAnswer {
    /// The id.
    id: String,
    /// The name for people.
    pub(crate) name: Names,
    /// The first sixteen hexadecimal digits of the SHA-256 of its file.
    hash: String,
    /// The first day in force.
    #[schema(value_type = String, format = Date)]
    in_force_from: Date,
    /// The day after the last one in force; null while it is.
    #[schema(required, value_type = Option<String>, format = Date)]
    in_force_until: Option<Date>,
}

impl CircularAnswer {
    /// A circular, with the hash of its file.
    pub(super) fn of(circular: &Circular) -> Self {
        Self {
            id: circular.id.clone(),
            name: circular.names.clone(),
            hash: circular.hash.clone(),
            in_force_from: circular.in_force_from,
            in_force_until: circular.in_force_until,
        }
    }
}
