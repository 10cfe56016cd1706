//! A report contains no data of the account.

use serde_json::{Value, json};
use ticktick_raw::{Call, op};

use crate::support::{USER, account, contents, everything};

/// Adds the texts of all members that contain ids.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "id" || key.ends_with("Id") || key == "etag" => {
                        found.push(text.clone())
                    }
                    value => ids(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn a_report_holds_no_value_of_the_account() {
    let service = account(|builder| builder);
    let transport = service.signed_on(USER);
    let strange = json!({ "add": [{
        "title": "zzmarker", "priority": 77, "newMember": { "zzmarkerkey": "zzmarker" }, "zzmarker key": 1,
    }] });
    Call::new(&op::TASK_BATCH).json(&strange).nothing(&transport).await.unwrap();
    let before = contents(&service);
    let report = serde_json::to_string(&everything(&transport, |_| true).await).unwrap();
    for told in ["update[*].priority", "update[*].newMember", "update[*][*]"] {
        assert!(report.contains(told), "{told} is not in {report}");
    }
    let mut secrets = vec!["zzmarker".to_owned(), "example.com".to_owned(), "77".to_owned()];
    for value in before.iter().flatten() {
        ids(value, &mut secrets);
    }
    secrets.push(before[0][0]["creator"].to_string());
    assert!(secrets.len() > 12);
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        assert!(!report.to_lowercase().contains(secret.as_str()), "{secret} is in {report}");
    }
}
