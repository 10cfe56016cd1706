//! What a sent object must look like for the service to be able to read it.

use serde::de::DeserializeOwned;
use serde_json::Value;
use ticktick_models::Object;

use crate::fields::Fields;
use crate::refusal::Refusal;

/// Refuses an object that its model cannot read, or whose times are none.
///
/// Members of `required` may be left out all the same: an update names what it changes.
pub(crate) fn check<M: DeserializeOwned>(
    sent: &Object,
    required: &[(&str, Value)],
    instants: &[&str],
) -> Result<(), Refusal> {
    let mut whole = sent.clone();
    for (key, value) in required {
        whole.fill(key, value);
    }
    let is_time = |key: &&str| {
        whole
            .text(key)
            .is_none_or(|text| text.is_empty() || ticktick_models::Timestamp::from(text.as_str()).instant().is_some())
    };
    if whole.decode::<M>().is_ok() && instants.iter().all(is_time) { Ok(()) } else { Err(Refusal::senseless()) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use ticktick_models::Habit;

    use super::*;

    #[test]
    fn wrong_kinds_are_refused() {
        let check = |value: Value| {
            let sent = Object::encode(&value).unwrap();
            check::<Habit>(&sent, &[("id", json!("")), ("name", json!(""))], &["createdTime"])
        };
        assert!(check(json!({ "goal": 2.5, "reminders": null, "createdTime": "" })).is_ok());
        for wrong in [
            json!({ "goal": "many" }),
            json!({ "name": 7 }),
            json!({ "reminders": "09:00" }),
            json!({ "createdTime": "soon" }),
        ] {
            assert!(check(wrong).is_err());
        }
    }
}
