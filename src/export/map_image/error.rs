//! Why an image could not be drawn. All of it is a fault of a style file or of this program, never of a request.

use super::style::expression::ExpressionError;

/// Why there is no image.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapImageError {
    /// No style of that name is built in.
    #[error("no style is called {0:?}")]
    NoSuchStyle(String),
    /// A style file says something that is not understood.
    #[error("style {style}: {fault}")]
    Style {
        /// The name of the style file.
        style: String,
        /// What is wrong with it.
        fault: String,
    },
    /// An expression of a layer is not understood.
    #[error("layer {layer}: {fault}")]
    Layer {
        /// The id of the layer in the style.
        layer: String,
        /// What is wrong with it.
        fault: ExpressionError,
    },
    /// The edition has no areas of the level.
    #[error("there is nothing of this level to draw")]
    NothingToDraw,
    /// The drawing could not be turned into pixels.
    #[error("PNG: {0}")]
    Raster(String),
}
