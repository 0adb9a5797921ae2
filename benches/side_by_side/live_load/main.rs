//! Load of a live map: reads of tiles, writes beside them, and how soon a write is seen.
//!
//! Started by the runner beside it against a server that runs already. Prints one line of JSON. Writes keep their
//! times whether the answers before have come or not (an open loop); reads do too where a rate is given, else each
//! connection asks as fast as it is answered. Latencies count from the moment that a request was due.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and fails by panicking")]

mod connection;
mod listeners;
mod places;
mod probes;
mod reads;
mod timing;
mod writes;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use serde_json::{Value, json};

use self::listeners::{Listened, listen};
use self::places::Place;
use self::probes::Probing;
use self::reads::Reading;
use self::writes::Writing;

/// Load of a live map.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Reads alone, of any server of tiles.
    Reads(ReadArguments),
    /// Reads beside writes, and probes of how soon a write is seen.
    Live(LiveArguments),
    /// Idle listeners of `/events`; prints the memory of the server before and with them.
    Listen(ListenArguments),
}

#[derive(Debug, Clone, Args)]
struct ReadArguments {
    /// The server.
    #[arg(long)]
    server: SocketAddr,
    /// A file of paths, one a line, asked one after the other.
    #[arg(long)]
    paths: PathBuf,
    /// The token to read with; none for the public.
    #[arg(long)]
    token: Option<String>,
    /// Connections.
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Requests a second of all connections; 0: as fast as they are answered.
    #[arg(long, default_value_t = 0)]
    rate: u32,
    /// How long.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

#[derive(Debug, Clone, Args)]
struct LiveArguments {
    #[command(flatten)]
    reads: ReadArguments,
    /// The token to write with.
    #[arg(long)]
    operator: String,
    /// The token with which probes look.
    #[arg(long)]
    commander: String,
    /// The boundaries that are served, as they were imported; `code` is the code.
    #[arg(long)]
    boundaries: PathBuf,
    /// The edition.
    #[arg(long)]
    edition: String,
    /// Writes a second, of one incident each.
    #[arg(long, default_value_t = 500)]
    writes: u32,
    /// Probes that write, wait until their write is seen, and begin again; they come on top of the writes.
    #[arg(long, default_value_t = 4)]
    probes: usize,
}

#[derive(Debug, Clone, Args)]
struct ListenArguments {
    /// The server.
    #[arg(long)]
    server: SocketAddr,
    /// Its process.
    #[arg(long)]
    process: u32,
    /// How many.
    #[arg(long, default_value_t = 2_000)]
    listeners: usize,
    /// The token to listen with; none for the public.
    #[arg(long)]
    token: Option<String>,
    /// How long they stay.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[tokio::main]
async fn main() {
    let said = match Arguments::parse().verb {
        Verb::Reads(reads) => read_alone(&reads).await,
        Verb::Live(live) => live_load(&live).await,
        Verb::Listen(listening) => idle_listeners(&listening).await,
    };
    println!("{said}");
}

async fn read_alone(given: &ReadArguments) -> Value {
    Reading::of(given).run().await.summary()
}

async fn live_load(given: &LiveArguments) -> Value {
    let places: Arc<[Place]> = Place::of_file(&given.boundaries).into();
    let until = tokio::time::Instant::now() + Duration::from_secs(given.reads.seconds);
    let reading = Reading::of(&given.reads);
    let writing = Writing {
        server: given.reads.server,
        token: given.operator.clone(),
        places: Arc::clone(&places),
        per_second: given.writes,
        until,
    };
    let probing = Probing {
        server: given.reads.server,
        operator: given.operator.clone(),
        commander: given.commander.clone(),
        edition: given.edition.clone(),
        probes: given.probes,
        until,
    };
    let (reads, writes, probes) = tokio::join!(reading.run(), writing.run(), probing.run(&places));
    json!({ "reads": reads.summary(), "writes": writes.summary(), "probes": probes.summary() })
}

async fn idle_listeners(given: &ListenArguments) -> Value {
    let Listened { before_kib, with_kib, heard } = listen(given).await;
    let each = (with_kib - before_kib) as f64 / given.listeners as f64;
    json!({
        "listeners": given.listeners, "before_kib": before_kib, "with_kib": with_kib, "each_kib": each, "heard": heard,
    })
}
