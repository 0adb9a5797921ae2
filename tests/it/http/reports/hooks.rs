//! Messages of other servers, of our own making and shaped as Zalo and Facebook describe theirs.

use axum::body::Body;
use axum::http::Request;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::{Desk, FIRST, an_hour_ago};
use crate::support::snapshot::TestResponse;

const SECRET: &str = "secret-of-both-ends";
const HOOKS: &str = "
[reports]
proof_bits = 0
[[hooks]]
channel = \"zalo\"
kind = \"zalo\"
app_id = \"1234567890\"
secret_file = \"hook.secret\"
[[hooks]]
channel = \"facebook\"
kind = \"facebook\"
secret_file = \"hook.secret\"
verify_token_file = \"verify.token\"
[[hooks]]
channel = \"phone\"
kind = \"signed\"
secret_file = \"hook.secret\"
";

async fn post(desk: &Desk, channel: &str, headers: &[(&str, String)], body: &str) -> TestResponse {
    let request = Request::builder().method("POST").uri(format!("/hooks/{channel}"));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    desk.server.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn now_s() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn hmac(parts: &[&str]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    for part in parts {
        mac.update(part.as_bytes());
    }
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

fn zalo_event(name: &str, message: &Json, sent_ms: i64) -> String {
    json!({
        "app_id": "1234567890",
        "user_id_by_app": "552177279717587730",
        "event_name": name,
        "timestamp": sent_ms.to_string(),
        "sender": { "id": "246845883529197922" },
        "recipient": { "id": "388613280878808645" },
        "message": message,
    })
    .to_string()
}

fn zalo_text(id: &str, text: &str) -> String {
    zalo_event("user_send_text", &json!({ "msg_id": id, "text": text }), now_s() * 1000)
}

fn zalo_place(id: &str, lon: &str, lat: &str) -> String {
    let coordinates = json!({ "latitude": lat, "longitude": lon });
    let attachment = json!({ "type": "location", "payload": { "coordinates": coordinates } });
    zalo_event("user_send_location", &json!({ "msg_id": id, "attachments": [attachment] }), now_s() * 1000)
}

fn zalo_mac(body: &str) -> String {
    let timestamp = serde_json::from_str::<Json>(body).unwrap()["timestamp"].as_str().unwrap().to_owned();
    format!("mac={}", hex::encode(Sha256::digest(format!("1234567890{body}{timestamp}{SECRET}"))))
}

async fn from_zalo(desk: &Desk, body: &str) -> TestResponse {
    post(desk, "zalo", &[("x-zevent-signature", zalo_mac(body))], body).await
}

async fn from_facebook(desk: &Desk, body: &str) -> TestResponse {
    post(desk, "facebook", &[("x-hub-signature-256", hmac(&[body]))], body).await
}

async fn signed(desk: &Desk, sent_s: i64, body: &str) -> TestResponse {
    let timestamp = sent_s.to_string();
    let signature = hmac(&[&timestamp, ".", body]);
    post(desk, "phone", &[("x-binhyen-timestamp", timestamp), ("x-binhyen-signature", signature)], body).await
}

async fn queue(desk: &Desk) -> Vec<Json> {
    desk.get(FIRST, "/reports").await.json()["reports"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_channel_that_is_not_configured_is_not_there() {
    let desk = Desk::new().await;
    assert_eq!(post(&desk, "zalo", &[], "{}").await.status, 404);
    let desk = Desk::configured(HOOKS).await;
    assert_eq!(post(&desk, "viber", &[], "{}").await.status, 404);
    assert_eq!(desk.server.public("/hooks/viber").await.status, 404);
}

#[tokio::test]
async fn words_and_place_of_one_person_on_zalo_are_one_report() {
    let desk = Desk::configured(HOOKS).await;
    let text = zalo_text("m1", "Có trộm ở chợ An Xuân");
    let place = zalo_place("m2", "108.0512", "15.5523");
    assert_eq!(from_zalo(&desk, &text).await.json(), json!({ "reports": 1 }));
    assert_eq!(from_zalo(&desk, &place).await.status, 200);
    // Repeated, as Zalo does when an answer was lost.
    for body in [&text, &place, &text] {
        assert_eq!(from_zalo(&desk, body).await.status, 200);
    }
    let reports = queue(&desk).await;
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert_eq!((&reports[0]["channel"]["id"], &reports[0]["text"]), (&"zalo".into(), &"Có trộm ở chợ An Xuân".into()));
    assert_eq!((&reports[0]["place"]["lon"], &reports[0]["place"]["area_code"]), (&108.0512.into(), &"20335".into()));
    assert_eq!((&reports[0]["category"], &reports[0]["happened_at"]), (&Json::Null, &Json::Null));
    let whole = serde_json::to_string(&reports).unwrap();
    assert!(!whole.contains("246845883529197922"), "the sender is nowhere: {whole}");
}

#[tokio::test]
async fn no_id_of_a_sender_or_a_message_is_on_the_disk() {
    let desk = Desk::configured(HOOKS).await;
    from_zalo(&desk, &zalo_text("message-id-of-zalo", "Có trộm")).await;
    desk.store.clone().close().await;
    for file in std::fs::read_dir(desk.data()).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&file).unwrap();
        for secret in ["246845883529197922", "552177279717587730", "message-id-of-zalo", SECRET] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} in {file:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_word_of_a_person_is_acknowledged_and_left() {
    let desk = Desk::configured(HOOKS).await;
    for body in [
        zalo_event("user_send_image", &json!({ "msg_id": "m1", "attachments": [] }), now_s() * 1000),
        zalo_event("follow", &json!({}), now_s() * 1000),
        zalo_event("user_send_text", &json!({ "msg_id": "m2" }), now_s() * 1000),
        zalo_text("m3", " \u{7} "),
        zalo_place("m4", "100.5", "13.7"),
        zalo_place("m5", "here", "there"),
    ] {
        assert_eq!(from_zalo(&desk, &body).await.json(), json!({ "reports": 0 }), "{body}");
    }
    let body = json!({ "object": "page", "entry": [{ "messaging": [{ "read": { "watermark": 1 } }] }] }).to_string();
    assert_eq!(from_facebook(&desk, &body).await.json(), json!({ "reports": 0 }));
    assert!(queue(&desk).await.is_empty());
}

#[tokio::test]
async fn what_zalo_did_not_sign_is_refused() {
    let desk = Desk::configured(HOOKS).await;
    let body = zalo_text("m1", "Có trộm");
    let mac = zalo_mac(&body);
    let spaced = body.replacen('{', "{ ", 1);
    let old = zalo_event("user_send_text", &json!({ "msg_id": "m1", "text": "x" }), (now_s() - 4 * 86_400) * 1000);
    let shortened = mac[..mac.len() - 2].to_owned();
    for (header, body) in [
        (None, body.as_str()),
        (Some(mac.clone()), spaced.as_str()),
        (Some(mac.replacen("mac=", "", 1)), body.as_str()),
        (Some(shortened), body.as_str()),
        (Some(format!("mac={}", "0".repeat(64))), body.as_str()),
        (Some(zalo_mac(&old)), old.as_str()),
        (Some(mac), "not json"),
    ] {
        let headers: Vec<_> = header.into_iter().map(|value| ("x-zevent-signature", value)).collect();
        let refused = post(&desk, "zalo", &headers, body).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["type"]),
            (401, &"/problems/invalid-signature".into()),
            "{body}"
        );
    }
    assert!(queue(&desk).await.is_empty());
}

fn facebook_event(messages: &[Json]) -> String {
    json!({ "object": "page", "entry": [{ "id": "1", "time": now_s() * 1000, "messaging": messages }] }).to_string()
}

fn facebook_text(sender: &str, id: &str, text: &str) -> Json {
    json!({
        "sender": { "id": sender },
        "recipient": { "id": "1" },
        "timestamp": now_s() * 1000,
        "message": { "mid": id, "text": text },
    })
}

#[tokio::test]
async fn facebook_sends_several_at_once_and_repeats_them() {
    let desk = Desk::configured(HOOKS).await;
    let mut echo = facebook_text("1", "m_echo", "Cảm ơn bạn");
    echo["message"]["is_echo"] = json!(true);
    let mut old = facebook_text("5", "m_old", "Từ lâu");
    old["timestamp"] = json!((now_s() - 5 * 86_400) * 1000);
    let body = facebook_event(&[
        facebook_text("7", "m_1", "Cháy ở Minh An"),
        facebook_text("8", "m_2", "Đánh nhau ở Tân An"),
        facebook_text("7", "m_3", "Cháy nhà kho"),
        echo,
        old,
    ]);
    assert_eq!(from_facebook(&desk, &body).await.json(), json!({ "reports": 3 }));
    assert_eq!(from_facebook(&desk, &body).await.status, 200);
    let texts: Vec<Json> = queue(&desk).await.iter().map(|report| report["text"].clone()).collect();
    assert_eq!(texts, ["Cháy ở Minh An\nCháy nhà kho", "Đánh nhau ở Tân An"]);
}

#[tokio::test]
async fn what_facebook_did_not_sign_is_refused() {
    let desk = Desk::configured(HOOKS).await;
    let body = facebook_event(&[facebook_text("7", "m_1", "Cháy")]);
    let other = facebook_event(&[facebook_text("7", "m_1", "Nổ")]);
    for headers in [vec![], vec![("x-hub-signature-256", hmac(&[&other]))], vec![("x-hub-signature", hmac(&[&body]))]] {
        assert_eq!(post(&desk, "facebook", &headers, &body).await.status, 401, "{headers:?}");
    }
    let unread = post(&desk, "facebook", &[("x-hub-signature-256", hmac(&["{"]))], "{").await;
    assert_eq!(unread.status, 400, "signed, and no JSON");
}

#[tokio::test]
async fn facebook_learns_that_this_address_is_meant_by_its_word_alone() {
    let desk = Desk::configured(HOOKS).await;
    let asked = async |query: &str| desk.server.public(&format!("/hooks/facebook?{query}")).await;
    let right = asked("hub.mode=subscribe&hub.verify_token=the-word-of-facebook&hub.challenge=1158201444").await;
    assert_eq!((right.status.as_u16(), right.bytes.as_slice()), (200, b"1158201444".as_slice()));
    assert_eq!(right.header("content-type"), "text/plain; charset=utf-8");
    for query in [
        "hub.mode=subscribe&hub.verify_token=the-word-of-facebool&hub.challenge=1",
        "hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
        "hub.mode=unsubscribe&hub.verify_token=the-word-of-facebook&hub.challenge=1",
        "hub.verify_token=the-word-of-facebook&hub.challenge=1",
        "hub.mode=subscribe&hub.verify_token=the-word-of-facebook",
        "",
    ] {
        assert_eq!(asked(query).await.status, 401, "{query}");
    }
    assert_eq!(
        desk.server.public("/hooks/zalo?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1").await.status,
        401
    );
    assert_eq!(asked("a=1").await.status, 400);
}

#[tokio::test]
async fn any_server_that_signs_may_send_a_whole_report_and_learns_its_number() {
    let desk = Desk::configured(HOOKS).await;
    let body = json!({
        "id": "e-1", "sender": "0905", "category": "chay", "time": an_hour_ago(), "lon": 108.05, "lat": 15.65,
        "text": "Cháy chợ",
    })
    .to_string();
    let first = signed(&desk, now_s(), &body).await;
    assert_eq!((first.status.as_u16(), &first.json()["status"]), (200, &"received".into()));
    let again = signed(&desk, now_s() - 200, &body).await;
    assert_eq!(again.json()["number"], first.json()["number"], "a repeat");
    let reports = queue(&desk).await;
    assert_eq!(
        (reports.len(), &reports[0]["category"]["id"], &reports[0]["channel"]["id"]),
        (1, &"chay".into(), &"phone".into())
    );
    for (sent_s, status) in [(now_s() - 301, 401), (now_s() + 310, 401), (now_s() + 200, 200), (i64::MIN, 401)] {
        assert_eq!(signed(&desk, sent_s, &body).await.status, status, "{sent_s}");
    }
}

#[tokio::test]
async fn a_signed_message_that_says_nothing_usable_is_refused_with_its_field() {
    let desk = Desk::configured(HOOKS).await;
    for (body, field) in [
        (json!({ "text": "x" }), "id"),
        (json!({ "id": "", "text": "x" }), "id"),
        (json!({ "id": "x".repeat(201), "text": "x" }), "id"),
        (json!({ "id": "1" }), "text"),
        (json!({ "id": "1", "text": "x", "category": "tre_em" }), "category"),
        (json!({ "id": "1", "text": "x", "phone": "0905" }), "phone"),
        (json!({ "id": "1", "lon": 1, "lat": 1 }), "lon"),
        (json!({ "id": "1", "text": "x", "time": "2099-01-01T00:00" }), "time"),
    ] {
        let refused = signed(&desk, now_s(), &body.to_string()).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["field"]), (400, &field.into()), "{body}");
    }
    let body = json!({ "id": "1", "text": "x" }).to_string();
    let timestamp = now_s().to_string();
    let signature = hmac(&[&timestamp, &body]);
    for headers in [
        vec![("x-binhyen-signature", hmac(&[&timestamp, ".", &body]))],
        vec![("x-binhyen-timestamp", timestamp.clone()), ("x-binhyen-signature", signature)],
        vec![("x-binhyen-timestamp", "now".to_owned()), ("x-binhyen-signature", hmac(&["now", ".", &body]))],
        vec![],
    ] {
        assert_eq!(post(&desk, "phone", &headers, &body).await.status, 401, "{headers:?}");
    }
    let large = json!({ "id": "1", "text": "x".repeat(66_000) }).to_string();
    assert_eq!(signed(&desk, now_s(), &large).await.status, 413);
}

