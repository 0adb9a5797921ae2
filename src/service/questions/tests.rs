//! The small world of the snapshot's tests, as questions meet it.

use std::sync::{Arc, LazyLock};

use jiff::civil::date;

use crate::domain::role::Role;
use crate::domain::time::period::Day;
use crate::service::live::{CountedSteps, ServedSnapshot};
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::snapshot::tests::snapshot;

/// The parameters that the tests use.
const PARAMETERS: [&str; 16] = [
    "edition",
    "window",
    "from",
    "to",
    "scheme",
    "level",
    "shape",
    "area",
    "areas",
    "periods",
    "with",
    "by",
    "properties",
    "days",
    "tileset",
    "max_zoom",
];

static SERVED: LazyLock<Arc<ServedSnapshot>> =
    LazyLock::new(|| Arc::new(ServedSnapshot::proposing(Arc::new(snapshot()), today(), CountedSteps::New)));

/// The small world as it is served.
pub(in crate::service) fn served() -> &'static Arc<ServedSnapshot> {
    &SERVED
}

/// A query of its text.
pub(super) fn query(text: &str) -> Query {
    Query::parse(Some(text), &PARAMETERS).unwrap()
}

/// Somebody with a role, on a day when the year of the incidents is released.
pub(super) fn viewer(role: Role) -> Viewer {
    Viewer::new(role, today())
}

fn today() -> Day {
    Day::of_date(date(2026, 6, 1))
}
