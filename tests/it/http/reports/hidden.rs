//! Nothing of a report that was not judged reaches anybody but an operator.

use serde_json::json;

use super::{Desk, FIRST};
use crate::support::snapshot::{COMMANDER, PLANNER, WINDOW, tile_at};

/// What is asked for by every role.
fn addresses() -> Vec<String> {
    let (x, y) = tile_at(9, 108.05, 15.55);
    let mut addresses: Vec<String> =
        ["/", "/embed", "/meta", "/version", "/tiles", "/tiles/map", "/styles/light", "/api"].map(str::to_owned).into();
    for edition in ["2025-01", "2025-07"] {
        let filter = format!("edition={edition}&window={WINDOW}");
        addresses.extend([
            format!("/ratings?{filter}"),
            format!("/ratings?{filter}&f=csv"),
            format!("/areas?{filter}"),
            format!("/series?{filter}&areas=20335"),
            format!("/models?{filter}"),
            format!("/incidents?{filter}"),
            format!("/incidents?{filter}&located=false"),
            format!("/tiles/map/9/{x}/{y}?{filter}"),
            format!("/tiles/incidents/9/{x}/{y}?{filter}"),
            format!("/export/svg?{filter}&width=600&height=400"),
            format!("/areas/{edition}/20335?window={WINDOW}"),
            format!("/areas/{edition}/20335/explanation?window={WINDOW}"),
            format!("/gazetteer?edition={edition}"),
        ]);
    }
    for wide in ["/incidents?from=2026-01-01&to=2027-01-01", "/ratings?from=2026-01-01&to=2027-01-01"] {
        addresses.push(wide.to_owned());
    }
    addresses
        .extend(["/reports", "/reports?view=judged", "/reports/0000000000", "/desk", "/hooks/zalo"].map(str::to_owned));
    addresses
}

#[tokio::test]
async fn no_answer_to_the_public_to_planners_or_to_commanders_knows_of_a_report() {
    let desk = Desk::new().await;
    let answers = async || {
        let mut answers = Vec::new();
        for address in addresses() {
            let public = desk.server.public(&address).await;
            let planner = desk.get(PLANNER, &address).await;
            let commander = desk.get(COMMANDER, &address).await;
            for (role, answer) in [("public", public), ("planner", planner), ("commander", commander)] {
                answers.push((role, address.clone(), answer.status, answer.header("etag").to_owned(), answer.bytes));
            }
        }
        answers
    };
    let before = answers().await;
    let number = desk.taken_in(|_| ()).await;
    desk.operate(FIRST, "POST", &format!("/reports/{number}/claim"), "").await;
    let rejected = desk.taken_in(|_| ()).await;
    desk.judge(FIRST, &rejected, 1, &json!({ "decision": "reject", "reason": "Không có thật" })).await;
    let after = answers().await;
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other, "{} {}", one.0, one.1);
    }
    let bytes: Vec<u8> = after.into_iter().flat_map(|answer| answer.4).collect();
    for secret in [number.as_bytes(), rejected.as_bytes(), "Mất xe máy".as_bytes()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
}

#[tokio::test]
async fn every_address_of_the_desk_is_closed_to_all_but_operators() {
    let desk = Desk::new().await;
    let number = desk.taken_in(|_| ()).await;
    let requests = [
        ("GET", "/reports".to_owned()),
        ("GET", format!("/reports/{number}")),
        ("POST", format!("/reports/{number}/claim")),
        ("DELETE", format!("/reports/{number}/claim")),
        ("POST", format!("/reports/{number}/judgement")),
    ];
    for (method, path) in requests {
        assert_eq!(desk.send(method, &path, &[], "{}").await.status, 401, "{method} {path}");
        for token in [PLANNER, COMMANDER] {
            let refused = desk.operate(token, method, &path, "{}").await;
            assert_eq!(refused.status, 403, "{method} {path}");
            // Whether there is such a report is not told either.
            let other = path.replace(&number, "0000000000");
            let same = desk.operate(token, method, &other, "{}").await;
            assert_eq!(same.status, 403, "{method} {other}");
        }
    }
}
