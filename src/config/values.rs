//! The checks of single values. Each gives the value in its one written form.

use super::error::ConfigError;

fn wrong(key: &'static str, value: String, expected: &'static str) -> ConfigError {
    ConfigError::Value { key, value, expected }
}

/// `host:port`; the host may be a name, an IPv4 address or `[IPv6]`.
pub(super) fn listen_address(text: String) -> Result<String, ConfigError> {
    let parts = text.rsplit_once(':');
    let fits = parts.is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    let expected = "an address and a port, for example 127.0.0.1:8080 or [::]:8080";
    if fits { Ok(text) } else { Err(wrong("listen", text, expected)) }
}

/// `http(s)://host[:port][/path]`, without a final slash.
pub(super) fn public_url(text: String) -> Result<String, ConfigError> {
    let expected = "an address like https://maps.example.vn or https://example.vn/map, without query and fragment";
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return Err(wrong("public_url", text, expected));
    };
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    if !is_host(host) || !is_path(path.trim_end_matches('/')) {
        return Err(wrong("public_url", text, expected));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Megabytes for all caches: enough for each to hold something, and no more than a machine has.
pub(super) fn cache_mb(text: String) -> Result<u64, ConfigError> {
    let number = text.parse().ok().filter(|number| (16..=1 << 20).contains(number));
    number.ok_or_else(|| wrong("cache_mb", text, "a whole number of megabytes from 16 to 1048576"))
}

/// Days after which lines of the audit log go. A log of a few days accounts for nothing.
pub(super) fn audit_days(given: Option<u64>) -> Result<u32, ConfigError> {
    let number = given.unwrap_or_default();
    let days = u32::try_from(number).ok().filter(|days| *days == 0 || (30..=36_500).contains(days));
    days.ok_or_else(|| wrong("audit_days", number.to_string(), "a whole number of days from 30 to 36500, 0 for never"))
}

/// Hours for which signed addresses of tiles are good at most.
pub(super) fn template_hours(given: Option<u64>) -> Result<u32, ConfigError> {
    let number = given.unwrap_or(12);
    let hours = u32::try_from(number).ok().filter(|hours| *hours <= 168);
    hours.ok_or_else(|| wrong("template_hours", number.to_string(), "a whole number of hours up to 168, 0 for none"))
}

/// The address to which faults are reported, as RFC 9116 writes it.
pub(super) fn security_contact(text: String) -> Result<String, ConfigError> {
    let has_scheme = ["mailto:", "https://", "tel:"].iter().any(|scheme| text.starts_with(scheme));
    let expected = "an address like mailto:security@example.vn, https://example.vn/security or tel:+84-235-000-0000";
    let fits = has_scheme && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(text) } else { Err(wrong("security_contact", text, expected)) }
}

/// Empty or `/name[/name…]`, without a final slash.
pub(super) fn base_path(text: String) -> Result<String, ConfigError> {
    let path = text.trim_end_matches('/');
    if is_path(path) {
        Ok(path.to_owned())
    } else {
        Err(wrong("base_path", text, "a path like /map, of letters, digits, '-', '.', '_' and '~'"))
    }
}

/// `http(s)://host[:port]`.
pub(super) fn origin(key: &'static str, text: String) -> Result<String, ConfigError> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if host.is_some_and(is_host) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(wrong(key, text, "origins like https://portal.example.vn, or \"*\" alone"))
    }
}

/// `'none'` or `*` alone, or a list of `'self'` and origins, whose host may begin with `*.`.
pub(super) fn frame_ancestors(list: Vec<String>) -> Result<Vec<String>, ConfigError> {
    let stands_alone = |text: &str| ["'none'", "*"].contains(&text);
    if let [only] = list.as_slice()
        && stands_alone(only)
    {
        return Ok(list);
    }
    list.into_iter().map(frame_ancestor).collect()
}

fn frame_ancestor(text: String) -> Result<String, ConfigError> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if text == "'self'" || host.is_some_and(|host| is_host(host.strip_prefix("*.").unwrap_or(host))) {
        Ok(text)
    } else {
        let expected = "who may put /embed into a frame: \"'self'\" and origins like https://portal.example.vn or \
                        https://*.example.vn, or one alone of \"*\" (every site) and \"'none'\"";
        Err(wrong("frame_ancestors", text, expected))
    }
}

fn is_host(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

fn is_path(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let named = |part: &str| !part.is_empty() && part != "." && part != ".." && part.bytes().all(allowed);
    match text.strip_prefix('/') {
        None => text.is_empty(),
        Some(rest) => rest.split('/').all(named),
    }
}
