//! Drawn maps: every theme in every style, what the public sees, sizes, caching, refusals.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeSet;

use binhyen::config::Flags;
use binhyen::export::map_image::{style_ids, themes};
use binhyen::snapshot::build;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;

use crate::support::snapshot::{PLANNER, TestResponse, TestServer, WINDOW, holdings_with_thefts, rule_set};

const VIEW: &str = "edition=2025-01&window=TK-2022";

fn svg(reply: &TestResponse) -> String {
    let text = String::from_utf8(reply.plain()).unwrap();
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "image/svg+xml"), "{text}");
    text
}

fn pixels(reply: &TestResponse) -> Pixmap {
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "image/png"));
    Pixmap::decode_png(&reply.bytes).unwrap()
}

fn texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let elements = document.descendants().filter(|node| node.has_tag_name("text"));
    elements.map(|node| node.descendants().filter_map(|part| part.text()).collect()).collect()
}

/// All that a drawing says, its lines joined.
fn running_text(drawing: &str) -> String {
    let document = Document::parse(drawing).unwrap();
    let lines = document.descendants().filter(|node| node.has_tag_name("text"));
    lines.filter_map(|line| line.text()).collect::<Vec<_>>().join(" ")
}

fn colours(pixels: &Pixmap) -> usize {
    pixels.pixels().iter().map(|pixel| (pixel.red(), pixel.green(), pixel.blue())).collect::<BTreeSet<_>>().len()
}

/// A desk on the small world with other numbers of thefts in its first three communes.
fn desk_with_thefts(thefts: [u32; 3]) -> TestServer {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    let rules = rule_set();
    server
        .state
        .service
        .serve(crate::support::snapshot::released(build(holdings_with_thefts(&rules, thefts), &rules, None).unwrap()));
    server
}

#[tokio::test]
async fn every_theme_is_drawn_in_every_style_level_and_language() {
    let server = TestServer::new();
    for style in style_ids() {
        for layer in themes(&style) {
            for level in ["commune", "district", "province"] {
                for lang in ["vi", "en"] {
                    let address = format!("/export/svg?{VIEW}&theme={style}&layer={layer}&level={level}&lang={lang}");
                    let drawing = svg(&server.with_token(PLANNER, &address).await);
                    let document = Document::parse(&drawing).unwrap_or_else(|error| panic!("{address}: {error}"));
                    assert_eq!(document.root_element().attribute("lang"), Some(lang));
                    assert!(drawing.len() < 100_000, "{address}: {} bytes", drawing.len());
                    let areas = document.descendants().filter(|node| node.has_tag_name("use")).count();
                    assert!(areas > 0, "{address} shows no area");
                }
            }
        }
    }
}

#[tokio::test]
async fn picture_says_what_it_shows_where_when_and_from_whom() {
    let server = TestServer::new();
    let vietnamese = texts(&svg(&server.public(&format!("/export/svg?{VIEW}")).await)).join("\n");
    for said in [
        "Xếp loại an ninh, trật tự",
        "15/12/2021 – 14/12/2022",
        "4 xã, phường",
        "Chưa đủ số liệu",
        "Không công bố (số nhỏ)",
        "Nguồn",
        "minh hoạ",
        "(2025-01)",
    ] {
        assert!(vietnamese.contains(said), "{said} is not in\n{vietnamese}");
    }
    let english = texts(&svg(&server.public(&format!("/export/svg?{VIEW}&lang=en")).await)).join("\n");
    for said in [
        "Safety grades",
        "15 Dec 2021 – 14 Dec 2022",
        "Not clearly different",
        "Not enough data",
        "Source",
        "Sample data",
        "Natural Earth",
    ] {
        assert!(english.contains(said), "{said} is not in\n{english}");
    }
    assert!(!vietnamese.contains("Nội bộ"));
    let planner =
        texts(&svg(&server.with_token(PLANNER, &format!("/export/svg?{VIEW}&min_severity=3")).await)).join("\n");
    assert!(planner.contains("Nội bộ, không công bố") && planner.contains("Chỉ tính: mức độ từ"), "{planner}");
}

#[tokio::test]
async fn picture_names_the_release_of_its_numbers_to_those_who_are_shown_one() {
    let server = TestServer::new();
    let release = server.public("/meta").await.json()["release"].take();
    let made_on: jiff::civil::Date = release["made_on"].as_str().unwrap().parse().unwrap();
    for (lang, said) in [
        ("vi", format!("Bản công bố số 1, ngày {}.", made_on.strftime("%d/%m/%Y"))),
        ("en", format!("Release 1 of {}.", made_on.strftime("%-d %b %Y"))),
    ] {
        let address = format!("/export/svg?{VIEW}&lang={lang}");
        let public = running_text(&svg(&server.public(&address).await));
        assert!(public.ends_with(&said), "{said} is not at the end of {public}");
        let planner = running_text(&svg(&server.with_token(PLANNER, &address).await));
        assert!(!planner.contains(&said), "a role sees the data as it is: {planner}");
    }
}

