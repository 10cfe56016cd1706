use super::*;
use crate::{ChecklistItem, Comment, Extra, Habit, HabitCheckin, Reminder, SearchAnswer, SyncAnswer, Task};
use serde::Serialize;

fn task(members: &str) -> Lenient<Task> {
    decode_lenient(format!(r#"{{"id":"a","projectId":"b"{members}}}"#).as_bytes()).unwrap()
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn paths(misfits: &[Misfit]) -> Vec<String> {
    misfits.iter().map(|one| format!("{}: {} for {}", one.path, one.found, one.expected)).collect()
}

fn odd(extra: &Extra) -> Vec<String> {
    extra.odd_parts().iter().map(|odd| format!("{}={}", odd.path, odd.json)).collect()
}

#[test]
fn odd_members_read_as_absent_and_come_back() {
    let members = r#","sortOrder":{"a":[1E3]},"title":[],"tags":true,"reminders":"x","startDate":1.5,"mood":1E0"#;
    let read = task(members);
    let task = read.value;
    assert!(task.sort_order.is_absent() && task.title.is_absent() && task.tags.is_absent());
    assert_eq!(task.extra.odd("title").unwrap().as_str(), "[]");
    assert_eq!(task.extra.keys().collect::<Vec<_>>(), ["mood"]);
    assert_eq!(task.extra.len(), 1);
    assert!(task.extra.has_odd());
    let again: serde_json::Value = serde_json::from_str(&written(&task)).unwrap();
    assert_eq!(
        again,
        serde_json::from_str::<serde_json::Value>(&format!(r#"{{"id":"a","projectId":"b"{members}}}"#)).unwrap()
    );
    assert!(written(&task).contains(r#""sortOrder":{"a":[1E3]}"#));
    assert_eq!(
        paths(&read.misfits),
        [
            "$.sortOrder: object for integer",
            "$.title: array for string",
            "$.tags: boolean for array",
            "$.reminders: string for array",
            "$.startDate: number for date",
        ]
    );
}

#[test]
fn what_is_set_wins() {
    let mut task = task(r#","sortOrder":{},"title":5,"tags":true,"progress":"x""#).value;
    assert_eq!(task.title, "5");
    task.sort_order = 7.into();
    task.title = "six".into();
    task.tags.push("t".into());
    task.progress.clear();
    assert_eq!(
        written(&task),
        r#"{"id":"a","projectId":"b","sortOrder":7,"title":"six","progress":null,"tags":["t"]}"#
    );
}

#[test]
fn plain_meanings_are_understood_and_come_back_as_they_came() {
    let members = r#","sortOrder":1.0,"title":12.50,"priority":"5","progress":1e2,"isAllDay":1,"kind":7"#;
    let task = task(members).value;
    assert_eq!(task.sort_order.copied(), Some(1));
    assert_eq!(task.progress.copied(), Some(100));
    assert_eq!(task.title.as_deref(), Some("12.50"));
    assert_eq!(task.is_all_day.copied(), Some(true));
    assert_eq!(task.priority.get().unwrap().value(), 5);
    assert!(task.extra.odd("sortOrder").is_none());
    assert!(task.extra.odd_parts().iter().all(|odd| odd.understood));
    for member in members[1..].split(',') {
        assert!(written(&task).contains(member), "{member}");
    }
    let text: Task = decode_lenient(br#"{"id":118,"projectId":-2}"#).unwrap().value;
    assert_eq!(text.id.as_str(), "118");
    assert_eq!(text.project_id.as_str(), "-2");
    assert_eq!(written(&text), r#"{"id":118,"projectId":-2}"#);
}

#[test]
fn odd_elements_keep_their_places() {
    let read = task(r#","tags":[null,"a",3,{}],"items":[{},{"id":"c","title":5,"status":[]},{"id":[],"title":""}]"#);
    let mut task = read.value;
    assert_eq!(task.tags, vec!["a".into(), "3".into()]);
    assert_eq!(task.items.len(), 1);
    assert_eq!(task.items[0].title.as_deref(), Some("5"));
    assert_eq!(odd(&task.items[0].extra), ["$.title=5", "$.status=[]"]);
    assert_eq!(odd(&task.extra)[..4], ["$.tags[0]=null", "$.tags[2]=3", "$.tags[3]={}", "$.items[0]={}"]);
    let text = r#""tags":[null,"a",3,{}],"items":[{},{"id":"c","title":5,"status":[]},{"id":[],"title":""}]"#;
    assert!(written(&task).contains(text), "{}", written(&task));
    task.items[0].title = "six".into();
    task.tags.insert(1, "b".into());
    let text = r#""tags":[null,"a","b",{},"3"],"items":[{},{"id":"c","title":"six","status":[]},{"id":[],"title":""}]"#;
    assert!(written(&task).contains(text), "{}", written(&task));
}

#[test]
fn a_whole_sync_survives() {
    let json = include_bytes!("../../tests/samples/odd_sync.json");
    let read = decode_lenient::<SyncAnswer>(json).unwrap();
    let tasks = read.value.sync_task_bean.get().unwrap();
    assert_eq!(tasks.update.len(), 1);
    assert_eq!(read.value.project_profiles.len(), 2);
    assert_eq!(read.value.inbox_id.get().unwrap().as_str(), "9");
    let mut places: Vec<_> = read.misfits.iter().map(|one| one.path.as_str()).collect();
    places.dedup();
    assert_eq!(
        places,
        [
            "$.syncTaskBean.update[*].assignee",
            "$.syncTaskBean.update[*]",
            "$.syncTaskBean.delete",
            "$.projectProfiles[*]",
            "$.tags",
            "$.inboxId"
        ]
    );
    let (one, other): (crate::Json, crate::Json) =
        (std::str::from_utf8(json).unwrap().parse().unwrap(), written(&read.value).parse().unwrap());
    assert!(one.means(&other), "{other}");
    assert!(decode_lenient::<SyncAnswer>(br#"{"checkPoint":{}}"#).is_err());
}

#[test]
fn missing_names_stand_in_and_are_not_written() {
    let mut comment: Comment = decode_lenient(br#"{"id":"p"}"#).unwrap().value;
    assert_eq!(comment.title.as_str(), "");
    assert_eq!(written(&comment).as_str(), r#"{"id":"p"}"#);
    comment.title = "P".into();
    assert_eq!(written(&comment), r#"{"id":"p","title":"P"}"#);
    let comment: Comment = decode_lenient(br#"{"id":"p","title":null}"#).unwrap().value;
    assert_eq!(comment.title.as_str(), "");
    assert_eq!(written(&comment).as_str(), r#"{"id":"p","title":null}"#);
}

#[test]
fn half_an_emoji_is_kept() {
    let mut task = task(r#","title":"a\ud83d","content":"\ude00","tags":["\ud83d"]"#).value;
    assert_eq!(task.title.as_deref(), Some("a\u{fffd}"));
    assert_eq!(task.content.as_deref(), Some("\u{fffd}"));
    assert!(written(&task).contains(r#""title":"a\ud83d","content":"\ude00","tags":["\ud83d"]"#));
    task.title = "b".into();
    assert!(written(&task).contains(r#""title":"b","content":"\ude00""#));
}

#[test]
fn numbers_as_texts_are_numbers() {
    let checkin: HabitCheckin =
        decode_lenient(br#"{"habitId":"h","checkinStamp":"20260301","value":"2.50"}"#).unwrap().value;
    assert_eq!(checkin.value.get().unwrap().as_f64(), 2.5);
    assert_eq!(written(&checkin), r#"{"habitId":"h","checkinStamp":"20260301","value":"2.50"}"#);
}

#[test]
fn shapes_are_read_leniently_too() {
    let json = br#"{"tasks":[{"id":"a","projectId":"b","assignee":[]},7]}"#;
    assert!(crate::decode::<SearchAnswer>(json).is_err());
    let SearchAnswer::Results(results) = decode_lenient(json).unwrap().value else { panic!() };
    assert_eq!(results.tasks.len(), 1);
    assert_eq!(written(&results).as_bytes(), json);
}

#[test]
fn a_member_that_comes_twice_has_the_later_value() {
    assert_eq!(written(&task(r#","sortOrder":{},"sortOrder":5"#).value), r#"{"id":"a","projectId":"b","sortOrder":5}"#);
    assert_eq!(
        written(&task(r#","sortOrder":5,"sortOrder":{}"#).value),
        r#"{"id":"a","projectId":"b","sortOrder":{}}"#
    );
}

#[test]
fn lists_of_objects_lose_none_that_fits() {
    let read = decode_lenient::<Vec<Habit>>(br#"[{"id":"a","name":"x"},null,{"id":{}},{"id":"b"}]"#).unwrap();
    assert_eq!(read.value.len(), 2);
    assert_eq!(read.misfits.iter().filter(|one| one.path == "$[*]").count(), 2);
    let items: Vec<ChecklistItem> = decode_lenient(br#"[{"id":"a"}]"#).unwrap().value;
    assert_eq!(written(&items), r#"[{"id":"a"}]"#);
    assert!(decode_lenient::<Vec<Habit>>(b"{}").is_err());
    assert!(decode_lenient::<Reminder>(b"[1").is_err());
}

#[test]
fn misfits_never_name_a_value() {
    let json = br#"{"id":"a","projectId":"b","sortOrder":"secret, expected secret","title":{"secret":1},"items":[{"id":["secret"]}]}"#;
    let read = decode_lenient::<Task>(json).unwrap();
    assert_eq!(read.misfits.len(), 3);
    assert!(!format!("{:?} {:?}", read.misfits, read.value.extra).contains("secret"));
}

#[test]
fn deep_and_long_documents_are_read() {
    let deep = format!(r#","title":{}1{}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert!(written(&task(&deep).value).contains(&deep[1..]));
    let many = vec!["{}"; 20_000].join(",");
    let task = task(&format!(r#","items":[{many}]"#)).value;
    assert_eq!(task.extra.odd_parts().len(), 20_000);
    assert!(written(&task).contains(&many));
}
