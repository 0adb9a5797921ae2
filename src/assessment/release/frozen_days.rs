//! On which days of its windows a release knows incidents: as it was when it was made, whatever was declared since.
//!
//! In: the coverage that a release shows. Out: what is kept of it, and the coverage that a kept one gives back.

use std::collections::BTreeMap;

use super::{BlockIndex, Release};
use crate::domain::area::AreaKey;
use crate::domain::filter::CategorySet;
use crate::domain::incident::coverage::{CoverageBasis, CoveredDays, DataCoverage};
use crate::domain::release::{FrozenChannelDays, FrozenCoverage, FrozenDistrictDays};
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::snapshot::{CountTable, Snapshot};

impl Release {
    /// The days of its windows are known, unless it counts nothing at all: then nobody says that they are.
    pub(super) fn know_days(&mut self, snapshot: &Snapshot) {
        let all = CategorySet::all(&snapshot.taxonomy);
        let is_counted = |step: &CountTable<BlockIndex>| step.indices().any(|block| step.row_total(block, all) > 0);
        let is_apart = || self.apart.counts().into_iter().any(|counts| counts.steps.iter().any(|count| *count > 0));
        if self.steps.iter().any(is_counted) || is_apart() {
            let windows = self.timetable.windows.iter().map(|window| window.period);
            self.coverage = snapshot.coverage.published(windows);
        }
    }

    /// What is kept of the days; none where nothing is counted.
    pub(super) fn frozen_coverage(&self) -> Option<FrozenCoverage> {
        let DataCoverage { overall, basis, channels, districts } = &self.coverage;
        overall.as_ref()?;
        let days = |days: &CoveredDays| days.spans().iter().copied().map(PeriodDates::from).collect();
        let channel = |(id, own): (&String, &CoveredDays)| FrozenChannelDays { id: id.clone(), days: days(own) };
        let district = |(key, own): (&AreaKey, &CoveredDays)| {
            let AreaKey { edition, code } = key.clone();
            FrozenDistrictDays { edition, code, days: days(own) }
        };
        Some(FrozenCoverage {
            declared: *basis == CoverageBasis::Declared,
            channels: channels.iter().map(channel).collect(),
            districts: districts.iter().map(district).collect(),
        })
    }

    /// Takes over the days that a release kept.
    pub(super) fn restore_coverage(&mut self, frozen: &FrozenCoverage) {
        let FrozenCoverage { declared, channels, districts } = frozen;
        let windows = self.timetable.windows.iter().map(|window| window.period);
        let basis = if *declared { CoverageBasis::Declared } else { CoverageBasis::Incidents };
        let channels: BTreeMap<String, CoveredDays> =
            channels.iter().map(|FrozenChannelDays { id, days }| (id.clone(), covered(days))).collect();
        let district = |FrozenDistrictDays { edition, code, days }: &FrozenDistrictDays| {
            (AreaKey { edition: *edition, code: code.clone() }, covered(days))
        };
        self.coverage = DataCoverage::kept(windows, basis, channels, districts.iter().map(district).collect());
    }
}

fn covered(days: &[PeriodDates]) -> CoveredDays {
    let span = |days: &PeriodDates| Period::new(Day::of_date(days.from), Day::of_date(days.to)).ok();
    CoveredDays::exactly(days.iter().filter_map(span).collect())
}
