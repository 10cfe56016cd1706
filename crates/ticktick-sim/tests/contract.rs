//! What the simulator answers, against what the contract says that the service answers.
#![allow(clippy::unwrap_used)]

use ticktick_models::{FixedClock, SignOnAnswer};
use ticktick_raw::{Call, OPERATIONS, Operation, Place, op};
use ticktick_sim::{Collection, DEMO_USER, InProcess, Service, Simulator};

fn demo() -> Service {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    Simulator::builder().demo().clock(FixedClock(noon)).build()
}

/// Sends a call and holds its answer against the contract.
async fn fits(transport: &InProcess, operation: &'static Operation, call: Call) -> String {
    let answer = call.send(transport).await.unwrap();
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(answer.status, 200, "{operation}: {text}");
    let empty_is_fine = operation.returns.empty && text.is_empty();
    let check = (operation.returns.check)(text.as_bytes());
    let sound = check.decodes && check.lossless && check.unknown.is_empty();
    assert!(empty_is_fine || sound, "{operation}: {check:?}");
    text
}

#[tokio::test]
async fn reads_fit() {
    let sim = demo();
    let transport = sim.signed_on(DEMO_USER);
    let id = |collection| sim.objects(DEMO_USER, collection)[1].get("id").unwrap().decode::<String>().unwrap();
    let (task, list) = (id(Collection::Tasks), id(Collection::Projects));
    let reads: Vec<(&'static Operation, Call)> = vec![
        (&op::SYNC_CHECK, Call::new(&op::SYNC_CHECK).path("checkpoint", "0")),
        (&op::SYNC_CHECK_V2, Call::new(&op::SYNC_CHECK_V2).path("checkpoint", "1")),
        (&op::TASK_GET, Call::new(&op::TASK_GET).path("taskId", &task)),
        (&op::TASK_LIST_BY_PROJECT, Call::new(&op::TASK_LIST_BY_PROJECT).path("projectId", &list)),
        (&op::TASK_CLOSED, Call::new(&op::TASK_CLOSED).query("status", "Completed")),
        (&op::TASK_COMPLETED, Call::new(&op::TASK_COMPLETED)),
        (&op::TASK_COMPLETED_IN_ALL, Call::new(&op::TASK_COMPLETED_IN_ALL)),
        (&op::TASK_TRASH, Call::new(&op::TASK_TRASH)),
        (&op::TASK_TRASH_PAGE, Call::new(&op::TASK_TRASH_PAGE)),
        (&op::PROJECT_LIST, Call::new(&op::PROJECT_LIST)),
        (&op::COLUMN_LIST_SINCE, Call::new(&op::COLUMN_LIST_SINCE).query("from", "0")),
        (&op::COLUMN_LIST_BY_PROJECT, Call::new(&op::COLUMN_LIST_BY_PROJECT).path("projectId", &list)),
        (&op::TAG_LIST, Call::new(&op::TAG_LIST)),
        (&op::AUTH_LIST_SESSIONS, Call::new(&op::AUTH_LIST_SESSIONS)),
        (&op::AUTH_MFA_SETTING, Call::new(&op::AUTH_MFA_SETTING)),
        (&op::USER_STATUS, Call::new(&op::USER_STATUS)),
        (&op::USER_PROFILE, Call::new(&op::USER_PROFILE)),
        (&op::USER_SETTINGS, Call::new(&op::USER_SETTINGS)),
        (&op::USER_LIMITS, Call::new(&op::USER_LIMITS)),
        (&op::USER_NOTIFICATIONS, Call::new(&op::USER_NOTIFICATIONS)),
    ];
    for (operation, call) in reads {
        fits(&transport, operation, call).await;
    }
}

#[tokio::test]
async fn writes_fit() {
    let sim = demo();
    let transport = sim.signed_on(DEMO_USER);
    let send = |operation: &'static Operation, body: &'static str| {
        fits(&transport, operation, Call::new(operation).raw_body(body))
    };
    send(&op::TASK_BATCH, r#"{"add":[{"id":"0000000000000000000000a1","projectId":"inbox"}]}"#).await;
    send(&op::TASK_CREATE, r#"{"projectId":"inbox","title":"one"}"#).await;
    let parent = r#"[{"taskId":"0000000000000000000000a1","projectId":"inbox","parentId":""}]"#;
    send(&op::TASK_SET_PARENTS, parent).await;
    send(&op::TASK_MOVE, "[]").await;
    send(&op::PROJECT_CREATE, r#"{"name":"New"}"#).await;
    send(&op::PROJECT_BATCH, r#"{"add":[{"id":"0000000000000000000000b1","name":"a"}]}"#).await;
    send(&op::PROJECT_GROUP_BATCH, r#"{"add":[{"name":"a","listType":"group"}]}"#).await;
    send(&op::COLUMN_SAVE, r#"{"add":[{"projectId":"inbox","name":"a"}]}"#).await;
    send(&op::TAG_BATCH, r#"{"add":[{"name":"a","label":"A"}]}"#).await;
    send(&op::FILTER_BATCH, r#"{"add":[{"name":"a","rule":"{}"}]}"#).await;
    fits(&transport, &op::SYNC_CHECK, Call::new(&op::SYNC_CHECK).path("checkpoint", "1")).await;
}

#[tokio::test]
async fn sign_ons_with_a_second_factor_fit() {
    let sim = Simulator::builder().account("me", "secret").mfa("me", "GEZDGNBVGY3TQOJQ").build();
    let transport = sim.transport();
    let body = r#"{"username":"me","password":"secret"}"#;
    let challenge = fits(&transport, &op::AUTH_SIGN_ON, Call::new(&op::AUTH_SIGN_ON).raw_body(body)).await;
    let challenge: SignOnAnswer = serde_json::from_str(&challenge).unwrap();
    let id = challenge.auth_id.get().unwrap().expose().to_owned();
    let call = |operation: &'static Operation| Call::new(operation).header("x-verify-id", &id);
    fits(&transport, &op::AUTH_MFA_FACTORS, call(&op::AUTH_MFA_FACTORS)).await;
    let request = call(&op::AUTH_MFA_REQUEST_CODE).raw_body(r#"{"method":"mail"}"#);
    fits(&transport, &op::AUTH_MFA_REQUEST_CODE, request).await;
    let code = sim.sent_codes().remove(0).2;
    let verify = format!(r#"{{"method":"mail","code":"{code}"}}"#);
    fits(&transport, &op::AUTH_MFA_VERIFY, call(&op::AUTH_MFA_VERIFY).raw_body(verify)).await;
    fits(&transport, &op::AUTH_LIST_SESSIONS, Call::new(&op::AUTH_LIST_SESSIONS)).await;
}

#[tokio::test]
async fn every_operation_gets_some_answer() {
    let sim = demo();
    for operation in OPERATIONS {
        // Each with a session of its own, since one of them signs off.
        let transport = sim.signed_on(DEMO_USER);
        let places = operation.params.iter().filter(|param| param.place == Place::Path);
        let call = places.fold(Call::new(operation), |call, param| call.path(param.name, "0"));
        let status = call.send(&transport).await.unwrap().status;
        assert!(matches!(status, 200 | 302 | 401 | 404 | 405 | 500 | 501), "{operation}: {status}");
    }
}
