//! `binhyen check disclosure`: an attack on our own release.
//!
//! Reads every answer that the public can have, from the same service that gives it, and finds how far what is
//! hidden can be computed from what is published.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

use crate::cli::data_folder::{DataFolder, DataOption, LoadedRules};
use crate::cli::exit::{CommandResult, REJECTED};
use crate::cli::output;
use crate::cli::output::{OutputFormat, Progress};
use crate::cli::sample;
use crate::config::{Config, Flags, RuleFiles};
use crate::domain::holdings::Holdings;
use crate::service::live::today;
use crate::service::public_tables::{DisclosureReport, PublicTables, ReleasedTable};
use crate::store::Store;

/// The arguments of `check disclosure`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen check disclosure --data /var/lib/binhyen\n\n\
                        Exit code 0 when no hidden small count can be narrowed down, everything published follows from published\n\
                        counts, and the rule is not weaker than the one built in; 1 otherwise.")]
pub(in crate::cli) struct DisclosureArgs {
    #[command(flatten)]
    data: DataOption,
    /// Pass although the folder's own rule lets the public learn more than the one built in.
    #[arg(long)]
    accept_weaker_rule: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Runs `check disclosure`.
pub(in crate::cli) fn run(args: &DisclosureArgs) -> CommandResult {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let folder = DataFolder::new(&args.data.folder)?;
    let holdings = holdings(&runtime, &folder)?;
    let config = Config::load(Flags::default())?;
    let rule_set = folder.loaded_rules.rule_set();
    let published = PublicTables::of_holdings(holdings, &rule_set, today(), config.cache_bytes())?;
    if !published.has_editions() {
        output::remark("the store holds no boundaries, so nothing is published of its counts");
    }
    let mut progress = Progress::new("answers read", published.answers() as u64);
    let reading = published.read(&mut || progress.add(1))?;
    progress.finish();
    let report = published.audited(&reading)?;
    let shipped = LoadedRules::from_files(&RuleFiles::embedded())?.rules.disclosure;
    let weaker_rule = folder.loaded_rules.rules.disclosure.weaker_than(&shipped);
    let is_accepted = weaker_rule.is_empty() || args.accept_weaker_rule;
    let passed = report.passed && is_accepted;
    match args.format {
        OutputFormat::Json => output::json(&CheckedRelease { report: &report, weaker_rule: &weaker_rule })?,
        OutputFormat::Text => {
            print_text(&report);
            print_weaker(&weaker_rule, is_accepted);
        }
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// What was found, and in what the folder's rule is weaker than the one built in.
#[derive(Serialize)]
struct CheckedRelease<'a> {
    #[serde(flatten)]
    report: &'a DisclosureReport,
    weaker_rule: &'a [String],
}

fn print_weaker(weaker_rule: &[String], is_accepted: bool) {
    for weakness in weaker_rule {
        output::line(&format!("weaker than the rule built in: {weakness}"));
    }
    if !is_accepted {
        output::line("the rule of this folder is weaker than the one built in; --accept-weaker-rule passes it");
    }
}

/// What the store holds; an empty store is filled with the sample, as `serve` does.
fn holdings(runtime: &Runtime, folder: &DataFolder) -> Result<Holdings, Box<dyn std::error::Error>> {
    runtime.block_on(async {
        let store = Store::open(&folder.path, &folder.loaded_rules.taxonomy).await?;
        if store.needs_sample().await? {
            sample::fill(&store, &folder.loaded_rules).await?;
        }
        let holdings = store.load().await?;
        store.close().await;
        Ok(holdings)
    })
}

fn print_text(report: &DisclosureReport) {
    for table in &report.tables {
        let ReleasedTable { edition, level, window, areas, published, with_components, with_detected } = table;
        let components =
            if *with_components > 0 { format!(", {with_components} with components") } else { String::new() };
        output::line(&format!(
            "{edition} {level} {window}: {published} of {areas} counts published{components}, {with_detected} of what \
             police work found"
        ));
    }
    let audit = &report.audit;
    output::line(&format!(
        "{} counts and components published, {} hidden, {} of these small",
        audit.published, audit.hidden, audit.hidden_small
    ));
    let narrowest = audit.narrowest_width.map_or("unbounded".to_owned(), |width| width.to_string());
    output::line(&format!(
        "narrowest interval of a hidden small count: {narrowest}; at least {} is required",
        audit.required_width
    ));
    let faults = [(audit.published_small, "published counts are small"), (audit.wrong, "published counts are wrong")];
    for (count, what) in faults {
        if count > 0 {
            output::line(&format!("{count} {what}"));
        }
    }
    let sums = &audit.sums;
    output::line(&format!(
        "{} sums of no single area published, {} hidden ones are small, {} leave too little room, {} published ones are small",
        sums.sums_published,
        sums.sums_hidden_small,
        sums.sums_too_narrow.len(),
        sums.sums_published_small
    ));
    for finding in report.findings() {
        output::line(&format!("  {finding}"));
    }
    output::line(&format!(
        "{} numbers and words of answers worked out anew from published counts, {} came out otherwise",
        report.members_compared, report.members_unexplained
    ));
    print_answers(report);
    let not_listed = audit.too_narrow.len() - report.too_narrow.len();
    if not_listed > 0 {
        output::line(&format!("  and {not_listed} more"));
    }
    output::line(if report.passed {
        "no hidden count can be derived"
    } else {
        "hidden counts can be derived from the published tables"
    });
}

/// What was found in shares, in releases together, and in answers that have to be refused.
fn print_answers(report: &DisclosureReport) {
    output::line(&format!(
        "{} certification shares published, {} leave a count too little room",
        report.shares, report.shares_too_narrow
    ));
    output::line(&format!(
        "{} pairs of releases attacked together, because the later one counts steps anew; {} counts follow from them",
        report.release_pairs, report.follow_from_pairs
    ));
    output::line(&format!(
        "{} answers on the last days, alerts and changes refused to anybody, {} given",
        report.answers_refused,
        report.answers_given.len()
    ));
}
