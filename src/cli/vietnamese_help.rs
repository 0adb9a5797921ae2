//! The whole help in Vietnamese: the built command with its texts exchanged for those of `texts::help`.
//!
//! In: the command as it is derived, in English. Out: the same command, which takes the same arguments. A text that is
//! missing stays English; a test walks all verbs and lets none be missing.

use clap::builder::{StyledStr, Styles};
use clap::{Arg, Command};

use super::import::help::vietnamese_columns;
use crate::texts::help;

/// The message of texts that are the same for all verbs.
const SHARED: &str = "options";
/// What follows the columns of an import of rows.
const ROWS: &str = "import-rows";

/// The command with its help in Vietnamese.
pub(super) fn in_vietnamese(mut command: Command) -> Command {
    // So that what clap adds, `help` and `--help`, is there to be translated too.
    command.build();
    translated(command, &[])
}

fn translated(command: Command, path: &[String]) -> Command {
    let verb = message_of(path);
    let command = command.mut_args(|arg| translated_arg(arg, &verb));
    let usage = usage(&command);
    let command = command
        .mut_subcommands(|command| {
            let path: Vec<String> = path.iter().cloned().chain([command.get_name().to_owned()]).collect();
            translated(command, &path)
        })
        .override_usage(usage)
        .subcommand_help_heading(word("help-commands"));
    let command = command.help_template(template(&Styles::default()));
    let command = match help::of_verb(&verb) {
        Some(about) => command.about(about),
        None => command,
    };
    match more(&verb) {
        Some(more) if command.get_after_help().is_some() => command.after_help(more),
        _ => command,
    }
}

/// The message of a verb: its path, without the `help` in front of verbs that are asked of `help`.
fn message_of(path: &[String]) -> String {
    match path.last().map(String::as_str) {
        None => "binhyen".to_owned(),
        Some("help") => "help".to_owned(),
        Some(_) => {
            let verbs: Vec<&str> = path.iter().map(String::as_str).filter(|verb| *verb != "help").collect();
            verbs.join("-")
        }
    }
}

/// What follows the options: of an import of rows, its columns and what is true of all of them too.
fn more(verb: &str) -> Option<String> {
    let more = help::of_part(verb, "more")?;
    let Some(columns) = vietnamese_columns(verb) else { return Some(more) };
    let of_all = help::of_part(ROWS, "more").unwrap_or_default();
    Some(format!("{columns}{more}\n\n{of_all}"))
}

fn translated_arg(arg: Arg, verb: &str) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let heading = word(if arg.is_positional() { "help-arguments" } else { "help-options" });
    let help = said_of(verb, &id);
    let values = ExplainedValues::of(&arg, verb);
    let names = arg.get_value_names().map(|names| names.iter().map(|name| placeholder(name)).collect::<Vec<_>>());
    let notes = notes(&arg);
    let mut arg = arg.help_heading(heading).hide_default_value(true).hide_possible_values(true).hide_env(true);
    if let Some(names) = names {
        arg = arg.value_names(names);
    }
    match (help, id.as_str()) {
        (Some(help), "help") => arg
            .help(format!("{help} ({})", word("help-more-with-help")))
            .long_help(format!("{help} ({})", word("help-less-with-h"))),
        (Some(help), _) => arg.help(values.in_brief(&help, &notes)).long_help(values.in_full(&help, &notes)),
        (None, _) => arg,
    }
}

/// What is said of an argument or a value: of this verb, else of those beside it, else of all.
fn said_of(verb: &str, part: &str) -> Option<String> {
    help::of_part(message_saying(verb, part), part)
}

/// The message that says something of an argument or a value of a verb.
fn message_saying<'a>(verb: &'a str, part: &str) -> &'a str {
    let beside = verb.rsplit_once('-').map(|(group, _)| group);
    let own = std::iter::once(verb).chain(beside);
    own.into_iter().find(|message| help::of_part(message, part).is_some()).unwrap_or(SHARED)
}

/// What may be given for an argument.
struct ExplainedValues(Vec<(String, Option<String>)>);

