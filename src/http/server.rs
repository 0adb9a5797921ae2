//! Listening, accepting, stopping.
//!
//! A connection that sends its header too slowly or too large is closed; an idle
//! one too, and one whose client stops reading. On SIGINT or SIGTERM no connection is accepted any more, and requests
//! that are running get some seconds to end.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Service as _;

use super::extract::access::Peer;
use super::router::RequestService;

const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a client may leave an answer unread.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
const MAX_HEADER_BYTES: usize = 32 * 1024;
const MAX_HEADERS: usize = 100;
const MAX_CONNECTIONS: usize = 4096;
const TIME_TO_END: Duration = Duration::from_secs(10);
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Another program listens at the address.
    #[error(
        "cannot listen on {address}: the port is in use by another program; choose another, for example --listen {other}"
    )]
    PortInUse {
        /// The address to listen on.
        address: String,
        /// An address like it with another port.
        other: String,
    },
    /// The address cannot be listened on for another reason.
    #[error("cannot listen on {address}: {source}; choose another address with --listen HOST:PORT")]
    Unusable {
        /// The address to listen on.
        address: String,
        /// What the system says.
        source: io::Error,
    },
    /// Signals of the system cannot be received.
    #[error("cannot wait for signals to stop: {0}")]
    Signals(io::Error),
}

/// Listens at `host:port`.
///
/// # Errors
/// When the port is in use or the address is not one of this machine.
pub async fn listener(address: &str) -> Result<TcpListener, ServerError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => {
            ServerError::PortInUse { address: address.to_owned(), other: with_another_port(address) }
        }
        _ => ServerError::Unusable { address: address.to_owned(), source },
    })
}

fn with_another_port(address: &str) -> String {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, "8080"));
    let other = port.parse::<u16>().ok().and_then(|port| port.checked_add(1)).unwrap_or(8081);
    format!("{host}:{other}")
}

/// A wait that ends when the process receives a signal to stop.
///
/// # Errors
/// When signals cannot be received.
pub async fn stop_signal() -> Result<(), ServerError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(ServerError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServerError::Signals)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Serves until `stop` ends, then lets running requests end.
pub async fn serve(listener: TcpListener, router: RequestService, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accepted(&listener, &permits) => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok(accepted) => drop(tokio::spawn(connection(accepted, router.clone(), graceful.watcher()))),
            Err(error) => {
                tracing::warn!(cause = %error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(TIME_TO_END, graceful.shutdown()).await.is_err() {
        tracing::warn!(limit_s = TIME_TO_END.as_secs(), "requests still running were cut off");
    }
}

/// A connection and its share of the limit.
struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    permit: OwnedSemaphorePermit,
}

/// The next connection, once the limit leaves room for it.
async fn accepted(listener: &TcpListener, permits: &Arc<Semaphore>) -> io::Result<Accepted> {
    let permit = Arc::clone(permits).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok(Accepted { stream, peer, permit })
}

async fn connection(accepted: Accepted, router: RequestService, watcher: Watcher) {
    let Accepted { stream, peer, permit } = accepted;
    // Small answers leave at once; without this a client may wait for its own acknowledgement.
    let _ = stream.set_nodelay(true);
    // Requests of a connection come one after another, so they share one copy of the router, whose layers are always ready.
    let router = RefCell::new(router);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(body);
        request.extensions_mut().insert(Peer(peer));
        router.borrow_mut().call(request)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_READ_TIMEOUT)
        .max_headers(MAX_HEADERS)
        .max_header_size(MAX_HEADER_BYTES)
        .max_buf_size(2 * MAX_HEADER_BYTES)
        .serve_connection(TokioIo::new(with_write_timeout(stream, WRITE_TIMEOUT)), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(peer = %peer, cause = %error, "a connection ended with an error");
    }
    drop(permit);
}

/// A stream whose writes fail once its client has taken nothing for so long. An answer waiting to be sent stays in
/// memory, so without this a few hundred clients who never read would fill it. How fast a client reads has no limit.
fn with_write_timeout<S: AsyncRead + AsyncWrite>(stream: S, limit: Duration) -> Pin<Box<TimeoutStream<S>>> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limit));
    Box::pin(stream)
}

/// The body of a request; most have none.
fn body(incoming: Incoming) -> Body {
    if incoming.is_end_stream() { Body::empty() } else { Body::new(incoming) }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    const LIMIT: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn a_port_in_use_is_named_with_another_to_choose() {
        let taken = listener("127.0.0.1:0").await.unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let message = listener(&address).await.unwrap_err().to_string();
        assert!(message.contains(&address) && message.contains("--listen 127.0.0.1:"), "{message}");
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_refused() {
        let refusal = listener("192.0.2.1:8080").await.unwrap_err();
        assert!(matches!(refusal, ServerError::Unusable { .. }), "{refusal}");
    }

    #[tokio::test]
    async fn a_client_who_never_reads_is_given_up() {
        let (server, _client) = duplex(16);
        let refusal = with_write_timeout(server, LIMIT).write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(refusal.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_who_reads_slowly_gets_all() {
        let (server, mut client) = duplex(16);
        let reading = tokio::spawn(async move {
            let mut bytes = [0; 16];
            for _ in 0..8 {
                tokio::time::sleep(LIMIT / 4).await;
                client.read_exact(&mut bytes).await.unwrap();
            }
        });
        with_write_timeout(server, LIMIT).write_all(&[0; 128]).await.unwrap();
        reading.await.unwrap();
    }
}
