//! Alerts as an Atom feed (RFC 4287), for readers that ask now and then.
//!
//! In: the answer of `/alerts`, a language and the address of the server. Out: one XML document. Every text is escaped here.

use std::fmt::Write as _;

use super::{AlertAnswer, AlertsAnswer};
use crate::domain::text::Language;
use crate::texts::{PRODUCT_NAME, text};

/// When nothing was ever raised, the feed was updated at the beginning of time.
const NEVER: &str = "1970-01-01T07:00:00+07:00";

/// The feed of some alerts; `address` is the absolute address of the page, empty where the server has none.
pub(crate) fn atom(answer: &AlertsAnswer, language: Language, address: &str) -> String {
    let id = if address.is_empty() { "urn:binhyen:alerts".to_owned() } else { format!("{address}/alerts.atom") };
    let updated = answer.alerts.first().map_or(NEVER, |alert| alert.raised_at.as_str());
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let title = text!("alerts-feed-title");
    let _ = write!(
        feed,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n\
         <subtitle>{}</subtitle>\n<updated>{updated}</updated>\n<author><name>{PRODUCT_NAME}</name></author>\n",
        if language == Language::English { "en" } else { "vi" },
        escaped(&id),
        escaped(title.in_language(language)),
        escaped(answer.sentence.in_language(language)),
    );
    for alert in &answer.alerts {
        feed.push_str(&entry(alert, language, address, &id));
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry(alert: &AlertAnswer, language: Language, address: &str, feed_id: &str) -> String {
    let link = if address.is_empty() {
        String::new()
    } else {
        format!("<link rel=\"alternate\" href=\"{}\"/>\n", escaped(&format!("{address}/#{}", alert.view)))
    };
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n{link}<summary>{}</summary>\n</entry>\n",
        escaped(&format!("{feed_id}#{}", alert.number)),
        escaped(alert.title.in_language(language)),
        alert.raised_at,
        escaped(alert.reason.in_language(language)),
    )
}

/// A text within XML, whatever stands in it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_element() {
        assert_eq!(escaped("a < b & \"c\" > d"), "a &lt; b &amp; &quot;c&quot; &gt; d");
    }
}
