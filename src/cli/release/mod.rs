//! `binhyen release`: what the public may see, made on a day, numbered and kept.

mod report;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use tokio::runtime::{Builder, Runtime};

use super::data_folder::{DataFolder, DataOption};
use super::exit::{CommandResult, REJECTED};
use super::output;
use crate::service::live::releasing::NextRelease;
use crate::service::live::{CountedSteps, today};
use crate::store::{ReleaseOutcome, Store};

/// The arguments of `release`.
#[derive(Debug, Args)]
#[command(
    after_help = "What the public is shown is a release: counted and chosen on a day, numbered, and kept as it is.\n\
                  Reports that come later change nothing in it; the next release adds the windows that are due by\n\
                  then (their end and `delay_days` of rules.toml are past) and leaves all others as they were.\n\
                  `serve` makes a release by itself when one is due; this verb shows them, and makes one by hand.\n\n\
                  Examples:\n  binhyen release list --data /var/lib/binhyen\n  \
                  binhyen release make --dry-run --data /var/lib/binhyen\n  \
                  binhyen release show 2 --data /var/lib/binhyen"
)]
pub(super) struct ReleaseArgs {
    #[command(subcommand)]
    what: ReleaseVerb,
}

#[derive(Debug, Subcommand)]
enum ReleaseVerb {
    /// The releases of a store, the first one first.
    List(ListArgs),
    /// Make the next release, or say what it would hold.
    Make(MakeArgs),
    /// What one release publishes.
    Show(ShowArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    data: DataOption,
}

/// The arguments of `release show`.
#[derive(Debug, Args)]
struct ShowArgs {
    /// The number of the release; the newest one when not given.
    #[arg(value_name = "NUMBER")]
    number: Option<u32>,
    #[command(flatten)]
    data: DataOption,
}

/// The arguments of `release make`.
#[derive(Debug, Args)]
#[command(
    after_help = "Before anything is stored, its tables are attacked together with those of all releases before: exit\n\
                  code 1 and a list of findings when a hidden count would follow from them.\n\n\
                  --revise counts the published steps anew, so that late reports come in. It is refused as well\n\
                  where any count, published or hidden, would change by fewer than `k` of rules.toml: whoever kept\n\
                  the former table could read the late reports from the difference."
)]
struct MakeArgs {
    /// Say what would be made, attack it, and store nothing.
    #[arg(long)]
    dry_run: bool,
    /// Count published steps anew too.
    #[arg(long)]
    revise: bool,
    #[command(flatten)]
    data: DataOption,
}

/// Runs `release`.
pub(super) fn run(args: &ReleaseArgs) -> CommandResult {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    match &args.what {
        ReleaseVerb::List(args) => list(&runtime, args),
        ReleaseVerb::Show(args) => show(&runtime, args),
        ReleaseVerb::Make(args) => make(&runtime, args),
    }
}

fn list(runtime: &Runtime, args: &ListArgs) -> CommandResult {
    let store = opened(runtime, &DataFolder::new(&args.data.folder)?)?;
    let releases = runtime.block_on(store.releases())?;
    if releases.is_empty() {
        output::line("no release yet: the public is shown no numbers (`binhyen release make` makes the first)");
    }
    for release in &releases {
        output::line(&report::headline(release));
    }
    Ok(ExitCode::SUCCESS)
}

fn show(runtime: &Runtime, args: &ShowArgs) -> CommandResult {
    let store = opened(runtime, &DataFolder::new(&args.data.folder)?)?;
    let releases = runtime.block_on(store.releases())?;
    let wanted = args.number.or(releases.last().map(|release| release.reference.number));
    let found = releases.iter().find(|release| Some(release.reference.number) == wanted);
    let release = found.ok_or_else(|| match wanted {
        Some(number) => format!("there is no release {number}; `binhyen release list` names those there are"),
        None => "no release yet; `binhyen release make` makes the first".to_owned(),
    })?;
    report::print(release);
    Ok(ExitCode::SUCCESS)
}

fn make(runtime: &Runtime, args: &MakeArgs) -> CommandResult {
    let folder = DataFolder::new(&args.data.folder)?;
    let store = opened(runtime, &folder)?;
    if runtime.block_on(async { store.holds_back(store.epoch().await?).await })? {
        return Err(
            "an import runs, or was interrupted: a release would freeze a part of it; run the import again".into()
        );
    }
    let holdings = runtime.block_on(store.load())?;
    let steps = if args.revise { CountedSteps::All } else { CountedSteps::New };
    let next = NextRelease::of_holdings(holdings, &folder.loaded_rules.rule_set(), today(), steps)?;
    let next =
        next.ok_or("the store holds no boundaries, so there is nothing to release; `binhyen import` brings them")?;
    if !next.adds_anything() {
        output::line(
            "nothing to release: every window that is due, and of which a whole month is known, stands in a release",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let attacked = next.attacked()?;
    report::print(&attacked.release);
    report::print_attack(&attacked);
    if !attacked.is_safe() {
        output::line("refused: hidden counts could be derived; nothing was stored");
        return Ok(ExitCode::from(REJECTED));
    }
    if args.dry_run {
        output::line("nothing was stored (--dry-run)");
        return Ok(ExitCode::SUCCESS);
    }
    match runtime.block_on(store.add_release(&attacked.release))? {
        ReleaseOutcome::Added(epoch) => {
            output::line(&format!("release {} is stored (epoch {epoch})", attacked.release.reference.number));
            Ok(ExitCode::SUCCESS)
        }
        ReleaseOutcome::NumberTaken => {
            Err("another program made this release meanwhile; see `binhyen release list`".into())
        }
    }
}

/// The store of a data folder that has one.
fn opened(runtime: &Runtime, folder: &DataFolder) -> Result<Store, Box<dyn std::error::Error>> {
    Ok(runtime.block_on(Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy))?)
}
