//! Colours, lines and transforms of a drawing as pages have them.
//!
//! In: what `usvg` has read. Out: the same for krilla.

use krilla::color::rgb;
use krilla::geom::Transform;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Paint, Stroke, StrokeDash};
use resvg::{tiny_skia, usvg};

use super::error::PdfError;

/// A plain colour.
///
/// # Errors
/// When it is none.
pub(super) fn plain(given: &usvg::Paint) -> Result<Paint, PdfError> {
    match given {
        usvg::Paint::Color(colour) => Ok(rgb::Color::new(colour.red, colour.green, colour.blue).into()),
        usvg::Paint::Pattern(_) => Err(PdfError::Unsupported("letters filled with a pattern")),
        usvg::Paint::LinearGradient(_) | usvg::Paint::RadialGradient(_) => Err(PdfError::Unsupported("a gradient")),
    }
}

/// A fill with a paint in the place of its own.
pub(super) fn filled_with(given: &usvg::Fill, paint: Paint) -> Fill {
    let rule = match given.rule() {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    };
    Fill { paint, opacity: opacity(given.opacity()), rule }
}

/// A line with a paint in the place of its own.
pub(super) fn stroked_with(given: &usvg::Stroke, paint: Paint) -> Stroke {
    let line_cap = match given.linecap() {
        usvg::LineCap::Butt => LineCap::Butt,
        usvg::LineCap::Round => LineCap::Round,
        usvg::LineCap::Square => LineCap::Square,
    };
    let line_join = match given.linejoin() {
        usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
        usvg::LineJoin::Round => LineJoin::Round,
        usvg::LineJoin::Bevel => LineJoin::Bevel,
    };
    Stroke {
        paint,
        width: given.width().get(),
        miter_limit: given.miterlimit().get(),
        line_cap,
        line_join,
        opacity: opacity(given.opacity()),
        dash: given.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: given.dashoffset() }),
    }
}

/// An opacity.
pub(super) fn opacity(given: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(given.get()).unwrap_or(NormalizedF32::ONE)
}

/// A transform.
pub(super) fn transform(given: tiny_skia::Transform) -> Transform {
    Transform::from_row(given.sx, given.ky, given.kx, given.sy, given.tx, given.ty)
}
