//! What the page shows, as a share address carries it: the fragment of the page's own address in base64url.
//!
//! In: the id of a share page, or a fragment. Out: a [`SharedView`] that holds the known keys only, each once and in
//! one order, so that nothing else that stood in the address is ever repeated. Whether an edition or an area of
//! that name exists is not decided here.
//!
//! # Reference
//! RFC 4648, section 5: base64url, here without padding.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::text::Language;

/// What a view may hold, in the order in which the page writes it.
const KEYS: [&str; 14] = [
    "edition", "window", "level", "layer", "mode", "against", "scheme", "group", "show", "area", "compare", "at",
    "theme", "lang",
];
/// What the page of a planner holds as well. It is not released, so it is not shared.
const FREE: [&str; 4] = ["from", "to", "categories", "min_severity"];
/// The longest fragment that is read.
const MAX_VIEW_BYTES: usize = 1024;
/// The longest value; six areas to compare take less than half of it.
const MAX_VALUE_BYTES: usize = 200;

/// All names that a view of the page may have.
pub(in crate::http) fn names() -> Vec<&'static str> {
    KEYS.into_iter().chain(FREE).collect()
}

/// A view as far as it can be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct SharedView {
    pairs: Vec<(&'static str, String)>,
    /// Whether all of the request is released.
    pub(in crate::http) extent: ViewExtent,
}

/// How much of the request is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum ViewExtent {
    /// All of it, as far as it is known.
    Whole,
    /// It requested a filter that is not released, and the default window is shown instead.
    Released,
}

/// Why a text is not the id of a share page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) struct InvalidViewId;

impl SharedView {
    /// The view of a share address.
    pub(in crate::http) fn of_id(id: &str) -> Result<Self, InvalidViewId> {
        let bytes = URL_SAFE_NO_PAD.decode(id).map_err(|_| InvalidViewId)?;
        let fragment = String::from_utf8(bytes).map_err(|_| InvalidViewId)?;
        if fragment.len() > MAX_VIEW_BYTES { Err(InvalidViewId) } else { Ok(Self::of_fragment(&fragment)) }
    }

    /// The view of a fragment or a query. Of a key that stands twice the first value counts, as it does for the page.
    pub(in crate::http) fn of_fragment(fragment: &str) -> Self {
        let given: Vec<(String, String)> =
            form_urlencoded::parse(fragment.trim_start_matches('#').as_bytes()).into_owned().collect();
        let first = |key: &str| given.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let known = |key: &'static str| Some((key, first(key).filter(|value| is_plain(value))?.to_owned()));
        let is_free = FREE.iter().any(|key| first(key).is_some());
        Self {
            pairs: KEYS.into_iter().filter_map(known).collect(),
            extent: if is_free { ViewExtent::Released } else { ViewExtent::Whole },
        }
    }

    /// The value of a key.
    pub(in crate::http) fn value(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    /// The language; Vietnamese where none is named.
    pub(in crate::http) fn language(&self) -> Language {
        if self.value("lang") == Some("en") { Language::English } else { Language::Vietnamese }
    }

    /// Keeps the keys whose values are right.
    pub(in crate::http) fn keep(&mut self, is_right: impl Fn(&str, &str) -> bool) {
        self.pairs.retain(|(key, value)| is_right(key, value));
    }

    /// Some of the keys with their values, as a query.
    pub(in crate::http) fn query(&self, keys: &[&str]) -> String {
        let pairs = self.pairs.iter().filter(|(name, _)| keys.contains(name));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        query.replace("%2C", ",")
    }

    /// The fragment that the page turns back into the view.
    pub(in crate::http) fn fragment(&self) -> String {
        self.query(&KEYS)
    }

    /// The id of the share page of the view; never empty, because no address ends in an empty segment.
    pub(in crate::http) fn id(&self) -> String {
        let fragment = self.fragment();
        URL_SAFE_NO_PAD.encode(if fragment.is_empty() { "#" } else { &fragment })
    }
}

/// Ids, codes, dates, positions and lists of them; nothing that could form a sentence.
fn is_plain(value: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.,:;~|".contains(&byte);
    (1..=MAX_VALUE_BYTES).contains(&value.len()) && value.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn view_is_read_as_the_page_wrote_it() {
        let fragment = "#edition=2025-07&window=3N-2025&level=commune&layer=grade&area=20335&at=108.4740,15.5736,11.00";
        let view = SharedView::of_fragment(fragment);
        assert_eq!(view.value("area"), Some("20335"));
        assert_eq!(format!("#{}", view.fragment()), fragment);
        assert_eq!((view.language(), view.extent), (Language::Vietnamese, ViewExtent::Whole));
        assert_eq!(SharedView::of_id("YXJlYT0yMDMzNSZsYW5nPWVu").unwrap().fragment(), "area=20335&lang=en");
    }

    #[test]
    fn what_is_not_known_is_dropped() {
        let view = SharedView::of_fragment("token=secret&area=20335&area=20401&x=1&__proto__=1&level=");
        assert_eq!(view.fragment(), "area=20335");
        assert_eq!(SharedView::of_fragment("area=%3Cscript%3E&layer=gi%E1%BA%BF&window=a b").fragment(), "");
        assert_eq!(SharedView::of_fragment(&format!("at={}", "1".repeat(201))).fragment(), "");
    }

    #[test]
    fn free_filter_is_dropped_and_remembered() {
        for key in FREE {
            let view = SharedView::of_fragment(&format!("{key}=1&area=20335"));
            assert_eq!((view.fragment().as_str(), view.extent), ("area=20335", ViewExtent::Released), "{key}");
        }
    }

    #[test]
    fn empty_view_has_an_id_that_stands_in_an_address() {
        for id in ["", "Iw"] {
            let view = SharedView::of_id(id).unwrap();
            assert_eq!((view.fragment().as_str(), view.id().as_str()), ("", "Iw"), "{id}");
        }
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        let too_long = URL_SAFE_NO_PAD.encode("area=20335&x=".to_owned() + &"y".repeat(MAX_VIEW_BYTES));
        for id in ["a", "YQ==", "YX+/", "ô", "_w", too_long.as_str()] {
            assert_eq!(SharedView::of_id(id), Err(InvalidViewId), "{id}");
        }
    }

    proptest! {
        #[test]
        fn id_of_any_fragment_leads_to_the_same_view(fragment in "[ -~]{0,300}") {
            let view = SharedView::of_fragment(&fragment);
            let again = SharedView::of_id(&view.id()).unwrap();
            prop_assert_eq!(again.fragment(), view.fragment());
        }

        #[test]
        fn fragment_is_safe_in_an_address_and_in_markup(fragment in "\\PC{0,300}") {
            let written = SharedView::of_fragment(&fragment).fragment();
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.,%&=*+".contains(&byte)));
        }
    }
}
