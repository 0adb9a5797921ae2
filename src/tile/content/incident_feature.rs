//! What a feature of the incidents layer says: of a single incident, of a cell, of a square.
//!
//! In: what is known of it. Out: the values of those attributes of incidents that tiles carry.

use mvt::Feature;

use super::values::add_value;
use crate::attributes::{AttributeValue, INCIDENT_ATTRIBUTES, IncidentAttribute};

/// What stands for one incident or for several.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct IncidentTags<'a> {
    /// Whether it is an incident, a cell or a square.
    pub(super) kind: &'static str,
    /// The id of a single incident.
    pub(super) id: Option<&'a str>,
    /// The local time of a single incident.
    pub(super) time: Option<&'a str>,
    /// How exact the position of a single incident is.
    pub(super) precision: Option<&'a str>,
    /// The category, or the most frequent one.
    pub(super) category: Option<&'a str>,
    /// The severity, or the greatest one, where the role gets it.
    pub(super) severity: Option<u8>,
    /// How many incidents it stands for.
    pub(super) count: u32,
}

impl<'a> IncidentTags<'a> {
    /// Gives a feature its values.
    pub(super) fn tag(&self, feature: &mut Feature) {
        for attribute in INCIDENT_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tiles()) {
            if let Some(value) = self.value(attribute.key) {
                add_value(feature, attribute.name, value);
            }
        }
    }

    fn value(&self, attribute: IncidentAttribute) -> Option<AttributeValue<'a>> {
        match attribute {
            IncidentAttribute::Kind => Some(AttributeValue::text(self.kind)),
            IncidentAttribute::Id => self.id.map(AttributeValue::text),
            IncidentAttribute::Time => self.time.map(AttributeValue::text),
            IncidentAttribute::Precision => self.precision.map(AttributeValue::text),
            IncidentAttribute::Category => self.category.map(AttributeValue::text),
            IncidentAttribute::Severity => AttributeValue::integer(self.severity.map(u32::from)),
            IncidentAttribute::Count => AttributeValue::integer(Some(self.count)),
            IncidentAttribute::Status | IncidentAttribute::Channel | IncidentAttribute::Code => None,
        }
    }
}
