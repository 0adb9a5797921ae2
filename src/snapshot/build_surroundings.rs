//! What a build may use of its surroundings: a cache of built shapes, and a clock to say in the log how long a phase
//! took. Both are handed in by whoever runs the build; neither changes the snapshot.

use std::fmt;
use std::time::Duration;

use super::shape_archive::{NoShapeCache, ShapeCache};

/// The time since some moment that never changes.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// The cache and the clock of a build.
#[derive(Clone, Copy)]
pub struct BuildSurroundings<'a> {
    /// Where built shapes are stored and looked up.
    pub cache: &'a dyn ShapeCache,
    /// The clock; none where nobody asks how long a phase took.
    pub clock: Option<Clock<'a>>,
}

impl fmt::Debug for BuildSurroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuildSurroundings").field("has_clock", &self.clock.is_some()).finish_non_exhaustive()
    }
}

impl BuildSurroundings<'static> {
    /// No cache and no clock.
    pub const NONE: Self = Self { cache: &NoShapeCache, clock: None };
}

impl<'a> BuildSurroundings<'a> {
    /// Begins to measure a phase.
    pub(super) fn phase(&self) -> Phase<'a> {
        Phase { clock: self.clock, begun: self.clock.map(|clock| clock()) }
    }
}

/// A phase of a build, measured from its beginning.
pub(super) struct Phase<'a> {
    clock: Option<Clock<'a>>,
    begun: Option<Duration>,
}

impl Phase<'_> {
    /// The milliseconds since the phase began; none without a clock.
    pub(super) fn took_ms(&self) -> Option<u64> {
        let (clock, begun) = (self.clock?, self.begun?);
        Some(clock().saturating_sub(begun).as_millis() as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn phase_lasts_as_long_as_the_clock_says() {
        let seconds = AtomicU64::new(5);
        let clock = || Duration::from_secs(seconds.load(Ordering::Relaxed));
        let surroundings = BuildSurroundings { cache: &NoShapeCache, clock: Some(&clock) };
        let phase = surroundings.phase();
        seconds.store(7, Ordering::Relaxed);
        assert_eq!(phase.took_ms(), Some(2000));
        assert_eq!(BuildSurroundings::NONE.phase().took_ms(), None);
    }
}
