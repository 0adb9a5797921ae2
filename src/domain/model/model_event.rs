//! What happens to a community model in its history: built, replicated, kept up, reviewed, adjusted, retired.
//!
//! In: terms, days, results of reviews. Out: events that cannot contradict themselves, and what in them
//! contradicts the model they belong to. Persons and opinions have no place here; a decision is a number.

use std::fmt;

use jiff::civil::Date;

use super::{CommunityModel, ModelOrigin, Review};

/// What happened to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelEventKind {
    /// Built as a new model (xây dựng mới).
    Built,
    /// Replicated from another place (nhân rộng).
    Replicated,
    /// Kept up or strengthened (duy trì, củng cố).
    Kept,
    /// Reviewed, with a result (rà soát, phân loại).
    Reviewed(Review),
    /// Adjusted in place, time or way of working (điều chỉnh).
    Adjusted,
    /// Retired (loại bỏ).
    Retired,
}

/// Why a word and a result are not something that happens to a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelEventKindError {
    /// The word is unknown.
    #[error("event {0:?} is none of built, replicated, kept, reviewed, adjusted, retired")]
    Unknown(String),
    /// A review without its result.
    #[error("a review needs its result: good, fair, weak or unclassified")]
    NoResult,
    /// A result of something that is not a review.
    #[error("only a review has a result; {0:?} has none")]
    ResultOfNoReview(String),
}

impl ModelEventKind {
    /// What a word and, for a review, its result say.
    pub fn new(word: &str, result: Option<Review>) -> Result<Self, ModelEventKindError> {
        let kind = match (word, result) {
            ("reviewed", Some(result)) => return Ok(Self::Reviewed(result)),
            ("reviewed", None) => return Err(ModelEventKindError::NoResult),
            ("built", _) => Self::Built,
            ("replicated", _) => Self::Replicated,
            ("kept", _) => Self::Kept,
            ("adjusted", _) => Self::Adjusted,
            ("retired", _) => Self::Retired,
            _ => return Err(ModelEventKindError::Unknown(word.to_owned())),
        };
        match result {
            None => Ok(kind),
            Some(_) => Err(ModelEventKindError::ResultOfNoReview(word.to_owned())),
        }
    }

    /// The word in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Replicated => "replicated",
            Self::Kept => "kept",
            Self::Reviewed(_) => "reviewed",
            Self::Adjusted => "adjusted",
            Self::Retired => "retired",
        }
    }

    /// The result, where it is a review.
    pub fn result(self) -> Option<Review> {
        match self {
            Self::Reviewed(result) => Some(result),
            _ => None,
        }
    }
}

impl fmt::Display for ModelEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One event in the life of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelEvent {
    /// The model.
    pub model_id: String,
    /// What happened.
    pub kind: ModelEventKind,
    /// The day.
    pub on: Date,
    /// The number of the decision, where one was given.
    pub decision: Option<String>,
}

/// How an event contradicts the model that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// It says that the model started on another day, or otherwise, than the model itself.
    #[error("the model was {origin} on {started_on}")]
    Start {
        /// How the model came to be.
        origin: ModelOrigin,
        /// The first day it ran.
        started_on: Date,
    },
    /// It says that the model ended on another day than the model itself.
    #[error("the model ended on {0}")]
    End(Date),
    /// It says that a model ended which runs.
    #[error("the model has no end; import it with its ended_on first")]
    NoEnd,
    /// It lies outside the life of the model.
    #[error("the model ran from {started_on} to {}", ended_on.map_or_else(|| "today".to_owned(), |end| end.to_string()))]
    OutsideActivePeriod {
        /// The first day it ran.
        started_on: Date,
        /// The first day it no longer ran.
        ended_on: Option<Date>,
    },
}

impl ModelEvent {
    /// What in the event contradicts the model; none where they agree. The day of the end still belongs to its history.
    pub fn contradiction(&self, model: &CommunityModel) -> Option<Contradiction> {
        let CommunityModel { origin, started_on, ended_on, .. } = *model;
        let starts = |as_origin| origin == as_origin && self.on == started_on;
        match self.kind {
            ModelEventKind::Built if starts(ModelOrigin::New) => None,
            ModelEventKind::Replicated if starts(ModelOrigin::Replicated) => None,
            ModelEventKind::Built | ModelEventKind::Replicated => Some(Contradiction::Start { origin, started_on }),
            ModelEventKind::Retired => match ended_on {
                None => Some(Contradiction::NoEnd),
                Some(end) => (end != self.on).then_some(Contradiction::End(end)),
            },
            ModelEventKind::Kept | ModelEventKind::Reviewed(_) | ModelEventKind::Adjusted => {
                let was_active = started_on <= self.on && ended_on.is_none_or(|end| self.on <= end);
                (!was_active).then_some(Contradiction::OutsideActivePeriod { started_on, ended_on })
            }
        }
    }
}

