//! Share pages: what they tell of a view, what they never tell, and that they lead back to the map.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use binhyen::config::Flags;

use crate::support::snapshot::{PLANNER, TestResponse, TestServer, WINDOW};

const HOME: &str = "https://maps.example";

fn public(base_path: Option<&str>) -> TestServer {
    let flags =
        Flags { public_url: Some(HOME.to_owned()), base_path: base_path.map(str::to_owned), ..Flags::default() };
    TestServer::with(flags, &[])
}

fn share(fragment: &str) -> String {
    format!("/share/{}", URL_SAFE_NO_PAD.encode(fragment))
}

fn text(reply: &TestResponse) -> String {
    String::from_utf8(reply.plain()).unwrap()
}

/// The content of a tag by its property or name, as it stands in the markup.
fn tag<'a>(html: &'a str, name: &str) -> &'a str {
    let marks = [format!("property=\"{name}\" content=\""), format!("name=\"{name}\" content=\"")];
    let found = marks.iter().find_map(|mark| html.split_once(mark.as_str()));
    found.unwrap_or_else(|| panic!("no {name}: {html}")).1.split('"').next().unwrap()
}

/// The value of a link by what stands before it.
fn after<'a>(html: &'a str, mark: &str) -> &'a str {
    html.split_once(mark).unwrap_or_else(|| panic!("no {mark}: {html}")).1.split('"').next().unwrap()
}

#[tokio::test]
async fn share_page_tells_of_the_area_and_leads_to_the_same_view() {
    let fragment =
        format!("edition=2025-01&window={WINDOW}&level=commune&layer=grade&area=20335&at=108.0500,15.5500,11.00");
    let reply = public(None).public(&share(&fragment)).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/html; charset=utf-8"));
    let html = text(&reply);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<html lang=\"vi\""), "{html}");
    assert!(tag(&html, "og:title").starts_with("Phường An Xuân · "), "{html}");
    let said = public(None).public(&format!("/areas/2025-01/20335/explanation?window={WINDOW}")).await.json();
    let sentence = said["sentence"]["vi"].as_str().unwrap();
    let made_on: jiff::civil::Date = said["release"]["made_on"].as_str().unwrap().parse().unwrap();
    let release = format!("Bản công bố số 1, ngày {}.", made_on.strftime("%d/%m/%Y"));
    assert_eq!(tag(&html, "og:description"), format!("{sentence} Dữ liệu minh hoạ. {release}"));
    assert!(html.contains(&format!("<p class=\"note\">{release}</p>")), "{html}");
    assert!(html.contains(&format!("<p>{sentence}</p>")), "{html}");
    let address = format!("{HOME}{}", share(&fragment));
    assert_eq!(tag(&html, "og:url"), address);
    assert_eq!(after(&html, "rel=\"canonical\" href=\""), address);
    assert_eq!(after(&html, "href=\"../#"), fragment.replace('&', "&amp;"));
    let picture = format!(
        "/export/png?edition=2025-01&window={WINDOW}&level=commune&layer=grade&area=20335&width=1200&height=630"
    );
    assert_eq!(tag(&html, "og:image"), format!("{HOME}{picture}").replace('&', "&amp;"));
    assert_eq!(after(&html, "<img src=\""), format!("..{picture}").replace('&', "&amp;"));
    for (name, content) in [
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:locale", "vi_VN"),
        ("og:site_name", "Bình Yên"),
        ("twitter:card", "summary_large_image"),
    ] {
        assert_eq!(tag(&html, name), content, "{name}");
    }
    assert!(html.contains("<a id=\"open\" rel=\"bookmark\" href=\"../#"), "{html}");
    assert!(html.contains("<script src=\"../share.js\" defer></script>") && html.contains("\"../share.css\""));
}

