//! Community models from rows.

use jiff::civil::Date;

use super::incidents::{area_of, unknown};
use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use crate::domain::area::edition::EditionId;
use crate::domain::model::{CommunityModel, ModelOrigin, Review};
use crate::domain::rules::Rules;
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::checks::lineage::Lineage;
use crate::ingest::checks::unit_facts::past_day_fault;
use crate::ingest::fields::{Field, FieldIndex};

const ID: FieldIndex = FieldIndex::new(0);
const KIND: FieldIndex = FieldIndex::new(1);
const LON: FieldIndex = FieldIndex::new(2);
const LAT: FieldIndex = FieldIndex::new(3);
const AREA_CODE: FieldIndex = FieldIndex::new(4);
const EDITION: FieldIndex = FieldIndex::new(5);
const ORIGIN: FieldIndex = FieldIndex::new(6);
const PARENT_ID: FieldIndex = FieldIndex::new(7);
const STARTED_ON: FieldIndex = FieldIndex::new(8);
const ENDED_ON: FieldIndex = FieldIndex::new(9);
const REVIEWED_ON: FieldIndex = FieldIndex::new(10);
const REVIEW: FieldIndex = FieldIndex::new(11);
const RESIDENTIAL_AREA: FieldIndex = FieldIndex::new(12);

/// What is needed to understand rows of community models.
#[derive(Debug, Clone, Copy)]
pub struct Models<'a> {
    /// The kinds that exist.
    pub rules: &'a Rules,
    /// The areas that may be named.
    pub areas: &'a KnownAreas,
    /// The edition of area codes in rows that do not name one.
    pub edition: Option<EditionId>,
    /// What is wrong with parents.
    pub lineage: &'a Lineage,
    /// The present day.
    pub today: Date,
}

impl RowKind for Models<'_> {
    type Output = CommunityModel;

    const NAME: &'static str = "models";
    const FIELDS: &'static [Field] = &[
        Field::required("id", &["model_id", "ma_mo_hinh"]),
        Field::required("kind", &[]),
        Field::optional("lon", &["longitude", "lng", "kinh_do"]),
        Field::optional("lat", &["latitude", "vi_do"]),
        Field::optional("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::optional("origin", &[]),
        Field::optional("parent_id", &[]),
        Field::required("started_on", &["ngay_ra_mat"]),
        Field::optional("ended_on", &[]),
        Field::optional("reviewed_on", &[]),
        Field::optional("review", &[]),
        Field::optional("residential_area", &["ma_khu_dan_cu"]),
    ];
    const KEY: &'static [FieldIndex] = &[ID];
    const POSITION: Option<(FieldIndex, FieldIndex)> = Some((LON, LAT));
    const DAYS: &'static [FieldIndex] = &[STARTED_ON, ENDED_ON, REVIEWED_ON];

    fn record(&self, row: &InputRow<'_>) -> Result<CommunityModel, FieldError> {
        let position = row.position(LON, LAT)?;
        let area = area_of(row, AREA_CODE, EDITION, self.edition, self.areas)?;
        if position.is_none() && area.is_none() {
            return Err(row.fault(AREA_CODE, "a model needs a position, or the code of its area with the edition"));
        }
        let started_on =
            self.past_day(row, STARTED_ON)?.ok_or_else(|| row.fault(STARTED_ON, "the value is missing"))?;
        Ok(CommunityModel {
            id: row.id_in_addresses(ID)?,
            kind: self.kind(row)?,
            position,
            area,
            residential_area: residential_area(row)?,
            origin: origin(row)?,
            parent_id: self.parent_id(row)?,
            started_on,
            ended_on: ended_on(row, started_on)?,
            review: self.review(row, started_on)?,
        })
    }
}

impl Models<'_> {
    /// The day of something that has happened.
    fn past_day(&self, row: &InputRow<'_>, field: FieldIndex) -> Result<Option<Date>, FieldError> {
        let day = row.day(field)?;
        let fault = day.and_then(|day| past_day_fault(day, self.today));
        fault.map_or(Ok(day), |why| Err(row.fault(field, why)))
    }

    fn review(&self, row: &InputRow<'_>, started_on: Date) -> Result<Option<(Date, Review)>, FieldError> {
        match (self.past_day(row, REVIEWED_ON)?, row.parsed(REVIEW)?) {
            (Some(day), Some(_)) if day < started_on => {
                Err(row.fault(REVIEWED_ON, format!("the model was reviewed before it started, on {started_on}")))
            }
            (Some(day), Some(review)) => Ok(Some((day, review))),
            // Not classified on no day: not reviewed yet.
            (None, None | Some(Review::Unclassified)) => Ok(None),
            (Some(_), None) => Err(row.fault(REVIEW, "there is a day of review but no result")),
            (None, Some(_)) => Err(row.fault(REVIEWED_ON, "there is a result of a review but no day")),
        }
    }

    fn parent_id(&self, row: &InputRow<'_>) -> Result<Option<String>, FieldError> {
        if row.text(PARENT_ID).is_none() {
            return Ok(None);
        }
        let (id, parent) = (row.id_in_addresses(ID)?, row.id_in_addresses(PARENT_ID)?);
        if parent == id {
            return Err(row.fault(PARENT_ID, "the model is its own parent"));
        }
        match self.lineage.fault(&id) {
            Some(fault) => Err(row.fault(PARENT_ID, fault)),
            None => Ok(Some(parent)),
        }
    }

    fn kind(&self, row: &InputRow<'_>) -> Result<String, FieldError> {
        let index = self.rules.model_kind_index(row.needed(KIND)?);
        let known = || self.rules.model_kinds.iter().map(|kind| kind.id.as_str());
        let kind = index.and_then(|index| self.rules.model_kinds.at(index));
        kind.map(|kind| kind.id.clone()).ok_or_else(|| row.fault(KIND, unknown("kind of model", known())))
    }
}

/// A model with a parent is replicated, also where the file does not say so.
fn origin(row: &InputRow<'_>) -> Result<ModelOrigin, FieldError> {
    match (row.parsed(ORIGIN)?, row.text(PARENT_ID)) {
        (Some(ModelOrigin::New), Some(_)) => {
            Err(row.fault(ORIGIN, "a new model has no parent; one with a parent is replicated"))
        }
        (Some(ModelOrigin::Replicated), None) => {
            Err(row.fault(PARENT_ID, "a replicated model needs the id of the model that it was replicated from"))
        }
        (Some(origin), _) => Ok(origin),
        (None, parent) => Ok(parent.map_or(ModelOrigin::New, |_| ModelOrigin::Replicated)),
    }
}

fn residential_area(row: &InputRow<'_>) -> Result<Option<String>, FieldError> {
    row.text(RESIDENTIAL_AREA).map(|_| row.id(RESIDENTIAL_AREA)).transpose()
}

fn ended_on(row: &InputRow<'_>, started_on: Date) -> Result<Option<Date>, FieldError> {
    let ended_on = row.day(ENDED_ON)?;
    match ended_on {
        Some(end) if end < started_on => {
            Err(row.fault(ENDED_ON, format!("the model ends before it starts on {started_on}")))
        }
        _ => Ok(ended_on),
    }
}
