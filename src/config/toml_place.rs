//! Where a key stands in a TOML text, for messages that name the line and the value.
//!
//! In: a text that was parsed, and a key or a name. Out: its line, from 1, and what is written there. It reads lines, not
//! TOML: keys in tables that stand several times are found in one of them only where it is said in which.

/// A line of a TOML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlPlace {
    /// The line, from 1.
    pub line: usize,
    /// What is written there, without its comment.
    pub written: String,
}

impl TomlPlace {
    /// The place of a dotted key: in its table, or in an inline value of the table around it.
    ///
    /// # Example
    /// ```
    /// use binhyen::config::TomlPlace;
    /// let place = TomlPlace::of_key("[disclosure]\n# hidden below\nk = 1 # few\n", "disclosure.k").unwrap();
    /// assert_eq!((place.line, place.written.as_str()), (3, "k = 1"));
    /// ```
    pub fn of_key(text: &str, dotted: &str) -> Option<Self> {
        let (table, key) = dotted.rsplit_once('.').unwrap_or(("", dotted));
        let in_table = Self::in_table(text, TomlTable { name: table, number: None }, key);
        let around = || {
            let (outer, inline) = table.rsplit_once('.')?;
            Self::in_table(text, TomlTable { name: outer, number: None }, inline)
        };
        in_table.or_else(around).or_else(|| Self::of_header(text, dotted))
    }

    /// The place of a key in a table.
    pub fn in_table(text: &str, table: TomlTable<'_>, key: &str) -> Option<Self> {
        let mut tables = 0;
        let mut is_inside = table.name.is_empty();
        for (index, line) in text.lines().enumerate() {
            let line = without_comment(line);
            if let Some((name, is_list)) = header(line) {
                tables += usize::from(name == table.name);
                // Of a list of tables the number says which one; without it no line is better than a wrong one.
                is_inside =
                    name == table.name && (table.number == Some(tables) || (table.number.is_none() && !is_list));
            } else if is_inside && line.split_once('=').is_some_and(|(name, _)| name.trim() == key) {
                return Some(Self { line: index + 1, written: line.to_owned() });
            }
        }
        None
    }

    /// The last place of a text in quotation marks.
    pub fn of_text(text: &str, quoted: &str) -> Option<Self> {
        let quoted = format!("\"{quoted}\"");
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)));
        let found = lines.by_ref().filter(|(_, line)| line.contains(&quoted)).last();
        found.map(|(line, written)| Self { line, written: written.to_owned() })
    }

    fn of_header(text: &str, name: &str) -> Option<Self> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)));
        let found = lines.find(|(_, line)| header(line).is_some_and(|(known, _)| known == name));
        found.map(|(line, written)| Self { line, written: written.to_owned() })
    }
}

/// A table of a TOML text; of a list of tables the one of a number, from 1.
#[derive(Debug, Clone, Copy)]
pub struct TomlTable<'a> {
    /// Its name; empty for what stands before the first table.
    pub name: &'a str,
    /// Which one of a list.
    pub number: Option<usize>,
}

fn without_comment(line: &str) -> &str {
    let mut in_text = false;
    let end = line.char_indices().find(|&(_, letter)| {
        in_text ^= letter == '"';
        letter == '#' && !in_text
    });
    end.map_or(line, |(at, _)| &line[..at]).trim()
}

fn header(line: &str) -> Option<(&str, bool)> {
    let list = line.strip_prefix("[[").and_then(|line| line.strip_suffix("]]"));
    let table = || line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let is_name = |name: &&str| !name.contains(['[', ',', '"', '{']);
    list.map(|name| (name.trim(), true)).or_else(|| table().filter(is_name).map(|name| (name.trim(), false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "version = \"1 # not a comment\"\n[a]\nk = 1\n[a.b]\nk = 2 # two\nlist = [\n  { x = 1 },\n]\n\
                        [[t]]\nid = \"one\"\nk = 3\n[[t]]\nid = \"two\"\nk = 4\n";

    fn line(key: &str) -> Option<usize> {
        TomlPlace::of_key(TEXT, key).map(|place| place.line)
    }

    #[test]
    fn keys_are_found_in_their_tables() {
        assert_eq!(
            [line("version"), line("a.k"), line("a.b.k"), line("a.b.list.x")],
            [Some(1), Some(3), Some(5), Some(6)]
        );
        assert_eq!([line("a.b"), line("k"), line("a.c"), line("t.k")], [Some(4), None, None, None]);
        assert_eq!(TomlPlace::of_key(TEXT, "a.b.k").unwrap().written, "k = 2");
        assert_eq!(TomlPlace::of_key(TEXT, "version").unwrap().written, "version = \"1 # not a comment\"");
    }

    #[test]
    fn tables_of_a_list_are_counted_and_texts_found_last() {
        let in_table = |number| TomlPlace::in_table(TEXT, TomlTable { name: "t", number: Some(number) }, "k");
        assert_eq!([1, 2, 3].map(|number| in_table(number).map(|place| place.line)), [Some(11), Some(14), None]);
        assert_eq!(TomlPlace::of_text(TEXT, "two").map(|place| place.line), Some(13));
        assert_eq!(TomlPlace::of_text("", "two"), None);
    }
}
