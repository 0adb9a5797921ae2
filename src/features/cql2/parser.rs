//! Where the reading of a filter is, and what is read piece by piece.

use super::lexer::{Piece, Token};
use super::{Budget, Comparison, Cql2Fault};
use crate::domain::text::Names;
use crate::texts::text;

/// Words that are no names unless they stand in quotation marks.
const KEYWORDS: [&str; 9] = ["and", "or", "not", "like", "between", "in", "is", "null", "div"];

/// Where the reading is.
pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    /// The letter after the last.
    end: usize,
    pub(super) budget: Budget,
}

impl<'a> Parser<'a> {
    /// The beginning of a text of so many letters.
    pub(super) fn new(tokens: &'a [Token], letters: usize) -> Self {
        Self { tokens, next: 0, end: letters + 1, budget: Budget::whole() }
    }

    pub(super) fn expected(&self, what: &Names) -> Cql2Fault {
        Cql2Fault::at(self.tokens.get(self.next).map_or(self.end, |token| token.letter), what)
    }

    pub(super) fn peek(&self) -> Option<&Piece> {
        self.tokens.get(self.next).map(|token| &token.piece)
    }

    /// The next word in small letters, which stays where it is.
    pub(super) fn word(&self) -> Option<String> {
        match self.peek() {
            Some(Piece::Word(word)) => Some(word.to_lowercase()),
            _ => None,
        }
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    /// Takes a word, where it is the next one.
    pub(super) fn takes(&mut self, wanted: &str) -> bool {
        let is_next = self.word().is_some_and(|word| word == wanted);
        self.next += usize::from(is_next);
        is_next
    }

    /// Takes a sign, where it is the next one.
    pub(super) fn takes_sign(&mut self, wanted: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Piece::Sign(sign)) if *sign == wanted);
        self.next += usize::from(is_next);
        is_next
    }

    pub(super) fn sign(&mut self, wanted: &str) -> Result<(), Cql2Fault> {
        if self.takes_sign(wanted) { Ok(()) } else { Err(self.expected(&Names::same(wanted))) }
    }

    pub(super) fn keyword(&mut self, wanted: &str) -> Result<(), Cql2Fault> {
        if self.takes(wanted) { Ok(()) } else { Err(self.expected(&Names::same(&wanted.to_uppercase()))) }
    }

    /// Takes a number, where one is next.
    pub(super) fn takes_number(&mut self) -> Option<f64> {
        let Some(Piece::Number(number)) = self.peek() else { return None };
        let number = *number;
        self.advance();
        Some(number)
    }

    pub(super) fn number(&mut self) -> Result<f64, Cql2Fault> {
        self.takes_number().ok_or_else(|| self.expected(&text!("cql2-a-number")))
    }

    pub(super) fn literal_text(&mut self) -> Result<String, Cql2Fault> {
        match self.peek() {
            Some(Piece::Text(text)) => {
                let text = text.clone();
                self.advance();
                Ok(text)
            }
            _ => Err(self.expected(&text!("cql2-a-text"))),
        }
    }

    /// Whether the next word is compared with something.
    pub(super) fn is_compared(&self) -> bool {
        match self.tokens.get(self.next + 1).map(|token| &token.piece) {
            Some(Piece::Sign(sign)) => Comparison::of_sign(sign).is_some(),
            Some(Piece::Word(word)) => ["is", "in", "between", "like", "not"].contains(&word.to_lowercase().as_str()),
            _ => false,
        }
    }

    /// Whether the next word is a function: brackets follow.
    pub(super) fn is_call(&self) -> bool {
        matches!(self.tokens.get(self.next + 1).map(|token| &token.piece), Some(Piece::Sign("(")))
    }

    /// The name of a property.
    pub(super) fn name(&mut self) -> Result<String, Cql2Fault> {
        let name = match self.peek() {
            Some(Piece::Name(name)) => name.clone(),
            Some(Piece::Word(word)) if !KEYWORDS.contains(&word.to_lowercase().as_str()) => word.clone(),
            _ => return Err(self.expected(&text!("cql2-a-name"))),
        };
        self.advance();
        Ok(name)
    }
}
