//! The language of help and reports: Vietnamese where `--lang vi` or the locale of the terminal asks for it.
//!
//! In: the arguments before they are parsed, because help is part of parsing, and the locale. Out: the language, kept for
//! whatever is printed until the program ends. Errors behind the arguments and the log stay English.

use std::ffi::OsString;
use std::sync::OnceLock;

use clap::ValueEnum;

use crate::domain::text::Language;

/// The languages as the option names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageOption {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// Lets everything be printed in a language from now on.
pub(super) fn speak(language: Language) {
    // Chosen once, by `run`; a second choice in one process would let a report change its language midway.
    let _ = CHOSEN.set(language);
}

/// The language of what is printed.
pub(super) fn spoken() -> Language {
    CHOSEN.get().copied().unwrap_or(Language::English)
}

/// The language that arguments and locale ask for.
pub(super) fn requested(arguments: &[OsString], locale: Option<&str>) -> Language {
    let by_option = option_value(arguments).and_then(|value| LanguageOption::from_str(&value, true).ok());
    match by_option {
        Some(LanguageOption::Vi) => Language::Vietnamese,
        None if locale.is_some_and(is_vietnamese) => Language::Vietnamese,
        Some(LanguageOption::En) | None => Language::English,
    }
}

/// Whether a locale is of Vietnamese: `vi`, `vi_VN.UTF-8`.
fn is_vietnamese(locale: &str) -> bool {
    locale.split(['_', '.', '@', '-']).next().is_some_and(|language| language.eq_ignore_ascii_case("vi"))
}

/// What follows `--lang`, wherever it stands; clap refuses it later where it is no language.
fn option_value(arguments: &[OsString]) -> Option<String> {
    let texts: Vec<_> = arguments.iter().skip(1).map(|argument| argument.to_string_lossy()).collect();
    let options = texts.iter().take_while(|text| *text != "--");
    let mut found = options.enumerate().filter_map(|(index, text)| match text.strip_prefix("--lang")? {
        "" => texts.get(index + 1).map(ToString::to_string),
        rest => rest.strip_prefix('=').map(str::to_owned),
    });
    found.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str], locale: Option<&str>) -> Language {
        let arguments: Vec<OsString> =
            std::iter::once("binhyen").chain(arguments.iter().copied()).map(Into::into).collect();
        requested(&arguments, locale)
    }

    #[test]
    fn locale_says_the_language_where_no_option_does() {
        for locale in ["vi", "vi_VN", "vi_VN.UTF-8", "VI_vn@x"] {
            assert_eq!(of(&["serve"], Some(locale)), Language::Vietnamese, "{locale}");
        }
        for locale in [None, Some(""), Some("C"), Some("en_US.UTF-8"), Some("vie"), Some("C.vi")] {
            assert_eq!(of(&["serve"], locale), Language::English, "{locale:?}");
        }
    }

    #[test]
    fn option_goes_before_the_locale_wherever_it_stands() {
        for arguments in [&["--lang", "vi", "serve"][..], &["serve", "--help", "--lang=vi"], &["--lang=VI"]] {
            assert_eq!(of(arguments, Some("en_US")), Language::Vietnamese, "{arguments:?}");
        }
        assert_eq!(of(&["help", "--lang", "en"], Some("vi_VN")), Language::English);
        // Behind `--`, or of another option, it is a text like any other; a language that is none changes nothing.
        for arguments in [&["check", "--", "--lang=vi"][..], &["--language=vi"], &["--lang=fr"], &["serve", "--lang"]] {
            assert_eq!(of(arguments, None), Language::English, "{arguments:?}");
        }
    }
}
