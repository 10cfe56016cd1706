//! Subscribed calendars come as a list, or as an object that holds it.

use ticktick_models::{Answer, CalendarSubscription, CalendarSubscriptions};

use crate::Error;

/// Makes one list of either.
pub(crate) fn list(answer: CalendarSubscriptions) -> Result<Answer<Vec<CalendarSubscription>>, Error> {
    let found = match answer {
        CalendarSubscriptions::List(list) => Some(list),
        CalendarSubscriptions::Wrapped(members) => members.values().find_map(|member| member.decode_lenient().ok()),
        _ => None,
    };
    found.ok_or_else(|| Error::Unsupported {
        what: "the answer to `calendar.subscriptions`",
        why: "It holds no list of subscriptions; the call of `raw` returns it as it came.".into(),
    })
}
