//! Some areas in two periods, and what changed from the first to the second.

use serde_json::{Value as Json, json};

use super::super::{Assessed, heading, object};
use super::{difference_members, measured_members, method};
use crate::assessment::Measured;
use crate::assessment::comparison::{Change, changes};
use crate::assessment::comparison_sentence::{of_change, seasons_agree};
use crate::domain::period::PeriodDates;

/// The areas at some places of the level, in that order, each with both periods.
pub(in crate::http) fn document((first, second): (&Assessed, &Assessed), places: &[usize]) -> Json {
    let periods = (first.asked.filter.period, second.asked.filter.period);
    let rows = second.rows_at(places);
    let entry = |(row, change): (_, &Change)| {
        let row: &crate::tile::layers::AreaRow<'_> = row;
        let sentence = of_change(&row.area.name, periods, change);
        let mut members = object([
            ("code", json!(row.area.code)),
            ("name", json!(row.area.name)),
            ("first", Json::Object(measured_members(change.first))),
            ("second", Json::Object(measured_members(change.second))),
        ]);
        members.extend(difference_members(change.difference.as_ref(), &sentence));
        Json::Object(members)
    };
    let mut document = heading(second.snapshot(), &second.asked);
    // One window and one pair of days would be those of the second period alone.
    document.remove("window");
    if let Some(Json::Object(filter)) = document.get_mut("filter") {
        filter.retain(|name, _| name != "from" && name != "to");
    }
    document.insert("level".into(), json!(second.assessment.level));
    document.insert("periods".into(), [first, second].map(period).into());
    document.insert("same_seasons".into(), json!(seasons_agree(periods)));
    document.insert("areas".into(), rows.iter().zip(&changed((first, second), places)).map(entry).collect());
    document.insert("method".into(), method("the areas"));
    Json::Object(document)
}

/// What changed in the areas at some places.
pub(in crate::http) fn changed((first, second): (&Assessed, &Assessed), places: &[usize]) -> Vec<Change> {
    let measured =
        |assessed: &Assessed, place: &usize| assessed.assessment.rows.get(*place).map(Measured::of).unwrap_or_default();
    let both: Vec<_> = places.iter().map(|place| (measured(first, place), measured(second, place))).collect();
    changes(&both)
}

fn period(assessed: &Assessed) -> Json {
    let period = assessed.asked.filter.period;
    let dates = PeriodDates::from(period);
    json!({ "id": assessed.asked.window, "from": dates.from, "to": dates.to, "years": period.years() })
}
