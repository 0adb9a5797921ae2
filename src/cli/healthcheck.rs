//! `binhyen healthcheck`: checks that a running server is well.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::exit::{CommandResult, REJECTED};
use super::output;
use crate::config::{Config, Flags};

/// The arguments of `healthcheck`.
#[derive(Debug, Args)]
#[command(
    after_help = "Without an address the server is asked where the configuration, BINHYEN_LISTEN and BINHYEN_BASE_PATH say it is.\n\nExample:\n  binhyen healthcheck --config /etc/binhyen.toml --ready\n  binhyen healthcheck http://127.0.0.1:8080/map/healthz"
)]
pub(super) struct HealthcheckArgs {
    /// The address to ask.
    #[arg(value_name = "URL", conflicts_with_all = ["config", "ready"])]
    url: Option<String>,
    /// The configuration of the server.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Whether the server must also have data to serve (/readyz), not only run (/healthz).
    #[arg(long)]
    ready: bool,
    /// How long to wait for an answer, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    timeout: u64,
}

/// Exit code 0 when the answer is 2xx, 1 otherwise.
pub(super) fn run(args: &HealthcheckArgs) -> CommandResult {
    let url = if let Some(url) = &args.url {
        url.clone()
    } else {
        let config = Config::load(Flags { config: args.config.clone(), ..Flags::default() })?;
        let route = if args.ready { "/readyz" } else { "/healthz" };
        format!("http://{}{}{route}", reached(&config.listen), config.base_path)
    };
    let timeout = Some(Duration::from_secs(args.timeout));
    let agent = ureq::Agent::config_builder().timeout_global(timeout).build().new_agent();
    match agent.get(&url).call() {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            output::remark(&format!("{url}: {error}"));
            Ok(ExitCode::from(REJECTED))
        }
    }
}

/// Where this machine reaches a server that listens at an address: one that listens everywhere is here too.
fn reached(listen: &str) -> String {
    match listen.rsplit_once(':') {
        Some(("0.0.0.0", port)) => format!("127.0.0.1:{port}"),
        Some(("[::]", port)) => format!("[::1]:{port}"),
        _ => listen.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_here() {
        for (listen, here) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:80", "[::1]:80"),
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("maps.example:8080", "maps.example:8080"),
        ] {
            assert_eq!(reached(listen), here);
        }
    }
}
