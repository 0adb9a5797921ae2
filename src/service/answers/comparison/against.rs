//! An area and the other areas of its district or of the province.

use serde_json::{Value as Json, json};

use super::{difference_members, measured_members, method};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::of_rest;
use crate::assessment::comparison::difference;
use crate::assessment::comparison::reference::{Members, Rest};
use crate::service::answers::areas::row::RatingRow;
use crate::service::answers::{AssessedLevel, heading};

/// The area at an index of the level and the others of its group; none where the area has no row.
pub(crate) fn document(assessed: &AssessedLevel, area_index: usize, members: &Members, rest: &Rest) -> Option<Json> {
    let row = assessed.rows_at(&[area_index]).into_iter().next()?;
    let found = difference(Measured::of(row.assessment), rest.measured);
    let sentence = of_rest(&row.area.name, &members.names, rest, found.as_ref());
    let mut others = measured_members(rest.measured);
    others.insert("group".into(), json!(members.group.as_str()));
    others.insert("name".into(), json!(members.names));
    others.insert("areas".into(), json!(rest.areas));
    others.insert("without_population".into(), json!(rest.without_population));
    others.insert("area_itself".into(), json!("left_out"));
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("area".into(), json!(RatingRow::of(&row)));
    document.insert("others".into(), Json::Object(others));
    document.extend(difference_members(found.as_ref(), &sentence));
    document.insert("method".into(), method("one comparison"));
    Some(Json::Object(document))
}
