//! The pages, what there is to choose from, and what the server says of itself.

use super::route_description::{OPENAPI, RouteDescription};
use crate::http::answer::{HTML, JSON, TEXT};
use crate::http::observation::metrics::PROMETHEUS;
use crate::service::answers::about::desk::DeskAnswer;
use crate::service::answers::about::imports::ImportsAnswer;
use crate::service::answers::about::meta::MetaAnswer;
use crate::service::answers::about::oembed::OembedAnswer;
use crate::service::answers::about::problem::ProblemKindAnswer;
use crate::service::answers::about::server::{HealthAnswer, ReadinessAnswer, VersionAnswer};
use crate::service::answers::about::sign_in::SignInAnswer;
use crate::service::answers::about::tokens::TokensAnswer;
use crate::service::answers::features::landing::LandingAnswer;

const SERVER: &str = "server";

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    [of_pages(), of_choices(), of_states()].into_iter().flatten().collect()
}

fn of_pages() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/", "page", SERVER, "The map page; for programs the landing page of OGC API.")
            .described("The landing page is answered as JSON where `Accept` likes it better than HTML, or to `f=json`; as a page to `f=html`.")
            .public()
            .text(HTML)
            .typed::<LandingAnswer>(JSON),
        RouteDescription::new("/signed-in", "pageAfterSignIn", SERVER, "The map page, after a sign-in at a provider.")
            .public()
            .text(HTML),
        RouteDescription::new("/embed", "pageForFrames", SERVER, "The map for frames, always as the public sees it.")
            .public()
            .text(HTML),
        RouteDescription::new("/docs", "guide", SERVER, "The guide for makers of portals.").public().text(HTML),
        RouteDescription::new(
            "/methods",
            "methods",
            SERVER,
            "How every number is made: formulas, defaults, sources, limits.",
        )
        .with(&["lang"])
        .public()
        .text(HTML),
        RouteDescription::new("/share/{id}", "sharedView", SERVER, "A view as a page of its own, for networks.")
            .with(&["viewId"])
            .refused(&[403, 404])
            .public()
            .text(HTML),
        RouteDescription::new("/oembed", "oembed", SERVER, "oEmbed 1.0: the frame for an address of this site.")
            .with(&["url", "maxwidth", "maxheight", "format"])
            .refused(&[403, 404, 501])
            .public()
            .typed::<OembedAnswer>(JSON),
    ]
}

fn of_choices() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/api", "openapi", SERVER, "This document.")
            .described("In OpenAPI 3.1 unless `f` or the version of the media type asks for 3.0.")
            .with(&["formOfApi", "lang"])
            .object(OPENAPI, "OpenAPI 3.1, or 3.0.")
            .text(HTML),
        RouteDescription::new("/sign-in", "signIn", SERVER, "How somebody signs in: the provider, where there is one.")
            .public()
            .uncached()
            .typed::<SignInAnswer>(JSON),
        RouteDescription::new("/meta", "meta", SERVER, "What a page needs to draw itself.").typed::<MetaAnswer>(JSON),
        RouteDescription::new("/problems/{kind}", "problemKind", SERVER, "What a kind of problem means.")
            .with(&["problemKind"])
            .refused(&[404])
            .public()
            .uncached()
            .typed::<ProblemKindAnswer>(JSON),
    ]
}

fn of_states() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/version", "version", SERVER, "Which program serves which epoch under which rules.")
            .typed::<VersionAnswer>(JSON),
        RouteDescription::new("/metrics", "metrics", SERVER, "Numbers for a monitoring system, for operators.")
            .refused(&[403])
            .for_operators()
            .uncached()
            .text(PROMETHEUS),
        RouteDescription::new("/desk", "desk", SERVER, "How the server does, for operators.")
            .described("What is served, the store, connections, work and caches as they are now, and the last import.")
            .refused(&[403])
            .for_operators()
            .uncached()
            .typed::<DeskAnswer>(JSON),
        RouteDescription::new("/imports", "imports", SERVER, "The last imports with their reports, for operators.")
            .described("Of rejected rows: line, field and reason, never the value.")
            .refused(&[403])
            .for_operators()
            .uncached()
            .typed::<ImportsAnswer>(JSON),
        RouteDescription::new("/tokens", "tokens", SERVER, "The tokens that open roles, for operators.")
            .described(
                "By label, role and the beginning of their hash, with the requests since the start; never a token.",
            )
            .refused(&[403])
            .for_operators()
            .uncached()
            .typed::<TokensAnswer>(JSON),
        RouteDescription::new("/.well-known/security.txt", "securityContact", SERVER, "Where faults are reported.")
            .refused(&[404])
            .public()
            .uncached()
            .text(TEXT),
        RouteDescription::new("/healthz", "health", SERVER, "200 as long as the server runs.")
            .public()
            .uncached()
            .typed::<HealthAnswer>(JSON),
        RouteDescription::new("/readyz", "readiness", SERVER, "200 once an edition is served, 503 before.")
            .public()
            .uncached()
            .typed::<ReadinessAnswer>(JSON),
    ]
}
