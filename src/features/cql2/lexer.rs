//! The text of a filter in pieces, each with where it begins.

use super::{Cql2Fault, MAX_BYTES};
use crate::texts::text;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A word that may be a name, a keyword or a function.
    Word(String),
    /// A name in quotation marks.
    Name(String),
    /// A text between apostrophes.
    Text(String),
    /// A number.
    Number(f64),
    /// A sign.
    Sign(&'static str),
}

/// A piece with the letter at which it begins, counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    pub(super) letter: usize,
}

/// The signs, the longer ones first.
const SIGNS: [&str; 9] = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ","];

/// The pieces of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Cql2Fault> {
    if text.len() > MAX_BYTES {
        return Err(Cql2Fault::too_long());
    }
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        if letter.is_whitespace() {
            at += 1;
            continue;
        }
        let (piece, end) = piece(&letters, at)?;
        tokens.push(Token { piece, letter: at + 1 });
        at = end;
    }
    Ok(tokens)
}

/// The piece that begins at a letter, and where it ends.
fn piece(letters: &[char], at: usize) -> Result<(Piece, usize), Cql2Fault> {
    let letter = letters[at];
    if letter == '\'' {
        let (text, end) = quoted(letters, at, '\'')?;
        return Ok((Piece::Text(text), end));
    }
    if letter == '"' {
        let (name, end) = quoted(letters, at, '"')?;
        return Ok((Piece::Name(name), end));
    }
    if letter.is_ascii_digit() || ['-', '+', '.'].contains(&letter) {
        return number(letters, at);
    }
    if letter.is_alphabetic() || letter == '_' {
        let is_part = |letter: &char| letter.is_alphanumeric() || ['_', '.', ':'].contains(letter);
        let end = end_of(letters, at, is_part);
        return Ok((Piece::Word(letters[at..end].iter().collect()), end));
    }
    let begins =
        |sign: &&&str| sign.chars().zip(letters[at..].iter().chain(std::iter::repeat(&' '))).all(|(a, b)| a == *b);
    let sign = SIGNS.iter().find(begins).ok_or_else(|| Cql2Fault::at(at + 1, &text!("cql2-a-name-value-sign")))?;
    Ok((Piece::Sign(sign), at + sign.len()))
}

/// What stands between two marks; a doubled mark is the mark itself, and so is one after a backslash.
fn quoted(letters: &[char], at: usize, mark: char) -> Result<(String, usize), Cql2Fault> {
    let mut text = String::new();
    let mut next = at + 1;
    loop {
        match (letters.get(next), letters.get(next + 1)) {
            (None, _) => return Err(Cql2Fault::at(at + 1, &text!("cql2-a-closing-mark"))),
            (Some(letter), Some(after)) if *after == mark && (*letter == mark || *letter == '\\') => {
                text.push(mark);
                next += 2;
            }
            (Some(letter), _) if *letter == mark => return Ok((text, next + 1)),
            (Some(letter), _) => {
                text.push(*letter);
                next += 1;
            }
        }
    }
}

fn number(letters: &[char], at: usize) -> Result<(Piece, usize), Cql2Fault> {
    let mut end = at;
    while let Some(letter) = letters.get(end) {
        let is_sign = ['+', '-'].contains(letter) && (end == at || ['e', 'E'].contains(&letters[end - 1]));
        if !(letter.is_ascii_digit() || ['.', 'e', 'E'].contains(letter) || is_sign) {
            break;
        }
        end += 1;
    }
    let text: String = letters[at..end].iter().collect();
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    let number = number.ok_or_else(|| Cql2Fault::at(at + 1, &text!("cql2-a-number")))?;
    Ok((Piece::Number(number), end))
}

fn end_of(letters: &[char], at: usize, is_part: impl Fn(&char) -> bool) -> usize {
    letters[at..].iter().position(|letter| !is_part(letter)).map_or(letters.len(), |length| at + length)
}
