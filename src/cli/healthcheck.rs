//! `binhyen healthcheck`: checks that a running server is well.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::exit::REJECTED;
use super::output;

/// The arguments of `healthcheck`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen healthcheck http://127.0.0.1:8080/healthz")]
pub(super) struct HealthcheckArgs {
    /// The address to ask.
    #[arg(value_name = "URL", default_value = "http://127.0.0.1:8080/healthz")]
    url: String,
    /// How long to wait for an answer, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    timeout: u64,
}

/// Exit code 0 when the answer is 2xx, 1 otherwise.
pub(super) fn run(args: &HealthcheckArgs) -> ExitCode {
    let timeout = Some(Duration::from_secs(args.timeout));
    let agent = ureq::Agent::config_builder().timeout_global(timeout).build().new_agent();
    match agent.get(&args.url).call() {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            output::remark(&format!("{}: {error}", args.url));
            ExitCode::from(REJECTED)
        }
    }
}
