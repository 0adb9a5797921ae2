//! `binhyen serve`: listens at once, builds the snapshot, and swaps it whenever the
//! store has moved on. An empty store is filled with the sample where that was asked
//! for, or where nobody named a data folder; else it is waited for, and never ready.

use std::error::Error;
use std::future::pending;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use clap::Args;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use super::data_folder::DataFolder;
use super::exit::CommandResult;
use super::{output, sample};
use crate::config::{Config, ConfigError, DataChoice, Flags, LogFormat, Logging, log_filter};
use crate::domain::role::Role;
use crate::http::extract::access::{AccessList, fresh_token};
use crate::http::router::router;
use crate::http::server;
use crate::http::site::Site;
use crate::http::state::AppState;
use crate::service::Service;
use crate::service::live::loading::{LoadError, LoadedSnapshot, SnapshotLoader};
use crate::service::live::releasing::ReleaseMaker;
use crate::service::live::today;
use crate::store::{Store, StoreError, open_to_others, remove_unfinished};
use crate::texts::{PRODUCT_NAME, text};

/// How often it is asked whether another day has begun.
const DAY_CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// How long the store must have been left alone before a running server makes a release: files that are imported one
/// after the other belong together.
const SETTLED: Duration = Duration::from_mins(15);

/// The arguments of `serve`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  binhyen serve --data /var/lib/binhyen --listen 0.0.0.0:8080 \\\n    --public-url https://bando.example.vn\n  binhyen serve --data try-out --sample\n\nEach option can also stand in the configuration, or in the environment as BINHYEN_DATA, BINHYEN_LISTEN,\nBINHYEN_CONFIG, BINHYEN_PUBLIC_URL, BINHYEN_BASE_PATH; tokens stand in the configuration only (see `binhyen token`)."
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
    let config = Config::load(Flags {
        config: args.config.clone(),
        data: args.data.clone(),
        listen: args.listen.clone(),
        public_url: args.public_url.clone(),
        base_path: args.base_path.clone(),
        cache_mb: args.cache_mb.clone(),
    })?;
    start_log(&config.log)?;
    let when_empty = if args.sample || config.data_choice == DataChoice::Nobody {
        WhenEmpty::FillWithSample
    } else {
        WhenEmpty::WaitForData
    };
    Builder::new_multi_thread().enable_all().build()?.block_on(served(&config, when_empty))
}

/// What becomes of a data folder without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhenEmpty {
    /// It gets the sample.
    FillWithSample,
    /// Without a database it is refused: a disk may not be mounted. With an empty one, data are waited for.
    WaitForData,
}

/// Begins to write the log. A second start of it in one process changes nothing.
fn start_log(logging: &Logging) -> Result<(), ConfigError> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(log_filter(logging)?))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let _ = match logging.format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    Ok(())
}