#[tokio::test]
async fn editor_that_reads_the_page_finds_its_frame() {
    let server = public(None);
    let html = text(&server.public(&share("area=20335&edition=2025-01")).await);
    let described = after(&html, "type=\"application/json+oembed\" href=\"").replace("&amp;", "&");
    let frame = server.public(described.strip_prefix(HOME).unwrap()).await;
    assert_eq!(frame.status, 200, "{described}");
    let frame = frame.json();
    assert!(frame["title"].as_str().unwrap().starts_with("Phường An Xuân"), "{frame}");
}

#[tokio::test]
async fn language_is_that_of_the_view_and_not_of_the_reader() {
    let server = TestServer::new();
    let reply = server.get(&share("lang=en"), &[("accept-language", "vi")]).await;
    let html = text(&reply);
    assert!(html.contains("<html lang=\"en\"") && html.contains("Open the map"), "{html}");
    let release = server.public("/meta").await.json()["release"].take();
    let made_on: jiff::civil::Date = release["made_on"].as_str().unwrap().parse().unwrap();
    let last = format!("Sample data. Release 1 of {}.", made_on.strftime("%-d %b %Y"));
    assert!(tag(&html, "og:description").ends_with(&last), "{html}");
    assert_eq!(tag(&html, "og:locale"), "en_GB");
    assert!(!reply.header("vary").contains("Accept-Language"));
    let html = text(&server.get(&share("lang=fr"), &[("accept-language", "en")]).await);
    assert!(html.contains("<html lang=\"vi\"") && html.contains("Mở bản đồ"), "{html}");
}

#[tokio::test]
async fn empty_view_tells_of_the_province() {
    let server = TestServer::new();
    for path in [share("#"), share("area=99999"), share("area=20335&level=district&edition=2025-01")] {
        let html = text(&server.public(&path).await);
        assert!(tag(&html, "og:description").contains("mức chung"), "{path}: {html}");
        assert!(!html.contains("area="), "{path}: {html}");
    }
    let district = text(&server.public(&share("level=district&edition=2025-01&area=502")).await);
    assert!(tag(&district, "og:title").starts_with("Thành phố Tam Kỳ"), "{district}");
}

#[tokio::test]
async fn level_that_follows_the_zoom_is_that_of_the_area() {
    let server = TestServer::new();
    let district = text(&server.public(&share("edition=2025-01&level=auto&area=502")).await);
    assert!(tag(&district, "og:title").starts_with("Thành phố Tam Kỳ"), "{district}");
    assert!(tag(&district, "og:image").contains("level=district"), "{district}");
    assert_eq!(after(&district, "href=\"../#"), "edition=2025-01&amp;level=auto&amp;area=502");
}

#[tokio::test]
async fn what_is_not_released_is_replaced_and_said_so() {
    let server = TestServer::new();
    for fragment in [
        "from=2022-01-01&to=2022-02-01",
        "categories=trom_cap",
        "min_severity=4&area=20335",
        "against=2022-01-01..2022-02-01",
    ] {
        let html = text(&server.public(&share(fragment)).await);
        assert!(html.contains("Chỉ chia sẻ được các kỳ đã công bố; ở đây là "), "{fragment}: {html}");
        for word in ["from=", "2022-02-01", "trom_cap", "severity"] {
            assert!(!html.contains(word), "{fragment}: {word}: {html}");
        }
    }
    let released = text(&server.public(&share(&format!("window={WINDOW}"))).await);
    assert!(!released.contains("Chỉ chia sẻ được"), "{released}");
}

#[tokio::test]
async fn nothing_of_the_address_is_told_but_what_is_known() {
    let server = TestServer::new();
    let fragment =
        "token=secret&x=%3Cscript%3Ealert(1)%3C/script%3E&area=\"><b>&layer=fire&window=W&edition=1999-01&scheme=s";
    let html = text(&server.public(&share(fragment)).await);
    for word in ["secret", "alert", "<b>", "fire", "1999", "scheme=s", "window=W"] {
        assert!(!html.contains(word), "{word}: {html}");
    }
    assert_eq!(after(&html, "href=\"../#"), "");
    let named = text(&server.public(&share("edition=2025-01&area=20338")).await);
    assert!(named.contains("=Phường An Phú"), "{named}");
}

