//! Alerts in `/events`: who hears of one that is raised, and who comes back.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use super::followed;
use crate::support::snapshot::{COMMANDER, EPOCH, PLANNER, TestServer};

/// Far longer than an event takes.
const SOON: Duration = Duration::from_secs(20);
/// How long it is listened for something that must not come.
const SILENCE: Duration = Duration::from_millis(300);

/// The next event of a stream as it came; none where none comes in time.
async fn next(body: &mut Body, within: Duration) -> Option<String> {
    let frame = timeout(within, body.frame()).await.ok()??.unwrap();
    Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
}

/// Somebody who listens and has heard of the present state.
async fn listening(server: &TestServer, token: Option<&str>) -> Body {
    let mut body = server.opened(token, "/events", &[]).await;
    let first = next(&mut body, SOON).await.unwrap();
    assert!(first.contains("event: epoch"), "{first}");
    body
}

#[tokio::test]
async fn an_alert_is_heard_by_planners_and_commanders_and_by_nobody_else() {
    let (server, store, _folder) = followed().await;
    let mut public = listening(&server, None).await;
    let mut planner = listening(&server, Some(PLANNER)).await;
    let mut commander = listening(&server, Some(COMMANDER)).await;
    server.state.service.tell_alerts(&store.alerts().await.unwrap());
    let heard = next(&mut planner, SOON).await.unwrap();
    assert!(heard.contains("event: alert") && !heard.contains("id:"), "{heard}");
    let data = heard.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let alert: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(
        (&alert["number"], &alert["kind"], &alert["place"]["scope"]),
        (&1.into(), &"week".into(), &"district".into())
    );
    assert_eq!(alert["place"]["name"]["vi"], "Thành phố Tam Kỳ", "{alert}");
    assert_eq!(next(&mut commander, SOON).await.unwrap(), heard, "what is told of an alert is the same to both");
    assert_eq!(next(&mut public, SILENCE).await, None);
}

#[tokio::test]
async fn who_comes_back_hears_of_an_alert_that_was_raised_after_the_state_it_knows() {
    let (server, store, _folder) = followed().await;
    server.state.service.tell_alerts(&store.alerts().await.unwrap());
    let known = EPOCH.to_string();
    let mut planner = server.opened(Some(PLANNER), "/events", &[("last-event-id", &known)]).await;
    let heard = next(&mut planner, SOON).await.unwrap();
    assert!(heard.contains("event: alert") && heard.contains("\"number\":1"), "{heard}");
    let mut public = server.opened(None, "/events", &[("last-event-id", &known)]).await;
    assert_eq!(next(&mut public, SILENCE).await, None, "it knows all that there is");
}
