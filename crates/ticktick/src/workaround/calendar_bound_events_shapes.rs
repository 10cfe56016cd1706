//! Events come by calendar or by account.

use ticktick_models::{BoundEvents, CalendarAccountId, CalendarEvent, Json, Private};

use crate::Error;
use crate::calendar::{BoundEvent, BoundEventList};

/// Makes one list of either.
pub(crate) fn flatten(answer: BoundEvents) -> Result<BoundEventList, Error> {
    let mut list = BoundEventList::default();
    match answer {
        BoundEvents::ByCalendar(answer) => {
            let account = answer.account_id.into_option();
            list.failed = texts(&answer.error_ids);
            for calendar in answer.events {
                let name = calendar.id.get();
                list.events.extend(calendar.events.into_iter().map(|event| bound(event, account.as_ref(), name)));
            }
        }
        BoundEvents::ByAccount(accounts) => {
            for answer in accounts {
                let account = answer.account_id.into_option();
                list.failed.extend(texts(&answer.error_ids));
                list.events.extend(answer.events.into_iter().map(|event| bound(event, account.as_ref(), None)));
            }
        }
        _ => {
            return Err(Error::Unsupported {
                what: "the answer to `calendar.bound_events`",
                why: "It holds no events in a shape that is known here; the call of `raw` returns it as it came."
                    .into(),
            });
        }
    }
    Ok(list)
}

fn bound(event: CalendarEvent, account: Option<&CalendarAccountId>, calendar: Option<&Private>) -> BoundEvent {
    BoundEvent { account: account.cloned(), calendar: calendar.cloned(), event }
}

/// Keys are mostly texts, and kept as they are written if they are not.
fn texts(ids: &[Json]) -> Vec<Private> {
    ids.iter().map(|id| id.decode().unwrap_or_else(|_| id.as_str().into())).collect()
}
