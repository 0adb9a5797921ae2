//! What a Rust source file names: its `use` trees, inline paths, child modules and re-exports.
//!
//! In: the text of one file. Out: every path with its line, as written (`crate::…`, `super::…`, `sqlx::…`).
//! It is a lexer, not a parser: comments, doc comments, strings and lifetimes are skipped, macros are read like code.

use super::lex::{Token, tokens};

/// One path as the source spells it, seen from the module `inside` of that file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
    /// Names of the inline modules around it (`mod tests { … }`).
    pub(super) inside: Vec<String>,
    pub(super) role: Role,
    /// Stands in a `#[cfg(test)]` module.
    pub(super) in_test: bool,
}

/// How a path is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// `use a::b as name`.
    Import { name: String },
    /// `pub use a::b as name`: a signpost for others, not a use.
    Export { name: String },
    /// `a::b` within code.
    Inline,
}

/// Everything the checks need of one file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) mentions: Vec<Mention>,
    /// Modules declared with `mod name;`.
    pub(super) children: Vec<String>,
    /// First item keyword found at the top level, with its line: `lib.rs` must have none.
    pub(super) defines: Option<(String, usize)>,
}

const ITEMS: [&str; 10] = ["fn", "struct", "enum", "trait", "impl", "const", "static", "type", "union", "macro_rules"];

/// Reads one file.
pub(super) fn scan(text: &str) -> Scan {
    let mut reader =
        Reader { tokens: tokens(text), at: 0, depth: 0, modules: Vec::new(), test_next: false, scan: Scan::default() };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.scan
}

struct InlineModule {
    name: String,
    depth: usize,
    test: bool,
}

struct Reader {
    tokens: Vec<(Token, usize)>,
    at: usize,
    depth: usize,
    modules: Vec<InlineModule>,
    test_next: bool,
    scan: Scan,
}

impl Reader {
    fn token(&self, offset: usize) -> Option<&Token> {
        self.tokens.get(self.at + offset).map(|(token, _)| token)
    }

    fn before(&self, offset: usize) -> Option<&Token> {
        self.at.checked_sub(offset).and_then(|at| self.tokens.get(at)).map(|(token, _)| token)
    }

    fn line(&self) -> usize {
        self.tokens[self.at].1
    }

    fn step(&mut self) {
        match self.tokens[self.at].0.clone() {
            Token::Punct('{') => self.open(),
            Token::Punct('}') => self.close(),
            Token::Punct(';') => {
                self.test_next = false;
                self.at += 1;
            }
            Token::Punct('#') if self.starts_test_attribute() => {
                self.test_next = true;
                self.at += 7;
            }
            Token::PathSep => self.absolute_path(),
            Token::Word(word) => self.word(&word),
            Token::Punct(_) => self.at += 1,
        }
    }

    fn open(&mut self) {
        self.depth += 1;
        self.test_next = false;
        self.at += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.modules.last().is_some_and(|module| module.depth == self.depth) {
            self.modules.pop();
        }
        self.at += 1;
    }

    fn starts_test_attribute(&self) -> bool {
        let words = ["#", "[", "cfg", "(", "test", ")", "]"];
        words.iter().enumerate().all(|(offset, word)| self.token(offset).is_some_and(|token| token.is(word)))
    }

    fn word(&mut self, word: &str) {
        if ITEMS.contains(&word) && self.depth == 0 && self.scan.defines.is_none() {
            self.scan.defines = Some((word.to_owned(), self.line()));
        }
        match word {
            "mod" => self.module(),
            "use" if !self.token(1).is_some_and(|token| token.is("<")) => self.use_item(),
            _ => self.inline_path(),
        }
    }

    /// `mod name;` declares a child file, `mod name {` opens an inline module.
    fn module(&mut self) {
        if let Some(Token::Word(name)) = self.token(1).cloned() {
            if self.token(2).is_some_and(|token| token.is(";")) && self.modules.is_empty() {
                self.scan.children.push(name);
            } else if self.token(2).is_some_and(|token| token.is("{")) {
                let test = self.test_next || self.modules.iter().any(|module| module.test);
                self.modules.push(InlineModule { name, depth: self.depth, test });
            }
        }
        self.at += 2;
    }

    fn use_item(&mut self) {
        let exported = self.before(1).is_some_and(|token| token.is("pub") || token.is(")"));
        self.at += 1;
        if self.token(0) == Some(&Token::PathSep) {
            self.at += 1;
        }
        self.use_tree(&[], exported);
    }

    /// Reads one branch of a use tree; `prefix` is what stands before it.
    fn use_tree(&mut self, prefix: &[String], exported: bool) {
        let line = self.tokens.get(self.at).map_or(0, |(_, line)| *line);
        let mut segments = prefix.to_vec();
        let mut name = segments.last().cloned();
        loop {
            match self.token(0).cloned() {
                Some(Token::Word(word)) if word == "as" => {
                    if let Some(Token::Word(alias)) = self.token(1).cloned() {
                        name = Some(alias);
                    }
                    self.at += 2;
                }
                Some(Token::Word(word)) => {
                    if word != "self" || segments.is_empty() {
                        segments.push(word.clone());
                        name = Some(word);
                    }
                    self.at += 1;
                }
                Some(Token::PathSep) => self.at += 1,
                Some(Token::Punct('{')) => return self.use_group(&segments, exported),
                Some(Token::Punct('*')) => {
                    name = Some("*".to_owned());
                    self.at += 1;
                }
                _ => break,
            }
        }
        if let Some(name) = name {
            let role = if exported { Role::Export { name } } else { Role::Import { name } };
            self.mention(segments, line, role);
        }
    }

    fn use_group(&mut self, prefix: &[String], exported: bool) {
        self.at += 1;
        while let Some(token) = self.token(0) {
            if token.is("}") {
                self.at += 1;
                return;
            }
            if token.is(",") {
                self.at += 1;
            } else {
                self.use_tree(prefix, exported);
            }
        }
    }

    /// `::name::…` is a path into another crate.
    fn absolute_path(&mut self) {
        self.at += 1;
        if matches!(self.token(0), Some(Token::Word(_))) {
            self.inline_path();
        }
    }

    fn inline_path(&mut self) {
        let line = self.line();
        let skipped = self.before(1).is_some_and(|token| token.is(".")) || self.in_visibility();
        let mut segments = Vec::new();
        while let Some(Token::Word(word)) = self.token(0).cloned() {
            segments.push(word);
            self.at += 1;
            let more = self.token(0) == Some(&Token::PathSep) && matches!(self.token(1), Some(Token::Word(_)));
            if !more {
                break;
            }
            self.at += 1;
        }
        // `Vec::<u8>::new` continues after the angle brackets; its head has said all there is to say.
        let turbofish = self.token(0) == Some(&Token::PathSep);
        self.at += usize::from(turbofish);
        if !skipped && (segments.len() > 1 || turbofish) {
            self.mention(segments, line, Role::Inline);
        }
    }

    /// `pub(in crate::a)` names who may look, not what is looked at.
    fn in_visibility(&self) -> bool {
        self.before(1).is_some_and(|token| token.is("in")) && self.before(2).is_some_and(|token| token.is("("))
    }

    fn mention(&mut self, segments: Vec<String>, line: usize, role: Role) {
        let inside = self.modules.iter().map(|module| module.name.clone()).collect();
        let in_test = self.modules.iter().any(|module| module.test);
        self.scan.mentions.push(Mention { segments, line, inside, role, in_test });
    }
}