impl ExplainedValues {
    fn of(arg: &Arg, verb: &str) -> Self {
        let takes_values = arg.get_action().takes_values() && !arg.is_hide_possible_values_set();
        let values = if takes_values { arg.get_possible_values() } else { Vec::new() };
        let id = arg.get_id();
        let explained = |name: &str| said_of(verb, &format!("{id}_{name}"));
        Self(values.iter().map(|value| (value.get_name().to_owned(), explained(value.get_name()))).collect())
    }

    /// One line: the values by name.
    fn in_brief(&self, help: &str, notes: &str) -> String {
        if self.0.is_empty() {
            return format!("{help}{notes}");
        }
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        format!("{help}{notes} [{}: {}]", word("help-values"), names.join(", "))
    }

    /// A line for each value that is explained.
    fn in_full(&self, help: &str, notes: &str) -> String {
        if self.0.iter().all(|(_, explanation)| explanation.is_none()) {
            return self.in_brief(help, notes);
        }
        let lines = self.0.iter().map(|(name, explanation)| match explanation {
            Some(explanation) => format!("\n- {name}: {explanation}"),
            None => format!("\n- {name}"),
        });
        format!("{help}{notes}\n\n{}:{}", capitalised(&word("help-values")), lines.collect::<String>())
    }
}

/// Default and variable of an argument, in square brackets.
fn notes(arg: &Arg) -> String {
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let is_shown = arg.get_action().takes_values() && !arg.is_hide_default_value_set() && !defaults.is_empty();
    let default = is_shown.then(|| format!(" [{}: {}]", word("help-default"), defaults.join(" ")));
    let variable = arg.get_env().map(|name| format!(" [{}: {}]", word("help-environment"), name.to_string_lossy()));
    default.into_iter().chain(variable).collect()
}

/// The words in capitals that stand for what is typed, in Vietnamese; anything else as it is.
fn placeholder(name: &str) -> String {
    let is_of_word = |letter: char| letter.is_ascii_uppercase() || matches!(letter, '_' | '-');
    let mut translated = String::new();
    let mut rest = name;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        translated.push_str(&help::of_part("placeholders", word).unwrap_or_else(|| word.to_owned()));
        let other = after.find(is_of_word).unwrap_or(after.len());
        translated.push_str(&after[..other]);
        rest = &after[other..];
    }
    translated
}

/// The usage as clap makes it, without its heading.
fn usage(command: &Command) -> StyledStr {
    let rendered = command.clone().render_usage().ansi().to_string();
    let heading = Styles::default();
    let heading = format!("{}Usage:{}", heading.get_usage().render(), heading.get_usage().render_reset());
    let usage = rendered.strip_prefix(&heading).unwrap_or(&rendered).trim_start();
    let usage = usage.replace("[OPTIONS]", &word("help-any-options")).replace("COMMAND", &word("help-command"));
    StyledStr::from(usage)
}

/// The parts of help in the order of clap's own, under a heading of ours.
fn template(styles: &Styles) -> StyledStr {
    let (on, off) = (styles.get_usage().render(), styles.get_usage().render_reset());
    let usage = word("help-usage");
    StyledStr::from(format!(
        "{{before-help}}{{about-with-newline}}\n{on}{usage}:{off} {{usage}}\n\n{{all-args}}{{after-help}}"
    ))
}

