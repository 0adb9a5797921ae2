//! The stock of community models over a period: what ran at its start, what came, what went, what ran at its end.
//!
//! In: models with the events recorded of them. Out: numbers that must balance, start + new + replicated − retired =
//! end. What runs is read off the models, what came and went off the events where they record it, so that a list
//! of events that no longer fits its models shows as a stock that does not balance.

use super::model_event::{ModelEvent, ModelEventKind};
use super::{CommunityModel, ModelOrigin};
use crate::domain::time::period::{Day, Period};

/// One model with the events recorded of it.
#[derive(Debug, Clone, Copy)]
pub struct ModelHistory<'a> {
    /// The model.
    pub model: &'a CommunityModel,
    /// What was recorded of it, the earliest first.
    pub events: &'a [ModelEvent],
}

/// The events of one model among events in the order of the models' ids.
pub fn events_of<'a>(model_id: &str, events: &'a [ModelEvent]) -> &'a [ModelEvent] {
    let from = events.partition_point(|event| event.model_id.as_str() < model_id);
    let count = events[from..].partition_point(|event| event.model_id == model_id);
    &events[from..from + count]
}

impl<'a> ModelHistory<'a> {
    /// The history of a model, given all events in the order of the models' ids.
    pub fn of(model: &'a CommunityModel, events: &'a [ModelEvent]) -> Self {
        Self { model, events: events_of(&model.id, events) }
    }

    /// How and on which day it started: as its events say, else as the model says.
    fn started(&self) -> (ModelOrigin, Day) {
        let recorded = self.events.iter().find_map(|event| match event.kind {
            ModelEventKind::Built => Some((ModelOrigin::New, event.on)),
            ModelEventKind::Replicated => Some((ModelOrigin::Replicated, event.on)),
            _ => None,
        });
        let (origin, on) = recorded.unwrap_or((self.model.origin, self.model.started_on));
        (origin, Day::of_date(on))
    }

    /// The day on which it was retired: as its events say, else as the model says.
    fn retired(&self) -> Option<Day> {
        let recorded = self.events.iter().find(|event| event.kind == ModelEventKind::Retired);
        recorded.map(|event| event.on).or(self.model.ended_on).map(Day::of_date)
    }
}

/// How many models ran, came and went in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    /// Running on the day before the period.
    pub start: u32,
    /// Built in it.
    pub new: u32,
    /// Copies of another model that started in the period.
    pub replicated: u32,
    /// Models that ended in the period.
    pub retired: u32,
    /// Running from before the period to its end.
    pub kept: u32,
    /// Running on its last day.
    pub end: u32,
}

impl Stock {
    /// The stock of some models over a period.
    ///
    /// # Example
    /// ```
    /// use binhyen::domain::model::model_stock::Stock;
    /// let stock = Stock { start: 1_383, new: 42, replicated: 28, retired: 344, kept: 1_039, end: 1_109 };
    /// assert!(stock.balances());
    /// ```
    pub fn of<'a>(histories: impl IntoIterator<Item = ModelHistory<'a>>, period: Period) -> Self {
        let (before, last) = (day_before(period.from()), day_before(period.to()));
        histories.into_iter().fold(Self::default(), |mut stock, history| {
            let ran = [before, last].map(|day| history.model.is_active_on(day));
            let (origin, started) = history.started();
            let comes = |wanted| u32::from(origin == wanted && period.contains(started));
            stock.start += u32::from(ran[0]);
            stock.end += u32::from(ran[1]);
            stock.kept += u32::from(ran[0] && ran[1]);
            stock.new += comes(ModelOrigin::New);
            stock.replicated += comes(ModelOrigin::Replicated);
            stock.retired += u32::from(history.retired().is_some_and(|day| period.contains(day)));
            stock
        })
    }

    /// Whether start + new + replicated − retired = end.
    pub fn balances(&self) -> bool {
        self.start + self.new + self.replicated == self.end + self.retired
    }
}

fn day_before(day: Day) -> Day {
    Day::from_number(day.number() - 1)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;

    fn model(id: &str, origin: ModelOrigin, started_on: Date, ended_on: Option<Date>) -> CommunityModel {
        CommunityModel {
            id: id.to_owned(),
            kind: "camera".to_owned(),
            position: None,
            area: None,
            residential_area: None,
            origin,
            parent_id: None,
            started_on,
            ended_on,
            review: None,
        }
    }

    fn year(year: i16) -> Period {
        Period::new(Day::of_date(date(year, 1, 1)), Day::of_date(date(year + 1, 1, 1))).unwrap()
    }

    fn stock(models: &[CommunityModel], events: &[ModelEvent], period: Period) -> Stock {
        Stock::of(models.iter().map(|model| ModelHistory::of(model, events)), period)
    }

    #[test]
    fn each_model_is_counted_where_it_belongs() {
        let models = [
            model("kept", ModelOrigin::New, date(2020, 1, 1), None),
            model("last day is the 31st", ModelOrigin::New, date(2020, 1, 1), Some(date(2023, 1, 1))),
            model("gone before", ModelOrigin::New, date(2020, 1, 1), Some(date(2022, 1, 1))),
            model("came", ModelOrigin::Replicated, date(2022, 1, 1), None),
            model("came and went", ModelOrigin::New, date(2022, 2, 1), Some(date(2022, 3, 1))),
            model("later", ModelOrigin::New, date(2023, 1, 1), None),
        ];
        let found = stock(&models, &[], year(2022));
        assert_eq!(found, Stock { start: 3, new: 1, replicated: 1, retired: 2, kept: 2, end: 3 });
        assert!(found.balances());
    }

    #[test]
    fn no_models_balance() {
        assert_eq!(stock(&[], &[], year(2022)), Stock::default());
        assert!(Stock::default().balances());
    }

    #[test]
    fn events_that_no_longer_fit_their_model_unbalance_the_stock() {
        let models = [
            model("A", ModelOrigin::New, date(2020, 1, 1), None),
            model("B", ModelOrigin::New, date(2020, 1, 1), None),
        ];
        let retired = ModelEvent {
            model_id: "A".to_owned(),
            kind: ModelEventKind::Retired,
            on: date(2022, 5, 1),
            decision: Some("12/QĐ".to_owned()),
        };
        let found = stock(&models, std::slice::from_ref(&retired), year(2022));
        assert_eq!((found.start, found.retired, found.end, found.balances()), (2, 1, 2, false));
        assert_eq!(events_of("B", std::slice::from_ref(&retired)), []);
    }

    proptest! {
        #[test]
        fn stock_of_models_alone_always_balances(
            histories in prop::collection::vec((0_i32..1500, prop::option::of(0_i32..900), any::<bool>()), 0..40),
            from in 0_i32..1500, days in 1_i32..800,
        ) {
            let first = date(2019, 1, 1);
            let models: Vec<CommunityModel> = histories.iter().map(|(start, length, copied)| {
                let started = first + start.days();
                let origin = if *copied { ModelOrigin::Replicated } else { ModelOrigin::New };
                model("M", origin, started, length.map(|length| started + length.days()))
            }).collect();
            let from = Day::of_date(first).number() + from;
            let period = Period::new(Day::from_number(from), Day::from_number(from + days)).unwrap();
            let found = stock(&models, &[], period);
            prop_assert!(found.balances(), "{:?}", found);
            prop_assert!(found.kept <= found.start.min(found.end));
        }
    }
}
