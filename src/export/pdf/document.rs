//! The file: pages of parts, each tagged as what it is, with bookmarks, links and what the file is called.
//!
//! In: pages of SVG fragments in points. Out: bytes. No clock is read: the day of the file is given.

use std::fmt::Write as _;
use std::num::NonZeroU16;

use jiff::civil::Date;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect as PdfRect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree};

use super::drawing;
use super::error::PdfError;
use crate::domain::text::Language;
use crate::export::map_image::{Rect, number, tree};
use crate::texts::PRODUCT_NAME;

/// A page in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) struct PageSize {
    pub(in crate::export) width: f64,
    pub(in crate::export) height: f64,
}

/// A4 upright.
pub(in crate::export) const A4_PT: PageSize = PageSize { width: 595.28, height: 841.89 };

/// What the file is called.
#[derive(Debug, Clone)]
pub(in crate::export) struct PdfHead {
    pub(in crate::export) title: String,
    pub(in crate::export) subject: String,
    pub(in crate::export) language: Language,
    /// The day of what it says.
    pub(in crate::export) dated: Date,
}

/// What a part of a page is to those who have it read aloud.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum PartRole {
    /// A heading of a rank, 1 the highest.
    Heading(u16),
    /// Running text.
    Paragraph,
    /// A drawing, said in words.
    Figure(String),
    /// Text that leads to another page of the file, by its index, where somebody clicks on a box.
    Link(usize, Rect),
    /// What repeats on every page or means nothing: lines, page numbers.
    Decoration,
}

/// A part of a page: an SVG fragment in points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct PagePart {
    pub(in crate::export) role: PartRole,
    pub(in crate::export) svg: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct PdfPage {
    /// What the page is called among the bookmarks; none where it goes on from the page before.
    pub(in crate::export) bookmark: Option<String>,
    pub(in crate::export) parts: Vec<PagePart>,
}

/// A file that is being written.
pub(in crate::export) struct PdfDocument {
    document: Document,
    tags: TagTree,
    bookmarks: Outline,
    size: PageSize,
    pages: usize,
}

impl PdfDocument {
    /// A file without pages.
    pub(in crate::export) fn new(head: &PdfHead, size: PageSize) -> Self {
        let settings = SerializeSettings { enable_tagging: true, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        let language = match head.language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        let dated = DateTime::new(u16::try_from(head.dated.year()).unwrap_or_default())
            .month(head.dated.month().unsigned_abs())
            .day(head.dated.day().unsigned_abs());
        let metadata = Metadata::new()
            .title(head.title.clone())
            .description(head.subject.clone())
            .authors(vec![PRODUCT_NAME.to_owned()])
            .creator(format!("{PRODUCT_NAME} {}", env!("CARGO_PKG_VERSION")))
            .language(language.to_owned())
            .creation_date(dated);
        document.set_metadata(metadata);
        let tags = TagTree::new().with_lang(Some(language.to_owned()));
        Self { document, tags, bookmarks: Outline::new(), size, pages: 0 }
    }

    /// Adds a page.
    ///
    /// # Errors
    /// When a part of it is no drawing of ours.
    pub(in crate::export) fn add(&mut self, page: &PdfPage) -> Result<(), PdfError> {
        let PageSize { width, height } = self.size;
        let settings = PageSettings::from_wh(width as f32, height as f32);
        let settings = settings.ok_or_else(|| PdfError::Writing("a page without a size".to_owned()))?;
        let mut drawn = self.document.start_page_with(settings);
        // All parts on one surface: another one would give the tags of its contents the same numbers again.
        let mut surface = drawn.surface();
        let contents: Result<Vec<Identifier>, PdfError> =
            page.parts.iter().map(|part| draw_part(part, self.size, &mut surface)).collect();
        surface.finish();
        let mut section = TagGroup::new(Tag::Section);
        for (part, content) in page.parts.iter().zip(contents?) {
            if let Some(group) = group_of(part, content, &mut drawn) {
                section.push(group);
            }
        }
        drawn.finish();
        self.tags.push(section);
        if let Some(name) = &page.bookmark {
            let top = XyzDestination::new(self.pages, Point::from_xy(0.0, 0.0));
            self.bookmarks.push_child(OutlineNode::new(name.clone(), top));
        }
        self.pages += 1;
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub(in crate::export) fn finish(mut self) -> Result<Vec<u8>, PdfError> {
        self.document.set_tag_tree(self.tags);
        self.document.set_outline(self.bookmarks);
        self.document.finish().map_err(|error| PdfError::Writing(format!("{error:?}")))
    }
}

/// Draws a part, and gives what its tag refers to.
fn draw_part(part: &PagePart, size: PageSize, surface: &mut Surface<'_>) -> Result<Identifier, PdfError> {
    let drawing = tree(&document_of(&part.svg, size)).map_err(|error| PdfError::Drawing(error.to_string()))?;
    let tag = match &part.role {
        PartRole::Decoration => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
        PartRole::Figure(_) => ContentTag::Other,
        PartRole::Heading(_) | PartRole::Paragraph | PartRole::Link(..) => ContentTag::Span(SpanTag::empty()),
    };
    let content = surface.start_tagged(tag);
    let drawn = drawing::draw(drawing.root(), surface);
    surface.end_tagged();
    drawn.map(|()| content)
}

/// The part with its tag; none where it is no part of what is read.
fn group_of(part: &PagePart, content: Identifier, page: &mut Page<'_>) -> Option<TagGroup> {
    let content = vec![Node::from(content)];
    match &part.role {
        PartRole::Decoration => None,
        PartRole::Heading(rank) => {
            let rank = NonZeroU16::new(*rank).unwrap_or(NonZeroU16::MIN);
            Some(TagGroup::with_children(Tag::Hn(rank, None), content))
        }
        PartRole::Paragraph => Some(TagGroup::with_children(Tag::P, content)),
        PartRole::Figure(words) => Some(TagGroup::with_children(Tag::Figure(Some(words.clone())), content)),
        PartRole::Link(to, area) => {
            let mut group = TagGroup::with_children(Tag::Link, content);
            if let Some(link) = link(*to, *area) {
                group.push(page.add_tagged_annotation(link));
            }
            Some(group)
        }
    }
}

fn link(to: usize, area: Rect) -> Option<Annotation> {
    let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|side| side as f32);
    let area = PdfRect::from_xywh(x, y, width, height)?;
    let top = XyzDestination::new(to, Point::from_xy(0.0, 0.0));
    Some(Annotation::new_link(LinkAnnotation::new(area, Target::Destination(top.into())), None))
}

/// A fragment as a drawing of its own.
fn document_of(fragment: &str, size: PageSize) -> String {
    let [width, height] = [size.width, size.height].map(number);
    let mut svg = String::with_capacity(fragment.len() + 200);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'Be Vietnam Pro'\">{fragment}</svg>"
    );
    svg
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use lopdf::Document as ReadDocument;

