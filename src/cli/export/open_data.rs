//! What a file is made from: the data folder as it is, opened for one question and closed again.

use std::error::Error;
use std::sync::Arc;

use clap::Args;
use tokio::runtime::Builder;

use super::filter_args::FilterArgs;
use crate::cli::data_folder::{DataFolder, DataOption};
use crate::cli::language::LanguageOption;
use crate::cli::sample;
use crate::config::{Config, Flags};
use crate::domain::holdings::Holdings;
use crate::domain::text::Language;
use crate::service::Service;
use crate::service::error::ServiceError;
use crate::service::live::{ServedSnapshot, today};
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::store::Store;

/// The options that name the data.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct DataArgs {
    #[command(flatten)]
    pub(in crate::cli) data: DataOption,
    /// Fill a data folder that has no data yet with the sample, whose incidents are invented.
    #[arg(long)]
    pub(in crate::cli) sample: bool,
}

/// The data of a folder, as one who has a role sees them.
pub(super) struct OpenData {
    pub(super) served: Arc<ServedSnapshot>,
    pub(super) service: Arc<Service>,
    pub(super) viewer: Viewer,
}

impl OpenData {
    /// The data that options name, for the role that they name.
    pub(super) fn of(source: &DataArgs, filter: &FilterArgs) -> Result<Self, Box<dyn Error>> {
        let (served, service) = opened(source)?;
        let viewer = Viewer::of(filter.role(), Some(&served), today());
        Ok(Self { served, service: Arc::new(service), viewer })
    }
}

/// The data that options name as they would be served, and a service of the configuration to ask.
///
/// # Errors
/// When the data cannot be read, or there are none.
pub(in crate::cli) fn opened(source: &DataArgs) -> Result<(Arc<ServedSnapshot>, Service), Box<dyn Error>> {
    let config = Config::load(Flags::default())?;
    let folder = DataFolder::new(&source.data.folder)?;
    let holdings = holdings(&folder, source.sample)?;
    let served = Arc::new(ServedSnapshot::of_holdings(holdings, &folder.loaded_rules.rule_set(), today())?);
    if served.snapshot.editions.is_empty() {
        return Err(ServiceError::EmptyStore.into());
    }
    Ok((served, Service::new(config.cache_bytes())))
}

/// The question of parameters as an address would have them.
pub(super) fn query(parameters: &[(&str, &str)]) -> Query {
    Query::default().with_instead(&[], parameters)
}

/// Files are in Vietnamese where no language is asked for.
pub(super) fn of_files(lang: Option<LanguageOption>) -> Language {
    match lang {
        Some(LanguageOption::En) => Language::English,
        Some(LanguageOption::Vi) | None => Language::Vietnamese,
    }
}

/// What the store holds; an empty one is filled with the sample where that is asked for.
pub(in crate::cli) fn holdings(folder: &DataFolder, with_sample: bool) -> Result<Holdings, Box<dyn Error>> {
    let taxonomy = &folder.loaded_rules.taxonomy;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = if with_sample {
            Store::open(&folder.path, taxonomy).await?
        } else {
            Store::open_existing(&folder.path, taxonomy).await?
        };
        if with_sample && store.needs_sample().await? {
            sample::fill(&store, &folder.loaded_rules).await?;
        }
        let holdings = store.load().await?;
        store.close().await;
        Ok(holdings)
    })
}

/// A refusal with what may be asked for instead.
pub(in crate::cli) fn advised(refused: ServiceError) -> Box<dyn Error> {
    match refused {
        ServiceError::NotReleased { released } => {
            let listed = released.join(", ");
            format!("{}: {listed}", ServiceError::NotReleased { released }).into()
        }
        ServiceError::NoRelease => format!("{} `binhyen release make` makes one.", ServiceError::NoRelease).into(),
        other => other.into(),
    }
}