fn word(id: &str) -> String {
    help::of_verb(id).unwrap_or_else(|| id.to_owned())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::Entry;

    use super::*;
    use crate::cli::command;
    use crate::domain::text::Language;

    type Part = (String, Option<String>);

    /// Everything that the English help says, and where its Vietnamese is looked for.
    #[derive(Default)]
    struct Walk {
        used: BTreeSet<Part>,
        missing: Vec<String>,
        /// The English of each text that is shared by verbs.
        shared: BTreeMap<Part, BTreeSet<String>>,
        /// English and Vietnamese, one beside the other.
        pairs: Vec<(String, String)>,
        placeholders: BTreeSet<String>,
    }

    fn built() -> Command {
        let mut command = command(Language::English);
        command.build();
        command
    }

    fn each_verb(command: &Command, path: &[String], visit: &mut dyn FnMut(&Command, &str)) {
        visit(command, &message_of(path));
        for verb in command.get_subcommands() {
            let path: Vec<String> = path.iter().cloned().chain([verb.get_name().to_owned()]).collect();
            // Below `help` stand copies of the verbs beside it.
            if command.get_name() != "help" {
                each_verb(verb, &path, visit);
            }
        }
    }

    impl Walk {
        fn of_program() -> Self {
            let mut walk = Self::default();
            each_verb(&built(), &[], &mut |command, verb| walk.read_verb(command, verb));
            walk
        }

        fn read_verb(&mut self, command: &Command, verb: &str) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            self.note(about, verb, None, help::of_verb(verb));
            if let Some(english) = command.get_after_help() {
                self.note(english.to_string(), verb, Some("more"), more(verb));
            }
            // `help` and `help`'s own option have no other texts than those of all verbs.
            for arg in command.get_arguments() {
                self.read_arg(arg, verb);
            }
        }

        fn read_arg(&mut self, arg: &Arg, verb: &str) {
            let id = arg.get_id().as_str();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            match (verb, id) {
                // Its English says more where values are explained; the Vietnamese always does.
                (_, "help") => drop(self.used.insert((SHARED.to_owned(), Some(id.to_owned())))),
                _ => self.note_part(help, verb, id),
            }
            for value in arg.get_possible_values() {
                if let Some(help) = value.get_help().filter(|_| arg.get_action().takes_values()) {
                    self.note_part(help.to_string(), verb, &format!("{id}_{}", value.get_name()));
                }
            }
            for name in arg.get_value_names().unwrap_or_default().iter().filter(|_| arg.get_action().takes_values()) {
                let words = name.split(|letter: char| !letter.is_ascii_uppercase() && !matches!(letter, '_' | '-'));
                self.placeholders.extend(words.filter(|word| word.len() > 1).map(str::to_owned));
            }
        }

        fn note_part(&mut self, english: String, verb: &str, part: &str) {
            let message = message_saying(verb, part);
            let key = (message.to_owned(), Some(part.to_owned()));
            self.shared.entry(key).or_default().insert(english.clone());
            self.note(english, message, Some(part), said_of(verb, part));
        }

        fn note(&mut self, english: String, message: &str, part: Option<&str>, vietnamese: Option<String>) {
            let Some(vietnamese) = vietnamese else {
                self.missing.push(format!("{message} {}: {english}", part.unwrap_or_default()));
                return;
            };
            self.used.insert((message.to_owned(), part.map(str::to_owned)));
            self.pairs.push((english, vietnamese));
        }
    }

    /// Every text of the files of help.
    fn written() -> BTreeSet<Part> {
        let mut written = BTreeSet::new();
        for file in help::FILES {
            let resource = fluent_syntax::parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
            for entry in &resource.body {
                let Entry::Message(message) = entry else { continue };
                written.insert((message.id.name.to_owned(), None));
                let parts =
                    message.attributes.iter().map(|part| (message.id.name.to_owned(), Some(part.id.name.to_owned())));
                written.extend(parts);
            }
        }
        written
    }

    /// The sentences that the code names: `help-…` and `error-…`.
    fn named_in_code() -> BTreeSet<&'static str> {
        let code = [include_str!("vietnamese_help.rs"), include_str!("vietnamese_errors.rs")];
        let quoted = code.into_iter().flat_map(|code| code.split('"'));
        let is_id = |text: &&str| {
            let of_sentence = text.strip_prefix("help-").or_else(|| text.strip_prefix("error-"));
            of_sentence
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-')))
        };
        quoted.filter(is_id).collect()
    }

    #[test]
    fn every_sentence_that_the_code_names_is_there() {
        let named = named_in_code();
        assert!(named.len() > 20, "{named:?}");
        let missing: Vec<_> = named.iter().filter(|id| help::of_verb(id).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_verb_argument_and_value_is_said_in_vietnamese_and_nothing_else_is() {
        let walk = Walk::of_program();
        assert!(walk.used.len() > 150, "only {} texts were found", walk.used.len());
        assert!(walk.missing.is_empty(), "without Vietnamese:\n{}", walk.missing.join("\n"));
        let named = named_in_code();
        let frame = |(message, part): &&Part| match part {
            None => named.contains(message.as_str()) || [SHARED, ROWS, "placeholders"].contains(&message.as_str()),
            Some(part) => {
                (message == ROWS && part == "more") || (message == "placeholders" && walk.placeholders.contains(part))
            }
        };
        let written = written();
        let unused: Vec<&Part> = written.difference(&walk.used).filter(|part| !frame(part)).collect();
        assert!(unused.is_empty(), "said of nothing: {unused:?}");
        let unknown: Vec<&String> =
            walk.placeholders.iter().filter(|word| help::of_part("placeholders", word).is_none()).collect();
        assert!(unknown.is_empty(), "what stands for what is typed: {unknown:?}");
    }

    #[test]
    fn what_verbs_share_says_the_same_in_english_too() {
        let differing: Vec<_> =
            Walk::of_program().shared.into_iter().filter(|(_, english)| english.len() > 1).collect();
        assert!(differing.is_empty(), "{differing:#?}");
    }

    /// Options, names and numbers: what is typed or read as it stands.
    fn typed(text: &str) -> BTreeSet<&str> {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '-'));
        let is_typed = |word: &&str| {
            word.starts_with("--") && word.len() > 2
                || word.contains('_')
                || word.contains(|letter: char| letter.is_ascii_digit())
        };
        words.map(|word| word.trim_end_matches('-')).filter(is_typed).collect()
    }

    #[test]
    fn vietnamese_names_every_option_word_and_number_that_english_names() {
        for (english, vietnamese) in Walk::of_program().pairs {
            let lost: Vec<_> = typed(&english).difference(&typed(&vietnamese)).copied().collect();
            assert!(lost.is_empty(), "{lost:?} of\n{english}\nis not in\n{vietnamese}");
            let has_marks = vietnamese.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
            assert!(has_marks || vietnamese.len() < 25, "{vietnamese}");
        }
    }

    fn one_line(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn no_english_is_left_in_the_help_of_any_verb() {
        let walk = Walk::of_program();
        let english: BTreeSet<String> = walk.pairs.iter().map(|(english, _)| one_line(english)).collect();
        let of_clap = [
            "Usage",
            "Options",
            "Commands",
            "Arguments",
            "default:",
            "ossible values",
            "env:",
            "Print ",
            "[OPTIONS]",
            "FILE",
        ];
        let mut verbs = 0;
        each_verb(&in_vietnamese(command(Language::English)), &[], &mut |command, verb| {
            for rendered in [command.clone().render_help(), command.clone().render_long_help()] {
                let rendered = one_line(&rendered.to_string());
                assert!(rendered.contains("Cách dùng: binhyen"), "{verb}: {rendered}");
                let left: Vec<&str> = of_clap.into_iter().filter(|text| rendered.contains(text)).collect();
                assert!(left.is_empty(), "{verb}: {left:?} in {rendered}");
                let left: Vec<&String> =
                    english.iter().filter(|text| text.len() > 12 && rendered.contains(text.as_str())).collect();
                assert!(left.is_empty(), "{verb}: {left:?}");
            }
            verbs += 1;
        });
        assert!(verbs > 25, "only {verbs} verbs were seen");
    }

    #[test]
    fn both_helps_take_the_same_arguments() {
        let arguments = ["binhyen", "import", "incidents", "a.csv", "--time-zone", "utc", "--lang", "vi"];
        for language in [Language::English, Language::Vietnamese] {
            assert!(crate::cli::parsed(arguments.map(Into::into).to_vec(), language).is_ok(), "{language:?}");
            let help = crate::cli::parsed(["binhyen", "help", "import", "models"].map(Into::into).to_vec(), language);
            let help = help.expect_err("help is no verb that runs").to_string();
            assert!(help.contains("--rejects") && help.contains("keng_loa_an_ninh"), "{help}");
        }
    }

    #[test]
    fn words_that_stand_for_what_is_typed_are_exchanged_and_words_that_are_typed_stay() {
        assert_eq!(placeholder("FIELD:IN-FILE=VALUE"), "TRƯỜNG:TRONG-TỆP=GIÁ-TRỊ");
        assert_eq!(placeholder("queen|rook|FILE"), "queen|rook|TỆP");
        assert_eq!(placeholder("category|default N"), "category|default N");
        assert_eq!(placeholder("FIELD,…"), "TRƯỜNG,…");
    }
}