    use super::*;

    fn part(role: PartRole, svg: &str) -> PagePart {
        PagePart { role, svg: svg.to_owned() }
    }

    fn file(pages: &[Vec<PagePart>]) -> Result<Vec<u8>, PdfError> {
        let head = PdfHead {
            title: "Phiếu".to_owned(),
            subject: "Kỳ 2025".to_owned(),
            language: Language::Vietnamese,
            dated: date(2026, 1, 15),
        };
        let mut document = PdfDocument::new(&head, A4_PT);
        for parts in pages {
            document.add(&PdfPage { bookmark: Some("Trang".to_owned()), parts: parts.clone() })?;
        }
        document.finish()
    }

    fn text(pdf: &[u8], page: u32) -> String {
        ReadDocument::load_mem(pdf).unwrap().extract_text(&[page]).unwrap()
    }

    const NAME: &str = "<text x=\"40\" y=\"60\" font-size=\"20\" font-weight=\"600\">Phường Tam Kỳ – “Đạt”</text>";

    #[test]
    fn letters_are_text_that_another_program_reads() {
        let pdf = file(&[vec![part(PartRole::Heading(1), NAME)], vec![]]).unwrap();
        assert!(text(&pdf, 1).contains("Phường Tam Kỳ – “Đạt”"), "{}", text(&pdf, 1));
        assert_eq!(text(&pdf, 2).trim(), "");
        assert_eq!(ReadDocument::load_mem(&pdf).unwrap().get_pages().len(), 2);
    }

    #[test]
    fn text_with_a_halo_stands_on_the_page_once() {
        let halo = NAME.replace("<text", "<text stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
        let pdf = file(&[vec![part(PartRole::Paragraph, &halo)]]).unwrap();
        assert_eq!(text(&pdf, 1).matches("Tam Kỳ").count(), 1, "{}", text(&pdf, 1));
    }

    #[test]
    fn patterns_clips_and_shapes_are_drawn_and_a_link_leads_on() {
        let svg = "<defs><pattern id=\"p\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">\
                   <path d=\"M2 0V4\" stroke=\"#345\"/></pattern><clipPath id=\"c\"><rect width=\"90\" height=\"90\"/></clipPath></defs>\
                   <g clip-path=\"url(#c)\" opacity=\"0.5\"><rect width=\"80\" height=\"80\" fill=\"url(#p)\"/>\
                   <circle cx=\"9\" cy=\"9\" r=\"5\" stroke=\"#abc\" stroke-dasharray=\"2 1\"/></g>";
        let area = Rect { x: 10.0, y: 10.0, width: 50.0, height: 12.0 };
        let pdf = file(&[
            vec![part(PartRole::Figure("Bản đồ".to_owned()), svg), part(PartRole::Link(1, area), NAME)],
            vec![part(PartRole::Decoration, NAME)],
        ])
        .unwrap();
        let read = ReadDocument::load_mem(&pdf).unwrap();
        assert_eq!(read.get_page_annotations(read.get_pages()[&1]).unwrap().len(), 1);
    }

    #[test]
    fn what_pages_do_not_have_is_refused() {
        let image = "<image width=\"1\" height=\"1\" href=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"/>";
        let gradient = "<defs><linearGradient id=\"g\"><stop stop-color=\"#000\"/><stop offset=\"1\" stop-color=\"#fff\"/>\
                        </linearGradient></defs><rect width=\"9\" height=\"9\" fill=\"url(#g)\"/>";
        for (svg, what) in [(image, "an image"), (gradient, "a gradient")] {
            let refused = file(&[vec![part(PartRole::Paragraph, svg)]]).unwrap_err();
            assert_eq!(refused, PdfError::Unsupported(what));
        }
        assert!(matches!(file(&[vec![part(PartRole::Paragraph, "<g")]]), Err(PdfError::Drawing(_))));
    }

    #[test]
    fn same_pages_give_the_same_bytes() {
        let pages = [vec![part(PartRole::Heading(1), NAME)]];
        assert!(file(&pages).unwrap() == file(&pages).unwrap());
    }
}
