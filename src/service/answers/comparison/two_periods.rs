//! Some areas in two periods, and what changed from the first to the second.

use serde_json::{Value as Json, json};

use super::{difference_members, measured_members, method};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::{of_change, seasons_agree};
use crate::assessment::comparison::{Change, changes};
use crate::domain::time::period::PeriodDates;
use crate::service::answers::{AssessedLevel, heading, object};

/// The areas at some indices of the level, in that order, each with both periods.
pub(crate) fn document((first, second): (&AssessedLevel, &AssessedLevel), area_indices: &[usize]) -> Json {
    let periods = (first.requested.filter.period, second.requested.filter.period);
    let rows = second.rows_at(area_indices);
    let entry = |(row, change): (_, &Change)| {
        let row: &crate::tile::area_row::AreaRow<'_> = row;
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
    let mut document = heading(second.snapshot(), &second.requested);
    // One window and one pair of days would be those of the second period alone.
    document.remove("window");
    if let Some(Json::Object(filter)) = document.get_mut("filter") {
        filter.retain(|name, _| name != "from" && name != "to");
    }
    document.insert("level".into(), json!(second.assessment.level));
    document.insert("periods".into(), [first, second].map(period).into());
    document.insert("same_seasons".into(), json!(seasons_agree(periods)));
    document.insert("areas".into(), rows.iter().zip(&changed((first, second), area_indices)).map(entry).collect());
    document.insert("method".into(), method("the areas"));
    Json::Object(document)
}

/// What changed in the areas at some indices.
pub(crate) fn changed((first, second): (&AssessedLevel, &AssessedLevel), area_indices: &[usize]) -> Vec<Change> {
    let measured = |assessed: &AssessedLevel, area_index: &usize| {
        assessed.assessment.rows.get(*area_index).map(Measured::of).unwrap_or_default()
    };
    let both: Vec<_> =
        area_indices.iter().map(|area_index| (measured(first, area_index), measured(second, area_index))).collect();
    changes(&both)
}

fn period(assessed: &AssessedLevel) -> Json {
    let period = assessed.requested.filter.period;
    let dates = PeriodDates::from(period);
    json!({ "id": assessed.requested.window, "from": dates.from, "to": dates.to, "years": period.years() })
}
