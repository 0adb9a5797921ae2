//! The two languages as they are read from the Fluent files of the binary, and how a text is taken from them.
//!
//! In: the id of a text with its arguments. Out: the text. The files are parsed once, at the first text that is said;
//! that every id exists is held by a test, and an id without a text is said as it is.

use super::argument::TextValue;
use crate::domain::text::{Language, Names};
use crate::texts::numbers::{english, vietnamese};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// The subjects, each with its texts in Vietnamese and in English.
macro_rules! subjects {
    ($($name:literal),+ $(,)?) => {
        &[$((include_str!(concat!("vi/", $name, ".ftl")), include_str!(concat!("en/", $name, ".ftl")))),+]
    };
}

const SUBJECTS: &[(&str, &str)] = subjects![
    "alerts",
    "audit",
    "clusters",
    "comparison",
    "effect",
    "features",
    "imports",
    "legend",
    "method",
    "phrases",
    "problems",
    "rating",
    "refusals",
    "reports",
    "requests",
    "share",
    "sheets",
    "statutory",
    "tables",
    "tiles",
    "words",
];

/// The id of a text in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextId(&'static str);

impl TextId {
    /// The id by its name; `text!` and `text_id!` write it, so that the test finds every one.
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// The text in both languages.
    pub fn names(self) -> Names {
        self.with(&[])
    }

    /// The text in one language.
    pub fn in_language(self, language: Language) -> String {
        texts_of(language).text(self.0, &[], language)
    }

    /// The text in both languages with its arguments.
    pub fn with(self, arguments: &[(&'static str, TextValue<'_>)]) -> Names {
        Names {
            vi: texts_of(Language::Vietnamese).text(self.0, arguments, Language::Vietnamese),
            en: texts_of(Language::English).text(self.0, arguments, Language::English),
        }
    }
}

/// The texts of one language.
struct LanguageTexts {
    bundle: FluentBundle<FluentResource>,
}

static VIETNAMESE: LazyLock<LanguageTexts> = LazyLock::new(|| LanguageTexts::read(Language::Vietnamese));
static ENGLISH: LazyLock<LanguageTexts> = LazyLock::new(|| LanguageTexts::read(Language::English));

fn texts_of(language: Language) -> &'static LanguageTexts {
    match language {
        Language::Vietnamese => &VIETNAMESE,
        Language::English => &ENGLISH,
    }
}

impl LanguageTexts {
    /// Reads the files of a language; they are part of the binary, and a test reads them first.
    fn read(language: Language) -> Self {
        let locale = match language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        let mut bundle = FluentBundle::new_concurrent(vec![locale.parse().expect("both tags are well-formed")]);
        // The marks that set an argument apart serve scripts of two directions; both languages run one way.
        bundle.set_use_isolating(false);
        match language {
            Language::Vietnamese => bundle.set_formatter(Some(vietnamese_number)),
            Language::English => bundle.set_formatter(Some(english_number)),
        }
        for (vi, en) in SUBJECTS {
            let source = if language == Language::Vietnamese { vi } else { en };
            let resource = FluentResource::try_new((*source).to_owned()).expect("the files of the catalogue parse");
            bundle.add_resource(resource).expect("no id of the catalogue stands twice");
        }
        Self { bundle }
    }

    fn text(&self, id: &'static str, arguments: &[(&'static str, TextValue<'_>)], language: Language) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            debug_assert!(false, "the catalogue has no text {id}");
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| (*name, value.in_language(language))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        text
    }
}

fn vietnamese_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    written(value, vietnamese)
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    written(value, english)
}

/// A number as `write` writes it with its decimals; anything else is left to Fluent.
fn written(value: &FluentValue<'_>, write: fn(f64, usize) -> String) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            Some(write(number.value, number.options.minimum_fraction_digits.unwrap_or_default()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::text;

    #[test]
    fn every_subject_is_read_in_both_languages() {
        for (vi, en) in SUBJECTS {
            for (source, language) in [(vi, Language::Vietnamese), (en, Language::English)] {
                let ids = source.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
                let ids = ids.filter(|id| id.starts_with(|first: char| first.is_ascii_lowercase()));
                for id in ids {
                    assert!(texts_of(language).bundle.has_message(id), "{id} is not read in {language:?}");
                }
            }
        }
    }

    #[test]
    fn text_within_a_text_is_of_the_same_language() {
        let said = text!("comparison-pair-higher", first = "A", second = "B", times = "x");
        let cause = text!("comparison-no-cause");
        assert!(said.vi.ends_with(&cause.vi) && said.en.ends_with(&cause.en), "{said:?}");
    }

    #[test]
    fn none_and_one_and_many_are_counted_as_english_does() {
        let said = |count: u32| text!("rating-counts", name = "A", days = "d", incidents = count).en;
        assert_eq!(said(0), "A: d 0 incidents were recorded.");
        assert_eq!(said(1), "A: d 1 incident was recorded.");
        assert_eq!(said(1001), "A: d 1,001 incidents were recorded.");
    }

    /// A wrong id costs a word of a sentence, not the answer; tests hear of it.
    #[test]
    fn unknown_text_is_its_id_in_a_release_and_a_panic_in_a_debug_build() {
        let said = std::panic::catch_unwind(|| TextId::new("no-such-text").in_language(Language::English));
        assert_eq!(said.ok().as_deref(), (!cfg!(debug_assertions)).then_some("no-such-text"));
    }
}
