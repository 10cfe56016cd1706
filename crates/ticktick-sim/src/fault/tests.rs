use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use ticktick_models::{BatchTasks, Task};
use ticktick_raw::{Error, ErrorClass, SendKind, op, project, tag, task};

use super::*;
use crate::InProcess;
use crate::exchange::reply::Reply;
use crate::generated::faults::{Fault, RetryAfter};
use crate::server::testing::{Tester, USER, id, tester, tester_with};

fn read(tester: &Tester) -> Reply {
    tester.send("GET", "/api/v2/tags", "")
}

fn write(tester: &Tester) -> Reply {
    tester.send("POST", "/api/v2/batch/task", json!({ "add": [{ "id": id(1), "title": "a" }] }).to_string())
}

fn is_applied(tester: &Tester) -> bool {
    tester.service.faults().clear();
    tester.send("GET", &format!("/api/v2/task/{}", id(1)), "").status == 200
}

fn text(reply: &Reply) -> &str {
    std::str::from_utf8(&reply.body).unwrap()
}

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    reply.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

#[test]
fn each_next_is_for_one_request() {
    let tester = tester();
    tester.service.faults().next(&op::TAG_LIST, Fault::TooBusy);
    tester.service.faults().next(&op::TAG_LIST, Fault::Html);
    tester.get("/api/v2/projects");
    read(&tester).refused(500, "too_busy");
    assert!(text(&read(&tester)).starts_with("<!doctype html>"));
    read(&tester).value(200);
    assert!(tester.service.faults().list().is_empty());
}

#[test]
fn a_rule_that_matches_no_request_is_refused_in_code_too() {
    let wrong = || {
        [
            Rule::new(Fault::TooBusy).path("api/v2/tags"),
            Rule::new(Fault::Html).probability(f64::NAN),
            Rule::new(Fault::TooBusy).times(0),
            Rule::new(Fault::Drip { bytes: 0, ms: 1 }),
        ]
    };
    for rule in wrong() {
        let error = crate::Simulator::builder().fault(rule).open().unwrap_err().to_string();
        assert!(error.starts_with("fault rule: ") && error.contains(": expected"), "{error}");
    }
    for rule in wrong() {
        let service = tester().service;
        let added = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| service.faults().add(rule)));
        assert!(added.is_err());
        assert!(service.faults().list().is_empty());
    }
}

#[test]
fn rules_skip_count_and_toss_a_coin() {
    let tester = tester();
    let busy = || Rule::new(Fault::TooBusy);
    tester.service.faults().add(busy().path("/api/v2/tags").method("get").skip(1).times(1));
    let statuses = |count| (0..count).map(|_| read(&tester).status).collect::<Vec<_>>();
    assert_eq!(statuses(3), [200, 500, 200]);
    let toss = |seed| {
        let tester = tester_with(|builder| builder.seed(seed).fault(busy().probability(0.5)));
        (0..64).map(|_| read(&tester).status == 500).collect::<Vec<_>>()
    };
    let struck = toss(7).iter().filter(|struck| **struck).count();
    assert!((16..48).contains(&struck), "{struck}");
    assert_eq!(toss(7), toss(7));
    assert_ne!(toss(7), toss(8));
}

#[test]
fn an_answer_of_ones_own_and_nothing_is_done() {
    let tester = tester();
    let fault = r#"{"status":{"status":503,"headers":{"X-Why":"maintenance"},"body":"later"}}"#;
    tester.service.faults().next(&op::TASK_BATCH, serde_json::from_str(fault).unwrap());
    let reply = write(&tester);
    assert_eq!(reply.status, 503);
    assert_eq!(text(&reply), "later");
    assert_eq!(header(&reply, "x-why"), Some("maintenance"));
    assert!(!is_applied(&tester));
}

#[test]
fn slow_down_says_when_to_come_again() {
    let tester = tester();
    for (retry_after, says) in [
        (RetryAfter::None, None),
        (RetryAfter::Seconds(30), Some("30")),
        (RetryAfter::Date(30), Some("Sun, 01 Mar 2026 12:00:30 GMT")),
    ] {
        tester.service.faults().next(&op::TAG_LIST, Fault::TooManyRequests { retry_after });
        let reply = read(&tester);
        assert_eq!(reply.status, 429);
        assert_eq!(header(&reply, "retry-after"), says);
    }
}

