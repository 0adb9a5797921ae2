//! The colours of what stands around a map: paper, ink and what lies between.
//!
//! No colour is named here: names on the map are written in the ink of the style with a halo of its paper, and these
//! two are taken for the rest of the picture.

use serde_json::Value as Json;

use super::error::PictureError;
use super::ink::{mixed, readable_on};
use super::style::{Kind, Layer, Style};

/// The colours around a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inks {
    pub(super) paper: String,
    pub(super) ink: String,
    /// Ink for what is less important.
    pub(super) soft: String,
    /// Hair lines.
    pub(super) line: String,
}

impl Inks {
    /// The inks of a style.
    pub(super) fn of(name: &str, style: &Style) -> Result<Self, PictureError> {
        let fault =
            || PictureError::Style { style: name.to_owned(), fault: "no name has an ink and a halo".to_owned() };
        let (ink, paper) = style.layers.iter().find_map(ink_and_halo).ok_or_else(fault)?;
        let between = |share: f64| mixed(&ink, &paper, share).ok_or_else(fault);
        Ok(Self { soft: between(0.28)?, line: between(0.72)?, paper, ink })
    }

    /// Whichever of ink and paper stands out on a ground.
    pub(super) fn readable_on(&self, ground: &str) -> &str {
        readable_on(ground, &self.ink, &self.paper)
    }
}

fn ink_and_halo(layer: &Layer) -> Option<(String, String)> {
    let colour = |name: &str| layer.paint.get(name).and_then(Json::as_str).map(str::to_owned);
    let is_of_areas = layer.kind == Kind::Symbol && layer.in_tiles == "labels";
    is_of_areas.then(|| Some((colour("text-color")?, colour("text-halo-color")?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::picture::ink::contrast;
    use crate::export::picture::style::style_ids;

    #[test]
    fn ink_of_every_style_can_be_read_on_its_paper() {
        for id in style_ids() {
            let inks = Inks::of(&id, Style::named(&id).unwrap()).unwrap();
            assert!(contrast(&inks.ink, &inks.paper).unwrap() >= 7.0, "{id}: {inks:?}");
            assert!(contrast(&inks.soft, &inks.paper).unwrap() >= 4.5, "{id}: {inks:?}");
        }
    }
}
