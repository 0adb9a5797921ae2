//! The log of a running server: its form, and a filter that can be changed.

use std::io::{IsTerminal as _, Stderr, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::SubscriberBuilder;
use tracing_subscriber::fmt::format::{DefaultFields, Format};

use crate::config::{ConfigError, LogFormat, Logging, is_coloured, log_filter};

/// A filter of the log, checked.
pub(crate) struct LogFilter {
    filter: EnvFilter,
    /// As it was written.
    pub(crate) text: String,
}

impl LogFilter {
    /// The filter that environment and configuration name.
    pub(crate) fn of(logging: &Logging) -> Result<Self, ConfigError> {
        let text = log_filter(logging)?;
        Ok(Self { filter: EnvFilter::new(&text), text })
    }
}

type ChangeFilter = Box<dyn Fn(EnvFilter) -> bool + Send + Sync>;

/// The log, with the handle by which its filter is changed.
pub(super) struct ServerLog {
    change: ChangeFilter,
}

impl ServerLog {
    /// Begins to write. A second start of the log in one process changes nothing.
    pub(super) fn start(logging: &Logging) -> Result<Self, ConfigError> {
        let LogFilter { filter, .. } = LogFilter::of(logging)?;
        let log: SubscriberBuilder<DefaultFields, Format, EnvFilter, fn() -> Stderr> = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(stderr as fn() -> Stderr)
            .with_ansi(stderr().is_terminal() && is_coloured());
        let change: ChangeFilter = match logging.format {
            LogFormat::Text => {
                let log = log.with_filter_reloading();
                let handle = log.reload_handle();
                let _ = log.try_init();
                Box::new(move |filter| handle.reload(filter).is_ok())
            }
            LogFormat::Json => {
                let log = log.json().flatten_event(true).with_current_span(false).with_span_list(false);
                let log = log.with_filter_reloading();
                let handle = log.reload_handle();
                let _ = log.try_init();
                Box::new(move |filter| handle.reload(filter).is_ok())
            }
        };
        Ok(Self { change })
    }

    /// Writes under another filter from now on.
    pub(super) fn change(&self, filter: LogFilter) {
        if !(self.change)(filter.filter) {
            tracing::warn!("the filter of the log could not be changed");
        }
    }
}
