//! Shapes of a drawing on a page.
//!
//! In: the tree that `usvg` has read. Out: the same paths, fills, patterns and clips on a surface of the page.

use krilla::geom::{Path, PathBuilder};
use krilla::paint::{Fill, FillRule, Paint, Pattern, Stroke};
use krilla::surface::Surface;
use resvg::tiny_skia::{self, PathSegment};
use resvg::usvg::{self, Group, Node, PaintOrder};

use super::error::PdfError;
use super::glyphs;
use super::paint::{filled_with, opacity, plain, stroked_with, transform};

/// Draws a group with all that is in it.
pub(super) fn draw(group: &Group, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    if group.mask().is_some() || !group.filters().is_empty() {
        return Err(PdfError::Unsupported("a mask or a filter"));
    }
    let mut pushed = 1;
    surface.push_transform(&transform(group.transform()));
    if let Some(clip) = group.clip_path() {
        surface.push_clip_path(&clip_outline(clip)?, &FillRule::NonZero);
        pushed += 1;
    }
    if group.opacity() != usvg::Opacity::ONE {
        surface.push_opacity(opacity(group.opacity()));
        surface.push_isolated();
        pushed += 2;
    }
    let drawn = group.children().iter().try_for_each(|node| match node {
        Node::Group(group) => draw(group, surface),
        Node::Path(path) => draw_path(path, surface),
        Node::Text(text) => glyphs::draw(text, surface),
        Node::Image(_) => Err(PdfError::Unsupported("an image")),
    });
    for _ in 0..pushed {
        surface.pop();
    }
    drawn
}

fn draw_path(path: &usvg::Path, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    let Some(outline) = outline([path.data()]).filter(|_| path.is_visible()) else { return Ok(()) };
    let fill = path.fill().map(|given| fill(given, surface)).transpose()?;
    let stroke = path.stroke().map(|given| stroke(given, surface)).transpose()?;
    let steps = match path.paint_order() {
        PaintOrder::FillAndStroke => vec![(fill, stroke)],
        PaintOrder::StrokeAndFill => vec![(None, stroke), (fill, None)],
    };
    // Without either, krilla would fill with black.
    for (fill, stroke) in steps.into_iter().filter(|(fill, stroke)| fill.is_some() || stroke.is_some()) {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&outline);
    }
    Ok(())
}

fn fill(given: &usvg::Fill, surface: &mut Surface<'_>) -> Result<Fill, PdfError> {
    Ok(filled_with(given, paint(given.paint(), surface)?))
}

fn stroke(given: &usvg::Stroke, surface: &mut Surface<'_>) -> Result<Stroke, PdfError> {
    Ok(stroked_with(given, paint(given.paint(), surface)?))
}

fn paint(given: &usvg::Paint, surface: &mut Surface<'_>) -> Result<Paint, PdfError> {
    match given {
        usvg::Paint::Pattern(pattern) => tile(pattern, surface),
        given => plain(given),
    }
}

/// A hatching or a field of dots.
fn tile(pattern: &usvg::Pattern, surface: &mut Surface<'_>) -> Result<Paint, PdfError> {
    let mut builder = surface.stream_builder();
    let mut inner = builder.surface();
    draw(pattern.root(), &mut inner)?;
    inner.finish();
    let rect = pattern.rect();
    let shift = tiny_skia::Transform::from_translate(rect.x(), rect.y());
    Ok(Pattern {
        stream: builder.finish(),
        transform: transform(pattern.transform().pre_concat(shift)),
        width: rect.width(),
        height: rect.height(),
    }
    .into())
}

/// The outline of a clip: ours are plain boxes.
fn clip_outline(clip: &usvg::ClipPath) -> Result<Path, PdfError> {
    if clip.clip_path().is_some() || !clip.transform().is_identity() {
        return Err(PdfError::Unsupported("a clip of more than a box"));
    }
    let shapes: Option<Vec<&tiny_skia::Path>> = clip
        .root()
        .children()
        .iter()
        .map(|node| match node {
            Node::Path(path) => Some(path.data()),
            Node::Group(_) | Node::Image(_) | Node::Text(_) => None,
        })
        .collect();
    shapes.and_then(outline).ok_or(PdfError::Unsupported("a clip of more than a box"))
}

/// Outlines as one; none where there is nothing in them.
fn outline<'a>(shapes: impl IntoIterator<Item = &'a tiny_skia::Path>) -> Option<Path> {
    let mut outline = PathBuilder::new();
    for segment in shapes.into_iter().flat_map(tiny_skia::Path::segments) {
        match segment {
            PathSegment::MoveTo(to) => outline.move_to(to.x, to.y),
            PathSegment::LineTo(to) => outline.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => outline.quad_to(by.x, by.y, to.x, to.y),
            PathSegment::CubicTo(by, near, to) => outline.cubic_to(by.x, by.y, near.x, near.y, to.x, to.y),
            PathSegment::Close => outline.close(),
        }
    }
    outline.finish()
}
