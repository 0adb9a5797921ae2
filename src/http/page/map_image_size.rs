//! The sizes of drawn maps: which the public may ask for in pixels, and which of them fits a frame.
//!
//! A picture in pixels costs by its size, and every size is kept apart. So the public has a few that pages, articles and
//! networks show; a drawing (SVG) costs the same in every size and has no list. Roles choose freely.

/// The size of a drawn map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) struct MapImageSize {
    pub(in crate::http) width_px: u32,
    pub(in crate::http) height_px: u32,
}

const fn size(width_px: u32, height_px: u32) -> MapImageSize {
    MapImageSize { width_px, height_px }
}

/// The size that networks show beside a link.
pub(in crate::http) const MAP_IMAGE_SIZE: MapImageSize = size(1200, 630);
/// The sizes of pictures in pixels for the public, the smallest area first.
pub(in crate::http) const PUBLIC_SIZES: [MapImageSize; 10] = [
    size(200, 200),
    size(320, 240),
    size(300, 300),
    size(400, 300),
    size(400, 400),
    size(600, 400),
    size(720, 540),
    size(800, 600),
    MAP_IMAGE_SIZE,
    size(1200, 800),
];
/// The most pixels of a picture for the public: the largest of its sizes, or the smaller ones at twice the scale.
pub(in crate::http) const MOST_PUBLIC_PIXELS: u64 = 960_000;

impl MapImageSize {
    /// How many pixels a picture of the size has at a scale.
    pub(in crate::http) fn pixels(self, scale: u32) -> u64 {
        u64::from(self.width_px) * u64::from(self.height_px) * u64::from(scale) * u64::from(scale)
    }

    /// Whether the public may ask for it at a scale.
    pub(in crate::http) fn is_public(self, scale: u32) -> bool {
        PUBLIC_SIZES.contains(&self) && self.pixels(scale) <= MOST_PUBLIC_PIXELS
    }

    /// The largest size for the public that fits into a frame; the smallest where none does.
    pub(in crate::http) fn fitting(frame: Self) -> Self {
        let fits = |size: &&Self| size.width_px <= frame.width_px && size.height_px <= frame.height_px;
        *PUBLIC_SIZES.iter().rfind(fits).unwrap_or(&PUBLIC_SIZES[0])
    }

    /// The sizes for the public, as they are named in a refusal.
    pub(in crate::http) fn public_names() -> Vec<String> {
        PUBLIC_SIZES.iter().map(|MapImageSize { width_px, height_px }| format!("{width_px}x{height_px}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stand_by_area_and_the_largest_has_the_most_pixels() {
        let areas: Vec<u64> = PUBLIC_SIZES.iter().map(|size| size.pixels(1)).collect();
        assert!(areas.is_sorted(), "{areas:?}");
        assert_eq!(areas.last(), Some(&MOST_PUBLIC_PIXELS));
    }

    #[test]
    fn public_has_its_sizes_and_small_ones_twice_as_fine() {
        assert!(size(1200, 800).is_public(1) && size(600, 400).is_public(2) && size(320, 240).is_public(2));
        assert!(!size(1200, 800).is_public(2) && !size(401, 300).is_public(1) && !size(2400, 2400).is_public(1));
    }

    #[test]
    fn a_frame_gets_the_largest_picture_that_it_holds() {
        assert_eq!(MapImageSize::fitting(size(720, 540)), size(720, 540));
        assert_eq!(MapImageSize::fitting(size(719, 5000)), size(600, 400));
        assert_eq!(MapImageSize::fitting(size(320, 240)), size(320, 240));
        assert_eq!(MapImageSize::fitting(size(10, 10)), size(200, 200));
    }
}
