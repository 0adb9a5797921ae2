//! What happens to a community model in its life: built, replicated, kept up, reviewed, adjusted, retired.
//!
//! In: words, days, results of reviews. Out: events that cannot contradict themselves, and what in them
//! contradicts the model they are told of. Persons and opinions have no place here; a decision is a number.

use std::fmt;

use jiff::civil::Date;

use super::community_model::{CommunityModel, Origin, Review};

/// What happened to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
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
pub enum HappeningError {
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

impl Happening {
    /// What a word and, for a review, its result say.
    pub fn new(word: &str, result: Option<Review>) -> Result<Self, HappeningError> {
        let happening = match (word, result) {
            ("reviewed", Some(result)) => return Ok(Self::Reviewed(result)),
            ("reviewed", None) => return Err(HappeningError::NoResult),
            ("built", _) => Self::Built,
            ("replicated", _) => Self::Replicated,
            ("kept", _) => Self::Kept,
            ("adjusted", _) => Self::Adjusted,
            ("retired", _) => Self::Retired,
            _ => return Err(HappeningError::Unknown(word.to_owned())),
        };
        match result {
            None => Ok(happening),
            Some(_) => Err(HappeningError::ResultOfNoReview(word.to_owned())),
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

impl fmt::Display for Happening {
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
    pub happening: Happening,
    /// The day.
    pub on: Date,
    /// The number of the decision, where one was given.
    pub decision: Option<String>,
}

/// How an event contradicts the model that it is told of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// It says that the model started on another day, or otherwise, than the model itself.
    #[error("the model was {origin} on {started_on}")]
    Start {
        /// How the model came to be.
        origin: Origin,
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
    OutsideLife {
        /// The first day it ran.
        started_on: Date,
        /// The first day it no longer ran.
        ended_on: Option<Date>,
    },
}

impl ModelEvent {
    /// What in the event contradicts the model; none where they agree. The day of the end still belongs to its life.
    pub fn contradiction(&self, model: &CommunityModel) -> Option<Contradiction> {
        let CommunityModel { origin, started_on, ended_on, .. } = *model;
        let starts = |as_origin| origin == as_origin && self.on == started_on;
        match self.happening {
            Happening::Built if starts(Origin::New) => None,
            Happening::Replicated if starts(Origin::Replicated) => None,
            Happening::Built | Happening::Replicated => Some(Contradiction::Start { origin, started_on }),
            Happening::Retired => match ended_on {
                None => Some(Contradiction::NoEnd),
                Some(end) => (end != self.on).then_some(Contradiction::End(end)),
            },
            Happening::Kept | Happening::Reviewed(_) | Happening::Adjusted => {
                let lived = started_on <= self.on && ended_on.is_none_or(|end| self.on <= end);
                (!lived).then_some(Contradiction::OutsideLife { started_on, ended_on })
            }
        }
    }
}

/// The life of a model, the earliest event first: what was told of it, and its start, its end and its last review
/// also where no event tells of them.
pub fn whole_life(model: &CommunityModel, events: &[ModelEvent]) -> Vec<ModelEvent> {
    let start = match model.origin {
        Origin::New => Happening::Built,
        Origin::Replicated => Happening::Replicated,
    };
    let own = [
        Some((start, model.started_on)),
        model.review.map(|(on, result)| (Happening::Reviewed(result), on)),
        model.ended_on.map(|on| (Happening::Retired, on)),
    ];
    let is_told = |happening: Happening, on: Date| {
        events.iter().any(|event| event.happening.as_str() == happening.as_str() && event.on == on)
    };
    let untold = own.into_iter().flatten().filter(|(happening, on)| !is_told(*happening, *on));
    let mut life: Vec<ModelEvent> = events.to_vec();
    life.extend(untold.map(|(happening, on)| ModelEvent { model_id: model.id.clone(), happening, on, decision: None }));
    life.sort_by_key(|event| (event.on, event.happening));
    life
}

/// The reviews of a model, the oldest first.
pub fn reviews(model: &CommunityModel, events: &[ModelEvent]) -> Vec<(Date, Review)> {
    let life = whole_life(model, events).into_iter();
    life.filter_map(|event| Some((event.on, event.happening.result()?))).collect()
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
            origin: Origin::New,
            parent_id: None,
            started_on: date(2020, 3, 1),
            ended_on: Some(date(2022, 3, 1)),
            review: Some((date(2021, 11, 5), Review::Weak)),
        }
    }

    fn event(happening: Happening, on: Date) -> ModelEvent {
        ModelEvent { model_id: "M".to_owned(), happening, on, decision: None }
    }

    fn says(happening: Happening, on: Date) -> Option<String> {
        event(happening, on).contradiction(&model()).map(|found| found.to_string())
    }

    #[test]
    fn words_and_results_make_happenings_and_nothing_else_does() {
        for word in ["built", "replicated", "kept", "adjusted", "retired"] {
            assert_eq!(Happening::new(word, None).unwrap().as_str(), word);
            assert!(matches!(Happening::new(word, Some(Review::Good)), Err(HappeningError::ResultOfNoReview(_))));
        }
        assert_eq!(Happening::new("reviewed", Some(Review::Fair)), Ok(Happening::Reviewed(Review::Fair)));
        assert_eq!(Happening::new("reviewed", None), Err(HappeningError::NoResult));
        assert!(Happening::new("praised", None).unwrap_err().to_string().starts_with("event \"praised\" is none of"));
    }

    #[test]
    fn events_that_agree_with_the_model_contradict_nothing() {
        assert_eq!(says(Happening::Built, date(2020, 3, 1)), None);
        assert_eq!(says(Happening::Retired, date(2022, 3, 1)), None);
        assert_eq!(says(Happening::Reviewed(Review::Weak), date(2022, 3, 1)), None);
        assert_eq!(says(Happening::Kept, date(2021, 1, 1)), None);
    }

    #[test]
    fn events_outside_the_life_or_on_other_days_are_named() {
        let said = |happening, on| says(happening, on).unwrap();
        assert_eq!(said(Happening::Built, date(2020, 3, 2)), "the model was new on 2020-03-01");
        assert_eq!(said(Happening::Replicated, date(2020, 3, 1)), "the model was new on 2020-03-01");
        assert_eq!(said(Happening::Retired, date(2022, 3, 2)), "the model ended on 2022-03-01");
        assert_eq!(said(Happening::Adjusted, date(2022, 3, 2)), "the model ran from 2020-03-01 to 2022-03-01");
        let running = CommunityModel { ended_on: None, ..model() };
        let retired = event(Happening::Retired, date(2022, 3, 1));
        assert_eq!(retired.contradiction(&running), Some(Contradiction::NoEnd));
    }

    #[test]
    fn life_holds_start_reviews_and_end_whether_told_or_not() {
        let words = |events: &[ModelEvent]| -> Vec<String> {
            let life = whole_life(&model(), events).into_iter();
            life.map(|event| format!("{} {} {}", event.on, event.happening, event.decision.unwrap_or_default()))
                .collect()
        };
        assert_eq!(words(&[]), ["2020-03-01 built ", "2021-11-05 reviewed ", "2022-03-01 retired "]);
        let told = ModelEvent { decision: Some("7/QĐ".to_owned()), ..event(Happening::Retired, date(2022, 3, 1)) };
        let kept = event(Happening::Kept, date(2021, 1, 1));
        let expected = ["2020-03-01 built ", "2021-01-01 kept ", "2021-11-05 reviewed ", "2022-03-01 retired 7/QĐ"];
        assert_eq!(words(&[kept, told]), expected);
    }

    #[test]
    fn history_of_reviews_holds_each_day_once_the_oldest_first() {
        let events = [
            event(Happening::Reviewed(Review::Weak), date(2021, 11, 5)),
            event(Happening::Kept, date(2020, 12, 1)),
            event(Happening::Reviewed(Review::Fair), date(2020, 11, 9)),
        ];
        let expected = vec![(date(2020, 11, 9), Review::Fair), (date(2021, 11, 5), Review::Weak)];
        assert_eq!(reviews(&model(), &events), expected);
        assert_eq!(reviews(&model(), &[]), expected[1..]);
        assert!(reviews(&CommunityModel { review: None, ..model() }, &[]).is_empty());
    }
}
