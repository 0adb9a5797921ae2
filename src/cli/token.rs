//! `binhyen token`: a fresh token, and the entry under which the configuration knows it.

use std::error::Error;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output;
use crate::http::extract::access::{fresh_token, token_hash};

/// The arguments of `token`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen token --role planner --label \"planning desk\"")]
pub(super) struct TokenArgs {
    /// The role that the token opens.
    #[arg(long, value_enum, default_value_t = TokenRole::Planner)]
    role: TokenRole,
    /// Who will hold it; stands in the access log.
    #[arg(long, value_name = "TEXT", default_value = "unnamed")]
    label: String,
    /// The last day on which it is good, or the moment until which; it is good for ever where none is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    expires: Option<String>,
}

/// The roles that a token can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TokenRole {
    /// Unsuppressed aggregates for any filter.
    Planner,
    /// Incident points as well.
    Commander,
    /// Writes as well.
    Operator,
}

impl TokenRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Commander => "commander",
            Self::Operator => "operator",
        }
    }
}

/// Prints a token, once, and what to write into the configuration.
pub(super) fn run(args: &TokenArgs) -> Result<ExitCode, Box<dyn Error>> {
    let token = fresh_token()?;
    output::line(&format!("token (give it to its holder; it is printed once and not stored):\n{token}\n"));
    output::line("entry for the configuration:");
    output::line(&entry(args, &token_hash(&token)));
    Ok(ExitCode::SUCCESS)
}

fn entry(args: &TokenArgs, hash: &str) -> String {
    let label = toml::Value::String(args.label.clone());
    let expires = args.expires.as_ref().map(|text| format!("\nexpires = {}", toml::Value::String(text.clone())));
    let (role, expires) = (args.role.as_str(), expires.unwrap_or_default());
    format!("[[tokens]]\nrole = \"{role}\"\nsha256 = \"{hash}\"\nlabel = {label}{expires}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_is_what_the_configuration_reads() {
        let args = TokenArgs {
            role: TokenRole::Commander,
            label: "the \"night\" desk".to_owned(),
            expires: Some("2026-12-31".into()),
        };
        let read: toml::Table = toml::from_str(&entry(&args, &token_hash("x"))).unwrap();
        let token = &read["tokens"][0];
        assert_eq!(token["role"].as_str(), Some("commander"));
        assert_eq!(token["label"].as_str(), Some("the \"night\" desk"));
        assert_eq!(token["expires"].as_str(), Some("2026-12-31"));
        assert_eq!(token["sha256"].as_str(), Some(token_hash("x").as_str()));
    }
}
