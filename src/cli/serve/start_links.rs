//! The address of the page, and one link per role that works on the sample from this machine.

use std::error::Error;
use std::net::SocketAddr;

use crate::cli::output;
use crate::config::Config;
use crate::domain::role::Role;
use crate::http::extract::access::{AccessList, fresh_token};
use crate::http::state::AppState;
use crate::texts::{PRODUCT_NAME, text};

/// The links of a running server.
pub(super) struct StartLinks {
    page: String,
    tokens: Vec<(Role, String)>,
}

impl StartLinks {
    /// Throw-away tokens where only this machine can connect; elsewhere there are none.
    pub(super) fn new(address: SocketAddr, config: &Config) -> Result<Self, Box<dyn Error>> {
        let mut tokens = Vec::new();
        if address.ip().is_loopback() {
            for role in Role::ALL.into_iter().filter(|role| *role != Role::Public) {
                tokens.push((role, fresh_token()?));
            }
        }
        Ok(Self { page: format!("http://{address}{}/", config.base_path), tokens })
    }

    /// Lets the tokens in.
    pub(super) fn open(&self, access: &mut AccessList) {
        for (role, token) in &self.tokens {
            access.add_session_token(token, *role);
        }
    }

    /// Prints the links.
    pub(super) fn print(&self, state: &AppState) {
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