#[test]
fn the_rate_of_a_minute_is_limited_for_a_while() {
    let tester = tester();
    let limit = Rule::new(Fault::RateLimit { per_minute: 3, seconds: 60 });
    tester.service.faults().add(limit.operation(&op::TAG_LIST));
    let advance = |seconds| tester.service.clock().advance(SignedDuration::from_secs(seconds));
    for _ in 0..3 {
        read(&tester).value(200);
        advance(10);
    }
    read(&tester).refused(500, "exceed_query_limit");
    tester.get("/api/v2/projects");
    advance(59);
    read(&tester).refused(500, "exceed_query_limit");
    advance(1);
    for _ in 0..6 {
        read(&tester).value(200);
        advance(20);
    }
}

#[test]
fn a_session_ends_in_mid_flow() {
    let tester = tester();
    tester.service.faults().next(&op::TASK_BATCH, Fault::ExpireSession);
    write(&tester).refused(401, "user_not_sign_on");
    read(&tester).refused(401, "user_not_sign_on");
    assert!(tester.service.objects(USER, crate::Collection::Tasks).is_empty());
}

#[test]
fn bodies_are_damaged_after_the_request_is_applied() {
    let whole = text(&write(&tester())).to_owned();
    let damaged = |fault: Fault| {
        let tester = tester();
        tester.service.faults().next(&op::TASK_BATCH, fault);
        let reply = write(&tester);
        assert!(is_applied(&tester));
        reply
    };
    assert_eq!(text(&damaged(Fault::Truncate)), &whole[..whole.len() / 2]);
    assert_eq!(text(&damaged(Fault::Double)), format!("{whole}{whole}"));
    let reply = damaged(Fault::ContentType { value: "text/plain".into() });
    assert_eq!(text(&reply), whole.as_str());
    assert_eq!(header(&reply, "content-type"), Some("text/plain"));
    let reply = damaged(Fault::GzipDamage);
    assert_eq!(header(&reply, "content-encoding"), Some("gzip"));
    assert_eq!(reply.body[..2], [0x1f, 0x8b][..]);
    let reply = damaged(Fault::StaleEtag).value(200);
    assert_eq!(reply["id2etag"], json!({ id(1): "simstale" }));
}

#[test]
fn etags_are_stale_in_objects_too() {
    let tester = tester();
    let before = tester.add(&json!({ "title": "a" }));
    let path = format!("/api/v2/task/{}", before["id"].as_str().unwrap());
    tester.service.faults().next(&op::TASK_GET, Fault::StaleEtag);
    let mut stale = tester.get(&path);
    assert_eq!(stale["etag"], "simstale");
    stale["etag"] = before["etag"].clone();
    assert_eq!(stale, tester.get(&path));
}

