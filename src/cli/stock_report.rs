//! What an import of community models says of the stock: whether what ran, came and went adds up.
//!
//! In: the models and events of the store. Out: one line a window of statistics, and by name every window and kind
//! whose numbers do not add up. The numbers themselves are made in the domain.

use std::collections::BTreeMap;

use serde::Serialize;

use super::output;
use crate::domain::model::CommunityModel;
use crate::domain::model::model_event::ModelEvent;
use crate::domain::model::model_stock::{ModelHistory, Stock};
use crate::domain::rules::Rules;
use crate::domain::rules::window::{Window, WindowUse};
use crate::texts::text;

/// Contradictions that a report quotes.
const QUOTED: usize = 10;

/// Whether what ran, came and went adds up, over the windows of statistics and for every kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct StockReport {
    /// The whole stock by window.
    windows: BTreeMap<String, StockNumbers>,
    /// Windows and kinds whose numbers do not add up, with the models whose events do not fit.
    contradictions: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct StockNumbers {
    start: u32,
    new: u32,
    replicated: u32,
    retired: u32,
    end: u32,
    kept: u32,
}

impl From<Stock> for StockNumbers {
    fn from(stock: Stock) -> Self {
        let Stock { start, new, replicated, retired, kept, end } = stock;
        Self { start, new, replicated, retired, end, kept }
    }
}

impl StockReport {
    /// The stock of some models and the events recorded of them.
    pub(super) fn of(models: &[CommunityModel], events: &[ModelEvent], rules: &Rules) -> Self {
        let lives: Vec<ModelHistory<'_>> = models.iter().map(|model| ModelHistory::of(model, events)).collect();
        let windows = rules.windows.iter().filter(|window| window.serves == WindowUse::Statistics);
        let by_window = windows
            .clone()
            .map(|window| (window.id.clone(), StockNumbers::from(Stock::of(lives.iter().copied(), window.period))));
        let kinds =
            |window| rules.model_kinds.iter().filter_map(|kind| contradiction(&lives, window, &kind.id)).collect();
        Self { windows: by_window.collect(), contradictions: windows.flat_map::<Vec<String>, _>(kinds).collect() }
    }

    /// The report in lines.
    pub(super) fn print_text(&self) {
        for (window, stock) in &self.windows {
            let StockNumbers { start, new, replicated, retired, end, kept } = stock;
            let sign = if start + new + replicated == end + retired { "=" } else { "≠" };
            output::say(&text!(
                "import-stock",
                window = window,
                start = start.to_string(),
                new = new.to_string(),
                replicated = replicated.to_string(),
                retired = retired.to_string(),
                sign = sign,
                end = end.to_string(),
                kept = kept.to_string(),
            ));
        }
        for contradiction in self.contradictions.iter().take(QUOTED) {
            output::line(&format!("  {contradiction}"));
        }
        let not_listed = self.contradictions.len().saturating_sub(QUOTED);
        if not_listed > 0 {
            output::say_below(&text!("import-more", count = not_listed.to_string()));
        }
    }
}

/// The stock of one kind that does not add up, with the models whose events contradict them.
fn contradiction(lives: &[ModelHistory<'_>], window: &Window, kind: &str) -> Option<String> {
    let of_kind = || lives.iter().copied().filter(|life| life.model.kind == kind);
    let stock = Stock::of(of_kind(), window.period);
    if stock.balances() {
        return None;
    }
    let Stock { start, new, replicated, retired, end, .. } = stock;
    let wrong = of_kind().filter(|life| life.events.iter().any(|event| event.contradiction(life.model).is_some()));
    let ids: Vec<&str> = wrong.map(|life| life.model.id.as_str()).take(QUOTED).collect();
    Some(format!(
        "{}, {kind}: {start} + {new} + {replicated} − {retired} is not {end}; events do not fit {}",
        window.id,
        ids.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::cli::LoadedRules;
    use crate::config::RuleFiles;
    use crate::domain::model::ModelOrigin;
    use crate::domain::model::model_event::ModelEventKind;

    fn model() -> CommunityModel {
        CommunityModel {
            id: "M1".to_owned(),
            kind: "camera".to_owned(),
            position: None,
            area: None,
            residential_area: None,
            origin: ModelOrigin::New,
            parent_id: None,
            started_on: date(2020, 1, 1),
            ended_on: None,
            review: None,
        }
    }

    #[test]
    fn stock_that_does_not_add_up_names_window_kind_and_model() {
        let rules = LoadedRules::from_files(&RuleFiles::embedded()).unwrap().rules;
        let event = |kind| ModelEvent { model_id: "M1".to_owned(), kind, on: date(2022, 5, 1), decision: None };
        let sound = StockReport::of(&[model()], &[event(ModelEventKind::Kept)], &rules);
        assert_eq!(sound.contradictions, Vec::<String>::new());
        let report = StockReport::of(&[model()], &[event(ModelEventKind::Retired)], &rules);
        let said = &report.contradictions[0];
        assert_eq!(said, "TK-2022, camera: 1 + 0 + 0 − 1 is not 1; events do not fit M1");
        assert_eq!(StockReport::of(&[], &[], &rules).contradictions, Vec::<String>::new());
    }
}
