//! Events are grouped by calendar or by account.

use ticktick_models::{BoundEvents, CalendarAccountId, CalendarEvent, Json, Private};

use crate::Error;
use crate::calendar::bound::{BoundEvent, BoundEventList};

/// Converts either shape to one list.
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
                what: "the response to `calendar.bound_events`",
                why:
                    "the response contains no events in a known shape\nhint: use `raw::calendar::bound_events` to read it"
                        .into(),
            });
        }
    }
    Ok(list)
}

fn bound(event: CalendarEvent, account: Option<&CalendarAccountId>, calendar: Option<&Private>) -> BoundEvent {
    BoundEvent { account: account.cloned(), calendar: calendar.cloned(), event }
}

/// Keys are mostly strings; other keys are kept as JSON.
fn texts(ids: &[Json]) -> Vec<Private> {
    ids.iter().map(|id| id.decode().unwrap_or_else(|_| id.as_str().into())).collect()
}
