//! The texts of one language: which there are, what each takes, and which are parts of others.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Parts {
    text: String,
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// The texts of a language by id.
pub(super) struct Messages(BTreeMap<String, Parts>);

/// The texts of a file, which must parse.
pub(super) fn messages_of(source: &str) -> Messages {
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let messages = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => {
            let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{} is empty", message.id.name));
            let mut parts = Parts::default();
            parts.read(pattern);
            Some((message.id.name.to_owned(), parts))
        }
        _ => None,
    });
    Messages(messages.collect())
}

impl Messages {
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// What stands in a text beside its arguments.
    pub(super) fn text(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|parts| parts.text.as_str())
    }

    /// The arguments of a text and of the texts it is made of.
    pub(super) fn variables(&self, id: &str) -> Option<BTreeSet<String>> {
        let parts = self.0.get(id)?;
        let mut variables = parts.variables.clone();
        for reference in &parts.references {
            variables.extend(self.variables(reference)?);
        }
        Some(variables)
    }

    pub(super) fn is_part_of_another(&self, id: &str) -> bool {
        self.0.values().any(|parts| parts.references.contains(id))
    }
}

impl Parts {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.read_expression(expression),
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline),
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.read_expression(expression),
            InlineExpression::StringLiteral { value } => self.text.push_str(value),
            InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::FunctionReference { .. } | InlineExpression::TermReference { .. } => {
                panic!("the catalogue uses neither functions nor terms")
            }
        }
    }
}
