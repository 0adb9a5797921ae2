//! Listening, accepting, stopping.
//!
//! A connection that sends its header too slowly or too large is closed; an idle
//! one too, and one whose client stops reading; so is what one address opens beyond its share. When the server is to stop,
//! requests that are running get some seconds to end.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use futures_util::FutureExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream, lookup_host};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_io_timeout::TimeoutStream;
use tower::Service as _;

use super::connection_limits::{OpenConnection, OpenConnections};
use super::extract::access::Peer;
use super::router::RequestService;
use super::state::AppState;

const MAX_HEADER_BYTES: usize = 32 * 1024;
const MAX_HEADERS: usize = 100;
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);
/// The part of the time to stop in which connections are still accepted, and again the part in which they may end by
/// themselves: one in so many.
const PARTS_OF_DRAIN: u32 = 8;
/// What a client is told whose address has too many connections.
const TURNED_AWAY: &[u8] =
    b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

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
}

/// Listens at `host:port`, where so many connections may wait to be accepted.
///
/// # Errors
/// When the port is in use or the address is not one of this machine.
pub async fn listener(address: &str, backlog: u32) -> Result<TcpListener, ServerError> {
    bound(address, backlog).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => {
            ServerError::PortInUse { address: address.to_owned(), other: with_another_port(address) }
        }
        _ => ServerError::Unusable { address: address.to_owned(), source },
    })
}

/// A listener at the first address of a name that can be listened on.
async fn bound(address: &str, backlog: u32) -> io::Result<TcpListener> {
    let mut refusal = io::Error::new(io::ErrorKind::InvalidInput, "the name has no address");
    for address in lookup_host(address).await? {
        match bound_at(address, backlog) {
            Ok(listener) => return Ok(listener),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

fn bound_at(address: SocketAddr, backlog: u32) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A server that starts again does not wait until the connections of the one before are forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(backlog)
}

fn with_another_port(address: &str) -> String {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, "8080"));
    let other = port.parse::<u16>().ok().and_then(|port| port.checked_add(1)).unwrap_or(8081);
    format!("{host}:{other}")
}

/// Serves until `stop` ends, then lets running requests end.
///
/// The end has three parts. At first everything goes on, and a load balancer has time to read that the server is not
/// ready. Then the listener is closed and each answer is the last of its connection, so that whoever keeps asking leaves
/// between two requests, and whoever has just connected is answered once. Then what is idle is closed, and what runs
/// may end.
pub async fn serve(listener: TcpListener, router: RequestService, state: &AppState, stop: impl Future<Output = ()>) {
    let limits = &state.limits;
    let serving = Serving {
        router,
        graceful: GracefulShutdown::new(),
        permits: Arc::new(Semaphore::new(limits.connections)),
        open: Arc::clone(&state.open_connections),
        closing: Arc::new(AtomicBool::new(false)),
        idle_timeout: limits.idle_timeout,
        write_timeout: limits.write_timeout,
    };
    serving.accept_until(&listener, stop).await;
    let (ends_at, part) = (Instant::now() + limits.drain_timeout, limits.drain_timeout / PARTS_OF_DRAIN);
    state.begin_to_stop();
    serving.accept_until(&listener, tokio::time::sleep(part)).await;
    serving.closing.store(true, Ordering::Relaxed);
    serving.accept_waiting(&listener);
    drop(listener);
    // Most connections end by themselves; that not all do is no fault.
    let _ = tokio::time::timeout(part, serving.permits.acquire_many(limits.connections as u32)).await;
    if tokio::time::timeout_at(ends_at, serving.graceful.shutdown()).await.is_err() {
        tracing::warn!(limit_s = limits.drain_timeout.as_secs(), "requests still running were cut off");
    }
}

/// What every connection is served with.
struct Serving {
    router: RequestService,
    graceful: GracefulShutdown,
    permits: Arc<Semaphore>,
    open: Arc<OpenConnections>,
    /// Whether each answer is the last of its connection.
    closing: Arc<AtomicBool>,
    idle_timeout: Duration,
    write_timeout: Duration,
}

/// A connection and its share of the limits.
struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    permit: OwnedSemaphorePermit,
    place: OpenConnection,
}

impl Serving {
    /// Accepts connections, as many as the limit leaves room for, until something ends.
    async fn accept_until(&self, listener: &TcpListener, end: impl Future<Output = ()>) {
        tokio::pin!(end);
        loop {
            let accepted = tokio::select! {
                accepted = accepted(listener, &self.permits) => accepted,
                () = &mut end => break,
            };
            match accepted {
                Ok((stream, peer, permit)) => self.begin(stream, peer, permit),
                Err(error) => {
                    tracing::warn!(cause = %error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                }
            }
        }
    }

    /// Accepts what the system has connected already, without a pause before the listener is closed: closing it cuts
    /// off whoever still waits there.
    fn accept_waiting(&self, listener: &TcpListener) {
        while let Some(Ok((stream, peer, permit))) = accepted(listener, &self.permits).now_or_never() {
            self.begin(stream, peer, permit);
        }
    }

    fn begin(&self, stream: TcpStream, peer: SocketAddr, permit: OwnedSemaphorePermit) {
        match self.open.opened(peer.ip()) {
            Some(place) => {
                let accepted = Accepted { stream, peer, permit, place };
                drop(tokio::spawn(self.connection(accepted)));
            }
            None => drop(tokio::spawn(turned_away(stream))),
        }
    }

    fn connection(&self, accepted: Accepted) -> impl Future<Output = ()> + use<> {
        let Accepted { stream, peer, permit, place } = accepted;
        // Small answers leave at once; without this a client may wait for its own acknowledgement.
        let _ = stream.set_nodelay(true);
        // Requests of a connection come one after another, so they share one copy of the router, whose layers are always ready.
        let (router, closing) = (RefCell::new(self.router.clone()), Arc::clone(&self.closing));
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(body);
            request.extensions_mut().insert(Peer(peer));
            let (answer, closing) = (router.borrow_mut().call(request), Arc::clone(&closing));
            async move {
                let mut answer = answer.await;
                if let (Ok(answer), true) = (&mut answer, closing.load(Ordering::Relaxed)) {
                    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                answer
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.idle_timeout)
            .max_headers(MAX_HEADERS)
            .max_header_size(MAX_HEADER_BYTES)
            .max_buf_size(2 * MAX_HEADER_BYTES)
            .serve_connection(TokioIo::new(with_write_timeout(stream, self.write_timeout)), service);
        let watched = self.graceful.watcher().watch(connection);
        async move {
            if let Err(error) = watched.await {
                tracing::debug!(peer = %peer, cause = %error, "a connection ended with an error");
            }
            drop((permit, place));
        }
    }
}

/// The next connection, once the limit leaves room for it.
async fn accepted(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, permit))
}

/// Tells a client that its address has too many connections, if it listens.
async fn turned_away(mut stream: TcpStream) {
    let said = tokio::time::timeout(PAUSE_AFTER_FAILURE, stream.write_all(TURNED_AWAY)).await;
    if let Ok(Ok(())) = said {
        // A client that has left already needs no goodbye.
        let _ = stream.shutdown().await;
    }
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
    use tokio::io::{AsyncReadExt as _, duplex};

    use super::*;

    const LIMIT: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn a_port_in_use_is_named_with_another_to_choose() {
        let taken = listener("127.0.0.1:0", 16).await.unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let message = listener(&address, 16).await.unwrap_err().to_string();
        assert!(message.contains(&address) && message.contains("--listen 127.0.0.1:"), "{message}");
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_refused() {
        let refusal = listener("192.0.2.1:8080", 16).await.unwrap_err();
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
