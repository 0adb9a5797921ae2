//! `binhyen geodata` against a small server of our own.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use sha2::{Digest as _, Sha256};

use crate::support::imports::{Bench, Run};

/// How the server answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// With ranges, as servers should.
    Ranges,
    /// The whole file, whatever is asked.
    IgnoresRange,
    /// Half of the file, then the connection breaks.
    BreaksOff,
    /// With 404.
    Missing,
}

fn content() -> Vec<u8> {
    (0..200_000_u32).map(|place| (place * 31 % 251) as u8).collect()
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// A server on a free port, and the `Range` of each request it got.
fn server(manner: Manner) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/file.geojson", listener.local_addr().unwrap());
    let (ranges, asked) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let Some(range) = range_of(&stream) else { continue };
            let _ = ranges.send(range.clone());
            let _ = answer(stream, manner, &range);
        }
    });
    (address, asked)
}

fn range_of(stream: &TcpStream) -> Option<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    let range = lines.iter().find_map(|line| line.to_lowercase().strip_prefix("range: ").map(str::to_owned));
    (!lines.is_empty()).then(|| range.unwrap_or_default())
}

fn answer(mut stream: TcpStream, manner: Manner, range: &str) -> std::io::Result<()> {
    let content = content();
    let begin = range.strip_prefix("bytes=").and_then(|range| range.strip_suffix('-')?.parse::<usize>().ok());
    match (manner, begin) {
        (Manner::Missing, _) => {
            write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        (Manner::Ranges, Some(begin)) => {
            let (total, rest) = (content.len(), &content[begin..]);
            let range = format!("bytes {begin}-{}/{total}", total - 1);
            let length = rest.len();
            write!(
                stream,
                "HTTP/1.1 206 Partial Content\r\nContent-Range: {range}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            )?;
            stream.write_all(rest)
        }
        _ => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", content.len())?;
            let end = if manner == Manner::BreaksOff { content.len() / 2 } else { content.len() };
            stream.write_all(&content[..end])
        }
    }
}

/// A catalogue of one file.
fn catalogue(bench: &Bench, url: &str, sha256: Option<&str>) -> String {
    let sum = sha256.map_or(String::new(), |sum| format!("sha256 = \"{sum}\"\n"));
    bench.file(
        "sources.toml",
        format!(
            "[[source]]\nid = \"one\"\nedition = \"2020-02\"\nlevel = \"commune\"\ntitle_vi = \"Một\"\ntitle_en = \"One\"\n\
             url = \"{url}\"\nlicence = \"none\"\nfields = {{ code = \"c\" }}\n{sum}"
        ),
    )
}

fn fetch(bench: &Bench, sources: &str, more: &[&str]) -> Run {
    let to = bench.path("to");
    let args = ["geodata", "fetch", "--id", "one", "--sources", sources, "--to", to.to_str().unwrap()];
    bench.run(&[&args[..], more].concat())
}

#[test]
fn the_catalogue_built_in_is_listed() {
    let out = Bench::new().succeed(&["geodata", "list"]);
    assert!(out.contains("gadm-4.1-commune  (edition 2020-02, commune)"), "{out}");
    assert!(out.contains("licence: GADM licence"), "{out}");
    let json = Bench::new().succeed(&["geodata", "list", "--format", "json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().as_array().unwrap().len() >= 4);
}

#[test]
fn a_file_is_fetched_checked_and_put_in_place() {
    let bench = Bench::new();
    let (url, asked) = server(Manner::Ranges);
    let sources = catalogue(&bench, &url, Some(&sum(&content()).to_uppercase()));
    let run = fetch(&bench, &sources, &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.contains(&format!("200000 bytes, SHA-256 {} (as in the catalogue)", sum(&content()))),
        "{}",
        run.out
    );
    assert_eq!(std::fs::read(bench.path("to/one.geojson")).unwrap(), content());
    assert!(!bench.path("to/one.geojson.part").exists());
    assert_eq!(fetch(&bench, &sources, &[]).code, Some(0));
    assert_eq!(asked.try_iter().count(), 1, "a file that is there already is not asked for again");
}

#[test]
fn a_broken_download_goes_on_where_it_ended() {
    let bench = Bench::new();
    let (url, _) = server(Manner::BreaksOff);
    let sources = catalogue(&bench, &url, Some(&sum(&content())));
    let run = fetch(&bench, &sources, &[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("the download stopped after 100000 bytes"), "{}", run.err);
    let (url, asked) = server(Manner::Ranges);
    let sources = catalogue(&bench, &url, Some(&sum(&content())));
    assert_eq!(fetch(&bench, &sources, &[]).code, Some(0));
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["bytes=100000-"]);
    assert_eq!(std::fs::read(bench.path("to/one.geojson")).unwrap(), content());
}

#[test]
fn a_server_without_ranges_gives_all_again() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("to")).unwrap();
    std::fs::write(bench.path("to/one.geojson.part"), "something old").unwrap();
    let (url, asked) = server(Manner::IgnoresRange);
    let sources = catalogue(&bench, &url, Some(&sum(&content())));
    let run = fetch(&bench, &sources, &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["bytes=13-"]);
    assert_eq!(std::fs::read(bench.path("to/one.geojson")).unwrap(), content());
}

#[test]
fn a_wrong_sum_leaves_nothing_behind() {
    let bench = Bench::new();
    let (url, _) = server(Manner::Ranges);
    let sources = catalogue(&bench, &url, Some(&sum(b"something else")));
    let run = fetch(&bench, &sources, &[]);
    assert_eq!(run.code, Some(2));
    let (found, wanted) = (sum(&content()), sum(b"something else"));
    assert!(
        run.err.contains(&format!("the SHA-256 is {found}, the catalogue says {wanted}: the download was thrown away"))
    );
    assert_eq!(std::fs::read_dir(bench.path("to")).unwrap().count(), 0);
}

#[test]
fn a_file_without_a_sum_needs_consent() {
    let bench = Bench::new();
    let (url, asked) = server(Manner::Ranges);
    let sources = catalogue(&bench, &url, None);
    let run = fetch(&bench, &sources, &[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains(&format!("the one seen is {}", sum(&content()))), "{}", run.err);
    assert!(!bench.path("to/one.geojson").exists());
    let run = fetch(&bench, &sources, &["--accept-unverified"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("UNVERIFIED"), "{}", run.out);
    assert_eq!(asked.try_iter().count(), 1, "what has been looked at is what is kept");
    assert_eq!(std::fs::read(bench.path("to/one.geojson")).unwrap(), content());
}

#[test]
fn a_missing_file_an_unknown_id_and_no_network_are_told() {
    let bench = Bench::new();
    let (url, _) = server(Manner::Missing);
    let run = fetch(&bench, &catalogue(&bench, &url, None), &[]);
    assert_eq!((run.code, run.err), (Some(2), format!("error: {url}: the server answers 404 Not Found\n")));

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = fetch(&bench, &catalogue(&bench, &format!("http://{closed}/x"), None), &[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("cannot be reached") && run.err.contains("is this machine offline?"), "{}", run.err);

    let run = bench.run(&["geodata", "fetch", "--id", "nothing"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("the catalogue has no \"nothing\"; it has gadm-4.1-commune, "), "{}", run.err);
}

#[test]
fn a_health_check_tells_by_its_exit_code() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["healthcheck", &server(Manner::Ranges).0]).code, Some(0));
    assert_eq!(bench.run(&["healthcheck", &server(Manner::Missing).0]).code, Some(1));
    assert_eq!(bench.run(&["healthcheck", "http://127.0.0.1:1/healthz"]).code, Some(1));
}
