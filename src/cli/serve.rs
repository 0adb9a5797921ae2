//! `binhyen serve`: listens at once, builds the snapshot, and swaps it whenever the
//! store has moved on. An empty store is filled with the sample where that was asked
//! for, or where nobody named a data folder; else it is waited for, and never ready.

mod audit_upkeep;
mod following;
mod log;
pub(super) mod reloading;
mod signals;
mod signing_key;
mod start_links;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::data_folder::DataFolder;
use super::exit::CommandResult;
use crate::config::{Config, DataChoice, Flags};
use crate::http::extract::access::AccessList;
use crate::http::identity::provider::IdentityProvider;
use crate::http::router::router;
use crate::http::server;
use crate::http::site::Site;
use crate::http::state::AppState;
use crate::service::Service;
use following::{StoreOpening, WhenEmpty, follow};
use log::ServerLog;
use reloading::Reloading;
use signals::{ReloadSignals, StopSignals};
use start_links::StartLinks;

/// How long work that nobody waits for any more may hold up the end of the program.
const GIVEN_UP: Duration = Duration::from_millis(200);

const HELP: &str = "\
Example:
  binhyen serve --data /var/lib/binhyen --listen 0.0.0.0:8080 \\
    --public-url https://bando.example.vn
  binhyen serve --data try-out --sample

Each option can also stand in the configuration, or in the environment as BINHYEN_DATA, BINHYEN_LISTEN,
BINHYEN_CONFIG, BINHYEN_PUBLIC_URL, BINHYEN_BASE_PATH; tokens stand in the configuration only (see `binhyen token`).

Which sites may put the map (/embed) into a frame is the setting frame_ancestors of the configuration, or
BINHYEN_FRAME_ANCESTORS with commas. Without it only pages of the server's own address may. To let a portal do so too:
  frame_ancestors = [\"'self'\", \"https://portal.example\"]
[\"*\"] lets every site, [] none.";

/// The arguments of `serve`.
#[derive(Debug, Args)]
#[command(
    after_help = HELP
)]
pub(super) struct ServeArgs {
    /// The folder of the database and of rule files that replace those built in [default: binhyen-data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Fill a data folder that has no data yet with the sample, whose incidents are invented. Without this option that
    /// is done only where neither a folder nor a configuration is named.
    #[arg(long)]
    sample: bool,
    /// The address to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// The configuration with tokens and roles.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The address under which the outside world reaches the page.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The path in front of every address, for a server behind a proxy.
    #[arg(long, value_name = "PATH")]
    base_path: Option<String>,
    /// The megabytes that all caches may hold together: an eighth of the memory where it is not given, from 64 to 580.
    #[arg(long, value_name = "MB")]
    cache_mb: Option<String>,
}

/// Runs the server until it receives a signal to stop.
pub(super) fn run(args: &ServeArgs) -> CommandResult {
    let flags = Flags {
        config: args.config.clone(),
        data: args.data.clone(),
        listen: args.listen.clone(),
        public_url: args.public_url.clone(),
        base_path: args.base_path.clone(),
        cache_mb: args.cache_mb.clone(),
    };
    let config = Config::load(flags.clone())?;
    let log = ServerLog::start(&config.log)?;
    let when_empty = if args.sample || config.data_choice == DataChoice::Nobody {
        WhenEmpty::FillWithSample
    } else {
        WhenEmpty::WaitForData
    };
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(served(&config, when_empty, |links| Reloading::new(flags, &config, log, links)));
    runtime.shutdown_timeout(GIVEN_UP);
    outcome
}

/// Listens, gets ready, follows the store, stops.
async fn served(
    config: &Config,
    when_empty: WhenEmpty,
    reloading: impl FnOnce(StartLinks) -> Reloading,
) -> CommandResult {
    // Before anything else, so that no signal ends the program on the way.
    let (mut stop_signals, reload_signals) = (StopSignals::listen()?, ReloadSignals::listen()?);
    let folder = DataFolder::new(&config.data)?;
    let listener = server::listener(&config.listen, config.limits.backlog).await?;
    let address = listener.local_addr()?;
    let links = StartLinks::new(address, config)?;
    let mut access = AccessList::new(&config.tokens)?;
    links.open(&mut access);
    let state = AppState::new(Site::new(config), access, Service::new(config.cache_bytes()))
        .limited(&config.limits)
        .receiving(&config.reports)
        .logging(&config.log);
    let identity = config.oidc.clone().map(|settings| Arc::new(IdentityProvider::new(settings)));
    // Asked beside the requests, whether it answers or not.
    let asking = identity.clone().map(|provider| tokio::spawn(provider.keep_up()));
    let state = state.believing(identity).signing_for(config.template_hours);
    state.service.accounting().keep_for_days(config.audit_days);
    let only_here = address.ip().is_loopback() && config.public_url.is_none();
    let state = Arc::new(if only_here { state.reached_locally(address.port()) } else { state });
    let running = Running::start(listener, &state);
    let store = OnceLock::new();
    let opening = StoreOpening { folder, when_empty, opened: &store };
    let outcome = tokio::select! {
        () = stop_signals.received() => Ok(()),
        failed = follow(opening, &state, reloading(links), reload_signals) => failed,
    };
    running.stop().await;
    if let Some(asking) = asking {
        asking.abort();
    }
    state.service.accounting().end().await;
    if let Some(store) = store.into_inner() {
        // Folds the log: the database alone is whole then.
        store.close().await;
    }
    outcome?;
    tracing::info!("the server has stopped");
    Ok(ExitCode::SUCCESS)
}

/// The task that answers requests.
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    fn start(listener: TcpListener, state: &Arc<AppState>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (router, state) = (router(Arc::clone(state)), Arc::clone(state));
        let wait = async {
            // A sender that is gone means the same as one that speaks.
            let _ = stopped.await;
        };
        Self { stop, task: tokio::spawn(async move { server::serve(listener, router, &state, wait).await }) }
    }

    async fn stop(self) {
        let _ = self.stop.send(());
        if let Err(fault) = self.task.await {
            tracing::error!(cause = %fault, "the server did not shut down cleanly");
        }
    }
}
