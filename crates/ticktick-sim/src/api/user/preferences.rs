//! Preferences, some of which are stored in the settings.

use serde_json::json;
use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::Members;
use crate::world::user::MTIME;

/// Returns the settings of the daily reminder.
pub(super) fn daily_reminder(account: &Account) -> Reply {
    let settings = account.current_settings();
    let times: Vec<String> = settings.word("dailyRemindTime").into_iter().collect();
    Reply::json(&json!({
        "enable": settings.read::<bool>("isNotificationEnabled").unwrap_or(!times.is_empty()),
        "dailyReminders": times,
        "notifyOptions": ["OVERDUE", "TODAY"],
        "weekDays": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        "holidayNotify": true,
    }))
}

/// Returns for each feature whether the user has used it. Apps show hints for unused features.
pub(super) fn feature_prompt(account: &Account) -> Reply {
    Reply::json(&json!({
        "habit": account.habit.habits.len() > 0,
        "focus": account.focus.records.len() > 0,
        "calendar": account.calendar.accounts.len() > 0,
        "filter": account.filters.len() > 0,
        "tag": account.tags.len() > 0,
    }))
}

/// Returns the further preferences that changed after a time.
pub(super) fn ext(account: &Account, call: &Call) -> Answer {
    let since = call.number(MTIME, 0)?;
    let mut last = 0;
    let mut members = Members::new();
    for row in account.user.ext.live() {
        let entry = row.object();
        let changed = entry.int(MTIME).unwrap_or_default();
        last = last.max(changed);
        if let Some(value) = entry.get("value").filter(|_| changed > since) {
            members = members.raw(&row.id, value.as_str());
        }
    }
    Ok(Reply::json_text(members.value(MTIME, last).done()))
}

/// Stores further preferences. Of two writes, the one with the later time remains.
pub(super) fn update_ext(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let common = match sent.get(MTIME) {
        None => call.now.as_millisecond(),
        Some(json) => json.decode().map_err(|_| Refusal::senseless())?,
    };
    for (name, value) in sent.iter().filter(|(name, _)| *name != MTIME) {
        account.put_ext(name, value, common, call.now);
    }
    Ok(Reply::empty())
}
