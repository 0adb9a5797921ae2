//! An alert that its receiver does not take at once is sent again, and no more once it is taken.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

use binhyen::service::live::alert_webhooks::{AlertTarget, TargetNetwork, send_due};
use binhyen::store::Store;

use super::alert;
use crate::support::imports::words;
use crate::support::snapshot::snapshot;

/// When the alert is raised.
const RAISED_S: i64 = 1_730_000_000;

/// Answers one request with a status; gives its head and body.
fn answered(listener: &TcpListener, status: &str) -> (String, String) {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
    }
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (&stream)
        .write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap()
}

#[tokio::test]
async fn a_receiver_that_fails_first_gets_the_alert_again_and_then_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/alerts", listener.local_addr().unwrap());
    let receiver = std::thread::spawn(move || {
        let requests = ["503 Service Unavailable", "204 No Content"].map(|status| answered(&listener, status));
        listener.set_nonblocking(true).unwrap();
        (requests, listener)
    });
    let secret = "0123456789abcdef0123456789abcdef".to_owned();
    let targets = [AlertTarget { url: url.clone(), secret, network: TargetNetwork::Any }];
    let raised = store.keep_alerts(&BTreeSet::from(["one".to_owned()]), &[alert("one")], RAISED_S).await.unwrap();
    store.add_alert_deliveries(&raised, &[url], RAISED_S).await.unwrap();
    let snapshot = Arc::new(snapshot());
    let due = async |now_s| store.due_alert_deliveries(now_s).await.unwrap().len();

    send_due(&store, &snapshot, &targets, RAISED_S).await.unwrap();
    assert_eq!((due(RAISED_S + 59).await, due(RAISED_S + 60).await), (0, 1), "it is tried again after a minute");
    send_due(&store, &snapshot, &targets, RAISED_S + 59).await.unwrap();
    send_due(&store, &snapshot, &targets, RAISED_S + 60).await.unwrap();
    assert_eq!(due(i64::MAX).await, 0, "it was taken");
    send_due(&store, &snapshot, &targets, RAISED_S + 86_400).await.unwrap();

    let ([refused, taken], listener) = receiver.join().unwrap();
    assert!(listener.accept().is_err(), "nobody calls a third time");
    assert_eq!(refused.1, taken.1, "it is the same alert");
    assert!(taken.1.contains("\"number\":1") && taken.1.contains("\"notes\":null"), "{}", taken.1);
    let stamps = [&refused.0, &taken.0].map(|head| header(head, "binhyen-timestamp").parse::<i64>().unwrap());
    assert_eq!(stamps, [RAISED_S, RAISED_S + 60], "each try says its own moment");
    assert_ne!(header(&refused.0, "binhyen-signature"), header(&taken.0, "binhyen-signature"), "and signs it");
}

#[tokio::test]
async fn a_receiver_that_never_answers_is_given_up_after_the_ninth_try() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    // Nothing listens there any more.
    let url = format!("http://{}/alerts", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let secret = "0123456789abcdef0123456789abcdef".to_owned();
    let targets = [AlertTarget { url: url.clone(), secret, network: TargetNetwork::Any }];
    let raised = store.keep_alerts(&BTreeSet::from(["one".to_owned()]), &[alert("one")], RAISED_S).await.unwrap();
    store.add_alert_deliveries(&raised, &[url], RAISED_S).await.unwrap();
    let snapshot = Arc::new(snapshot());
    let mut now_s = RAISED_S;
    let mut tries = 0;
    while !store.due_alert_deliveries(i64::MAX).await.unwrap().is_empty() {
        send_due(&store, &snapshot, &targets, now_s).await.unwrap();
        // Longer than any pause.
        now_s += 2 * 86_400;
        tries += 1;
        assert!(tries < 20, "it is never given up");
    }
    assert_eq!(tries, 9, "1, 5 and 15 minutes, 1, 4, 12, 24 and 24 hours after the first");
}
