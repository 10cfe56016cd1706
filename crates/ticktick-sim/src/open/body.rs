//! Reads requests to the Open API.

use serde::de::DeserializeOwned;
use ticktick_models::{Field, Object, Timestamp};

use crate::exchange::call::Call;
use crate::exchange::refusal::Refusal;
use crate::world::fields::{Fields, is_null};

/// Maximum number of characters in the name of a project, a column or a folder.
const NAME: usize = 64;

/// Parses a body as its model, and refuses invalid times.
pub(super) fn read<M: DeserializeOwned>(call: &Call, times: &[&str]) -> Result<Object, Refusal> {
    let sent: Object = call.json()?;
    check::<M>(&sent, times)?;
    Ok(sent)
}

/// Refuses a body that does not match its model or contains invalid times.
pub(super) fn check<M: DeserializeOwned>(sent: &Object, times: &[&str]) -> Result<(), Refusal> {
    let is_time =
        |key: &&str| sent.text(key).is_none_or(|text| text.is_empty() || Timestamp::from(&*text).instant().is_some());
    if sent.decode::<M>().is_ok() && times.iter().all(is_time) { Ok(()) } else { Err(Refusal::senseless()) }
}

/// Removes dates that are not in the form of the service, which silently ignores them.
pub(super) fn drop_odd_dates(sent: &mut Object, dates: &[&str]) {
    for key in dates {
        if sent.word(key).is_some_and(|text| !is_date(&text)) {
            sent.remove(key);
        }
    }
}

/// Returns `true` if a text is a date with a time and an offset, such as `2026-03-01T09:00:00+0000`.
fn is_date(text: &str) -> bool {
    text.as_bytes().get(10) == Some(&b'T') && Timestamp::from(text).instant().is_some()
}

/// Truncates a name to the length that the service keeps.
pub(super) fn cut_name(sent: &mut Object) {
    if let Some(name) = sent.text("name").filter(|name| is_long(name)) {
        sent.put("name", name.chars().take(NAME).collect::<String>());
    }
}

/// Returns `true` if a name is longer than the service keeps.
pub(super) fn is_long(name: &str) -> bool {
    name.chars().count() > NAME
}

/// Copies the given members that are present and not null.
pub(super) fn picked(sent: &Object, keys: &[&str]) -> Object {
    let mut object = Object::new();
    for (key, value) in sent.iter().filter(|(key, value)| keys.contains(key) && !is_null(value)) {
        object.set(key, value.clone());
    }
    object
}

/// Returns the instant of a bound, if it is present.
pub(super) fn moment(time: &Field<Timestamp>) -> Result<Option<jiff::Timestamp>, Refusal> {
    time.get().map(|time| time.instant().ok_or_else(Refusal::senseless)).transpose()
}

/// Returns a required parameter of the query.
pub(super) fn needed<'a>(call: &'a Call, name: &str) -> Result<&'a str, Refusal> {
    call.query(name).ok_or_else(Refusal::senseless)
}

/// Returns a required number of the query.
pub(super) fn number(call: &Call, name: &str) -> Result<i64, Refusal> {
    needed(call, name)?.parse().map_err(|_| Refusal::senseless())
}
