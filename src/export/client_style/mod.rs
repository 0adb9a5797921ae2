//! Styles for other programs, with what they load beside them: glyphs, a sprite, and the same colours for QGIS.
//!
//! In: the folder `styles/portable`, which is made from the same layers and palettes as the styles of the page, the fonts
//! of `styles/fonts`, the patterns of a style. Out: a style as JSON, glyphs as PBF, sprites as JSON and PNG, layer
//! properties of QGIS as XML. Glyphs and sprites are drawn once in the life of a process, when they are first asked
//! for. No colour is named here, and no request is known.

mod glyphs;
mod portable;
mod qml;
mod sprite;

pub(crate) use glyphs::{FONT_STACKS, GlyphRange, font_face, font_file, glyphs};
pub(crate) use portable::{ClientStyleOptions, StyleForm, client_style, client_themes};
pub(crate) use qml::qml;
pub(crate) use sprite::{SpriteScale, sprite_image, sprite_index};
