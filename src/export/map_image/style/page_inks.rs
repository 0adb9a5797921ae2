//! The colours of what stands around a map: paper, ink and what lies between.
//!
//! No colour is named here: names on the map are written in the ink of the style with a halo of its paper, and these
//! two are taken for the rest of the image.

use serde_json::Value as Json;

use super::ink::{mixed, readable_on};
use super::{Layer, LayerKind, Style};
use crate::export::map_image::error::MapImageError;

/// The colours around a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export::map_image) struct PageColours {
    pub(in crate::export::map_image) paper: String,
    pub(in crate::export::map_image) ink: String,
    /// Ink for what is less important.
    pub(in crate::export::map_image) soft: String,
    /// Hair lines.
    pub(in crate::export::map_image) line: String,
}

impl PageColours {
    /// The inks of a style.
    pub(in crate::export::map_image) fn of(name: &str, style: &Style) -> Result<Self, MapImageError> {
        let fault =
            || MapImageError::Style { style: name.to_owned(), fault: "no name has an ink and a halo".to_owned() };
        let (ink, paper) = style.layers.iter().find_map(ink_and_halo).ok_or_else(fault)?;
        let between = |share: f64| mixed(&ink, &paper, share).ok_or_else(fault);
        Ok(Self { soft: between(0.28)?, line: between(0.72)?, paper, ink })
    }

    /// Whichever of ink and paper stands out on a ground.
    pub(in crate::export::map_image) fn readable_on(&self, ground: &str) -> &str {
        readable_on(ground, &self.ink, &self.paper)
    }
}

fn ink_and_halo(layer: &Layer) -> Option<(String, String)> {
    let colour = |name: &str| layer.paint.get(name).and_then(Json::as_str).map(str::to_owned);
    let is_of_areas = layer.kind == LayerKind::Symbol && layer.in_tiles == "labels";
    is_of_areas.then(|| Some((colour("text-color")?, colour("text-halo-color")?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::map_image::style::ink::contrast;
    use crate::export::map_image::style::style_ids;

    #[test]
    fn ink_of_every_style_can_be_read_on_its_paper() {
        for id in style_ids() {
            let inks = PageColours::of(&id, Style::named(&id).unwrap()).unwrap();
            assert!(contrast(&inks.ink, &inks.paper).unwrap() >= 7.0, "{id}: {inks:?}");
            assert!(contrast(&inks.soft, &inks.paper).unwrap() >= 4.5, "{id}: {inks:?}");
        }
    }
}
