//! `GET /events`: who hears of what.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::{collection, put, theft};
use crate::support::{Role, ServerProcess};

/// One who listens.
pub(super) struct Listener(BufReader<TcpStream>);

impl Listener {
    pub(super) fn new(server: &ServerProcess, role: Role, last: Option<u64>) -> Self {
        let mut stream = TcpStream::connect(server.address()).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        let token = (role != Role::Public).then(|| format!("authorization: Bearer {}\r\n", server.token(role)));
        let last = last.map(|last| format!("last-event-id: {last}\r\n"));
        let (token, last) = (token.unwrap_or_default(), last.unwrap_or_default());
        write!(stream, "GET /events HTTP/1.1\r\nhost: {}\r\n{token}{last}\r\n", server.address()).expect("a request");
        Self(BufReader::new(stream))
    }

    /// The data of the next event.
    pub(super) fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("an event in time") > 0, "the stream ended");
            if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }
}

fn codes(event: &serde_json::Value, level: &str) -> Vec<String> {
    let codes = event["changed"]["areas"]["2025-07"][level].as_array().cloned().unwrap_or_default();
    codes.into_iter().filter_map(|code| code.as_str().map(str::to_owned)).collect()
}

#[test]
fn roles_hear_of_what_changed_where_and_the_public_hears_nothing_of_it() {
    let server = ServerProcess::on_sample();
    let (mut commander, mut public) =
        (Listener::new(&server, Role::Commander, None), Listener::new(&server, Role::Public, None));
    let begun = commander.next()["epoch"].as_u64().expect("an epoch");
    let open = public.next()["epoch"].as_u64();
    let written = put(&server, Role::Operator, "/incidents", &collection(&[theft("heard-1", 108.48)]));
    let heard = commander.next();
    assert_eq!(heard["epoch"], written.json()["epoch"]);
    assert_eq!((heard["changed"]["added"].as_u64(), codes(&heard, "commune").len()), (Some(1), 1), "{heard}");
    assert_eq!(codes(&heard, "province").len(), 1);

    // Of what is never shown below district the commune is not told either.
    let guarded = theft("heard-2", 108.48).replace("trom_cap", "xam_hai_tinh_duc");
    put(&server, Role::Operator, "/incidents", &collection(&[guarded]));
    let heard = commander.next();
    assert!(codes(&heard, "commune").is_empty() && codes(&heard, "province").len() == 1, "{heard}");

    let mut back = Listener::new(&server, Role::Commander, Some(begun));
    assert_eq!([back.next()["epoch"].as_u64(), back.next()["epoch"].as_u64()], [Some(begun + 1), Some(begun + 2)]);
    // The public learns nothing of the number of changes by naming one: all numbers are answered alike.
    for named in [begun + 1, begun + 2, 1_000_000] {
        assert_eq!(Listener::new(&server, Role::Public, Some(named)).next()["epoch"].as_u64(), open, "{named}");
    }
    let mut lost = Listener::new(&server, Role::Commander, Some(1_000_000));
    assert_eq!(lost.next()["epoch"].as_u64(), Some(begun + 2), "who is lost is told where we are");
    assert_eq!(server.get("/version").json()["epoch"].as_u64(), open, "the public's state has not moved");
    public.0.get_ref().set_read_timeout(Some(Duration::from_secs(1))).expect("a timeout");
    let mut rest = String::new();
    while public.0.read_line(&mut rest).is_ok_and(|read| read > 0) {}
    assert!(!rest.contains("data:"), "{rest}");
    // Who listens does not hold up the end of the server.
    let (ended, folder) = server.stop_and_keep();
    let log = std::fs::read_to_string(folder.path().join("log")).expect("a log");
    assert!(ended.success() && !log.contains("cut off"), "{log}");
}

#[test]
fn an_id_that_is_no_number_is_refused() {
    let server = ServerProcess::on_sample();
    let headers = &[("last-event-id", "never")];
    let call = crate::support::Call { method: "GET", path: "/events", headers, body: "" };
    assert_eq!(server.send_as(Role::Planner, call).status, 400);
}
