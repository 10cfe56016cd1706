//! The unread notifications are a number, a list, or an object with either.

use std::collections::BTreeMap;

use ticktick_models::{Json, Notification, UnreadNotifications};

use crate::Error;
use crate::user::unread::Unread;

/// Converts all shapes to one.
pub(crate) fn unread(answer: UnreadNotifications) -> Result<Unread, Error> {
    let found = match answer {
        UnreadNotifications::Count(count) => Some(Unread { count, list: Vec::new() }),
        UnreadNotifications::List(list) => Some(listed(list.into_inner())),
        UnreadNotifications::Detail(members) => detail(&members),
        _ => None,
    };
    found.ok_or_else(|| Error::Unsupported {
        what: "the response to `user.unread_notifications`",
        why: "the response contains no notifications\nhint: use `raw::user::unread_notifications` to read it".into(),
    })
}

fn listed(list: Vec<Notification>) -> Unread {
    Unread { count: i64::try_from(list.len()).unwrap_or(i64::MAX), list }
}

/// The keys are undocumented, so a list is preferred over the sum of all numbers.
fn detail(members: &BTreeMap<String, Json>) -> Option<Unread> {
    if let Some(list) = members.values().find_map(|member| member.decode_lenient().ok()) {
        return Some(listed(list));
    }
    let counts: Vec<i64> = members.values().filter_map(|member| member.decode().ok()).collect();
    (!counts.is_empty()).then(|| Unread { count: counts.into_iter().fold(0, i64::saturating_add), list: Vec::new() })
}
