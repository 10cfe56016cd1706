//! Answers on whose shape the sources disagree are read in every one of them, and in none that anybody thought of.

use ticktick_models::{
    BatchAnswer, BoundEvents, CalendarSubscriptions, CheckinsAnswer, DailyLimit, DeletedColumn, DeletedTask, ItemError,
    ParentAnswer, SearchAnswer, ShareQuota, SyncTasks, TagHistoryAnswer, TrashPage, UnreadNotifications, check,
    decode_lenient,
};

/// Reads each JSON as the variant that is named beside it, and writes it as it came.
macro_rules! shapes {
    ($name:ident { $($json:expr => $variant:ident),* $(,)? }) => {
        $({
            let json: &str = $json;
            let value: $name = serde_json::from_str(json).unwrap();
            assert!(matches!(value, $name::$variant(_)), "{json} is {value:?}");
            let found = check::<$name>(json.as_bytes());
            assert!(found.lossless, "{json}: {found:?}");
            let odd = matches!(value, $name::Other(_));
            assert_eq!(found.unknown.first().map(String::as_str), odd.then_some("$"), "{json}: {found:?}");
        })*
    };
}

/// Reads the JSON, of which a part fits nothing, as the variant that is named beside it, and sets that part aside.
macro_rules! odd {
    ($name:ident { $($json:expr => $variant:ident),* $(,)? }) => {
        $({
            let json: &str = $json;
            assert!(serde_json::from_str::<$name>(json).is_err(), "{json} fits");
            let read = decode_lenient::<$name>(json.as_bytes()).unwrap();
            assert!(matches!(read.value, $name::$variant(_)), "{json} is {:?}", read.value);
            assert!(!read.misfits.is_empty(), "{json}");
        })*
    };
}

const TASK: &str = r#"{"id":"6996da8a2ea6e4497e1cc128","projectId":"inbox1012345678","title":"Buy"}"#;

#[test]
fn a_search_answers_a_list_or_an_object() {
    shapes!(SearchAnswer {
        &format!("[{TASK}]") => List,
        "[]" => List,
        &format!(r#"{{"tasks":[{TASK}],"tags":[],"projects":[],"filters":[],"comments":[]}}"#) => Results,
        "{}" => Results,
        r#"{"tasks":null}"#=> Results,
        r#""nothing found""# => Other,
        "0" => Other,
        "null" => Other,
    });
    odd!(SearchAnswer {
        r#"[{"hit":1}]"# => List,
        r#"{"tasks":7}"# => Results,
    });
}

#[test]
fn unread_notifications_are_a_number_a_list_or_an_object() {
    shapes!(UnreadNotifications {
        "3" => Count,
        "[]" => List,
        r#"[{"id":"6996da8a2ea6e4497e1cc1b0","title":"Hello"}]"# => List,
        r#"{"unread":3,"list":[]}"# => Detail,
        "{}" => Detail,
        "3.5" => Other,
        "true" => Other,
        r#""3""# => Other,
    });
    odd!(UnreadNotifications {
        r#"[7]"# => List,
    });
}

#[test]
fn bound_events_come_by_calendar_or_by_account() {
    shapes!(BoundEvents {
        r#"{"events":[{"id":"a","name":"Family","color":null,"events":[{"id":"b","title":"Lunch"}]}],"errorIds":[]}"# => ByCalendar,
        r#"{"events":[],"errorIds":["a"],"begin":"2026-02-01T00:00:00.000+0000","accountId":null,"userId":"1"}"# => ByCalendar,
        r#"[{"accountId":"a","events":[{"id":"b"}],"errorIds":[],"end":"2026-04-01T00:00:00.000+0000"}]"# => ByAccount,
        "[]" => ByAccount,
        "false" => Other,
    });
    odd!(BoundEvents {
        r#"[{"accountId":1}]"# => ByAccount,
        r#"{"events":true}"# => ByCalendar,
    });
}

#[test]
fn check_ins_come_by_habit_or_as_a_list() {
    shapes!(CheckinsAnswer {
        r#"{"checkins":{"a":[{"habitId":"a","checkinStamp":20260301,"value":1E0}]}}"# => ByHabit,
        r#"{"checkins":{}}"# => ByHabit,
        r#"[{"habitId":"a","checkinStamp":20260301}]"# => List,
        r#""""# => Other,
    });
    odd!(CheckinsAnswer {
        r#"{"checkins":[]}"# => ByHabit,
        r#"[20260301]"# => List,
    });
}

#[test]
fn the_trash_comes_in_pages_or_as_a_list() {
    shapes!(TrashPage {
        &format!(r#"{{"tasks":[{TASK}],"next":50}}"#) => Page,
        r#"{"tasks":[],"next":0}"# => Page,
        &format!("[{TASK}]") => List,
        "50" => Other,
    });
    odd!(TrashPage {
        r#"{"tasks":"none"}"# => Page,
    });
}

#[test]
fn deleted_tasks_are_keys_or_bare_ids() {
    shapes!(DeletedTask {
        r#"{"taskId":"6996da8a2ea6e4497e1cc128","projectId":"inbox1012345678"}"# => Key,
        r#"{"taskId":"6996da8a2ea6e4497e1cc128"}"# => Key,
        r#""6996da8a2ea6e4497e1cc128""# => Id,
        r#"{"id":"6996da8a2ea6e4497e1cc128"}"# => Other,
        "9007199254740993" => Other,
    });
    let lanes = r#"{"delete":["a",{"taskId":"b","projectId":"c"},1E3],"deletedInTrash":[{"taskId":"b"}],"deletedForever":["a"]}"#;
    let found = check::<SyncTasks>(lanes.as_bytes());
    assert!(found.lossless, "{found:?}");
    assert_eq!(found.unknown, ["$.delete[2]"]);
}

#[test]
fn item_errors_are_codes_or_objects() {
    shapes!(ItemError {
        r#""EXCEED_QUOTA""# => Code,
        r#""task not exists""# => Code,
        r#"{"code":"TASK_NOT_FOUND","message":"gone"}"# => Detail,
        "{}" => Detail,
        "500" => Other,
        r#"["EXCEED_QUOTA"]"# => Other,
        "null" => Other,
    });
    let answer = br#"{"id2etag":{"a":"a1b2c3d4"},"id2error":{"b":"EXCEED_QUOTA","c":{"code":"X"},"d":null}}"#;
    assert!(check::<BatchAnswer>(answer).lossless);
    let found =
        check::<ParentAnswer>(br#"{"id2etag":{"a":{"id":"a","parentId":null,"childIds":null}},"id2error":{"b":[1]}}"#);
    assert!(found.lossless, "{found:?}");
    assert_eq!(found.unknown, [r#"$.id2error["b"]"#]);
}

#[test]
fn rare_answers_have_shapes_too() {
    shapes!(DailyLimit { "99" => Count, r#"{"limit":99}"# => Detail, "null" => Other });
    shapes!(ShareQuota { "true" => Allowed, "29" => Count, r#""yes""# => Other });
    shapes!(CalendarSubscriptions {
        r#"[{"id":"a","url":"https://example.com/a.ics"}]"# => List,
        r#"{"subscriptions":[]}"# => Wrapped,
        "0" => Other,
    });
    shapes!(DeletedColumn { r#""a""# => Id, r#"{"columnId":"a","projectId":"b"}"# => Key, "1" => Other });
    shapes!(TagHistoryAnswer { "[]" => List, r#"{"tasks":[],"nextToken":null}"# => Page, "true" => Other });
}
