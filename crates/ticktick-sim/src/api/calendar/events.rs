//! Events of linked calendars in a time range.

use jiff::{SignedDuration, Timestamp};
use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::forms::EventsForm;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::json::{Members, array};
use crate::world::limits::Plan;

/// The default range, in days before and after now.
const BEFORE: i64 = 30;
const AFTER: i64 = 90;

/// A range of time.
struct Range {
    begin: Timestamp,
    end: Timestamp,
}

/// Returns the events around now.
pub(super) fn around(account: &Account, now: Timestamp, form: EventsForm) -> Answer {
    let days = |days: i64| now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(now);
    answer(account, &Range { begin: days(-BEFORE), end: days(AFTER) }, form)
}

/// Returns the events of the range in the body.
pub(super) fn between(account: &Account, call: &Call, form: EventsForm) -> Answer {
    let sent: Object = call.json()?;
    match (sent.instant("begin"), sent.instant("end")) {
        (Some(begin), Some(end)) => answer(account, &Range { begin, end }, form),
        _ => Err(Refusal::senseless()),
    }
}

fn answer(account: &Account, range: &Range, form: EventsForm) -> Answer {
    if account.plan == Plan::Free {
        return Err(Refusal::new(500, "need_pro"));
    }
    let feeds: Vec<Object> = account.calendar.feeds.live().map(|row| row.object()).collect();
    Ok(Reply::json_text(match form {
        EventsForm::ByCalendar => by_calendar(account, &feeds, range),
        EventsForm::ByAccount => by_account(&feeds, range),
    }))
}

fn by_calendar(account: &Account, feeds: &[Object], range: &Range) -> String {
    let calendars: Vec<String> = feeds
        .iter()
        .map(|feed| {
            let head = ["id", "name", "color"].into_iter().fold(Members::new(), |members, key| match feed.get(key) {
                Some(value) => members.raw(key, value.as_str()),
                None => members.null(key),
            });
            head.raw("events", &array(within(feed, range).iter().map(String::as_str))).done()
        })
        .collect();
    range
        .written(Members::new().raw("events", &array(calendars.iter().map(String::as_str))))
        .null("reTime")
        .null("accountId")
        .value("userId", account.user_id)
        .done()
}

fn by_account(feeds: &[Object], range: &Range) -> String {
    let mut accounts: Vec<(String, Vec<String>)> = Vec::new();
    for feed in feeds {
        let owner = feed.text("accountId").unwrap_or_default();
        let events = within(feed, range);
        match accounts.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, all)) => all.extend(events),
            None => accounts.push((owner, events)),
        }
    }
    let bundles: Vec<String> = accounts
        .iter()
        .map(|(owner, events)| {
            let events = array(events.iter().map(String::as_str));
            range.written(Members::new().value("accountId", owner).raw("events", &events)).done()
        })
        .collect();
    array(bundles.iter().map(String::as_str))
}

/// Returns the events of a calendar in a range. A series matches from its start on.
fn within(feed: &Object, range: &Range) -> Vec<String> {
    let events: Vec<Object> = feed.read("events").unwrap_or_default();
    let touches = |event: &Object| {
        let Some(start) = event.instant("dueStart") else { return false };
        let end = event.instant("dueEnd").unwrap_or(start);
        start < range.end && (start >= range.begin || end > range.begin || event.word("repeatFlag").is_some())
    };
    events.iter().filter(|event| touches(event)).map(|event| serde_json::to_string(event).unwrap_or_default()).collect()
}

impl Range {
    fn written(&self, members: Members) -> Members {
        members.raw("errorIds", "[]").value("begin", wire(self.begin)).value("end", wire(self.end))
    }
}
