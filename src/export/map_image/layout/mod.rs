//! Where things stand on the image: page, frame, legend, labels, captions.
//!
//! In: the scene and the metrics of the font. Out: positioned text and boxes.

pub(super) mod bare;
pub(super) mod captions;
pub(super) mod far_islands;
pub(super) mod key;
pub(super) mod labels;
pub(super) mod legend;
pub(super) mod lettering;
pub(super) mod page;
pub(super) mod viewport;