#[tokio::test]
async fn fan_stays_on_a_picture_as_wide_as_a_phone() {
    const FAN_SLICE: &str = " 0 0 1 ";
    let server = TestServer::new();
    let all = &["Chưa đủ số liệu", "Không công bố", "Không khác biệt rõ", "Càng xám"][..];
    for (height, style, words) in
        [(520, "light", all), (400, "dark", &all[..3]), (260, "light", &all[..1]), (900, "contrast", all)]
    {
        let drawing = |layer: &str| format!("/export/svg?{VIEW}&layer={layer}&theme={style}&width=360&height={height}");
        let graded = svg(&server.public(&drawing("grade")).await);
        let slices = graded.matches(FAN_SLICE).count();
        assert!(slices >= 10 && slices.is_multiple_of(5), "360×{height}, {style}: {slices} slices");
        for letter in ["A", "B", "C", "D", "E"] {
            assert!(graded.contains(&format!(">{letter}</text>")), "360×{height}: no {letter} in {:?}", texts(&graded));
        }
        let said = running_text(&graded);
        for needed in words {
            assert!(said.contains(needed), "360×{height}: {needed} is not in {said}");
        }
        let rates = svg(&server.public(&drawing("rate")).await);
        assert_eq!(rates.matches(FAN_SLICE).count(), 0, "{style}: a rate has no fan");
    }
    let small = svg(&server.public(&format!("/export/svg?{VIEW}&layer=grade&width=200&height=200")).await);
    assert_eq!(small.matches(FAN_SLICE).count(), 0, "no room is left for a map beside it");
}

#[tokio::test]
async fn letters_become_outlines_for_images_that_get_no_font() {
    let server = TestServer::new();
    let address = format!("/export/svg?{VIEW}&area=20401");
    let (letters, paths) = (server.public(&address).await, server.public(&format!("{address}&text=paths")).await);
    assert!(!texts(&svg(&letters)).is_empty());
    assert_eq!(texts(&svg(&paths)), Vec::<String>::new());
    assert_ne!(letters.header("etag"), paths.header("etag"));
    assert_eq!(server.public(&format!("{address}&text=runes")).await.status, 400);
    assert_eq!(server.public(&format!("/export/png?{VIEW}&text=paths")).await.status, 400);
}

#[tokio::test]
async fn area_is_named_and_outlined_and_can_fill_the_map() {
    let server = TestServer::new();
    let plain = svg(&server.public(&format!("/export/svg?{VIEW}")).await);
    let chosen = svg(&server.public(&format!("/export/svg?{VIEW}&area=20401")).await);
    let fitted = svg(&server.public(&format!("/export/svg?{VIEW}&area=20401&fit=area")).await);
    let district = svg(&server.public(&format!("/export/svg?{VIEW}&area=502&layer=rate&lang=en")).await);
    assert!(texts(&chosen).iter().any(|text| text.starts_with("Phường Minh An: ")), "{:?}", texts(&chosen));
    assert!(texts(&district).iter().any(|text| text.contains("Thành phố Tam Kỳ")));
    let lines = |drawing: &str| drawing.matches("fill=\"none\" stroke=").count();
    assert!(lines(&chosen) > lines(&plain), "the outline is drawn");
    assert_ne!(chosen, fitted);
    // A name that looks like markup or a formula stays a name.
    let odd = svg(&server.public(&format!("/export/svg?{VIEW}&area=20338")).await);
    assert!(texts(&odd).iter().any(|text| text.contains("=Phường An Phú")));
}

#[tokio::test]
async fn hidden_counts_leave_no_trace_in_a_public_picture() {
    // One theft more in the one and one less in the other: what is published of both worlds is the same.
    let (one, other) = (desk_with_thefts([40, 3, 20]), desk_with_thefts([39, 4, 20]));
    for layer in themes("light") {
        let address = format!("/export/svg?{VIEW}&layer={layer}");
        let (a, b) = (svg(&one.public(&address).await), svg(&other.public(&address).await));
        assert_eq!(a, b, "{layer} tells two worlds apart that the public may not");
    }
    let count = format!("/export/svg?{VIEW}&layer=count");
    assert_ne!(svg(&one.with_token(PLANNER, &count).await), svg(&other.with_token(PLANNER, &count).await));
    let ratings = one.public(&format!("/ratings?{VIEW}")).await.json();
    let shown = ratings["areas"].as_array().unwrap().iter().filter(|row| row["incidents"].as_u64() > Some(0)).count();
    // Circles that stand for no count: patterns, and islands in the inset.
    let circles = |drawing: &str| drawing.split("</defs>").last().unwrap().matches("<circle").count();
    let drawn = circles(&svg(&one.public(&format!("{count}&legend=none")).await));
    let of_islands = circles(&svg(&one.public(&format!("/export/svg?{VIEW}&layer=rate&legend=none")).await));
    assert_eq!(drawn - of_islands, shown);
}

