//! The movement's yearly classification of a commune: four grades, imported as decided.
//!
//! In: the terms of files, Vietnamese or English. Out: a [`MovementGrade`] of a
//! commune in a window. Nothing is computed here: the sheet of points is the
//! committee's, not ours. There is no grade "Tốt".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::area::AreaKey;
use crate::domain::text::nfc;

/// A grade of the movement "Toàn dân bảo vệ an ninh Tổ quốc".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementGrade {
    /// Xuất sắc.
    Excellent,
    /// Khá.
    Good,
    /// Trung bình.
    Average,
    /// Yếu.
    Weak,
}

impl MovementGrade {
    /// Every grade, the best first.
    pub const ALL: [Self; 4] = [Self::Excellent, Self::Good, Self::Average, Self::Weak];

    /// The word in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::Good => "good",
            Self::Average => "average",
            Self::Weak => "weak",
        }
    }

    /// The official Vietnamese word.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Excellent => "Xuất sắc",
            Self::Good => "Khá",
            Self::Average => "Trung bình",
            Self::Weak => "Yếu",
        }
    }
}

impl fmt::Display for MovementGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a grade of the movement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of Xuất sắc, Khá, Trung bình, Yếu (excellent, good, average, weak); there is no \"Tốt\"")]
pub struct MovementGradeError(String);

impl FromStr for MovementGrade {
    type Err = MovementGradeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = nfc(text).to_lowercase();
        let is_called = |grade: &Self| grade.as_str() == word || grade.vietnamese().to_lowercase() == word;
        Self::ALL.into_iter().find(is_called).ok_or_else(|| MovementGradeError(text.to_owned()))
    }
}

/// The grade of one commune in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneGrade {
    /// The commune.
    pub area: AreaKey,
    /// The id of the window, for example `ANTT-2024-xa`.
    pub window: String,
    /// The grade that was given.
    pub grade: MovementGrade,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_in_both_languages_and_there_is_no_tot() {
        assert_eq!("Xuất sắc".parse(), Ok(MovementGrade::Excellent));
        assert_eq!("trung bi\u{300}nh".parse(), Ok(MovementGrade::Average));
        assert_eq!("good".parse(), Ok(MovementGrade::Good));
        for wrong in ["Tốt", "", "A"] {
            assert!(wrong.parse::<MovementGrade>().unwrap_err().to_string().contains("there is no \"Tốt\""), "{wrong}");
        }
        assert!(MovementGrade::Excellent < MovementGrade::Weak, "the best comes first");
    }
}
