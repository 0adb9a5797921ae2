//! Events in the life of community models from rows.

use jiff::civil::Date;

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use crate::domain::model::CommunityModel;
use crate::domain::model::model_event::{Contradiction, ModelEvent, ModelEventKind, ModelEventKindError};
use crate::ingest::checks::unit_facts::past_day_fault;
use crate::ingest::fields::{Field, FieldIndex};

const ID: FieldIndex = FieldIndex::new(0);
const EVENT: FieldIndex = FieldIndex::new(1);
const ON: FieldIndex = FieldIndex::new(2);
const RESULT: FieldIndex = FieldIndex::new(3);
const DECISION: FieldIndex = FieldIndex::new(4);

/// A number of a decision, with the name of who made it; no text of it.
const MAX_DECISION_BYTES: usize = 100;

/// What is needed to understand rows of events.
#[derive(Debug, Clone, Copy)]
pub struct ModelEvents<'a> {
    /// The models that events may name, in the order of their ids.
    pub models: &'a [CommunityModel],
    /// The present day.
    pub today: Date,
}

/// What is needed to understand rows of events that all happened to one model.
#[derive(Debug, Clone, Copy)]
pub struct EventsOfModel<'a> {
    /// The model, which rows need not name.
    pub model: &'a CommunityModel,
    /// The present day.
    pub today: Date,
}

/// The fields of an event, with that of its model.
const fn fields(id: Field) -> [Field; 5] {
    [
        id,
        Field::required("event", &[]),
        Field::required("on", &["ngay"]),
        Field::optional("result", &["review"]),
        Field::optional("decision", &["quyet_dinh", "so_quyet_dinh"]),
    ]
}

const ID_NAMES: &[&str] = &["model_id", "ma_mo_hinh"];

impl RowKind for ModelEvents<'_> {
    type Output = ModelEvent;

    const NAME: &'static str = "model events";
    const FIELDS: &'static [Field] = &fields(Field::required("id", ID_NAMES));
    const KEY: &'static [FieldIndex] = &[ID, EVENT, ON];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = &[ON];
    const LABELS: &'static [FieldIndex] = &[DECISION];

    fn record(&self, row: &InputRow<'_>) -> Result<ModelEvent, FieldError> {
        event(row, self.model(row)?, self.today)
    }
}

impl RowKind for EventsOfModel<'_> {
    type Output = ModelEvent;

    const NAME: &'static str = ModelEvents::NAME;
    const FIELDS: &'static [Field] = &fields(Field::optional("id", ID_NAMES));
    const KEY: &'static [FieldIndex] = &[EVENT, ON];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = ModelEvents::DAYS;
    const LABELS: &'static [FieldIndex] = ModelEvents::LABELS;

    fn record(&self, row: &InputRow<'_>) -> Result<ModelEvent, FieldError> {
        if row.text(ID).is_some() && row.id_in_addresses(ID)? != self.model.id {
            return Err(row.fault(ID, format!("these are events of the model {}", self.model.id)));
        }
        event(row, self.model, self.today)
    }
}

impl ModelEvents<'_> {
    fn model(&self, row: &InputRow<'_>) -> Result<&CommunityModel, FieldError> {
        let id = row.id_in_addresses(ID)?;
        let place = self.models.binary_search_by(|model| model.id.cmp(&id));
        place.map(|place| &self.models[place]).map_err(|_| row.fault(ID, "there is no such model; import it first"))
    }
}

/// The event of a row, which may not contradict its model.
fn event(row: &InputRow<'_>, model: &CommunityModel, today: Date) -> Result<ModelEvent, FieldError> {
    let kind = ModelEventKind::new(row.needed(EVENT)?, row.parsed(RESULT)?).map_err(|error| {
        let field = if matches!(error, ModelEventKindError::Unknown(_)) { EVENT } else { RESULT };
        row.fault(field, error.to_string())
    })?;
    let on = row.day(ON)?.ok_or_else(|| row.fault(ON, "the value is missing"))?;
    if let Some(why) = past_day_fault(on, today) {
        return Err(row.fault(ON, why));
    }
    let event = ModelEvent { model_id: model.id.clone(), kind, on, decision: decision(row)? };
    match event.contradiction(model) {
        None => Ok(event),
        Some(contradiction @ Contradiction::NoEnd) => Err(row.fault(EVENT, contradiction.to_string())),
        Some(contradiction) => Err(row.fault(ON, contradiction.to_string())),
    }
}

fn decision(row: &InputRow<'_>) -> Result<Option<String>, FieldError> {
    match row.text(DECISION) {
        Some(text) if text.len() > MAX_DECISION_BYTES => {
            Err(row.fault(DECISION, format!("the number of a decision is not longer than {MAX_DECISION_BYTES} bytes")))
        }
        _ => row.name(DECISION),
    }
}
