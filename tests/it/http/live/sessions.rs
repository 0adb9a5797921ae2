//! What each role reads of `/events`, `/situation` and `/alerts` while incidents are written, recorded byte by byte: nothing
//! in it that the role may not know.
//!
//! Guarded incidents (of a category that is never shown below district) are written in one commune, plain ones in another.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{GEOJSON, collection, put, shown};
use crate::support::{Call, Role, ServerProcess};

const ROLES: [Role; 4] = [Role::Public, Role::Planner, Role::Commander, Role::Operator];
/// Where guarded incidents are written, and where plain ones.
const GUARDED: f64 = 108.30;
const PLAIN: f64 = 108.48;
/// Far longer than an event takes.
const HEARD_WITHIN: Duration = Duration::from_secs(20);

/// Everything that comes on a stream of events, as it comes.
struct Recorder {
    role: Role,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Recorder {
    fn new(server: &ServerProcess, role: Role) -> Self {
        let mut stream = TcpStream::connect(server.address()).expect("a connection");
        let token = (role != Role::Public).then(|| format!("authorization: Bearer {}\r\n", server.token(role)));
        let token = token.unwrap_or_default();
        write!(stream, "GET /events HTTP/1.1\r\nhost: {}\r\n{token}\r\n", server.address()).expect("a request");
        let bytes = Arc::<Mutex<Vec<u8>>>::default();
        let kept = Arc::clone(&bytes);
        // It ends with the server.
        std::thread::spawn(move || {
            let mut read = [0; 4096];
            while let Ok(count @ 1..) = stream.read(&mut read) {
                kept.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&read[..count]);
            }
        });
        let recorder = Self { role, bytes };
        recorder.waited_for("event: epoch");
        recorder
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    fn waited_for(&self, words: &str) {
        let deadline = Instant::now() + HEARD_WITHIN;
        while !self.text().contains(words) {
            assert!(Instant::now() < deadline, "{:?} never heard {words}: {}", self.role, self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What a role gets of the last days and alerts; the status where it is refused.
fn read(server: &ServerProcess, role: Role) -> String {
    let paths = ["/situation?days=28&edition=2025-07", "/situation?days=1", "/alerts", "/alerts.atom"];
    let answers = paths.map(|path| {
        let answer = server.get_as(role, path);
        if role == Role::Public {
            assert_eq!(answer.status, 401, "{path}");
        }
        answer.text().to_owned()
    });
    answers.join("\n")
}

fn incident(id: &str, category: &str, lon: f64, day: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":"{id}","geometry":{{"type":"Point","coordinates":[{lon},15.573]}},
           "properties":{{"time":"{day}T08:00:00+07:00","category":"{category}","severity":"nghiem_trong"}}}}"#
    )
}

fn write(server: &ServerProcess, features: &[String]) {
    let written = put(server, Role::Operator, "/incidents", &collection(features));
    assert_eq!(written.status, 201, "{}", written.text());
    shown(server, &written);
}

/// The counts of the last 28 days of a level, as a planner reads them: codes with the counts of all parts.
fn counts(server: &ServerProcess, level: &str) -> Vec<(String, Vec<u64>)> {
    let told = server.get_as(Role::Planner, "/situation?days=28&edition=2025-07").json();
    let levels = told["levels"].as_array().expect("levels");
    let areas = levels.iter().find(|of| of["level"] == level).expect("the level")["areas"].as_array().expect("areas");
    let of_area = |area: &Value| {
        let parts = area["parts"].as_array().expect("parts");
        let counted = parts.iter().map(|part| part["count"].as_u64().unwrap_or(u64::MAX)).collect();
        (area["code"].as_str().expect("a code").to_owned(), counted)
    };
    areas.iter().map(of_area).collect()
}

/// The codes of the communes of any edition where an incident at a place counts, found by one that is taken away again.
fn communes_at(server: &ServerProcess, lon: f64, day: &str) -> Vec<String> {
    let recorder = Recorder::new(server, Role::Operator);
    write(server, &[incident("probe", "trom_cap", lon, day)]);
    recorder.waited_for("\"added\":1");
    let text = recorder.text();
    let data = text.lines().filter_map(|line| line.trim_end().strip_prefix("data: ")).next_back().expect("an event");
    let event: Value = serde_json::from_str(data).expect("JSON");
    let editions = event["changed"]["areas"].as_object().expect("areas").values();
    let codes = editions.filter_map(|levels| levels["commune"].as_array()).flatten().filter_map(Value::as_str);
    let codes = codes.map(str::to_owned).collect();
    let call =
        Call { method: "DELETE", path: "/incidents/probe?reason=th%E1%BB%AD", headers: &[("if-match", "*")], body: "" };
    let gone = server.send_as(Role::Operator, call);
    assert_eq!(gone.status, 200, "{}", gone.text());
    shown(server, &gone);
    codes
}

/// Amends one guarded incident and takes another away, as an operator.
fn amend_and_withdraw(server: &ServerProcess) {
    let headers = [("if-match", "*"), GEOJSON];
    let body = r#"{"type":"Feature","properties":{"severity":"it_nghiem_trong"},"reason":"sửa"}"#;
    let amend = Call { method: "PATCH", path: "/incidents/kin-1", headers: &headers, body };
    let path = "/incidents/kin-2?reason=nh%E1%BA%A7m";
    let withdraw = Call { method: "DELETE", path, headers: &headers[..1], body: "" };
    for call in [amend, withdraw] {
        let done = server.send_as(Role::Operator, call);
        assert_eq!(done.status, 200, "{}", done.text());
        shown(server, &done);
    }
}

fn all(counts: &[(String, Vec<u64>)]) -> u64 {
    counts.iter().map(|(_, parts)| parts[0]).sum()
}

/// Writes six guarded incidents: the province and a district count them, no commune does, and nobody hears where.
fn write_guarded(server: &ServerProcess, recorders: &[Recorder], communes: &[String], day: &str) {
    let before = ["commune", "district", "province"].map(|level| counts(server, level));
    let guarded: Vec<String> =
        (1..=6).map(|number| incident(&format!("kin-{number}"), "xam_hai_tinh_duc", GUARDED, day)).collect();
    write(server, &guarded);
    assert_eq!(counts(server, "commune"), before[0], "no commune counts what is never shown below district");
    assert_eq!(all(&counts(server, "district")), all(&before[1]) + 6, "its district does");
    assert_eq!(all(&counts(server, "province")), all(&before[2]) + 6, "and the province");
    for recorder in recorders.iter().filter(|recorder| recorder.role != Role::Public) {
        recorder.waited_for("\"added\":6");
        let heard = recorder.text();
        let named = communes.iter().find(|code| heard.contains(&format!("\"{code}\"")));
        assert_eq!(named, None, "{:?} heard where: {heard}", recorder.role);
        assert!(!heard.contains("\"commune\""), "{:?}: {heard}", recorder.role);
    }
}

#[test]
fn sessions_of_all_roles_hold_nothing_that_the_role_may_not_know() {
    let server = ServerProcess::on_sample();
    let told = server.get_as(Role::Planner, "/situation?days=28&edition=2025-07").json();
    let day = told["data_until"].as_str().expect("a day").to_owned();
    let guarded_communes = communes_at(&server, GUARDED, &day);
    let plain_communes = communes_at(&server, PLAIN, &day);
    assert!(!guarded_communes.is_empty() && !plain_communes.is_empty(), "{guarded_communes:?} {plain_communes:?}");
    assert!(guarded_communes.iter().all(|code| !plain_communes.contains(code)), "they are other communes");

    let recorders = ROLES.map(|role| Recorder::new(&server, role));
    let before = read(&server, Role::Public);
    write_guarded(&server, &recorders, &guarded_communes, &day);
    let communes = counts(&server, "commune");
    write(&server, &[incident("thuong-1", "trom_cap", PLAIN, &day)]);
    assert_eq!(all(&counts(&server, "commune")), all(&communes) + 1, "what is plain counts in its commune");
    amend_and_withdraw(&server);

    for recorder in &recorders {
        let role = recorder.role;
        if role != Role::Public {
            recorder.waited_for("\"withdrawn\":1");
        }
        let session = recorder.text() + &read(&server, role);
        assert!(!session.contains("kin-"), "{role:?} read the id of a guarded incident: {session}");
        assert_eq!(session.contains("thuong-1"), role >= Role::Commander, "{role:?}");
    }
    // Six guarded ones of which one was taken away, and a plain one; those that only asked where they are came to nothing.
    let recent = server.get_as(Role::Commander, "/situation?days=1").json()["recent"].clone();
    assert_eq!(recent["added"], 6, "{recent}");
    let listed = recent["incidents"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str());
    assert_eq!(listed.collect::<Vec<_>>(), ["thuong-1"]);

    // To the public nothing has happened: it read the same bytes before and after, and heard of one state alone.
    assert_eq!(read(&server, Role::Public), before);
    let heard = recorders[0].text();
    assert_eq!(heard.matches("event:").count(), 1, "{heard}");
    assert!(!heard.contains("changed"), "{heard}");
}
