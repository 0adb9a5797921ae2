//! Word from people and from other servers, and what operators make of it.

use utoipa::openapi::path::HttpMethod;

use super::route_description::RouteDescription;
use crate::http::answer::{JSON, TEXT};
use crate::service::answers::reports::{
    ChallengeAnswer, HookAnswer, ReceiptAnswer, ReportAnswer, ReportQueueAnswer, ReportReviewAnswer,
};
use crate::service::intake::{JudgementRequest, ReportSubmission};

const REPORTS: &str = "reports";

/// The routes of reports.
pub(super) fn all() -> Vec<RouteDescription> {
    // What is read of a path stands first: its parameters are those of the path.
    [of_the_desk(), of_the_form(), of_hooks()].into_iter().flatten().collect()
}

fn of_the_form() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new(
            "/reports/challenge",
            "reportChallenge",
            REPORTS,
            "A challenge, and what may be reported.",
        )
        .described("The work of a report, in place of a riddle: a number such that a hash begins with zeros.")
        .refused(&[501])
        .public()
        .uncached()
        .typed::<ChallengeAnswer>(JSON),
        RouteDescription::new("/reports", "sendReport", REPORTS, "Takes a report in.")
            .described(
                "Answered when the report is on the disk. The same body may be sent again when its answer was lost: it \
                 gets the same number, for seven days.",
            )
            .taking(HttpMethod::Post)
            .refused(&[409, 415, 501])
            .public()
            .sent::<ReportSubmission>()
            .creating()
            .typed::<ReceiptAnswer>(JSON),
        RouteDescription::new("/reports/{number}/status", "reportStatus", REPORTS, "How far a report is handled.")
            .with(&["reportNumber"])
            .refused(&[404])
            .public()
            .uncached()
            .typed::<ReceiptAnswer>(JSON),
    ]
}

fn of_the_desk() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/reports", "reports", REPORTS, "The queue of reports, for operators.")
            .with(&["view", "limitOfReports", "cursorOfReports"])
            .refused(&[403])
            .for_operators()
            .typed::<ReportQueueAnswer>(JSON),
        RouteDescription::new(
            "/reports/{number}",
            "report",
            REPORTS,
            "A report beside what is near it, for operators.",
        )
        .with(&["reportNumber"])
        .refused(&[403, 404])
        .for_operators()
        .uncached()
        .typed::<ReportReviewAnswer>(JSON),
        RouteDescription::new(
            "/reports/{number}/claim",
            "claimReport",
            REPORTS,
            "Keeps other operators away for a while.",
        )
        .with(&["reportNumber"])
        .taking(HttpMethod::Post)
        .refused(&[403, 404, 409])
        .for_operators()
        .typed::<ReportAnswer>(JSON),
        RouteDescription::new("/reports/{number}/claim", "releaseReport", REPORTS, "Gives a claimed report back.")
            .with(&["reportNumber"])
            .taking(HttpMethod::Delete)
            .refused(&[403, 404, 409])
            .for_operators()
            .typed::<ReportAnswer>(JSON),
        RouteDescription::new("/reports/{number}/judgement", "judgeReport", REPORTS, "Judges a report.")
            .described("What is accepted becomes an incident in the same transaction.")
            .with(&["reportNumber", "ifMatch"])
            .taking(HttpMethod::Post)
            .refused(&[403, 404, 409, 412, 415, 428])
            .for_operators()
            .sent::<JudgementRequest>()
            .typed::<ReportAnswer>(JSON),
    ]
}

fn of_hooks() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new(
            "/hooks/{channel}",
            "verifyHook",
            REPORTS,
            "Whether this address is meant, for Facebook.",
        )
        .with(&["hookChannel", "hub.mode", "hub.verify_token", "hub.challenge"])
        .refused(&[401, 404])
        .public()
        .uncached()
        .text(TEXT),
        RouteDescription::new(
            "/hooks/{channel}",
            "receiveHook",
            REPORTS,
            "Takes a signed message of another server in.",
        )
        .described("By the rules of Zalo, of Facebook, or by our own, whose sender learns the number of the report.")
        .taking(HttpMethod::Post)
        .with(&["hookChannel"])
        .with_own(&["hookTimestamp", "hookSignature"])
        .refused(&[401, 404])
        .public()
        .sent_object("What the rules of the channel say.")
        .typed::<ReceiptAnswer>(JSON)
        .or_typed::<HookAnswer>(),
    ]
}
