//! The files that give holdings their meaning, as one set.
//!
//! In: the files as they were read and checked. Out: one value that is shared, and a hash by which two sets differ.

use std::sync::Arc;

use super::Rules;
use super::scheme::Schemes;
use crate::domain::area::edition::EditionCatalogue;
use crate::domain::area::peers::Peers;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::standard::circulars::Circulars;
use crate::domain::text::short_hash;

/// The files that give the holdings their meaning.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The taxonomy of incidents.
    pub taxonomy: Arc<Taxonomy>,
    /// The rules of windows, models and disclosure.
    pub rules: Arc<Rules>,
    /// The rating schemes.
    pub schemes: Arc<Schemes>,
    /// The peer groups.
    pub peers: Arc<Peers>,
    /// The circulars of the standard "An toàn về an ninh, trật tự".
    pub circulars: Arc<Circulars>,
    /// The known editions.
    pub catalogue: Arc<EditionCatalogue>,
}

impl RuleSet {
    /// Differs where any of the files differs.
    pub fn hash(&self) -> String {
        let schemes: Vec<&str> = self.schemes.iter().map(|scheme| scheme.hash.as_str()).collect();
        let circulars: Vec<&str> = self.circulars.iter().map(|circular| circular.hash.as_str()).collect();
        let files = [&self.taxonomy.hash, &self.rules.hash, &self.peers.hash, &self.catalogue.hash].map(String::as_str);
        // The bars keep a scheme apart from a circular.
        short_hash(&[files.join(" "), schemes.join(" "), circulars.join(" ")].join(" | "))
    }
}
