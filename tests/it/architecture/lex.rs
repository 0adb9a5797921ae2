//! Words and marks of a Rust source, with line numbers; comments, literals and lifetimes are left out.

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    /// `::`
    PathSep,
    Punct(char),
}

impl Token {
    /// Whether the token is spelled so.
    pub(super) fn is(&self, text: &str) -> bool {
        match self {
            Token::Word(word) => word == text,
            Token::PathSep => text == "::",
            Token::Punct(mark) => text.len() == mark.len_utf8() && text.starts_with(*mark),
        }
    }
}

/// Splits a source text.
pub(super) fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut lexer = Lexer { rest: text, line: 1, tokens: Vec::new() };
    while let Some(first) = lexer.rest.chars().next() {
        lexer.step(first);
    }
    lexer.tokens
}

struct Lexer<'text> {
    rest: &'text str,
    line: usize,
    tokens: Vec<(Token, usize)>,
}

impl Lexer<'_> {
    fn step(&mut self, first: char) {
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(block_comment_len(self.rest));
        } else if let Some(len) = string_len(self.rest) {
            self.skip(len);
        } else if first == '\'' {
            self.skip(quote_len(self.rest));
        } else if first.is_alphanumeric() || first == '_' {
            self.word();
        } else {
            self.mark(first);
        }
    }

    fn skip(&mut self, len: usize) {
        self.line += self.rest[..len].matches('\n').count();
        self.rest = &self.rest[len..];
    }

    fn word(&mut self) {
        let text = self.rest.strip_prefix("r#").unwrap_or(self.rest);
        let len = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        self.tokens.push((Token::Word(text[..len].to_owned()), self.line));
        self.rest = &text[len..];
    }

    fn mark(&mut self, first: char) {
        if self.rest.starts_with("::") {
            self.tokens.push((Token::PathSep, self.line));
            self.skip(2);
        } else {
            if !first.is_whitespace() {
                self.tokens.push((Token::Punct(first), self.line));
            }
            self.skip(first.len_utf8());
        }
    }
}

fn block_comment_len(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Length of the string literal at the start, if one stands there (`"…"`, `b"…"`, `c"…"`, `r#"…"#`, `br"…"`).
fn string_len(text: &str) -> Option<usize> {
    let prefix = ["", "b", "c", "r", "br", "cr"].into_iter().find(|prefix| {
        let after = text.strip_prefix(prefix).unwrap_or_default();
        after.starts_with('"') || (prefix.ends_with('r') && after.trim_start_matches('#').starts_with('"'))
    })?;
    if !prefix.ends_with('r') {
        return Some(prefix.len() + escaped_len(&text[prefix.len()..], '"'));
    }
    let hashes = text[prefix.len()..].find('"')?;
    let opened = prefix.len() + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(text[opened..].find(&end).map_or(text.len(), |at| opened + at + end.len()))
}

/// Length of a literal that starts and ends with `quote`, backslashes escaping.
fn escaped_len(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == quote {
            return at + letter.len_utf8();
        }
    }
    text.len()
}

/// A character literal whole, or the quote and name of a lifetime.
fn quote_len(text: &str) -> usize {
    let mut letters = text.chars().skip(1);
    let (second, third) = (letters.next(), letters.next());
    if second == Some('\\') || third == Some('\'') {
        return escaped_len(text, '\'');
    }
    let name = &text[1..];
    1 + name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len())
}
