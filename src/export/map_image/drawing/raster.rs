//! A drawing in pixels, or with its letters as outlines: the very SVG that is handed out, with our own font and no other.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Indent, Options, Tree, WriteOptions, fontdb};

use crate::export::map_image::error::MapImageError;
use crate::export::map_image::folder::{FONT_FILES, file};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for bytes in FONT_FILES.iter().filter_map(|path| file(path)) {
        fonts.load_font_data(bytes.to_vec());
    }
    Arc::new(fonts)
});

fn fault(error: &dyn std::fmt::Display) -> MapImageError {
    MapImageError::Raster(error.to_string())
}

/// The fonts of drawings, in the order of their files.
pub(in crate::export) fn fonts() -> &'static fontdb::Database {
    &FONTS
}

/// A drawing as it is read, with our own font and no other.
pub(in crate::export) fn tree(svg: &str) -> Result<Tree, MapImageError> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| fault(&error))
}

/// The drawing with its letters as outlines: a browser that shows it as an image has no font for it.
pub fn outlined(svg: &str) -> Result<String, MapImageError> {
    let written = WriteOptions {
        preserve_text: false,
        coordinates_precision: 2,
        transforms_precision: 4,
        indent: Indent::None,
        attributes_indent: Indent::None,
        ..WriteOptions::default()
    };
    Ok(tree(svg)?.to_string(&written))
}

/// The bytes of a PNG with so many pixels to a pixel of the drawing.
pub fn png(svg: &str, scale: u32) -> Result<Vec<u8>, MapImageError> {
    let tree = tree(svg)?;
    let scale = scale as f32;
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| fault(&"an image without a size"))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| fault(&"an image without a size"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_has_the_size_of_its_drawing_times_the_scale() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><rect width=\"9\" height=\"9\"/></svg>";
        let pixels = Pixmap::decode_png(&png(svg, 3).unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (90, 60));
        assert_eq!(pixels.pixel(26, 26).map(resvg::tiny_skia::PremultipliedColorU8::alpha), Some(255));
        assert_eq!(pixels.pixel(28, 28).map(resvg::tiny_skia::PremultipliedColorU8::alpha), Some(0));
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(matches!(png("<svg", 1), Err(MapImageError::Raster(_))));
    }

    #[test]
    fn outlined_letters_need_no_font_and_look_the_same() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\" font-family=\"'Be Vietnam Pro'\">\
                   <text x=\"2\" y=\"30\" font-size=\"24\">Đắk Pring</text></svg>";
        let outlines = outlined(svg).unwrap();
        assert!(!outlines.contains("<text") && outlines.contains("<path"), "{outlines}");
        let ink = |svg: &str| {
            let pixels = Pixmap::decode_png(&png(svg, 2).unwrap()).unwrap();
            pixels.pixels().iter().map(|pixel| u32::from(pixel.alpha())).sum::<u32>()
        };
        let (letters, paths) = (f64::from(ink(svg)), f64::from(ink(&outlines)));
        assert!((letters / paths - 1.0).abs() < 0.01, "{letters} {paths}");
        assert!(outlined("<svg").is_err());
    }

    #[test]
    fn letters_of_our_font_are_drawn() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\" font-family=\"'Be Vietnam Pro'\"><text x=\"2\" y=\"30\" font-size=\"24\">{text}</text></svg>"
            )
        };
        let (empty, full) = (png(&svg(""), 1).unwrap(), png(&svg("Đắk Pring"), 1).unwrap());
        assert_ne!(empty, full);
        assert_ne!(full, png(&svg("Đắk Prinh"), 1).unwrap());
    }
}
