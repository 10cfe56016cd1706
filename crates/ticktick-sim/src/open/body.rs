//! What is read from requests to the Open API.

use serde::de::DeserializeOwned;
use ticktick_models::{Field, Object, Timestamp};

use crate::call::Call;
use crate::fields::{Fields, is_null};
use crate::refusal::Refusal;

/// Reads a body that its model can read, and whose times are times.
pub(super) fn read<M: DeserializeOwned>(call: &Call, times: &[&str]) -> Result<Object, Refusal> {
    let sent: Object = call.json()?;
    check::<M>(&sent, times)?;
    Ok(sent)
}

/// Refuses what its model cannot read, or whose times are none.
pub(super) fn check<M: DeserializeOwned>(sent: &Object, times: &[&str]) -> Result<(), Refusal> {
    let is_time =
        |key: &&str| sent.text(key).is_none_or(|text| text.is_empty() || Timestamp::from(&*text).instant().is_some());
    if sent.decode::<M>().is_ok() && times.iter().all(is_time) { Ok(()) } else { Err(Refusal::senseless()) }
}

/// Copies the members of some names that are there and not null.
pub(super) fn picked(sent: &Object, keys: &[&str]) -> Object {
    let mut object = Object::new();
    for (key, value) in sent.iter().filter(|(key, value)| keys.contains(key) && !is_null(value)) {
        object.set(key, value.clone());
    }
    object
}

/// Returns the moment of a bound, if there is one.
pub(super) fn moment(time: &Field<Timestamp>) -> Result<Option<jiff::Timestamp>, Refusal> {
    time.get().map(|time| time.instant().ok_or_else(Refusal::senseless)).transpose()
}

/// Returns a parameter of the query that must be there.
pub(super) fn needed<'a>(call: &'a Call, name: &str) -> Result<&'a str, Refusal> {
    call.query(name).ok_or_else(Refusal::senseless)
}

/// Returns a number in the query that must be there.
pub(super) fn number(call: &Call, name: &str) -> Result<i64, Refusal> {
    needed(call, name)?.parse().map_err(|_| Refusal::senseless())
}
