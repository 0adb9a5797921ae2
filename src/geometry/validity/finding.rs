//! What can be wrong with boundaries: the findings of the validity report.

use crate::geometry::projection::LonLat;

/// A kind of flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flaw {
    /// The area has no polygon, or none with a vertex.
    Empty,
    /// A coordinate is not a number or infinite.
    NotFinite,
    /// Coordinates lie outside the globe: probably metres of some projection.
    NotDegrees,
    /// The area lies in the region of Viet Nam only after longitude and latitude are exchanged.
    SwappedAxes,
    /// The last vertex of a ring differs from the first.
    OpenRing,
    /// A ring has fewer than four vertices, the closing one included.
    TooFewVertices,
    /// A ring encloses nothing.
    NoArea,
    /// A border crosses itself or another border of the same area.
    SelfCrossing,
    /// A hole reaches outside its shell.
    HoleOutsideShell,
    /// A shell is clockwise or a hole counter-clockwise (RFC 7946 requires the opposite).
    Orientation,
    /// Vertices equal to the one before.
    RepeatedVertices,
    /// The border runs out to a vertex and straight back.
    Spikes,
    /// The border touches itself at a vertex.
    SelfTouch,
    /// A polygon lies far from where most of the set lies.
    Outlier,
    /// Two areas overlap.
    Overlap,
    /// Overlaps too small to be named one by one, summed.
    OverlapSlivers,
    /// A hole between two or more areas that belongs to none.
    Gap,
    /// A narrow gap between areas that is open at an end.
    OpenGap,
    /// Gaps too small to be named one by one, summed.
    GapSlivers,
    /// The area shares no border with any other.
    Island,
    /// Two polygons of the area share ground.
    PartsOverlap,
    /// The border crosses itself, or that of another area, so often that nothing more is looked at.
    Tangled,
}

/// How serious a flaw is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// The area cannot be used as it is.
    Error,
    /// The area can be used; the flaw is reported.
    Warning,
}

impl Flaw {
    /// How serious this kind of flaw is.
    pub fn severity(self) -> FindingSeverity {
        match self {
            Self::Empty
            | Self::NotFinite
            | Self::NotDegrees
            | Self::SwappedAxes
            | Self::OpenRing
            | Self::TooFewVertices
            | Self::NoArea
            | Self::SelfCrossing
            | Self::HoleOutsideShell
            | Self::PartsOverlap
            | Self::Tangled => FindingSeverity::Error,
            Self::Orientation
            | Self::RepeatedVertices
            | Self::Spikes
            | Self::SelfTouch
            | Self::Outlier
            | Self::Overlap
            | Self::OverlapSlivers
            | Self::Gap
            | Self::OpenGap
            | Self::GapSlivers
            | Self::Island => FindingSeverity::Warning,
        }
    }
}

/// How wide and long a piece of ground is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The diameter of the largest circle in it, in metres.
    pub width_m: f64,
    /// Half its outline less its width, in metres.
    pub length_m: f64,
}

/// One flaw found in a set of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct GeometryFinding {
    /// What is wrong.
    pub flaw: Flaw,
    /// The areas concerned, ascending.
    pub areas: Vec<usize>,
    /// How often it occurs there.
    pub count: usize,
    /// The ground concerned in square kilometres, where that makes sense.
    pub area_km2: Option<f64>,
    /// How wide and long it is, where that is known.
    pub extent: Option<Extent>,
    /// Where to look (the first place of several), in the coordinates of the input.
    pub place: Option<LonLat>,
}

impl GeometryFinding {
    /// A flaw of one area that occurs `count` times, first at `place`.
    pub(crate) fn of_area(flaw: Flaw, area: usize, count: usize, place: Option<LonLat>) -> Self {
        Self { flaw, areas: vec![area], count, area_km2: None, extent: None, place }
    }

    /// How serious the flaw is.
    pub fn severity(&self) -> FindingSeverity {
        self.flaw.severity()
    }
}
