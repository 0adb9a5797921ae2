//! Why rating schemes are refused, and what is at fault in their files.
//!
//! In: what a check of a scheme found. Out: the sentence, and the key or the name to be looked for in the text.

use crate::domain::text::Culprit;

/// Why the rating schemes are refused.
#[derive(Debug, thiserror::Error)]
pub enum SchemesError {
    /// A file is refused.
    #[error("{file}: {fault}")]
    File {
        /// The name of the scheme file.
        file: String,
        /// What is wrong with it.
        fault: SchemeError,
    },
    /// No file is called after the default scheme.
    #[error("rules: default_scheme {id:?} is no scheme; there are: {known}")]
    NoDefault {
        /// The id that the rules name.
        id: String,
        /// The ids there are.
        known: String,
    },
    /// The public could not request the scheme that answers it.
    #[error("rules: default_scheme {id:?} must be a released scheme")]
    DefaultNotReleased {
        /// The id that the rules name.
        id: String,
    },
    /// More schemes than a filter can number.
    #[error("there are {count} rating schemes, more than {most}")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many are possible.
        most: usize,
    },
}

/// Why one scheme is refused.
#[derive(Debug, thiserror::Error)]
pub enum SchemeError {
    /// The text is not TOML of the expected shape.
    #[error(transparent)]
    Shape(#[from] toml::de::Error),
    /// The file is called otherwise than its scheme.
    #[error("id is {id:?}, but the file is called after {file_id:?}")]
    Name {
        /// The id in the file.
        id: String,
        /// The id that the name of the file gives.
        file_id: String,
    },
    /// A name is used that nothing defines.
    #[error("{what} {name:?} is not defined")]
    Undefined {
        /// What the name should name.
        what: &'static str,
        /// The name that nothing defines.
        name: String,
    },
    /// Two components share an id.
    #[error("two components are called {name:?}")]
    Duplicate {
        /// The shared id.
        name: String,
    },
    /// A number is outside its range.
    #[error("{what} must be {expected}")]
    Range {
        /// What the number is.
        what: &'static str,
        /// The range.
        expected: &'static str,
    },
    /// A severity would silently weigh nothing.
    #[error("component {component:?}: weight names no {missing}; write 0 for what weighs nothing")]
    NoWeight {
        /// The id of the component.
        component: String,
        /// The severities without a weight.
        missing: String,
    },
    /// A weight is outside its range.
    #[error("component {component:?}: {severity} = {weight}: component.weight must be 0, or from 0.001 to 1,000,000")]
    Weight {
        /// The id of the component.
        component: String,
        /// The id of the severity.
        severity: String,
        /// The weight given.
        weight: f64,
    },
}

impl SchemeError {
    /// The dotted key or the name at fault, to be looked for in the file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::Shape(_) => None,
            Self::Range { what, .. } => Some(Culprit::Key(what)),
            Self::Name { id: name, .. }
            | Self::Undefined { name, .. }
            | Self::Duplicate { name }
            | Self::NoWeight { component: name, .. }
            | Self::Weight { component: name, .. } => Some(Culprit::Name(name)),
        }
    }
}
