//! Reports of people as rows: coming in, being judged, and what of them expires.
//!
//! In and out: values of `domain::report`. What is said in words, who said it and what came in already stand in tables
//! of their own, from which they go on their day. No epoch moves here but where a report becomes an incident.

mod arrivals;
mod claims;
mod expiry;
mod judging;
mod rows;

use std::io;

use crate::store::data_folder::folder_secret;
use crate::store::sqlite::opening::Store;

pub use arrivals::ReportArrival;
pub use claims::ReportChange;
pub use expiry::ExpiredReports;
pub use judging::{JudgementBy, JudgementDone};
pub use rows::QueuePage;

impl Store {
    /// The secret of the data folder, made when it is first asked for.
    ///
    /// # Errors
    /// When it can be neither read nor made.
    pub fn folder_secret(&self) -> io::Result<[u8; 32]> {
        folder_secret(self.folder())
    }
}