#[test]
fn what_no_client_has_seen_is_in_every_object() {
    let tester = tester();
    let add = r#"{"add":[{"title":"a","items":[{"title":"one","status":0}],"strange":1.50}]}"#;
    tester.send("POST", "/api/v2/batch/task", add).value(200);
    let answer = |fault| {
        tester.service.faults().next(&op::SYNC_CHECK, fault);
        tester.send("GET", "/api/v3/batch/check/0", "")
    };
    let check = op::SYNC_CHECK.returns.check;
    let reply = answer(Fault::UnknownField);
    assert!(text(&reply).contains(r#""strange":1.50"#), "numbers keep their text");
    let found = check(&reply.body);
    assert!(found.decodes && found.lossless, "{found:?}");
    for place in ["$.simUnknownField", "$.syncTaskBean.update[0].items[0].simUnknownField"] {
        assert!(found.unknown.iter().any(|unknown| unknown == place), "{place}: {found:?}");
    }
    let found = check(&answer(Fault::UnknownEnum).body);
    assert!(found.decodes && found.lossless, "{found:?}");
    for place in ["$.syncTaskBean.update[0].kind", "$.syncTaskBean.update[0].items[0].status"] {
        assert!(found.unknown.iter().any(|unknown| unknown == place), "{place}: {found:?}");
    }
}

fn signed_on(tester: &Tester) -> InProcess {
    tester.service.signed_on(USER)
}

async fn send_one(client: &InProcess) -> Result<(), Error> {
    let mut batch = BatchTasks::default();
    batch.add.push(Task::new(id(1), "inbox120000001"));
    task::batch(client, &batch).await.map(drop)
}

#[tokio::test]
async fn a_reset_comes_before_or_after_the_request() {
    for (fault, applied) in [(Fault::Reset, false), (Fault::LoseAnswer, true), (Fault::BreakBody, true)] {
        let tester = tester();
        let client = signed_on(&tester);
        let is_half = fault == Fault::BreakBody;
        tester.service.faults().next(&op::TASK_BATCH, fault.clone());
        let error = send_one(&client).await.unwrap_err();
        assert!(matches!(error, Error::Send { kind: SendKind::Other, .. }), "{fault:?}: {error}");
        assert_eq!(tester.service.requests()[0].status, if is_half { 200 } else { 0 });
        assert_eq!(is_applied(&tester), applied, "{fault:?}");
    }
}

#[tokio::test]
async fn what_is_answered_late_moves_the_clock() {
    let tester = tester_with(|builder| builder.latency(Duration::from_millis(250)));
    let client = signed_on(&tester);
    let start = tester.service.clock().now();
    let passed = || tester.service.clock().now().duration_since(start).as_millis();
    tag::list(&client).await.unwrap();
    assert_eq!(passed(), 250);
    tester.service.faults().add(Rule::new(Fault::Latency { ms: 500 }).times(1));
    tester.service.faults().add(Rule::new(Fault::Latency { ms: 1000 }).times(1));
    tester.service.faults().next(&op::TAG_LIST, Fault::TooBusy);
    assert!(tag::list(&client).await.is_err());
    assert_eq!(passed(), 250 + 1750);
    tester.service.faults().next(&op::TAG_LIST, Fault::Drip { bytes: 1, ms: 100 });
    tag::list(&client).await.unwrap();
    assert_eq!(passed(), 250 + 1750 + 250 + 200, "two bytes");
}

#[tokio::test]
async fn clients_tell_the_refusals_apart() {
    let tester = tester();
    let client = signed_on(&tester);
    let rate = Fault::RateLimit { per_minute: 0, seconds: 60 };
    let retry_after = RetryAfter::Seconds(7);
    for (fault, class) in [
        (Fault::TooBusy, ErrorClass::Transient),
        (rate, ErrorClass::RateLimited),
        (Fault::TooManyRequests { retry_after }, ErrorClass::RateLimited),
        (Fault::ExpireSession, ErrorClass::SessionExpired),
    ] {
        tester.service.faults().next(&op::PROJECT_LIST, fault.clone());
        let error = project::list(&client).await.unwrap_err();
        assert_eq!(error.class(), Some(class), "{fault:?}");
    }
    let client = signed_on(&tester);
    tester.service.faults().next(&op::PROJECT_LIST, Fault::GzipDamage);
    let error = project::list(&client).await.unwrap_err();
    assert!(matches!(error, Error::Send { .. }), "{error}");
    for fault in [Fault::Html, Fault::Truncate, Fault::Double] {
        tester.service.faults().next(&op::PROJECT_LIST, fault.clone());
        assert!(project::list(&client).await.is_err(), "{fault:?}");
    }
    assert_eq!(project::list(&client).await.unwrap(), []);
}

#[test]
fn rules_of_a_file_are_there_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.json");
    std::fs::write(&path, r#"[{"path":"/api/","times":1,"do":"too_busy"}]"#).unwrap();
    let tester = tester_with(|builder| builder.faults_file(&path));
    read(&tester).refused(500, "too_busy");
    assert_eq!(json!(tester.service.faults().list()), json!([]));
    tester.service.reset();
    assert_eq!(tester.service.faults().list().len(), 1);
    std::fs::write(&path, "[\n{\"do\":\"to_busy\"}]").unwrap();
    let error = crate::Simulator::builder().faults_file(&path).open().unwrap_err().to_string();
    assert!(error.contains("faults.json") && error.contains("$[0]: `do`: unknown variant `to_busy`"), "{error}");
}
