//! What clap says of arguments that it cannot take, in Vietnamese.
//!
//! In: clap's error, which knows its kind and its culprits. Out: the sentence, what was probably meant, the usage; none for
//! kinds that have no sentence here, which stay English. The reason of a value that our own parsers refuse is English too.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::texts::help::{of_verb, sentence};

/// The whole message; none where clap's own is to be printed.
pub(super) fn in_vietnamese(error: &clap::Error) -> Option<String> {
    let what = what_is_wrong(error)?;
    let heading = of_verb("error-heading")?;
    let meant = suggestion(error).map(|meant| format!("\n\n  {meant}")).unwrap_or_default();
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage_line(&usage.to_string()),
        _ => String::new(),
    };
    Some(format!("{heading}: {what}{meant}\n{usage}\n{}\n", of_verb("error-see-help")?))
}

fn what_is_wrong(error: &clap::Error) -> Option<String> {
    let argument = || said(error, ContextKind::InvalidArg);
    let value = || said(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value()?.is_empty() => sentence("error-no-value", &[("argument", &argument()?)]),
        ErrorKind::InvalidValue => {
            let what = sentence("error-invalid-value", &[("value", &value()?), ("argument", &argument()?)])?;
            let valid = said(error, ContextKind::ValidValue);
            let valid = valid.and_then(|values| sentence("error-valid-values", &[("values", &values)]));
            Some(valid.map_or(what.clone(), |valid| format!("{what}; {valid}")))
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let parts = [("value", value()?), ("argument", argument()?), ("reason", reason)];
            sentence("error-value-refused", &parts.each_ref().map(|(name, text)| (*name, text.as_str())))
        }
        ErrorKind::UnknownArgument => sentence("error-unknown-argument", &[("argument", &argument()?)]),
        ErrorKind::InvalidSubcommand => {
            sentence("error-unknown-command", &[("command", &said(error, ContextKind::InvalidSubcommand)?)])
        }
        ErrorKind::TooManyValues => {
            sentence("error-too-many-values", &[("value", &value()?), ("argument", &argument()?)])
        }
        ErrorKind::MissingRequiredArgument => sentence("error-missing-arguments", &[("arguments", &argument()?)]),
        ErrorKind::MissingSubcommand => {
            sentence("error-missing-command", &[("commands", &said(error, ContextKind::ValidSubcommand)?)])
        }
        ErrorKind::ArgumentConflict => conflict(error),
        _ => None,
    }
}

/// An option that is given twice is in conflict with itself.
fn conflict(error: &clap::Error) -> Option<String> {
    let (argument, other) = (said(error, ContextKind::InvalidArg)?, said(error, ContextKind::PriorArg)?);
    if argument == other {
        return sentence("error-repeated", &[("argument", &argument)]);
    }
    sentence("error-conflict", &[("argument", &argument), ("other", &other)])
}

fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = kinds.into_iter().find_map(|kind| said(error, kind))?;
    sentence("error-suggestion", &[("suggestion", &meant)])
}

/// What clap knows of a kind, in one text.
fn said(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

/// The usage under a heading of ours.
fn usage_line(usage: &str) -> String {
    let heading = of_verb("help-usage").unwrap_or_default();
    format!("\n{heading}: {}\n", usage.trim_start_matches("Usage:").trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parsed;
    use crate::domain::text::Language;

    fn message(arguments: &[&str]) -> String {
        let arguments = std::iter::once("binhyen").chain(arguments.iter().copied()).map(Into::into).collect();
        let error = parsed(arguments, Language::Vietnamese).expect_err("these cannot be taken");
        in_vietnamese(&error).unwrap_or_else(|| panic!("{arguments:?}: {error}", arguments = error.kind()))
    }

    #[test]
    fn what_is_wrong_is_said_with_what_was_given() {
        for (arguments, expected) in [
            (&["serve", "--porrt", "1"][..], "lỗi: không có đối số --porrt"),
            (&["sevre"], "lỗi: không có lệnh sevre\n\n  có phải bạn muốn gõ restore, serve?"),
            (&["import", "incidents"], "lỗi: thiếu đối số bắt buộc: <TỆP>"),
            (
                &["token", "--role", "chief"],
                "lỗi: giá trị “chief” của --role <VAI-TRÒ> không được nhận; có các giá trị: planner,",
            ),
            (&["token", "--role"], "lỗi: --role <VAI-TRÒ> cần một giá trị"),
            (
                &["reload", "--timeout", "soon"],
                "lỗi: giá trị “soon” của --timeout <GIÂY> không dùng được: invalid digit",
            ),
            (&["serve", "--sample", "--sample"], "lỗi: --sample chỉ được nêu một lần"),
            (
                &["rate", "--areas", "a", "--id", "i", "--value", "v", "--events", "e", "--exposure", "x"],
                "không dùng được cùng với",
            ),
        ] {
            let said = message(arguments);
            assert!(said.contains(expected), "{arguments:?}: {said}");
            assert!(said.ends_with("\nXem thêm bằng “--help”.\n"), "{said}");
            assert!(!said.contains("error") && !said.contains("Usage"), "{said}");
        }
        assert!(message(&["import", "incidents"]).contains("\nCách dùng: binhyen import incidents [TÙY CHỌN]"));
    }
}
