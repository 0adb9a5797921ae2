//! Query strings. Every name must be known and stand once: a filter that is
//! silently ignored gives a wrong number that looks right.

use percent_encoding::percent_decode_str;

use crate::service::error::{ServiceError, quoted};
use crate::texts::text;

/// The parameters of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads a query string in which only the allowed names may stand.
    pub(crate) fn parse(raw: Option<&str>, allowed: &[&'static str]) -> Result<Self, ServiceError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in raw.unwrap_or_default().split('&') {
            let Some((name, value)) = form_urlencoded::parse(pair.as_bytes()).next() else { continue };
            let Some(known) = allowed.iter().find(|known| **known == name) else {
                return Err(ServiceError::UnknownParameter { name: quoted(&name), allowed: allowed.to_vec() });
            };
            if !is_utf_8(pair) {
                return Err(ServiceError::invalid(known, &value, text!("expected-utf-8")));
            }
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(ServiceError::RepeatedParameter { name: name.into_owned() });
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self { pairs })
    }

    /// Reads the query string of a page that others link to, and to whose links they append names of their own
    /// (`fbclid`, `utm_source`, `dnt`): names that are not known are left out.
    pub(crate) fn of_link(raw: Option<&str>, known: &[&'static str]) -> Result<Self, ServiceError> {
        let given = form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
        let own = given.filter(|(name, _)| known.contains(&name.as_ref()));
        let own: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(own).finish();
        Self::parse(Some(&own), known)
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query with some parameters left out and others put in.
    pub(crate) fn with_instead(&self, without: &[&str], more: &[(&str, &str)]) -> Self {
        let kept = self.pairs.iter().filter(|(name, _)| !without.contains(&name.as_str())).cloned();
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { pairs: kept.chain(more).collect() }
    }

    /// The first of some names that is given.
    pub(crate) fn first_of(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.value(name).is_some())
    }
}

/// Whether what a pair escapes is text. What reads pairs puts U+FFFD where it is not.
fn is_utf_8(pair: &str) -> bool {
    percent_decode_str(pair).decode_utf8().is_ok()
}

/// A value as it stands in an address.
pub(crate) fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        let query = Query::parse(Some("window=3N%2D2025&level=com+mune"), &["window", "level"]).unwrap();
        assert_eq!(query.value("window"), Some("3N-2025"));
        assert_eq!(query.value("level"), Some("com mune"));
        assert_eq!(query.first_of(&["f", "level"]), Some("level"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for wrong in ["window=%FF", "window=a%C3", "window=%C3%28"] {
            let refusal = Query::parse(Some(wrong), &["window"]).unwrap_err();
            assert!(matches!(refusal, ServiceError::InvalidParameter { name: "window", .. }), "{wrong}");
        }
        let query = Query::parse(Some("window=%E1%BB%B3%&level=%EF%BF%BD+%zz"), &["window", "level"]).unwrap();
        assert_eq!((query.value("window"), query.value("level")), (Some("ỳ%"), Some("\u{FFFD} %zz")));
        assert!(Query::parse(Some("%FF=1"), &["window"]).is_err());
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        let refusal = Query::parse(Some("widnow=1"), &["window"]).unwrap_err();
        assert!(matches!(refusal, ServiceError::UnknownParameter { name, allowed }
            if name == "widnow" && allowed == ["window"]));
    }

    #[test]
    fn names_that_others_append_to_a_link_are_left_out() {
        let raw = Some("fbclid=IwAR0&lang=en&utm_source=zalo&utm_source=zalo&dnt=1");
        let query = Query::of_link(raw, &["lang"]).unwrap();
        assert_eq!(query.pairs, [("lang".to_owned(), "en".to_owned())]);
        assert!(Query::of_link(Some("lang=en&fbclid=1&lang=vi"), &["lang"]).is_err());
        assert!(Query::of_link(None, &["lang"]).unwrap().pairs.is_empty());
    }

    #[test]
    fn a_name_may_stand_once_only() {
        let refusal = Query::parse(Some("window=1&window=1"), &["window"]).unwrap_err();
        assert!(matches!(refusal, ServiceError::RepeatedParameter { name } if name == "window"));
    }

    #[test]
    fn no_query_is_an_empty_one() {
        assert!(Query::parse(None, &[]).unwrap().pairs.is_empty());
        assert!(Query::parse(Some(""), &[]).unwrap().pairs.is_empty());
    }
}