#[tokio::test]
async fn share_page_is_the_publics_whatever_token_comes_along() {
    let server = TestServer::new();
    let path = share(&format!("edition=2025-01&window={WINDOW}&area=20338"));
    let plain = server.public(&path).await;
    assert!(
        tag(&text(&plain), "og:description").contains("số vụ không được công bố"),
        "three thefts are a small count"
    );
    for token in [PLANNER, "unknown"] {
        let reply = server.with_token(token, &path).await;
        assert_eq!(reply.status, 200, "{token}");
        assert_eq!(reply.plain(), plain.plain(), "{token}");
        assert_eq!(reply.header("cache-control"), "public, max-age=0, stale-while-revalidate=30", "{token}");
        assert_eq!(reply.header("etag"), plain.header("etag"), "{token}");
    }
}

#[tokio::test]
async fn address_that_no_page_made_is_400() {
    let server = TestServer::new();
    let long = share(&"x".repeat(1025));
    for path in ["/share/a", "/share/YQ==", "/share/%C3%B4", "/share/_w", long.as_str()] {
        let reply = server.public(path).await;
        assert_eq!((reply.status.as_u16(), reply.json()["parameter"].as_str()), (400, Some("id")), "{path}");
    }
    assert_eq!(server.public("/share").await.status, 404);
    assert_eq!(server.public("/share/YQ/b").await.status, 404);
    assert_eq!(server.send_method("POST", &share(""), &[]).await.status, 404, "an empty id is no segment of a path");
    assert_eq!(server.send_method("POST", &share("lang=en"), &[]).await.status, 405);
}

#[tokio::test]
async fn parameters_that_a_network_appends_do_not_matter() {
    let server = TestServer::new();
    let path = share("area=20335");
    let (plain, decorated) =
        (server.public(&path).await, server.public(&format!("{path}?fbclid=1&utm_source=zalo")).await);
    assert_eq!((decorated.status.as_u16(), decorated.plain()), (200, plain.plain()));
}

#[tokio::test]
async fn share_page_runs_only_files_of_this_server_and_is_framed_by_it_alone() {
    let server = TestServer::with(Flags::default(), &[("BINHYEN_FRAME_ANCESTORS", "*")]);
    let reply = server.public(&share("area=20335")).await;
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && policy.ends_with("frame-ancestors 'self'"), "{policy}");
    assert!(!text(&reply).contains("style=") && !text(&reply).contains("<style"));
    let tag = reply.header("etag").to_owned();
    let again = server.get(&share("area=20335"), &[("if-none-match", &tag)]).await;
    assert_eq!((again.status.as_u16(), again.header("content-security-policy")), (304, policy));
    assert_ne!(server.public(&share("area=20401")).await.header("etag"), tag);
}

#[tokio::test]
async fn share_page_moves_with_its_base_path() {
    let server = public(Some("/map"));
    let path = share("area=20335");
    let html = text(&server.public(&format!("/map{path}")).await);
    assert_eq!(tag(&html, "og:url"), format!("{HOME}/map{path}"));
    assert!(tag(&html, "og:image").starts_with("https://maps.example/map/export/png?"), "{html}");
    assert!(html.contains("href=\"../#area=20335\""), "{html}");
    assert_eq!(server.public(&path).await.status, 404);
    let nameless = text(&TestServer::new().get(&path, &[("host", "evil.example")]).await);
    assert!(!nameless.contains("evil.example") && !nameless.contains("oembed"), "{nameless}");
    let local = text(&TestServer::reached_locally(8080).by_name("localhost:8080", &path).await);
    assert_eq!(tag(&local, "og:url"), format!("http://localhost:8080{path}"));
}

#[tokio::test]
async fn without_a_snapshot_the_share_page_is_not_ready() {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    assert_eq!(server.public(&share("area=20335")).await.status, 503);
}
