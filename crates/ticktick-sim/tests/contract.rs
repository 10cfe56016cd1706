//! Compares the responses of the simulator with the contract.
#![allow(clippy::unwrap_used)]

use ticktick_models::{FixedClock, FocusRecord, Object, Permission, SignOnAnswer, Task};
use ticktick_raw::{Call, FileUpload, OPERATIONS, Operation, Place, op};
use ticktick_sim::{Collection, DEMO_USER, InProcess, Service, Simulator};

fn demo() -> Service {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    Simulator::builder().demo().clock(FixedClock(noon)).build()
}

/// Sends a call and checks its response against the contract.
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
    let (task, project) = (id(Collection::Tasks), id(Collection::Projects));
    let reads: Vec<(&'static Operation, Call)> = vec![
        (&op::SYNC_CHECK, Call::new(&op::SYNC_CHECK).path("checkpoint", "0")),
        (&op::SYNC_CHECK_V2, Call::new(&op::SYNC_CHECK_V2).path("checkpoint", "1")),
        (&op::TASK_GET, Call::new(&op::TASK_GET).path("taskId", &task)),
        (&op::TASK_LIST_BY_PROJECT, Call::new(&op::TASK_LIST_BY_PROJECT).path("projectId", &project)),
        (&op::TASK_CLOSED, Call::new(&op::TASK_CLOSED).query("status", "Completed")),
        (&op::TASK_COMPLETED, Call::new(&op::TASK_COMPLETED)),
        (&op::TASK_COMPLETED_IN_ALL, Call::new(&op::TASK_COMPLETED_IN_ALL)),
        (&op::TASK_TRASH, Call::new(&op::TASK_TRASH)),
        (&op::TASK_TRASH_PAGE, Call::new(&op::TASK_TRASH_PAGE)),
        (&op::PROJECT_LIST, Call::new(&op::PROJECT_LIST)),
        (&op::COLUMN_LIST_SINCE, Call::new(&op::COLUMN_LIST_SINCE).query("from", "0")),
        (&op::COLUMN_LIST_BY_PROJECT, Call::new(&op::COLUMN_LIST_BY_PROJECT).path("projectId", &project)),
        (&op::TAG_LIST, Call::new(&op::TAG_LIST)),
        (&op::AUTH_LIST_SESSIONS, Call::new(&op::AUTH_LIST_SESSIONS)),
        (&op::AUTH_MFA_SETTING, Call::new(&op::AUTH_MFA_SETTING)),
        (&op::SEARCH_ALL, Call::new(&op::SEARCH_ALL).query("keywords", "the")),
        (&op::TEMPLATE_LIST, Call::new(&op::TEMPLATE_LIST)),
        (&op::TEMPLATE_LIST_PROJECT_TEMPLATES, Call::new(&op::TEMPLATE_LIST_PROJECT_TEMPLATES).query("timestamp", "0")),
        (&op::COUNTDOWN_LIST, Call::new(&op::COUNTDOWN_LIST)),
        (&op::ATTACHMENT_QUOTA, Call::new(&op::ATTACHMENT_QUOTA)),
        (&op::ATTACHMENT_DAILY_LIMIT, Call::new(&op::ATTACHMENT_DAILY_LIMIT)),
        (&op::TASK_ACTIVITY, Call::new(&op::TASK_ACTIVITY).path("taskId", &task)),
        (&op::PROJECT_USERS, Call::new(&op::PROJECT_USERS).path("projectId", &project)),
        (&op::PROJECT_SHARES, Call::new(&op::PROJECT_SHARES).path("projectId", &project)),
        (&op::PROJECT_CHECK_SHARE_QUOTA, Call::new(&op::PROJECT_CHECK_SHARE_QUOTA).path("projectId", &project)),
        (&op::PROJECT_INVITE_URL, Call::new(&op::PROJECT_INVITE_URL).path("projectId", &project)),
        (&op::PROJECT_SHARE_CONTACTS, Call::new(&op::PROJECT_SHARE_CONTACTS)),
        (&op::PROJECT_RECENT_USERS, Call::new(&op::PROJECT_RECENT_USERS)),
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
async fn reads_of_habits_focus_and_calendars_fit() {
    let sim = demo();
    let transport = sim.signed_on(DEMO_USER);
    let id = |collection| sim.objects(DEMO_USER, collection)[0].get("id").unwrap().decode::<String>().unwrap();
    let (habit, timer) = (id(Collection::Habits), id(Collection::Timers));
    let records = sim.objects(DEMO_USER, Collection::FocusRecords);
    let stretch = |record: &Object| record.decode::<FocusRecord>().unwrap().tasks[0].task_id.as_ref().cloned();
    let task = records.iter().find_map(stretch).unwrap();
    let tasks = sim.objects(DEMO_USER, Collection::Tasks);
    let task: Task = tasks.iter().map(|object| object.decode().unwrap()).find(|found: &Task| found.id == task).unwrap();
    let days = |operation| Call::new(operation).path("from", "20260601").path("to", "20260701");
    let millis = |operation| Call::new(operation).query("from", "0").query("to", "1900000000000");
    let of_timer = |operation| Call::new(operation).path("timerId", &timer);
    let of_habit = |operation| Call::new(operation).raw_body(format!(r#"{{"habitIds":["{habit}"],"afterStamp":0}}"#));
    let about = Call::new(&op::FOCUS_BY_TASK).query("projectId", &task.project_id).query("taskId", &task.id);
    let range = r#"{"begin":"2026-06-01T00:00:00.000+0000","end":"2026-08-01T00:00:00.000+0000"}"#;
    let plain: [&'static Operation; 18] = [
        &op::HABIT_LIST,
        &op::HABIT_LIST_SECTIONS,
        &op::HABIT_PREFERENCES,
        &op::HABIT_WEEK_STATISTICS,
        &op::HABIT_EXPORT,
        &op::FOCUS_TIMELINE,
        &op::FOCUS_STATISTICS_GENERAL,
        &op::FOCUS_LIST_TIMERS,
        &op::STATISTICS_GENERAL,
        &op::STATISTICS_RANKING,
        &op::STATISTICS_USER_STATISTICS,
        &op::CALENDAR_THIRD_ACCOUNTS,
        &op::CALENDAR_SUBSCRIPTIONS,
        &op::CALENDAR_BOUND_EVENTS,
        &op::CALENDAR_ARCHIVED_EVENTS,
        &op::USER_DAILY_REMINDER,
        &op::USER_POMODORO,
        &op::USER_UNREAD_NOTIFICATIONS,
    ];
    let plain = plain.into_iter().map(|operation| (operation, Call::new(operation)));
    let others: Vec<(&'static Operation, Call)> = vec![
        (&op::HABIT_QUERY_CHECK_INS, of_habit(&op::HABIT_QUERY_CHECK_INS)),
        (&op::HABIT_RECORDS, of_habit(&op::HABIT_RECORDS)),
        (&op::HABIT_RECORDS_ALIAS, of_habit(&op::HABIT_RECORDS_ALIAS)),
        (&op::FOCUS_POMODOROS, millis(&op::FOCUS_POMODOROS)),
        (&op::FOCUS_TIMINGS, millis(&op::FOCUS_TIMINGS)),
        (&op::FOCUS_BY_TASK, about),
        (&op::FOCUS_HEATMAP, days(&op::FOCUS_HEATMAP)),
        (&op::FOCUS_DISTRIBUTION, days(&op::FOCUS_DISTRIBUTION)),
        (&op::FOCUS_DISTRIBUTION_BY_CLOCK, days(&op::FOCUS_DISTRIBUTION_BY_CLOCK)),
        (&op::FOCUS_DISTRIBUTION_BY_CLOCK_DAY, days(&op::FOCUS_DISTRIBUTION_BY_CLOCK_DAY)),
        (&op::FOCUS_TIMER_OVERVIEW, of_timer(&op::FOCUS_TIMER_OVERVIEW)),
        (&op::STATISTICS_TASK_STATISTICS, days(&op::STATISTICS_TASK_STATISTICS)),
        (&op::CALENDAR_BOUND_EVENTS_BETWEEN, Call::new(&op::CALENDAR_BOUND_EVENTS_BETWEEN).raw_body(range)),
        (&op::USER_EXT, Call::new(&op::USER_EXT).query("mtime", "0")),
    ];
    for (operation, call) in plain.chain(others) {
        let text = fits(&transport, operation, call).await;
        assert!(!matches!(text.as_str(), "[]" | "{}" | "0"), "{operation}: the demo has something of everything");
    }
}

#[tokio::test]
async fn writes_of_habits_and_focus_fit() {
    let sim = demo();
    let transport = sim.signed_on(DEMO_USER);
    let send = |operation: &'static Operation, body: &'static str| {
        fits(&transport, operation, Call::new(operation).raw_body(body))
    };
    let (one, other) = ("0000000000000000000000a1", "0000000000000000000000a2");
    let record = r#"{"add":[{"startTime":"2026-06-01T08:00:00.000+0000","endTime":"2026-06-01T09:00:00.000+0000"}]}"#;
    send(&op::HABIT_BATCH, r#"{"add":[{"id":"0000000000000000000000a1","name":"a"}]}"#).await;
    send(&op::HABIT_BATCH_CHECK_INS, r#"{"add":[{"habitId":"0000000000000000000000a1","checkinStamp":20260701}]}"#)
        .await;
    send(&op::HABIT_CHECK_IN, r#"{"habitId":"0000000000000000000000a1","checkinStamp":"20260630"}"#).await;
    send(&op::HABIT_BATCH_SECTIONS, r#"{"add":[{"name":"a"}]}"#).await;
    send(&op::FOCUS_BATCH_POMODOROS, record).await;
    send(&op::FOCUS_BATCH_TIMINGS, record).await;
    send(&op::FOCUS_DELETE_RECORDS, r#"{"pomodoroIds":[],"timingIds":[]}"#).await;
    send(&op::FOCUS_BATCH_TIMERS, r#"{"add":[{"name":"a"}]}"#).await;
    for (id, op) in [(one, "start"), (other, "pause"), ("0000000000000000000000a3", "finish")] {
        let body = format!(r#"{{"lastPoint":0,"opList":[{{"id":"{id}","oId":"{one}","op":"{op}","duration":25}}]}}"#);
        fits(&transport, &op::FOCUS_OPERATE, Call::new(&op::FOCUS_OPERATE).raw_body(body)).await;
    }
    send(&op::USER_UPDATE_EXT, r#"{"matrix":{"mtime":1}}"#).await;
    send(&op::USER_UPDATE_SETTINGS, r#"{"theme":"night"}"#).await;
    send(&op::USER_POST_SETTINGS, r#"{"theme":"light"}"#).await;
    for operation in [&op::HABIT_LIST, &op::FOCUS_TIMELINE, &op::FOCUS_LIST_TIMERS, &op::USER_SETTINGS] {
        fits(&transport, operation, Call::new(operation)).await;
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
    send(&op::TAG_PIN, r#"{"projectPinned":{"add":["a"]},"type":7}"#).await;
    send(&op::TAG_COMPLETED_TASKS, r#"{"tags":["errands","a"],"token":"","limit":50}"#).await;
    send(&op::TASK_CLOSE_REMIND, "{}").await;
    send(&op::TASK_ACTIVITY_COUNTS, r#"{"action":"T_DUE"}"#).await;
    send(&op::PROJECT_GROUP_CREATE, r#"{"name":"a"}"#).await;
    send(&op::COUNTDOWN_BATCH, r#"{"add":[{"name":"Trip","date":20260901}]}"#).await;
    fits(&transport, &op::COUNTDOWN_LIST, Call::new(&op::COUNTDOWN_LIST)).await;
    for checkpoint in ["0", "1"] {
        fits(&transport, &op::SYNC_CHECK, Call::new(&op::SYNC_CHECK).path("checkpoint", checkpoint)).await;
    }
}

#[tokio::test]
async fn shared_projects_fit() {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    let builder = Simulator::builder().demo().account("guest@example.com", "x").clock(FixedClock(noon));
    let sim = builder.share(DEMO_USER, "Family", "guest@example.com", Permission::Write).build();
    let transport = sim.signed_on("guest@example.com");
    let project = sim.share(DEMO_USER, "Family", "guest@example.com", Permission::Write);
    let on_project = |operation: &'static Operation| Call::new(operation).path("projectId", project.as_str());
    for operation in [&op::PROJECT_USERS, &op::PROJECT_SHARES, &op::COLUMN_LIST_BY_PROJECT] {
        fits(&transport, operation, on_project(operation)).await;
    }
    for operation in [&op::PROJECT_LIST, &op::PROJECT_RECENT_USERS, &op::PROJECT_SHARE_CONTACTS] {
        fits(&transport, operation, Call::new(operation)).await;
    }
    let owner = sim.signed_on(DEMO_USER);
    fits(&owner, &op::PROJECT_CREATE_INVITE, on_project(&op::PROJECT_CREATE_INVITE)).await;
    fits(&owner, &op::PROJECT_REVOKE_INVITE, on_project(&op::PROJECT_REVOKE_INVITE)).await;
    let add = format!(r#"{{"add":[{{"id":"0000000000000000000000a1","projectId":"{project}"}}]}}"#);
    fits(&owner, &op::TASK_BATCH, Call::new(&op::TASK_BATCH).raw_body(add)).await;
    let body = format!(r#"[{{"assignee":"120000002","projectId":"{project}","taskId":"0000000000000000000000a1"}}]"#);
    fits(&owner, &op::TASK_ASSIGN, Call::new(&op::TASK_ASSIGN).raw_body(body)).await;
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
async fn comments_and_files_fit() {
    let sim = demo();
    let transport = sim.signed_on(DEMO_USER);
    let task: Task = sim.objects(DEMO_USER, Collection::Tasks)[0].decode().unwrap();
    let on_task = |operation: &'static Operation| {
        Call::new(operation).path("projectId", task.project_id.as_str()).path("taskId", task.id.as_str())
    };
    let file = FileUpload::new("a.png", "image/png", b"\x89PNG\r\n--".to_vec());
    let id = "0000000000000000000000d1";
    let upload = on_task(&op::ATTACHMENT_UPLOAD).path("attachmentId", id).file(file.clone());
    fits(&transport, &op::ATTACHMENT_UPLOAD, upload).await;
    fits(&transport, &op::ATTACHMENT_UPLOAD_TO_COMMENT, on_task(&op::ATTACHMENT_UPLOAD_TO_COMMENT).file(file.clone()))
        .await;
    let download = on_task(&op::ATTACHMENT_DOWNLOAD).path("attachmentId", id);
    assert_eq!(download.send(&transport).await.unwrap().body, file.bytes);
    let comment = r#"{"id":"0000000000000000000000d2","title":"Look"}"#;
    fits(&transport, &op::COMMENT_CREATE, on_task(&op::COMMENT_CREATE).raw_body(comment)).await;
    fits(&transport, &op::COMMENT_LIST, on_task(&op::COMMENT_LIST)).await;
    let edit = on_task(&op::COMMENT_UPDATE).path("commentId", "0000000000000000000000d2");
    fits(&transport, &op::COMMENT_UPDATE, edit.raw_body(r#"{"title":"See"}"#)).await;
    fits(&transport, &op::SEARCH_ALL, Call::new(&op::SEARCH_ALL).query("keywords", "see")).await;
    let delete = on_task(&op::COMMENT_DELETE).path("commentId", "0000000000000000000000d2");
    fits(&transport, &op::COMMENT_DELETE, delete).await;
    fits(&transport, &op::TASK_GET, Call::new(&op::TASK_GET).path("taskId", task.id.as_str())).await;
}

#[tokio::test]
async fn every_operation_gets_some_answer() {
    let sim = demo();
    for operation in OPERATIONS {
        // Each with its own session, because one of them signs out.
        let transport = sim.signed_on(DEMO_USER);
        let places = operation.params.iter().filter(|param| param.place == Place::Path);
        let call = places.fold(Call::new(operation), |call, param| call.path(param.name, "0"));
        let status = call.send(&transport).await.unwrap().status;
        assert!(matches!(status, 200 | 302 | 400 | 401 | 404 | 405 | 500 | 501), "{operation}: {status}");
    }
}
