//! The options of an image beside the numbers: its style, its theme, its size, what it is about.

use crate::domain::area::AreaIndex;
use crate::domain::text::Language;

/// What an image looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapImageOptions {
    /// The name of the style: light, dark, print…
    pub style: String,
    /// What the areas are coloured by: a theme of the style.
    pub theme: String,
    /// The language of every word.
    pub language: Language,
    /// Width in pixels of an image at scale 1.
    pub width_px: u32,
    /// Height in pixels of an image at scale 1.
    pub height_px: u32,
    /// The area that the image is about.
    pub selected: Option<AreaIndex>,
    /// What fills the map.
    pub framing: Framing,
    /// Whether the colours are explained.
    pub legend: Legend,
}

impl MapImageOptions {
    /// The language as documents name it.
    pub(super) fn language_code(&self) -> &'static str {
        match self.language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }
}

/// What fills the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// All areas of the edition.
    Edition,
    /// The area that the image is about, with some of its surroundings.
    Selected,
}

/// Whether the colours are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legend {
    /// Beside or below the map, where there is room.
    Visible,
    /// Not at all: the image is small, or stands where a legend stands already.
    Omitted,
}
