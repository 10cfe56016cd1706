//! Confirmation of large or destructive writes: a sealed token that is valid once, for exactly the previewed change.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rmcp::model::{RequestStateCodec, SealOptions};
use serde::{Deserialize, Serialize};

/// How long a token is valid, and how long written tasks count towards the limit.
const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How many tasks a call may change without a confirmation.
const CALL: usize = 20;
/// How many tasks may be changed in ten minutes without a confirmation.
const BURST: usize = 100;

/// The tokens of a server.
pub(crate) struct Confirmations {
    codec: RequestStateCodec,
    used: Mutex<HashSet<u64>>,
    written: Mutex<VecDeque<(Timestamp, usize)>>,
}

#[derive(Serialize, Deserialize)]
struct Token {
    number: u64,
    until: i64,
}

impl Confirmations {
    pub(crate) fn new() -> Result<Self, String> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| error.to_string())?;
        let codec = RequestStateCodec::try_new(key.to_vec()).map_err(|error| error.to_string())?;
        Ok(Self { codec, used: Mutex::default(), written: Mutex::default() })
    }

    /// Returns why this many tasks need a confirmation.
    pub(crate) fn needed(&self, tasks: usize, now: Timestamp) -> Option<String> {
        if tasks > CALL {
            return Some(format!("it changes {tasks} tasks, and more than {CALL} need a confirmation"));
        }
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.retain(|(at, _)| now.duration_since(*at) < LIFE);
        let all = written.iter().map(|(_, count)| count).sum::<usize>() + tasks;
        (all > BURST && tasks > 0).then(|| {
            format!("it brings the total to {all} tasks in ten minutes, and more than {BURST} need a confirmation")
        })
    }

    pub(crate) fn count(&self, tasks: usize, now: Timestamp) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push_back((now, tasks));
    }

    /// Returns a token for exactly this set.
    pub(crate) fn seal(&self, set: &str, now: Timestamp) -> Option<String> {
        let mut number = [0; 8];
        getrandom::fill(&mut number).ok()?;
        let token = Token { number: u64::from_le_bytes(number), until: (now + LIFE).as_millisecond() };
        self.codec.seal_json_with(&token, &SealOptions::new().associated_data(set.as_bytes())).ok()
    }

    /// Consumes a token. Returns the reason if it is not valid for this set now.
    pub(crate) fn open(&self, token: &str, set: &str, now: Timestamp) -> Result<(), &'static str> {
        let token: Token = self
            .codec
            .open_json_with(token.trim(), set.as_bytes())
            .map_err(|_| "the token is not for this: the tasks or the arguments changed since the preview")?;
        if now.as_millisecond() > token.until {
            return Err("the token has expired");
        }
        let is_new = self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(token.number);
        if is_new { Ok(()) } else { Err("the token was used before") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_one_set_once_for_ten_minutes() {
        let (confirmations, now) = (Confirmations::new().unwrap(), Timestamp::UNIX_EPOCH);
        let token = confirmations.seal("a b", now).unwrap();
        assert!(confirmations.open(&token, "a b c", now).unwrap_err().contains("changed"));
        assert!(confirmations.open("forged", "a b", now).is_err());
        assert!(confirmations.open(&token, "a b", now + LIFE * 2).unwrap_err().contains("expired"));
        assert_eq!(confirmations.open(&token, "a b", now), Ok(()));
        assert!(confirmations.open(&token, "a b", now).unwrap_err().contains("used"));
        assert!(Confirmations::new().unwrap().open(&token, "a b", now).is_err(), "of another server");
    }

    #[test]
    fn many_tasks_need_a_confirmation() {
        let (confirmations, now) = (Confirmations::new().unwrap(), Timestamp::UNIX_EPOCH);
        assert!(confirmations.needed(20, now).is_none() && confirmations.needed(21, now).is_some());
        (0..5).for_each(|_| confirmations.count(20, now));
        assert!(confirmations.needed(1, now).is_some());
        assert!(confirmations.needed(1, now + LIFE).is_none());
    }
}
