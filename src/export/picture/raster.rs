//! A drawing in pixels: the very SVG that is handed out, drawn with our own font and no other.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::error::PictureError;
use super::folder::{FONT_FILES, file};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for bytes in FONT_FILES.iter().filter_map(|path| file(path)) {
        fonts.load_font_data(bytes.to_vec());
    }
    Arc::new(fonts)
});

/// The bytes of a PNG with so many pixels to a pixel of the drawing.
pub fn png(svg: &str, scale: u32) -> Result<Vec<u8>, PictureError> {
    let fault = |error: &dyn std::fmt::Display| PictureError::Raster(error.to_string());
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| fault(&error))?;
    let scale = scale as f32;
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| fault(&"a picture without a size"))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| fault(&"a picture without a size"))?;
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
        assert!(matches!(png("<svg", 1), Err(PictureError::Raster(_))));
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
