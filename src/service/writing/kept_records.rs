//! What stays in a store when records come: all but the samples that own records replace.
//!
//! In: a store, and whether what comes is the sample's. Out: the models and units against which rows of files and
//! requests alike are checked.

use crate::domain::holdings::Dataset;
use crate::domain::model::CommunityModel;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::unit::Unit;
use crate::store::{SourceKind, Store, StoreError};

/// The models that stay, in the order of their ids.
///
/// # Errors
/// When the store cannot be read.
pub async fn kept_models(store: &Store, coming: SourceKind) -> Result<Vec<CommunityModel>, StoreError> {
    if coming == SourceKind::Own && store.sample_datasets().await?.contains(&Dataset::Models) {
        return Ok(Vec::new());
    }
    Ok(store.models_with_events().await?.0)
}

/// The units of the register that stay.
///
/// # Errors
/// When the store cannot be read.
pub async fn kept_units(store: &Store, coming: SourceKind) -> Result<Vec<Unit>, StoreError> {
    let units = store.units().await?;
    if coming == SourceKind::Sample {
        return Ok(units);
    }
    let sample = store.sample_datasets().await?;
    let part = |unit: &Unit| match unit.kind {
        UnitKind::ResidentialArea => Dataset::ResidentialAreas,
        _ => Dataset::Institutions,
    };
    Ok(units.into_iter().filter(|unit| !sample.contains(&part(unit))).collect())
}
