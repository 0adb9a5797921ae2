//! A tile of incidents says whether it shows sums in place of single incidents.

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, tile_at};

async fn aggregated(token: &str, z: u8) -> (u16, String) {
    let server = TestServer::new();
    let (x, y) = tile_at(z, 108.05, 15.55);
    let reply = server.with_token(token, &format!("/tiles/incidents/{z}/{x}/{y}?window={WINDOW}")).await;
    (reply.status.as_u16(), reply.header("binhyen-aggregated").to_owned())
}

#[tokio::test]
async fn commanders_get_cells_at_low_zooms_and_single_incidents_at_high_ones() {
    assert_eq!(aggregated(COMMANDER, 6).await, (200, "cells".to_owned()));
    assert_eq!(aggregated(COMMANDER, 10).await, (200, String::new()));
}

#[tokio::test]
async fn planners_never_get_single_incidents() {
    let (status, word) = aggregated(PLANNER, 12).await;
    assert!(status == 204 || word == "squares", "{status} {word}");
}
