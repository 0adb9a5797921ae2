//! What raises an alert: weeks and months of the province, its districts and groups of communes, and clusters.
//!
//! In: a snapshot and today. Out: a [`Judgement`]: which steps were judged, and the [`Alert`]s among them. One stated rate
//! of false alarms over everything that is judged ([`Chances`]): each series has its part of it, divided by its steps in
//! a quarter, and the threshold follows. A single commune has no series: a doubling there is seen too seldom to be worth
//! the false alarms. Late reports only add, so a step is judged again while its days may still change, and nothing is
//! ever said of fewer.
//!
//! Groups and clusters count what communes show; the province and districts count all that is reported.

mod beside;
mod chances;
mod clusters_of_days;
mod followed;
mod judged;
mod judgement;

use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
pub use beside::{KindBeside, models_beside};
pub use chances::{Chances, SeriesNumbers};
use followed::Followed;
pub use judged::{Verdict, month_verdict, week_verdict};
pub use judgement::Judgement;

/// Judges the last whole steps that the data cover.
pub fn judge(snapshot: &Snapshot, today: Day) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(followed) = Followed::of(snapshot, today) else { return judgement };
    let chances = Chances::of(&snapshot.rules.alerts, &followed.numbers());
    judged::weeks(snapshot, &followed, &chances, &mut judgement);
    judged::months(snapshot, &followed, &chances, &mut judgement);
    clusters_of_days::scan(snapshot, &followed, &chances, &mut judgement);
    judgement.rarest_first();
    judgement
}

/// How many series are followed; none where no day is covered.
pub fn followed_series(snapshot: &Snapshot, today: Day) -> Option<SeriesNumbers> {
    Followed::of(snapshot, today).map(|followed| followed.numbers())
}