/// The history of a model, the earliest event first: what was recorded of it, and its start, its end and its last
/// review also where no event records them.
pub fn full_history(model: &CommunityModel, events: &[ModelEvent]) -> Vec<ModelEvent> {
    let start = match model.origin {
        ModelOrigin::New => ModelEventKind::Built,
        ModelOrigin::Replicated => ModelEventKind::Replicated,
    };
    let own = [
        Some((start, model.started_on)),
        model.review.map(|(on, result)| (ModelEventKind::Reviewed(result), on)),
        model.ended_on.map(|on| (ModelEventKind::Retired, on)),
    ];
    let is_recorded = |kind: ModelEventKind, on: Date| {
        events.iter().any(|event| event.kind.as_str() == kind.as_str() && event.on == on)
    };
    let unrecorded = own.into_iter().flatten().filter(|(kind, on)| !is_recorded(*kind, *on));
    let mut history: Vec<ModelEvent> = events.to_vec();
    history.extend(unrecorded.map(|(kind, on)| ModelEvent { model_id: model.id.clone(), kind, on, decision: None }));
    history.sort_by_key(|event| (event.on, event.kind));
    history
}

/// The reviews of a model, the oldest first.
pub fn reviews(model: &CommunityModel, events: &[ModelEvent]) -> Vec<(Date, Review)> {
    let history = full_history(model, events).into_iter();
    history.filter_map(|event| Some((event.on, event.kind.result()?))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn model() -> CommunityModel {
        CommunityModel {
            id: "M".to_owned(),
            kind: "camera".to_owned(),
            position: None,
            area: None,
            residential_area: None,
            origin: ModelOrigin::New,
            parent_id: None,
            started_on: date(2020, 3, 1),
            ended_on: Some(date(2022, 3, 1)),
            review: Some((date(2021, 11, 5), Review::Weak)),
        }
    }

    fn event(kind: ModelEventKind, on: Date) -> ModelEvent {
        ModelEvent { model_id: "M".to_owned(), kind, on, decision: None }
    }

    fn says(kind: ModelEventKind, on: Date) -> Option<String> {
        event(kind, on).contradiction(&model()).map(|found| found.to_string())
    }

    #[test]
    fn words_and_results_make_happenings_and_nothing_else_does() {
        for word in ["built", "replicated", "kept", "adjusted", "retired"] {
            assert_eq!(ModelEventKind::new(word, None).unwrap().as_str(), word);
            assert!(matches!(
                ModelEventKind::new(word, Some(Review::Good)),
                Err(ModelEventKindError::ResultOfNoReview(_))
            ));
        }
        assert_eq!(ModelEventKind::new("reviewed", Some(Review::Fair)), Ok(ModelEventKind::Reviewed(Review::Fair)));
        assert_eq!(ModelEventKind::new("reviewed", None), Err(ModelEventKindError::NoResult));
        assert!(
            ModelEventKind::new("praised", None).unwrap_err().to_string().starts_with("event \"praised\" is none of")
        );
    }

    #[test]
    fn events_that_agree_with_the_model_contradict_nothing() {
        assert_eq!(says(ModelEventKind::Built, date(2020, 3, 1)), None);
        assert_eq!(says(ModelEventKind::Retired, date(2022, 3, 1)), None);
        assert_eq!(says(ModelEventKind::Reviewed(Review::Weak), date(2022, 3, 1)), None);
        assert_eq!(says(ModelEventKind::Kept, date(2021, 1, 1)), None);
    }

    #[test]
    fn events_outside_the_life_or_on_other_days_are_named() {
        let said = |kind, on| says(kind, on).unwrap();
        assert_eq!(said(ModelEventKind::Built, date(2020, 3, 2)), "the model was new on 2020-03-01");
        assert_eq!(said(ModelEventKind::Replicated, date(2020, 3, 1)), "the model was new on 2020-03-01");
        assert_eq!(said(ModelEventKind::Retired, date(2022, 3, 2)), "the model ended on 2022-03-01");
        assert_eq!(said(ModelEventKind::Adjusted, date(2022, 3, 2)), "the model ran from 2020-03-01 to 2022-03-01");
        let running = CommunityModel { ended_on: None, ..model() };
        let retired = event(ModelEventKind::Retired, date(2022, 3, 1));
        assert_eq!(retired.contradiction(&running), Some(Contradiction::NoEnd));
    }

    #[test]
    fn history_holds_start_reviews_and_end_whether_recorded_or_not() {
        let words = |events: &[ModelEvent]| -> Vec<String> {
            let history = full_history(&model(), events).into_iter();
            history.map(|event| format!("{} {} {}", event.on, event.kind, event.decision.unwrap_or_default())).collect()
        };
        assert_eq!(words(&[]), ["2020-03-01 built ", "2021-11-05 reviewed ", "2022-03-01 retired "]);
        let told =
            ModelEvent { decision: Some("7/QĐ".to_owned()), ..event(ModelEventKind::Retired, date(2022, 3, 1)) };
        let kept = event(ModelEventKind::Kept, date(2021, 1, 1));
        let expected = ["2020-03-01 built ", "2021-01-01 kept ", "2021-11-05 reviewed ", "2022-03-01 retired 7/QĐ"];
        assert_eq!(words(&[kept, told]), expected);
    }

    #[test]
    fn history_of_reviews_holds_each_day_once_the_oldest_first() {
        let events = [
            event(ModelEventKind::Reviewed(Review::Weak), date(2021, 11, 5)),
            event(ModelEventKind::Kept, date(2020, 12, 1)),
            event(ModelEventKind::Reviewed(Review::Fair), date(2020, 11, 9)),
        ];
        let expected = vec![(date(2020, 11, 9), Review::Fair), (date(2021, 11, 5), Review::Weak)];
        assert_eq!(reviews(&model(), &events), expected);
        assert_eq!(reviews(&model(), &[]), expected[1..]);
        assert!(reviews(&CommunityModel { review: None, ..model() }, &[]).is_empty());
    }
}