#[tokio::test]
async fn one_sender_does_not_fill_the_queue_and_others_are_heard() {
    let desk = Desk::configured(HOOKS).await;
    let from = async |sender: &str, number: usize| {
        // Different places do not belong together.
        let body = json!({ "id": format!("{sender}-{number}"), "sender": sender, "lon": 108.05, "lat": 15.55 + number as f64 / 1000.0 });
        signed(&desk, now_s(), &body.to_string()).await
    };
    for number in 0..8 {
        assert_eq!(from("flood", number).await.status, 200, "acknowledged, so that nobody sends it again");
    }
    assert_eq!(queue(&desk).await.len(), 5);
    assert_eq!(from("another", 0).await.status, 200);
    assert_eq!(queue(&desk).await.len(), 6);
}

#[tokio::test]
async fn hooks_together_keep_to_the_rate_of_all() {
    let desk = Desk::configured(&HOOKS.replace("proof_bits = 0", "proof_bits = 0\nper_hour = 8")).await;
    let mut statuses = Vec::new();
    for number in 0..3 {
        let body = json!({ "id": number.to_string(), "text": "x" }).to_string();
        statuses.push(signed(&desk, now_s(), &body).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429], "what is not taken is not acknowledged");
}

#[tokio::test]
async fn a_store_that_cannot_be_written_acknowledges_nothing() {
    let desk = Desk::configured(HOOKS).await;
    desk.store.clone().close().await;
    let answer = from_zalo(&desk, &zalo_text("m1", "Có trộm")).await;
    assert_eq!(answer.status, 503);
}
