//! `binhyen import models|model-events`: rows of community models and of what happened to them, and the
//! stock that they give together.

use super::rows::Session;
use super::rows_args::RowsArgs;
use crate::cli::exit::CommandResult;
use crate::cli::stock_report::StockReport;
use crate::domain::model::CommunityModel;
use crate::ingest::{Lineage, ModelEvents, Models};
use crate::service::writing::kept_records::kept_models;
use crate::store::{SourceKind, StoreError};

/// Imports community models. Parents may stand after their children, so the file is read once to follow them.
pub(in crate::cli) fn models(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let unchecked = Lineage::default();
    let kind = |lineage| Models {
        rules: &session.folder.loaded_rules.rules,
        areas: &session.areas,
        edition: args.edition,
        lineage,
        today: session.today,
    };
    let coming = session.records(&kind(&unchecked))?;
    let lineage = Lineage::new(&own_models(&session)?, &coming);
    let mut summary = session.imported(&kind(&lineage))?;
    summary.stock = stock(&session)?;
    session.print_report(&summary)
}

/// Imports events in the life of community models that are in the store.
pub(in crate::cli) fn model_events(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let models = own_models(&session)?;
    let kind = ModelEvents { models: &models, today: session.today };
    let mut summary = session.imported(&kind)?;
    summary.stock = stock(&session)?;
    session.print_report(&summary)
}

/// The models that the rows of the file have to agree with.
fn own_models(session: &Session<'_>) -> Result<Vec<CommunityModel>, StoreError> {
    let Some(store) = &session.store else { return Ok(Vec::new()) };
    session.runtime.block_on(kept_models(store, SourceKind::Own))
}

fn stock(session: &Session<'_>) -> Result<Option<StockReport>, StoreError> {
    let Some(store) = session.store.as_ref().filter(|_| !session.args.dry_run) else { return Ok(None) };
    let (models, events) = session.runtime.block_on(store.models_with_events())?;
    Ok(Some(StockReport::of(&models, &events, &session.folder.loaded_rules.rules)))
}
