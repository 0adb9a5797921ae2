//! Letters of a drawing on a page, as text.
//!
//! In: text as `usvg` has shaped it. Out: runs of glyphs with the text that they stand for. Glyphs on one line that are
//! not turned or stretched become one run, so that a reader selects words, not letters.

use std::sync::LazyLock;

use krilla::Data;
use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::Transform;
use resvg::usvg::layout::{PositionedGlyph, Span};
use resvg::usvg::{PaintOrder, Text, fontdb};

use super::error::PdfError;
use super::paint::{filled_with, plain, stroked_with, transform};
use crate::export::map_image::{FONT_FILES, font_file, fonts};

/// The fonts of drawings, by the id that drawings know them by.
static FONTS: LazyLock<Vec<(fontdb::ID, Font)>> = LazyLock::new(|| {
    let files = FONT_FILES.iter().filter_map(|path| font_file(path));
    let known = fonts().faces().zip(files);
    known.filter_map(|(face, bytes)| Some((face.id, Font::new(Data::from(bytes.to_vec()), 0)?))).collect()
});

/// Advances are whole thousandths of the size.
const ADVANCE_STEPS: f32 = 1000.0;
/// Two places nearer than this, in points, are the same.
const SAME_PT: f32 = 1e-3;

/// Draws a text.
pub(super) fn draw(text: &Text, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    for span in text.layouted().iter().filter(|span| span.visible) {
        for run in runs(span) {
            draw_run(&run, span, surface)?;
        }
    }
    Ok(())
}

/// Glyphs of one font that follow each other on a line, each with its place.
struct GlyphRun<'a> {
    font: fontdb::ID,
    /// Where the first one stands; the others differ in x alone.
    placed: Transform,
    glyphs: Vec<(&'a PositionedGlyph, f32)>,
}

/// How a glyph of a font size is placed, without the scale of its outline.
fn placed(glyph: &PositionedGlyph, span: &Span) -> Option<Transform> {
    let units_per_em = font(glyph.font)?.units_per_em();
    let scale = units_per_em / span.font_size.get();
    Some(glyph.transform().pre_scale(scale, scale))
}

fn font(id: fontdb::ID) -> Option<&'static Font> {
    FONTS.iter().find(|(known, _)| *known == id).map(|(_, font)| font)
}

fn runs(span: &Span) -> Vec<GlyphRun<'_>> {
    let mut runs: Vec<GlyphRun<'_>> = Vec::new();
    for glyph in &span.positioned_glyphs {
        let Some(at) = placed(glyph, span) else { continue };
        match runs.last_mut().filter(|run| run.font == glyph.font && is_on_line(run.placed, at)) {
            Some(run) => run.glyphs.push((glyph, at.tx - run.placed.tx)),
            None => runs.push(GlyphRun { font: glyph.font, placed: at, glyphs: vec![(glyph, 0.0)] }),
        }
    }
    runs
}

fn is_on_line(first: Transform, next: Transform) -> bool {
    let is_upright = |at: Transform| {
        let parts = [at.sx - 1.0, at.sy - 1.0, at.kx, at.ky];
        parts.iter().all(|part| part.abs() < SAME_PT)
    };
    is_upright(first) && is_upright(next) && (first.ty - next.ty).abs() < SAME_PT
}

fn draw_run(run: &GlyphRun<'_>, span: &Span, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    let Some(font) = font(run.font) else { return Ok(()) };
    let size = span.font_size.get();
    let (mut text, mut glyphs) = (String::new(), Vec::with_capacity(run.glyphs.len()));
    for (index, (glyph, x)) in run.glyphs.iter().enumerate() {
        let next = run.glyphs.get(index + 1).map_or(*x, |(_, next)| *next);
        let from = text.len();
        text.push_str(&glyph.text);
        let id = GlyphId::new(glyph.id.0);
        // Sums of small numbers leave dust, which would stand in the file behind every letter.
        let advance = ((next - x) / size * ADVANCE_STEPS).round() / ADVANCE_STEPS;
        glyphs.push(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, from..text.len(), None));
    }
    surface.push_transform(&transform(run.placed));
    let drawn = paint_run(&PaintedRun { glyphs: &glyphs, text: &text, font, size }, span, surface);
    surface.pop();
    drawn
}

struct PaintedRun<'a> {
    glyphs: &'a [KrillaGlyph],
    text: &'a str,
    font: &'a Font,
    size: f32,
}

/// A halo is drawn as outlines below the letters, so that the text stands on the page once.
fn paint_run(run: &PaintedRun<'_>, span: &Span, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    let fill = span.fill.as_ref().map(|given| Ok(filled_with(given, plain(given.paint())?))).transpose()?;
    let stroke = span.stroke.as_ref().map(|given| Ok(stroked_with(given, plain(given.paint())?))).transpose()?;
    let mut draw = |fill, stroke, is_outlined: bool| {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_glyphs(Point::from_xy(0.0, 0.0), run.glyphs, run.font.clone(), run.text, run.size, is_outlined);
    };
    match (fill, stroke) {
        (Some(fill), Some(stroke)) if span.paint_order == PaintOrder::StrokeAndFill => {
            draw(None, Some(stroke), true);
            draw(Some(fill), None, false);
        }
        (None, None) => {}
        (fill, stroke) => draw(fill, stroke, false),
    }
    Ok(())
}
