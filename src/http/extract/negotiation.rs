//! What the client requests beside the address: language, coding, media type.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AsHeaderName};

use crate::domain::text::Language;
use crate::service::coded_body::Coding;

/// One entry of an `Accept…` header: the lower-case name and its weight in thousandths.
type Preference = (String, u16);

fn preferences(headers: &HeaderMap, name: impl AsHeaderName) -> Vec<Preference> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(preference).collect()
}

fn preference(entry: &str) -> Option<Preference> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let thousandths = match weight {
        None => 1000.0,
        Some(text) => text.trim().parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight))? * 1000.0,
    };
    Some((name, thousandths as u16))
}

/// The language wanted most; Vietnamese where the client does not care.
pub(in crate::http) fn language(headers: &HeaderMap) -> Language {
    let supported = preferences(headers, ACCEPT_LANGUAGE).into_iter().filter_map(|(name, weight)| {
        let language = match name.split('-').next()? {
            "vi" | "*" => Language::Vietnamese,
            "en" => Language::English,
            _ => return None,
        };
        (weight > 0).then_some((language, weight))
    });
    let best = supported.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Language::Vietnamese, |(language, _)| language)
}

/// The coding to use: gzip wherever the client takes it.
pub(in crate::http) fn coding(headers: &HeaderMap) -> Coding {
    gzip_or_identity(coding_weights(headers))
}

fn gzip_or_identity(weight: impl Fn(&str) -> Option<u16>) -> Coding {
    let gzip = weight("gzip").or_else(|| weight("x-gzip")).or_else(|| weight("*")).unwrap_or(0);
    if gzip > 0 { Coding::Gzip } else { Coding::Identity }
}

/// The coding of tiles and of the page: brotli where the client names it and does not like gzip better.
pub(in crate::http) fn brotli_or_gzip(headers: &HeaderMap) -> Coding {
    let weight = coding_weights(headers);
    let brotli = weight("br").unwrap_or(0);
    let is_wanted = brotli > 0 && brotli >= weight("gzip").unwrap_or(0);
    if is_wanted { Coding::Brotli } else { gzip_or_identity(weight) }
}

/// How much the client wants a coding; none where it does not name it.
fn coding_weights(headers: &HeaderMap) -> impl Fn(&str) -> Option<u16> {
    let preferences = preferences(headers, ACCEPT_ENCODING);
    move |wanted| preferences.iter().find(|(name, _)| name == wanted).map(|(_, weight)| *weight)
}

/// The first of the offered media types that the client accepts best; none where it accepts none.
pub(in crate::http) fn media<'a>(headers: &HeaderMap, offered: &[&'a str]) -> Option<&'a str> {
    let preferences = preferences(headers, ACCEPT);
    if preferences.is_empty() {
        return offered.first().copied();
    }
    let mut best: Option<(&str, u16)> = None;
    for media in offered {
        let weight = media_weight(&preferences, media);
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((media, weight));
        }
    }
    best.map(|(media, _)| media)
}

/// Whether the client names a media type itself as one that it accepts.
pub(in crate::http) fn is_named(headers: &HeaderMap, media: &str) -> bool {
    preferences(headers, ACCEPT).iter().any(|(name, weight)| name == media && *weight > 0)
}

/// The weight of the most precise entry that covers a media type.
fn media_weight(preferences: &[Preference], media: &str) -> u16 {
    let family = media.split('/').next().map(|family| format!("{family}/*")).unwrap_or_default();
    let of = |name: &str| preferences.iter().find(|(wanted, _)| wanted == name).map(|(_, weight)| *weight);
    of(media).or_else(|| of(&family)).or_else(|| of("*/*")).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;
    use axum::http::HeaderValue;

    use super::*;

    fn with(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn vietnamese_is_spoken_unless_english_is_wanted_more() {
        let supported = |value| language(&with(ACCEPT_LANGUAGE, value));
        assert_eq!(language(&HeaderMap::new()), Language::Vietnamese);
        assert_eq!(supported("en-GB,en;q=0.9"), Language::English);
        assert_eq!(supported("en;q=0.5, vi;q=0.8"), Language::Vietnamese);
        assert_eq!(supported("fr, en;q=0.1"), Language::English);
        assert_eq!(supported("en;q=0, *"), Language::Vietnamese);
        assert_eq!(supported(";;;q=,,"), Language::Vietnamese);
    }

    #[test]
    fn gzip_is_used_only_where_it_is_accepted() {
        let used = |value| coding(&with(ACCEPT_ENCODING, value));
        assert_eq!(coding(&HeaderMap::new()), Coding::Identity);
        assert_eq!(used("gzip, deflate, br"), Coding::Gzip);
        assert_eq!(used("*"), Coding::Gzip);
        assert_eq!(used("gzip;q=0, *"), Coding::Identity);
        assert_eq!(used("br"), Coding::Identity);
        assert_eq!(used("gzip;q=2"), Coding::Identity);
    }

    #[test]
    fn brotli_is_used_where_it_is_named_and_gzip_is_not_liked_better() {
        let used = |value| brotli_or_gzip(&with(ACCEPT_ENCODING, value));
        assert_eq!(used("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(used("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(used("br;q=0, gzip"), Coding::Gzip);
        assert_eq!(used("*"), Coding::Gzip);
        assert_eq!(used("br"), Coding::Brotli);
        assert_eq!(brotli_or_gzip(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn the_preferred_media_type_is_chosen() {
        let offered = ["application/json", "text/csv"];
        let chosen = |value| media(&with(ACCEPT, value), &offered);
        assert_eq!(media(&HeaderMap::new(), &offered), Some("application/json"));
        assert_eq!(chosen("text/csv"), Some("text/csv"));
        assert_eq!(chosen("text/*, */*;q=0.1"), Some("text/csv"));
        assert_eq!(chosen("*/*"), Some("application/json"));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("application/json;q=0"), None);
    }
}