/// Listens, gets ready, follows the store, stops.
async fn served(config: &Config, when_empty: WhenEmpty) -> CommandResult {
    let folder = DataFolder::new(&config.data)?;
    let listener = server::listener(&config.listen, config.limits.backlog).await?;
    let address = listener.local_addr()?;
    let mut access = AccessList::new(&config.tokens)?;
    let links = start_links(&mut access, address, config)?;
    let state = AppState::new(Site::new(config), access, Service::new(config.cache_bytes()))
        .limited(&config.limits)
        .logging(&config.log);
    let only_here = address.ip().is_loopback() && config.public_url.is_none();
    let state = Arc::new(if only_here { state.reached_locally(address.port()) } else { state });
    let running = Running::start(listener, &state);
    let store = OnceLock::new();
    let outcome = tokio::select! {
        stopped = server::stop_signal() => stopped.map_err(Box::<dyn Error>::from),
        failed = follow(&folder, when_empty, &store, &state, &links) => failed,
    };
    running.stop().await;
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

/// Opens the store and follows it. Ends with an error only: also when its pages turn out to be damaged.
async fn follow(
    folder: &DataFolder,
    when_empty: WhenEmpty,
    open: &OnceLock<Store>,
    state: &AppState,
    links: &StartLinks,
) -> Result<(), Box<dyn Error>> {
    let store = opened(folder, when_empty).await?;
    let store = open.get_or_init(|| store).clone();
    tidy(folder);
    if store.is_checked_quickly() {
        store.refuse_damaged_pages().await?;
        return keep_up(folder, store, state, links).await;
    }
    let damaged = async {
        match store.refuse_damaged_pages().await {
            Ok(()) => pending().await,
            Err(damage) => damage,
        }
    };
    tokio::select! {
        damage = damaged => Err(damage.into()),
        failed = keep_up(folder, store.clone(), state, links) => failed,
    }
}

/// Removes what an earlier program left unfinished in a data folder, and says where others may read it.
fn tidy(folder: &DataFolder) {
    for file in remove_unfinished(&folder.path) {
        tracing::info!(file = %file.display(), "a file that was left unfinished was removed");
    }
    for path in open_to_others(&folder.path) {
        tracing::warn!(
            path = %path.display(),
            "other users of this machine may read this; take it from them with chmod -R go= on the data folder"
        );
    }
}

/// Serves the holdings of the store, and every later state of it. Ends with an error only.
async fn keep_up(
    folder: &DataFolder,
    store: Store,
    state: &AppState,
    links: &StartLinks,
) -> Result<(), Box<dyn Error>> {
    let loaded_rules = &folder.loaded_rules;
    let mut epochs = store.watch();
    let mut releases = ReleaseMaker::new(store.clone());
    let probe = store.clone();
    let mut loader = SnapshotLoader::new(store, loaded_rules.rule_set(), &folder.path);
    let mut first = loader.load(None).await?;
    if releases.keep_up(&first.snapshot, today()).await {
        first = loader.load(Some(Arc::clone(&first.snapshot))).await?;
    }
    first.log_cubes();
    state.service.note_load(first.times);
    let mut current = Arc::clone(&first.snapshot);
    state.service.serve(Arc::clone(&current));
    if !state.service.is_ready() {
        tracing::warn!(folder = %folder.path.display(), "the store holds no boundaries; nothing is served until an import");
    }
    links.print(state);
    loader.keep_copy(first);
    let mut days = interval(DAY_CHECK_INTERVAL);
    days.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut settled = Instant::now();
    loop {
        let moved_on = tokio::select! {
            moved_on = epochs.other_than(current.epoch) => moved_on,
            _ = days.tick() => {
                state.service.keep_up_with(today());
                note_latency(&probe, state).await;
                if settled.elapsed() >= SETTLED {
                    releases.keep_up(&current, today()).await;
                }
                continue;
            }
        };
        settled = Instant::now();
        let mut newer = match moved_on {
            Ok(_) => loader.load(Some(Arc::clone(&current))).await,
            Err(fault) => Err(fault.into()),
        };
        if matches!(newer, Err(LoadError::Store(StoreError::Word { .. }))) && regrown(folder, &mut loader).await {
            newer = loader.load(Some(Arc::clone(&current))).await;
        }
        match newer {
            Ok(LoadedSnapshot { snapshot, times, .. }) => {
                state.service.note_load(times);
                tracing::info!(snapshot.epoch = snapshot.epoch, "the store changed; a new snapshot is served");
                state.service.serve(Arc::clone(&snapshot));
                current = snapshot;
            }
            Err(fault) => {
                tracing::error!(cause = %fault, "the store cannot be read; the previous snapshot stays in use");
            }
        }
    }
}

/// Measures how long the store takes for its shortest answer. One that gives none is found by whoever follows it.
async fn note_latency(store: &Store, state: &AppState) {
    let begun = Instant::now();
    if let Ok(Ok(_)) = tokio::time::timeout(DAY_CHECK_INTERVAL, store.epoch()).await {
        state.service.note_store_latency(begun.elapsed());
    }
}

/// Reads the rule files anew, for words that a taxonomy has gained since and an import used. Gives whether they are of use.
async fn regrown(folder: &DataFolder, loader: &mut SnapshotLoader) -> bool {
    let read = async {
        let folder = DataFolder::new(&folder.path)?;
        Ok::<_, Box<dyn Error>>(loader.with_rules(folder.loaded_rules.rule_set()).await?)
    };
    match read.await {
        Ok(grown) => {
            tracing::info!("the store uses words that the taxonomy lacked; the rule files were read anew");
            *loader = grown;
            true
        }
        Err(fault) => {
            tracing::error!(cause = %fault, "the rule files cannot be read; those of before stay in use");
            false
        }
    }
}

/// The store of a data folder, with the sample in it where that belongs there.
async fn opened(folder: &DataFolder, when_empty: WhenEmpty) -> Result<Store, Box<dyn Error>> {
    let loaded_rules = &folder.loaded_rules;
    if when_empty == WhenEmpty::WaitForData {
        let store = Store::open_existing(&folder.path, &loaded_rules.taxonomy).await?;
        store.refuse_half_sample().await?;
        return Ok(store);
    }
    let store = Store::open(&folder.path, &loaded_rules.taxonomy).await?;
    if store.needs_sample().await? {
        tracing::info!(folder = %folder.path.display(), "the store is empty and is filled with the sample");
        sample::fill(&store, loaded_rules).await?;
    }
    Ok(store)
}

/// The address of the page, and one link per role that works on the sample from this machine.
struct StartLinks {
    page: String,
    tokens: Vec<(Role, String)>,
}

/// Makes throw-away tokens where only this machine can connect; elsewhere there are none.
fn start_links(access: &mut AccessList, address: SocketAddr, config: &Config) -> Result<StartLinks, Box<dyn Error>> {
    let mut tokens = Vec::new();
    if address.ip().is_loopback() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Public) {
            let token = fresh_token()?;
            access.add_session_token(&token, role);
            tokens.push((role, token));
        }
    }
    Ok(StartLinks { page: format!("http://{address}{}/", config.base_path), tokens })
}

impl StartLinks {
    fn print(&self, state: &AppState) {
        if self.tokens.is_empty() || !state.service.is_only_sample() {
            output::line(&format!("{PRODUCT_NAME}: {}", self.page));
            return;
        }
        let sample = text!("image-sample");
        output::line(&format!(
            "{PRODUCT_NAME}, {} ({}). One link per role; they work on this machine only:",
            sample.vi.to_lowercase(),
            sample.en.to_lowercase()
        ));
        output::line(&format!("  {:<10} {}", Role::Public.as_str(), self.page));
        for (role, token) in &self.tokens {
            output::line(&format!("  {:<10} {}#token={token}", role.as_str(), self.page));
        }
    }
}
