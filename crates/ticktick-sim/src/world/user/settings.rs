//! The default settings of an account.

use serde_json::{Map, Value, json};

use crate::world::account::Account;

/// Returns all settings that the web app reads.
pub(super) fn fresh(account: &Account) -> Map<String, Value> {
    let parts = [basics(account), new_tasks(account), lists(), calendar(), switches()];
    let members =
        parts.into_iter().filter_map(|part| if let Value::Object(members) = part { Some(members) } else { None });
    members.flatten().collect()
}

fn basics(account: &Account) -> Value {
    json!({
        "id": account.user_id,
        "timeZone": account.zone,
        "isTimeZoneOptionEnabled": true,
        "locale": "en_US",
        "language": "en_US",
        "theme": "light",
        "startDayOfWeek": "MON",
        "startWeekOfYear": "FIRST_DAY",
        "weekNumbersEnabled": false,
        "showMeridiem": false,
        "dailyRemindTime": "09:00",
        "notificationOptions": ["OVERDUE", "TODAY"],
        "swipeConf": "{}",
        "shortcutItemConfPc": "{}",
        "inboxColor": "#4772FA",
    })
}

fn new_tasks(account: &Account) -> Value {
    json!({
        "defaultRemindTime": "09:00",
        "defaultRemindBefore": "TRIGGER:PT0S",
        "defaultReminds": [],
        "defaultADReminders": [],
        "defaultTags": [],
        "defaultTimeMode": "time",
        "defaultTimeDuration": 60,
        "defaultPriority": 0,
        "defaultDueDate": 0,
        "defaultToAdd": 0,
        "defaultProjectId": account.inbox_id,
    })
}

fn lists() -> Value {
    let names = ["inbox", "all", "today", "tomorrow", "n7ds", "completed", "trash", "tag", "filter"];
    let smart_lists: Vec<Value> =
        names.iter().map(|name| json!({ "name": name, "visibility": "show", "order": null })).collect();
    let tabs: Vec<Value> =
        ["TASK", "CALENDAR", "HABIT", "POMO"].iter().map(|name| json!({ "name": name, "enabled": true })).collect();
    json!({
        "sortTypeOfAllProject": "project",
        "sortTypeOfInbox": "sortOrder",
        "sortTypeOfAssignMe": "project",
        "sortTypeOfToday": "project",
        "sortTypeOfTomorrow": "project",
        "sortTypeOfWeek": "dueDate",
        "posOfOverdue": 0,
        "smartProjects": smart_lists,
        "tabBars": tabs,
    })
}

fn calendar() -> Value {
    json!({
        "webCalendarViewType": "m",
        "webCalendarViewFilter": "{}",
        "collapsedTime": [0, 7],
        "calendarViewConf": {
            "showDetail": true,
            "showCompleted": true,
            "showChecklist": false,
            "showFutureTask": true,
            "showFocusRecord": false,
            "showHabit": false,
            "cellColorType": "list",
        },
    })
}

fn switches() -> Value {
    let (on, off) = (
        ["nlpEnabled", "nlpenabled", "removeDate", "removeTag", "showCompleted", "showFutureTask", "showPomodoro"],
        ["dateKeptInText", "enableCountdown", "holidayEnabled", "isEmailEnabled", "lunarEnabled", "showChecklist"],
    );
    let more = ["isNotificationEnabled", "notificationEnabled", "pomodoroEnabled", "templateEnabled"];
    let all = on.iter().chain(&more).map(|key| (*key, true)).chain(off.iter().map(|key| (*key, false)));
    all.map(|(key, value)| (key.to_owned(), Value::from(value))).collect::<Map<_, _>>().into()
}
