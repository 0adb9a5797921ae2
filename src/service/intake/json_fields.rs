//! A JSON object as whoever sent it wrote it, member by member.
//!
//! In: the bytes of a body and the names that may stand in it. Out: texts and numbers, or a refusal that names the member
//! and says what is wrong with it, in both languages.

use serde_json::{Map, Value};

use crate::domain::text::Names;
use crate::service::error::{ServiceError, quoted};
use crate::texts::text;

/// The members of a JSON object.
#[derive(Debug, Clone)]
pub(crate) struct JsonFields(Map<String, Value>);

/// A member that cannot be used.
pub(crate) fn field_fault(field: &str, what: Names) -> ServiceError {
    ServiceError::InvalidField { field: quoted(field), what }
}

impl JsonFields {
    /// The members of a body, all of which have to be known. What is null is not there.
    ///
    /// # Errors
    /// When the body is no JSON, no object, or has another member.
    pub(crate) fn read(body: &[u8], known: &[&str]) -> Result<Self, ServiceError> {
        let value: Value = serde_json::from_slice(body).map_err(|fault| ServiceError::BadBody {
            what: text!("report-not-json", line = fault.line().to_string(), column = fault.column().to_string()),
        })?;
        let Value::Object(mut members) = value else {
            return Err(ServiceError::BadBody { what: text!("report-no-object") });
        };
        if let Some(name) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(field_fault(name, text!("report-field-unknown", known = known.join(", "))));
        }
        members.retain(|_, value| !value.is_null());
        Ok(Self(members))
    }

    /// Whether a member is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A text; none where the member is not there.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, ServiceError> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| field_fault(name, text!("report-field-text")))
    }

    /// A text that has to be there.
    pub(crate) fn needed_text(&self, name: &str) -> Result<&str, ServiceError> {
        self.text(name)?.ok_or_else(|| field_fault(name, text!("report-field-missing")))
    }

    /// A number; none where the member is not there.
    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, ServiceError> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let number = value.as_f64().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| field_fault(name, text!("report-field-number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of(refused: ServiceError) -> String {
        match refused {
            ServiceError::InvalidField { field, what } => {
                assert!(!what.vi.is_empty() && !what.en.is_empty());
                field
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn members_are_read_by_name_and_null_is_none() {
        let fields = JsonFields::read(br#"{"a": "x", "b": 1.5, "c": null}"#, &["a", "b", "c"]).unwrap();
        assert_eq!((fields.text("a").unwrap(), fields.number("b").unwrap()), (Some("x"), Some(1.5)));
        assert_eq!((fields.text("c").unwrap(), fields.number("d").unwrap(), fields.has("c")), (None, None, false));
        assert_eq!(field_of(fields.text("b").unwrap_err()), "b");
        assert_eq!(field_of(fields.number("a").unwrap_err()), "a");
        assert_eq!(field_of(fields.needed_text("d").unwrap_err()), "d");
    }

    #[test]
    fn what_is_no_object_of_known_members_is_refused() {
        for body in ["", "{", "[]", "1", "\"a\""] {
            assert!(matches!(JsonFields::read(body.as_bytes(), &["a"]), Err(ServiceError::BadBody { .. })), "{body}");
        }
        assert_eq!(field_of(JsonFields::read(br#"{"phone": "x"}"#, &["a"]).unwrap_err()), "phone");
        assert!(JsonFields::read(b"{}", &[]).is_ok());
    }
}
