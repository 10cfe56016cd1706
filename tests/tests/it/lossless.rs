//! Objects with any unknown members at any place are written as they came.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;
use ticktick_models::{Check, ChecklistItem, HabitCheckin, Object, Project, Task, check};

/// Numbers that do not survive as `f64`, or whose text does not.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "1E3",
    "1e-7",
    "2.50",
    "9007199254740993",
    "-9223090562146500590",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.1000000000000000055511151231257827",
    "1e400",
];

/// Members that the models know, with values that they can hold.
const TASK: &[&str] = &[
    r#""title":"Buy \u00e4 \"thing\"\n""#,
    r#""sortOrder":-9223090562146500590"#,
    r#""content":null"#,
    r#""kind":"SONG""#,
    r#""status":9"#,
    r#""priority":5"#,
    r#""startDate":"2026-03-01T09:00:00Z""#,
    r#""dueDate":"2026-03-01T09:00:00.000-0600""#,
    r#""pinnedTime":"-1""#,
    r#""tags":null"#,
    r#""tags":["a"]"#,
    r#""repeatFrom":2"#,
    r#""repeatFrom":"2""#,
    r#""items":[{"id":"c","title":"d","status":1}]"#,
    r#""childIds":[]"#,
    r#""deletedTime":1771308178221"#,
    r#""attendId":{"n":1E3}"#,
    r#""reminders":[{"trigger":"TRIGGER:PT0S"}]"#,
    r#""isAllDay":null"#,
    r#""assignee":-1"#,
];
const ITEM: &[&str] = &[
    r#""status":1"#,
    r#""sortOrder":6917539217469669374"#,
    r#""startDate":"""#,
    r#""isAllDay":false"#,
    r#""timeZone":"""#,
    r#""completedTime":null"#,
    r#""snoozeReminderTime":"2026-03-01T09:00:00.000+0000""#,
];
const PROJECT: &[&str] = &[
    r#""color":"transparent""#,
    r#""closed":null"#,
    r#""viewMode":"spiral""#,
    r#""groupId":"NONE""#,
    r#""sortOrder":-1"#,
    r#""notificationOptions":[""]"#,
    r#""sortOption":{"groupBy":"mood","orderBy":"none"}"#,
    r#""transferred":[1E3]"#,
    r#""timeline":{"range":null,"sortType":null,"sortOption":null}"#,
    r#""modifiedTime":"2026-03-01T09:00:00.123+0000""#,
];
const CHECKIN: &[&str] = &[
    r#""id":"""#,
    r#""checkinTime":null"#,
    r#""opTime":"2026-03-01T09:00:00.000+0000""#,
    r#""value":2.50"#,
    r#""goal":1E0"#,
    r#""status":7"#,
];

/// Any JSON, as text.
pub(crate) fn json() -> impl Strategy<Value = String> {
    let text = any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap());
    let words = select(&["null", "true", "false", r#""\u0041\/""#, "[]", "{}"][..]);
    let leaf = prop_oneof![
        select(NUMBERS).prop_map(String::from),
        words.prop_map(String::from),
        text,
        any::<i128>().prop_map(|number| number.to_string()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..3).prop_map(|all| format!("[{}]", all.join(" ,")));
        let object = prop::collection::vec((any::<String>(), inner), 0..3).prop_map(|all| {
            let members = all.iter().map(|(key, value)| format!("{}: {value}", serde_json::to_string(key).unwrap()));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        });
        prop_oneof![list, object]
    })
}

/// Unknown members by their keys, which no model has.
fn unknown() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::btree_map(any::<String>().prop_map(|key| format!("?{key}")), json(), 0..4)
        .prop_map(|members| members.into_iter().collect())
}

/// What an object is made of: some known members, then unknown ones, in any order.
#[derive(Clone, Debug)]
struct Made {
    text: String,
    unknown: Vec<(String, String)>,
}

fn object(required: &'static str, known: &'static [&'static str]) -> impl Strategy<Value = Made> {
    let known = subsequence(known, 0..=known.len());
    (known, unknown()).prop_flat_map(move |(known, unknown)| {
        let known = known.into_iter().map(str::to_owned);
        let more = unknown.iter().map(|(key, value)| format!("{}:{value}", serde_json::to_string(key).unwrap()));
        let members: Vec<String> = known.chain(more).chain([required.to_owned()]).collect();
        (Just(members).prop_shuffle(), Just(unknown))
            .prop_map(|(members, unknown)| Made { text: format!("{{{}}}", members.join(",")), unknown })
    })
}

/// Whether an object survives, with the text of its unknown members.
fn survives<T>(made: &Made) -> Result<Check, TestCaseError>
where
    T: serde::de::DeserializeOwned + serde::Serialize + ticktick_models::Inspect,
{
    let found = check::<T>(made.text.as_bytes());
    prop_assert!(found.lossless, "{found:?}");
    let value: T = serde_json::from_str(&made.text).unwrap();
    let again = Object::encode(&value).unwrap();
    for (key, text) in &made.unknown {
        prop_assert_eq!(again.get(key).map(|json| json.as_str()), Some(text.as_str()));
    }
    prop_assert!(found.unknown.len() >= made.unknown.len(), "{found:?}");
    Ok(found)
}

pub(crate) fn same_each_run() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_301),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(same_each_run())]

    #[test]
    fn tasks_survive(made in object(r#""id":"a","projectId":"b""#, TASK)) {
        survives::<Task>(&made)?;
    }

    #[test]
    fn checklist_items_survive_alone_and_in_tasks(made in object(r#""id":"a","title":"""#, ITEM)) {
        let unknown = survives::<ChecklistItem>(&made)?.unknown;
        let task = Made {
            text: format!(r#"{{"id":"a","items":[{}],"projectId":"b"}}"#, made.text),
            unknown: Vec::new(),
        };
        prop_assert_eq!(survives::<Task>(&task)?.unknown.len(), unknown.len());
    }

    #[test]
    fn projects_survive(made in object(r#""id":"a","name":"b""#, PROJECT)) {
        survives::<Project>(&made)?;
    }

    #[test]
    fn check_ins_survive(made in object(r#""habitId":"a","checkinStamp":20260301"#, CHECKIN)) {
        survives::<HabitCheckin>(&made)?;
    }

    #[test]
    fn invalid_json_is_an_error_and_never_panics(text in any::<String>()) {
        let found = check::<Task>(text.as_bytes());
        prop_assert_eq!(found.decodes, found.error.is_none());
    }
}
