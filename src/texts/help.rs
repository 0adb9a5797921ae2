//! The Vietnamese help of the command line.
//!
//! In: the name of a verb and of a part of its help. Out: the text, from `vi/help/*.ftl`; none where there is none. The
//! English stands beside the arguments themselves, where whoever adds one writes it; a test of the command line fails
//! for an argument without a text here, and for a text without an argument. A text of several lines begins with one that
//! is not indented: Fluent takes the indent of the first line away.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

/// The files of help.
pub const FILES: [&str; 2] = [include_str!("vi/help/program.ftl"), include_str!("vi/help/import.ftl")];

static HELP: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let locale = "vi".parse().expect("the tag is well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    for file in FILES {
        let resource = FluentResource::try_new(file.to_owned()).expect("the files of help parse");
        bundle.add_resource(resource).expect("no verb stands twice");
    }
    bundle
});

/// What is said of a verb.
pub fn of_verb(verb: &str) -> Option<String> {
    let pattern = HELP.get_message(verb)?.value()?;
    Some(HELP.format_pattern(pattern, None::<&FluentArgs<'_>>, &mut Vec::new()).into_owned())
}

/// What is said of a part of a verb's help: an argument, a value, what follows the options.
pub fn of_part(verb: &str, part: &str) -> Option<String> {
    let pattern = HELP.get_message(verb)?.get_attribute(part)?.value();
    Some(HELP.format_pattern(pattern, None::<&FluentArgs<'_>>, &mut Vec::new()).into_owned())
}

/// A sentence with its arguments; none where there is no such sentence.
pub fn sentence(id: &str, arguments: &[(&'static str, &str)]) -> Option<String> {
    let pattern = HELP.get_message(id)?.value()?;
    let arguments: FluentArgs<'_> = arguments.iter().copied().collect();
    Some(HELP.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_their_parts_are_found_by_name() {
        assert_eq!(of_verb("release-list").as_deref(), Some("Các bản công bố của một kho dữ liệu, bản đầu tiên trước"));
        assert_eq!(of_part("placeholders", "YYYY-MM").as_deref(), Some("NĂM-THÁNG"));
        assert!(of_part("rate", "weights").is_some_and(|text| text.ends_with(r#"{"id": ["id", …]}"#)));
        assert_eq!((of_verb("no-such-verb"), of_part("serve", "nothing")), (None, None));
    }

    #[test]
    fn indents_and_blank_lines_of_examples_stay() {
        let more = of_part("serve", "more").unwrap();
        assert!(more.contains(":8080 \\\n    --public-url") && more.contains("--sample\n\nMỗi"), "{more}");
    }
}
