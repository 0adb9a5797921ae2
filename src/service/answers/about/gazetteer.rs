//! Every area by its name: for search, and for the way from a former name to the unit of today.
//!
//! In: a snapshot and a role. Out: the areas of all editions and levels, each with the area of every other edition
//! that holds most of it, and the single models for roles that see them. Nothing is searched here: the page does that.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::domain::role::Role;
use crate::service::answers::models::model::commune;
use crate::service::live::ServedSnapshot;
use crate::snapshot::{AreaEntry, EditionData, LevelData, Snapshot};

/// Five decimals of a degree are about a metre, more than a map needs to be moved to.
const LABEL_DECIMALS: f64 = 1e5;
/// Parts are given to a thousandth, which is what the overlay can promise.
const SHARE_DECIMALS: f64 = 1e3;

/// Every area of every edition by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct GazetteerAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The edition shown when none is asked for; null where no edition is loaded.
    #[schema(required)]
    default_edition: Option<EditionId>,
    /// The editions, the oldest first.
    editions: Vec<EditionId>,
    /// The areas of all editions and levels.
    areas: Vec<GazetteerArea>,
    /// Single community models; only there for roles that see them.
    #[serde(skip_serializing_if = "Option::is_none")]
    models: Option<Vec<GazetteerModel>>,
}

/// One area of one edition.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct GazetteerArea {
    /// The edition of its boundary.
    edition: EditionId,
    /// The code within the edition.
    code: AreaCode,
    /// The level.
    level: Level,
    /// The official name.
    name: String,
    /// The code of the area of the next wider level.
    #[schema(required)]
    parent: Option<AreaCode>,
    /// A point well inside, longitude and latitude in degrees.
    #[schema(min_items = 2, max_items = 2)]
    label: [f64; 2],
    /// By the id of another edition the area of it that holds most of this one.
    counterparts: BTreeMap<String, CounterpartArea>,
}

/// The area of another edition that holds most of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CounterpartArea {
    /// The code within its edition.
    code: AreaCode,
    /// The official name.
    name: String,
    /// The part of the area that it holds, 0 to 1.
    share: f64,
}

/// One community model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct GazetteerModel {
    /// The stable id.
    id: String,
    /// The id of its kind.
    kind: String,
    /// The commune of the default edition in which it stands; null where it lies in none.
    #[schema(required)]
    code: Option<AreaCode>,
}

impl GazetteerAnswer {
    /// All areas, and the models where the role sees single ones.
    pub(crate) fn of(served: &ServedSnapshot, role: Role) -> Self {
        let snapshot = &served.snapshot;
        let public = Self { epoch: served.state(role).epoch, ..Self::public(snapshot) };
        if role.sees_model_positions() { Self { models: Some(models(snapshot)), ..public } } else { public }
    }

    /// The areas alone.
    fn public(snapshot: &Snapshot) -> Self {
        let editions = snapshot.editions.iter();
        Self {
            sample: snapshot.is_sample(),
            epoch: snapshot.epoch,
            default_edition: snapshot.default_edition().map(|edition_data| edition_data.entry.id),
            editions: editions.clone().map(|edition_data| edition_data.entry.id).collect(),
            areas: editions.flat_map(|edition_data| areas(snapshot, edition_data)).collect(),
            models: None,
        }
    }
}

fn areas(snapshot: &Snapshot, edition_data: &EditionData) -> Vec<GazetteerArea> {
    let levels = edition_data.shape.levels.iter();
    levels.flat_map(|level| areas_of_level(snapshot, edition_data, level)).collect()
}

fn areas_of_level(snapshot: &Snapshot, edition_data: &EditionData, level: &LevelData) -> Vec<GazetteerArea> {
    let others: Vec<_> = snapshot.editions.iter().filter(|other| other.entry.id != edition_data.entry.id).collect();
    let found: Vec<_> = others.iter().map(|other| (other.entry.id, counterparts(other, edition_data, level))).collect();
    let entry = |(area_index, area): (AreaIndex, &AreaEntry)| GazetteerArea {
        edition: edition_data.entry.id,
        code: area.code.clone(),
        level: level.level,
        name: area.name.clone(),
        parent: area.parent.clone(),
        label: area.label.map(|degrees| rounded(degrees, LABEL_DECIMALS)).into(),
        counterparts: found
            .iter()
            .filter_map(|(edition, by_area)| Some((edition.to_string(), by_area.get(area_index.index())?.clone()?)))
            .collect(),
    };
    level.areas.indexed().map(entry).collect()
}

/// For every area of a level, by its index, the area of another edition that holds most of it.
fn counterparts(other: &EditionData, edition_data: &EditionData, level: &LevelData) -> Vec<Option<CounterpartArea>> {
    let holders = other.dominants(edition_data.entry.id, level.level).unwrap_or_default();
    let areas = other.shape.level(level.level).map_or(&[][..], |level| &level.areas);
    let counterpart = holders.iter().map(|holder| {
        let holder = holder.as_ref()?;
        let area = areas.get(holder.area)?;
        let share = rounded(holder.share, SHARE_DECIMALS);
        Some(CounterpartArea { code: area.code.clone(), name: area.name.clone(), share })
    });
    counterpart.collect()
}

/// Every model with its commune in the default edition, as far as it lies in one.
fn models(snapshot: &Snapshot) -> Vec<GazetteerModel> {
    let default = snapshot.default_edition();
    let entry = snapshot.models.indexed().map(|(index, model)| GazetteerModel {
        id: model.id.clone(),
        kind: model.kind.clone(),
        code: default.and_then(|edition_data| commune(edition_data, index)).map(|area| area.code.clone()),
    });
    entry.collect()
}

fn rounded(number: f64, decimals: f64) -> f64 {
    (number * decimals).round() / decimals
}
