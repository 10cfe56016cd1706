//! Subscribed calendars are a list, or an object that contains one.

use ticktick_models::{Answer, CalendarSubscription, CalendarSubscriptions};

use crate::Error;

/// Converts either shape to one list.
pub(crate) fn list(answer: CalendarSubscriptions) -> Result<Answer<Vec<CalendarSubscription>>, Error> {
    let found = match answer {
        CalendarSubscriptions::List(list) => Some(list),
        CalendarSubscriptions::Wrapped(members) => members.values().find_map(|member| member.decode_lenient().ok()),
        _ => None,
    };
    found.ok_or_else(|| Error::Unsupported {
        what: "the response to `calendar.subscriptions`",
        why: "the response contains no list of subscriptions\nhint: use `raw::calendar::subscriptions` to read it"
            .into(),
    })
}
