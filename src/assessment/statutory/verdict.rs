//! Verdicts and how they combine: one that fails decides, one that is missing leaves it open.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::standard::movement::MovementGrade;
use crate::domain::text::Names;
use crate::texts::text;

/// Where a unit or an area stands: by the official decision, or by our check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statutory {
    /// Đạt.
    Met,
    /// Chưa đạt.
    NotMet,
    /// Chưa đủ căn cứ: no decision, missing facts, or several communes that differ.
    Insufficient,
}

impl Statutory {
    /// The word in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Insufficient => "insufficient",
        }
    }
}

/// What is found about one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatutoryVerdict {
    /// Đạt.
    Met,
    /// Không đạt.
    NotMet,
    /// Chưa có dữ liệu.
    NoData,
    /// Không áp dụng.
    NotApplicable,
}

impl StatutoryVerdict {
    /// The verdict in words.
    pub fn names(self) -> Names {
        match self {
            Self::Met => text!("statutory-met"),
            Self::NotMet => text!("statutory-not-met"),
            Self::NoData => text!("statutory-no-data"),
            Self::NotApplicable => text!("statutory-not-applicable"),
        }
    }
}

/// Several verdicts as one: any that fails, else any that is missing, else met; not applicable where none applies.
pub fn combined(verdicts: impl IntoIterator<Item = StatutoryVerdict>) -> StatutoryVerdict {
    let weight = |verdict: &StatutoryVerdict| match verdict {
        StatutoryVerdict::NotApplicable => 0,
        StatutoryVerdict::Met => 1,
        StatutoryVerdict::NoData => 2,
        StatutoryVerdict::NotMet => 3,
    };
    verdicts.into_iter().max_by_key(weight).unwrap_or(StatutoryVerdict::NotApplicable)
}

/// A unit by its criteria: met only when every applicable one is, and at least one applies.
pub fn unit_verdict(verdicts: impl IntoIterator<Item = StatutoryVerdict>) -> Statutory {
    match combined(verdicts) {
        StatutoryVerdict::Met => Statutory::Met,
        StatutoryVerdict::NotMet => Statutory::NotMet,
        StatutoryVerdict::NoData | StatutoryVerdict::NotApplicable => Statutory::Insufficient,
    }
}

/// Our check beside the official decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Both say the same.
    Agrees,
    /// One of them says nothing.
    Unknown,
    /// They contradict each other.
    Disagrees,
}

impl Agreement {
    /// The agreement of a decision with a check.
    pub fn of(decision: Statutory, check: Statutory) -> Self {
        match (decision, check) {
            (Statutory::Insufficient, _) | (_, Statutory::Insufficient) => Self::Unknown,
            (decision, check) if decision == check => Self::Agrees,
            _ => Self::Disagrees,
        }
    }

    /// The word in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Unknown => "unknown",
            Self::Disagrees => "disagrees",
        }
    }
}

/// What a row says beside the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfficialStatus {
    /// The check beside the decision: contradicted when any of its communes is, else unknown when any is.
    pub agreement: Option<Agreement>,
    /// The movement's grade; absent where its communes differ.
    pub movement_grade: Option<MovementGrade>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::StatutoryVerdict::{Met, NoData, NotApplicable, NotMet};
    use super::*;

    #[test]
    fn one_failure_decides_and_one_gap_leaves_it_open() {
        assert_eq!(unit_verdict([Met, NotApplicable, Met]), Statutory::Met);
        assert_eq!(unit_verdict([Met, NoData, NotMet]), Statutory::NotMet);
        assert_eq!(unit_verdict([Met, NoData]), Statutory::Insufficient);
    }

    #[test]
    fn nothing_asked_is_nothing_met() {
        assert_eq!(unit_verdict([]), Statutory::Insufficient);
        assert_eq!(unit_verdict([NotApplicable, NotApplicable]), Statutory::Insufficient);
    }

    #[test]
    fn agreement_needs_a_word_from_both() {
        use Statutory as S;
        let of = Agreement::of;
        assert_eq!([of(S::Met, S::Met), of(S::NotMet, S::NotMet)], [Agreement::Agrees; 2]);
        assert_eq!([of(S::Met, S::NotMet), of(S::NotMet, S::Met)], [Agreement::Disagrees; 2]);
        assert_eq!([of(S::Insufficient, S::Met), of(S::Met, S::Insufficient)], [Agreement::Unknown; 2]);
    }

    fn any_verdict() -> impl Strategy<Value = StatutoryVerdict> {
        prop::sample::select(vec![Met, NotMet, NoData, NotApplicable])
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_a_gap_never_makes_met(mut all in prop::collection::vec(any_verdict(), 0..9)) {
            let whole = combined(all.iter().copied());
            let with_gap = combined(all.iter().copied().chain([NoData]));
            prop_assert!(with_gap == NoData || with_gap == NotMet);
            all.reverse();
            prop_assert_eq!(combined(all), whole);
        }
    }
}
