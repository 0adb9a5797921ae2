//! The value of an attribute, of whatever it is an attribute.

use std::borrow::Cow;

use serde::Serialize;

/// What an attribute says of one thing, in a type that MVT and JSON know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AttributeValue<'a> {
    /// Written as a string.
    Text(Cow<'a, str>),
    /// One of a closed set of words, written as a string.
    Word(&'static str),
    /// A whole number.
    Integer(u64),
    /// Written as a double.
    Number(f64),
}

impl<'a> AttributeValue<'a> {
    /// A text.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The same value on its own.
    pub fn into_owned(self) -> AttributeValue<'static> {
        match self {
            Self::Text(text) => AttributeValue::Text(Cow::Owned(text.into_owned())),
            Self::Word(word) => AttributeValue::Word(word),
            Self::Integer(number) => AttributeValue::Integer(number),
            Self::Number(number) => AttributeValue::Number(number),
        }
    }

    /// A whole number, or nothing.
    pub fn integer(number: Option<u32>) -> Option<Self> {
        number.map(|number| Self::Integer(u64::from(number)))
    }

    /// A number, or nothing; what is not finite is nothing.
    pub fn number(number: Option<f64>) -> Option<Self> {
        number.filter(|number| number.is_finite()).map(Self::Number)
    }
}
