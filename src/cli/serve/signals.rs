//! The signals of the system. None of them ends a running server without letting requests end first.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Why signals cannot be waited for.
#[derive(Debug, thiserror::Error)]
#[error("cannot wait for signals: {0}")]
pub(super) struct SignalError(#[from] io::Error);

/// SIGTERM, SIGINT and SIGQUIT, which stop the server.
pub(super) struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
}

impl StopSignals {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self, SignalError> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    /// Waits for one of them.
    pub(super) async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.quit.recv() => {}
        }
    }
}

/// SIGHUP, upon which configuration and rules are read anew. SIGUSR1, SIGUSR2, SIGALRM and SIGIO mean nothing here and
/// are not left to end the program.
pub(super) struct ReloadSignals {
    hangup: Signal,
    _unused: [Signal; 4],
}

impl ReloadSignals {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self, SignalError> {
        let unused = [SignalKind::user_defined1(), SignalKind::user_defined2(), SignalKind::alarm(), SignalKind::io()];
        let [user1, user2, alarm, io] = unused.map(signal);
        let unused = [user1?, user2?, alarm?, io?];
        Ok(Self { hangup: signal(SignalKind::hangup())?, _unused: unused })
    }

    /// Waits for one.
    pub(super) async fn received(&mut self) {
        if self.hangup.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}
