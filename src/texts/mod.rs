//! Every text that the server says in Vietnamese and in English: one catalogue, two languages, no sentence in code.
//!
//! In: the id of a text and its arguments. Out: the text in both languages ([`Names`](crate::domain::text::Names)).
//! The texts lie in Fluent files, `vi/*.ftl` and `en/*.ftl`, one pair per subject, so that a translator can read and
//! correct them without reading Rust. `text!("comparison-pair-unclear", first = name, …)` names a text where it is
//! said, `text_id!` where only later; a test reads every such call and both languages, and fails for a text that is
//! missing in one, has other arguments than the call gives, or is said nowhere.
//! What is only a label of an attribute stands in the table of [`attributes`](crate::attributes), not here.

mod argument;
mod catalogue;
pub mod help;
pub mod numbers;
pub mod phrasing;

pub use argument::{TextValue, decimal};
pub use catalogue::TextId;

/// The name of the product, which no language translates.
pub const PRODUCT_NAME: &str = "Bình Yên";

/// A text of the catalogue in both languages, with its arguments by name.
macro_rules! text {
    ($id:literal) => {
        $crate::texts::TextId::new($id).names()
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::TextId::new($id)
            .with(&[$((stringify!($name), $crate::texts::TextValue::from($value))),+])
    };
}

/// The id of a text without arguments, for tables that name their texts.
macro_rules! text_id {
    ($id:literal) => {
        $crate::texts::TextId::new($id)
    };
}

pub(crate) use {text, text_id};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let both = text!("comparison-times", ratio = decimal(1234.5, 2), low = decimal(0.5, 2), high = decimal(2.0, 2));
        assert_eq!(both.vi, "bằng 1.234,50 lần, khoảng tin cậy 95 % từ 0,50 đến 2,00");
        assert_eq!(both.en, "1,234.50 times, 95 % limits 0.50 to 2.00");
    }

    #[test]
    fn english_knows_a_singular() {
        let said = |count: u32| text!("rating-suppressed", least = count);
        assert_eq!(said(1).en, "A grade is published from 1 incident upwards.");
        assert_eq!(said(1).vi, "Xếp loại chỉ được công bố từ 1 vụ trở lên.");
        assert_eq!(said(4299).en, "A grade is published from 4,299 incidents upwards.");
        assert_eq!(said(4299).vi, "Xếp loại chỉ được công bố từ 4.299 vụ trở lên.");
    }

    #[test]
    fn text_of_a_person_stays_as_it_is() {
        let name = "{ $count } <b>“Tây Giang”</b>\n* x";
        let both = text!("comparison-pair-hidden", first = name, second = "B");
        assert!(both.en.starts_with(name) && both.vi.contains(name), "{both:?}");
        assert_eq!(
            text_id!("comparison-no-cause").in_language(Language::English),
            "These numbers do not say what the cause is."
        );
    }
}
