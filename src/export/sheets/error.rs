//! Why sheets cannot be drawn.

use crate::export::map_image::MapImageError;
use crate::export::pdf::PdfError;
use crate::service::error::ServiceError;

/// Why there are no sheets.
#[derive(Debug, thiserror::Error)]
pub enum SheetsError {
    /// An answer is refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A map cannot be drawn.
    #[error(transparent)]
    Map(#[from] MapImageError),
    /// The file cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}
