//! Why there is no PDF. All of it is a fault of this program, never of a request.

/// Why a PDF could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A fragment is no SVG.
    #[error("PDF: a drawing cannot be read: {0}")]
    Drawing(String),
    /// A drawing holds what is not carried over.
    #[error("PDF: a drawing holds {0}, which pages do not have")]
    Unsupported(&'static str),
    /// The file could not be put together.
    #[error("PDF: {0}")]
    Writing(String),
}
