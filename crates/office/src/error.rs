//! Why there is no file.

use pingyi_papers::PaperKind;
use thiserror::Error;

use crate::unpack::Unfit;

/// Why there is no file.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// This kind of paper is not made in this format.
    #[error("{} is not made in this format", .0.name())]
    Kind(PaperKind),
    /// The template is not opened; why.
    #[error(transparent)]
    Template(#[from] Unfit),
    /// The parts could not be put together.
    #[error("the parts could not be put together: {0}")]
    Package(String),
}

impl From<std::io::Error> for OfficeError {
    fn from(error: std::io::Error) -> Self {
        Self::Package(error.to_string())
    }
}

impl From<zip::result::ZipError> for OfficeError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Package(error.to_string())
    }
}

impl From<rust_xlsxwriter::XlsxError> for OfficeError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Package(error.to_string())
    }
}
