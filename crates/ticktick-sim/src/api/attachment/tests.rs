use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Plan;
use crate::exchange::reply::Reply;
use crate::server::testing::{Tester, browser, id, tester, tester_with};

const PICTURE: &[u8] = b"\x89PNG\r\n\r\n--edg\0\xff";

impl Tester {
    fn upload(&self, rest: &str, name: &str, mime: &str, bytes: &[u8]) -> Reply {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let mut headers = browser();
        headers.push(("content-type".into(), "multipart/form-data; boundary=edge".into()));
        self.send_more(headers, "POST", &format!("/api/v1/attachment/upload/{rest}"), body)
    }
}

fn with_task() -> Tester {
    with_task_of(Plan::Pro)
}

fn with_task_of(plan: Plan) -> Tester {
    let tester = tester_with(|builder| builder.plan(plan));
    tester.add(&json!({ "id": id(1) }));
    tester
}

fn on_task(n: u32) -> String {
    format!("inbox120000001/{}/{}", id(1), id(n))
}

#[test]
fn the_bytes_come_back() {
    let tester = with_task();
    let about = tester.upload(&on_task(2), "receipt.png", "image/png", PICTURE).value(200);
    assert_eq!(about["id"], json!(id(2)));
    assert_eq!(about["size"], json!(15));
    assert_eq!(about["fileType"], json!("IMAGE"));
    assert_eq!(about["path"], format!("inbox120000001/{}/{}.png", id(1), id(2)));
    assert_eq!(tester.task(&id(1))["attachments"], json!([about]));
    let file = tester.send("GET", &format!("/api/v1/attachment/{}?action=download", on_task(2)), "");
    assert_eq!(file.status, 200);
    assert_eq!(&file.body[..], PICTURE);
    assert!(file.headers.contains(&("Content-Type".into(), "image/png".into())));
    let missing = tester.send("GET", &format!("/api/v1/attachment/{}", on_task(3)), "");
    missing.refused(500, "unknown_exception");
}

#[test]
fn an_upload_that_comes_twice_is_one_file() {
    let tester = with_task();
    for bytes in [b"one".as_slice(), b"three"] {
        tester.upload(&on_task(2), "a.bin", "application/octet-stream", bytes).value(200);
    }
    let attachments = tester.task(&id(1))["attachments"].clone();
    assert_eq!(attachments.as_array().unwrap().len(), 1);
    assert_eq!(attachments[0]["size"], json!(5));
    let task = tester.update(&json!({ "id": id(1), "title": "x", "attachments": [] }));
    assert_eq!(task["attachments"], attachments, "updates do not touch files");
}

#[test]
fn foreign_ids_are_replaced() {
    let tester = with_task();
    let rest = format!("inbox120000001/{}/my-own", id(1));
    let about = tester.upload(&rest, "a.txt", "text/plain", b"x").value(200);
    assert_eq!(about["refId"], json!("my-own"));
    assert_eq!(about["id"].as_str().unwrap().len(), 24);
}

#[test]
fn the_inbox_goes_by_its_real_id_and_bodies_are_forms() {
    let tester = with_task();
    let by_word = format!("inbox/{}/{}", id(1), id(2));
    tester.upload(&by_word, "a.txt", "text/plain", b"x").refused(500, "project_not_found");
    let unknown = format!("inbox120000001/{}/{}", id(9), id(2));
    tester.upload(&unknown, "a.txt", "text/plain", b"x").refused(500, "task_not_found");
    let path = format!("/api/v1/attachment/upload/{}", on_task(2));
    tester.send("POST", &path, "{}").refused(500, "unknown_exception");
}

#[test]
fn comments_carry_pictures_alone() {
    let tester = with_task();
    let rest = format!("comment/inbox120000001/{}", id(1));
    tester.upload(&rest, "a.txt", "text/plain", b"x").refused(500, "unsupported_file_type");
    let about = tester.upload(&rest, "a.png", "image/png", PICTURE).value(200);
    let path = format!("/api/v2/project/inbox120000001/task/{}/comment", id(1));
    let comment = tester.post(&path, &json!({ "title": "Look", "attachments": [{ "id": about["id"] }] }));
    assert_eq!(comment["attachments"], json!([about]), "an id is replaced by the description");
    assert_eq!(tester.task(&id(1))["attachments"], json!([]));
    let file = format!("/api/v1/attachment/inbox120000001/{}/{}", id(1), about["id"].as_str().unwrap());
    assert_eq!(&tester.send("GET", &file, "").body[..], PICTURE);
}

#[test]
fn the_plan_limits_size_and_number() {
    let tester = with_task_of(Plan::Free);
    let daily = |tester: &Tester| -> (Value, Value) {
        (tester.get("/api/v1/attachment/isUnderQuota"), tester.get("/api/v1/attachment/dailyLimit"))
    };
    assert_eq!(daily(&tester), (json!(true), json!(1)));
    let large = vec![0; 10_485_761];
    tester.upload(&on_task(2), "a.bin", "application/zip", &large).refused(500, "exceed_quota");
    tester.upload(&on_task(2), "a.bin", "application/zip", &large[1..]).value(200);
    assert_eq!(daily(&tester), (json!(false), json!(1)));
    tester.upload(&on_task(3), "b.bin", "application/zip", b"x").refused(500, "exceed_quota");
    tester.service.clock().advance(SignedDuration::from_hours(12));
    assert_eq!(daily(&tester), (json!(true), json!(1)), "another day");
    tester.upload(&on_task(3), "b.bin", "application/zip", b"x").value(200);
}

#[test]
fn files_go_with_their_task() {
    let tester = with_task();
    tester.upload(&on_task(2), "a.png", "image/png", PICTURE).value(200);
    tester.post("/api/v2/batch/task", &json!({ "delete": [{ "taskId": id(1), "projectId": "inbox" }] }));
    let path = format!("/api/v1/attachment/{}", on_task(2));
    assert_eq!(tester.send("GET", &path, "").status, 200, "the trash keeps them");
    tester.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
    tester.send("GET", &path, "").refused(500, "task_not_found");
    assert!(tester.service.state.world().accounts.get(0).unwrap().lock().unwrap().files.on(&id(1)).is_empty());
}

#[test]
fn nobody_is_let_in_without_a_session() {
    let fresh = tester().send_with(browser(), "GET", "/api/v1/attachment/isUnderQuota", "");
    fresh.refused(401, "user_not_sign_on");
}