#[tokio::test]
async fn png_has_the_size_asked_and_shows_something() {
    let server = TestServer::new();
    for (query, size) in [
        ("", (1200, 800)),
        ("&width=1200&height=630", (1200, 630)),
        ("&width=320&height=240&scale=2&legend=none", (640, 480)),
        ("&width=200&height=200", (200, 200)),
    ] {
        let picture = pixels(&server.public(&format!("/export/png?{VIEW}{query}")).await);
        assert_eq!((picture.width(), picture.height()), size, "{query}");
        assert!(colours(&picture) > 16, "{query} has {} colours", colours(&picture));
        assert!(picture.pixels().iter().all(|pixel| pixel.alpha() == 255), "{query} is see-through somewhere");
    }
}

#[tokio::test]
async fn same_request_gives_the_same_bytes_and_is_known_by_its_tag() {
    let (server, again) = (TestServer::new(), TestServer::new());
    for form in ["svg", "png"] {
        let address = format!("/export/{form}?{VIEW}&width=400&height=300");
        let first = server.public(&address).await;
        assert_eq!(first.bytes, server.public(&address).await.bytes, "the kept picture is another");
        assert_eq!(first.bytes, again.public(&address).await.bytes, "a second server draws another");
        let tag = first.header("etag").to_owned();
        assert_eq!(server.get(&address, &[("if-none-match", &tag)]).await.status, 304);
        assert_eq!(first.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(first.header("cache-control"), "public, max-age=0, stale-while-revalidate=30");
        assert!(first.header("content-security-policy").starts_with("default-src 'none'"));
        let planner = server.with_token(PLANNER, &address).await;
        assert_eq!(planner.header("cache-control"), "private, no-store");
        assert_ne!(planner.header("etag"), tag);
        for other in ["&width=401", "&theme=dark", "&lang=en", "&layer=rate", "&legend=none", "&area=20401"] {
            let other =
                address.replace("&width=400", if other.starts_with("&width") { "" } else { "&width=400" }) + other;
            assert_ne!(server.public(&other).await.header("etag"), tag, "{other}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_drawn_is_refused_in_words() {
    let server = TestServer::new();
    for query in [
        "width=199",
        "width=2401",
        "width=abc",
        "width=-400",
        "width=1e3",
        "height=0",
        "height=99999",
        "width=",
        "scale=0",
        "scale=4",
        "scale=1.5",
        "width=2400&height=2400&scale=2",
        "layer=beauty",
        "theme=pink",
        "legend=maybe",
        "fit=area",
        "fit=page",
        "level=street",
        "lang=fr",
        "colour=red",
        "window=TK-2022&window=TK-2022",
    ] {
        let reply = server.public(&format!("/export/png?{query}")).await;
        assert_eq!(reply.status, 400, "{query}");
        assert!(reply.json()["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
    assert_eq!(server.public(&format!("/export/svg?{VIEW}&scale=2")).await.status, 400, "a drawing has no scale");
    for query in [
        format!("{VIEW}&area=99999"),
        format!("{VIEW}&area=502&level=commune"),
        format!("{VIEW}&area=x%22y"),
        "edition=2019-01".to_owned(),
    ] {
        assert_eq!(server.public(&format!("/export/svg?{query}")).await.status, 404, "{query}");
    }
    assert_eq!(server.public("/export/gif").await.status, 404);
    for query in ["from=2022-01-01&to=2023-01-01", "categories=trom_cap", "min_severity=3", "window=N-2022"] {
        assert_eq!(server.public(&format!("/export/svg?{query}")).await.status, 403, "{query}");
    }
    let free = format!("/export/svg?edition=2025-01&from=2022-01-01&to=2023-01-01&categories=trom_cap&window={WINDOW}");
    assert_eq!(server.with_token(PLANNER, &free).await.status, 400);
}

#[tokio::test]
async fn picture_without_incidents_says_so() {
    let server = desk_with_thefts([0, 0, 0]);
    for layer in themes("light") {
        let drawing = svg(&server.with_token(PLANNER, &format!("/export/svg?{VIEW}&layer={layer}")).await);
        assert!(Document::parse(&drawing).is_ok(), "{layer}");
    }
}
