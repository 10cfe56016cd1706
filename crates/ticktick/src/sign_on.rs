//! Signing on: a single call that is never retried, and not sent while the account is locked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ticktick_models::{Clock, MfaMethod, ProjectId, Secret, SignOn, SignOnAnswer, VerifyMfa};
use ticktick_raw::http::{Http, Session};
use ticktick_raw::{self as raw, op};

use crate::totp::Totp;
use crate::workaround::mfa_answer_is_200;
use crate::{Credentials, Error};

/// Minimum time for which an account is locked: the longest lock reported for the service.
const LOCKED: SignedDuration = SignedDuration::from_mins(30);

/// Maximum time for which a lock is kept, whatever the service says. After that, the next attempt shows whether it
/// still holds.
const LONGEST_LOCK: SignedDuration = SignedDuration::from_hours(24);

/// Returns until when no sign-in is sent after the service has refused one.
///
/// Clamps the wait, so that neither a time in the past nor one in the far future unlocks the account.
pub(crate) fn locked_until(now: Timestamp, wait: Option<Duration>) -> Timestamp {
    let wait = wait.map_or(LOCKED, |wait| SignedDuration::try_from(wait).unwrap_or(LONGEST_LOCK));
    now.saturating_add(wait.clamp(LOCKED, LONGEST_LOCK)).unwrap_or(Timestamp::MAX)
}

/// Signs in and remembers locked user names. Clones of a client share it.
pub(crate) struct Authenticator {
    pub(crate) http: Http,
    clock: Arc<dyn Clock>,
    /// Locks by lower-case user name.
    locks: Mutex<HashMap<String, Lock>>,
    /// Inbox of the user who signed in last, until the client reads it.
    inbox: Mutex<Option<ProjectId>>,
}

/// Until when sign-ins with a user name are rejected locally, and the service's response.
struct Lock {
    until: Timestamp,
    refusal: raw::Error,
}

impl Authenticator {
    pub(crate) fn new(http: Http, clock: Arc<dyn Clock>) -> Self {
        Self { http, clock, locks: Mutex::default(), inbox: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Signs on with a password. The response may ask for a second factor.
    pub(crate) async fn sign_on(&self, username: &str, password: &Secret) -> Result<SignOnAnswer, Error> {
        if username.trim().is_empty() || password.expose().is_empty() {
            // An empty password would use up one of the few attempts before the account is locked.
            return Err(Error::invalid_input("signing in needs a user name and a password, but one of them is empty"));
        }
        self.check_lock(username)?;
        let mut body = SignOn::new(password.clone());
        body.username = Secret::from(username).into();
        let options = raw::auth::SignOnOptions::default().wc(true).remember(true);
        let answer = raw::auth::sign_on(&self.http, &body, &options).await;
        answer.map_err(|error| self.remembered(username, Error::signing_in(error, self.now())))
    }

    /// Completes a sign-on with a code of the second factor.
    pub(crate) async fn verify_mfa(
        &self,
        username: &str,
        id: &Secret,
        code: &str,
        method: MfaMethod,
    ) -> Result<SignOnAnswer, Error> {
        // People type codes in two groups, as apps show them.
        let code: String = code.split_whitespace().collect();
        if code.is_empty() {
            return Err(Error::invalid_input(
                "the code of the second factor is empty\nhint: enter the code that the app shows",
            ));
        }
        self.check_lock(username)?;
        let answer = raw::auth::mfa_verify(&self.http, id.expose(), &VerifyMfa::new(code, method)).await;
        answer.map_err(|error| self.remembered(username, Error::verifying(error, self.now())))
    }

    /// Signs in, including the second factor, without user interaction.
    pub(crate) async fn sign_in(&self, credentials: &Credentials) -> Result<(), Error> {
        // Rejects a malformed secret before anything is sent.
        let totp = credentials.totp.as_ref().map(Totp::read).transpose()?;
        let username = credentials.username.expose();
        let answer = self.sign_on(username, &credentials.password).await?;
        let answer = match (mfa_answer_is_200::pending(&answer), totp) {
            (None, _) => answer,
            (Some(id), Some(totp)) => self.verify_mfa(username, id, &totp.code(self.now()), MfaMethod::App).await?,
            (Some(_), None) => {
                let why = "the account requires a second factor, and the credentials have no TOTP secret";
                return Err(Error::MfaRequired(raw::Error::custom(&op::AUTH_SIGN_ON, why)));
            }
        };
        self.take_over(&answer).map(drop)
    }

    /// Installs the session of a response.
    pub(crate) fn take_over(&self, answer: &SignOnAnswer) -> Result<Session, Error> {
        *self.inbox() = answer.inbox_id.get().cloned();
        match (self.http.session(), answer.token.get()) {
            // The cookie of the response has already been stored, perhaps with more than the token.
            (Some(session), Some(token)) if session.token == *token => Ok(session),
            (_, Some(token)) => {
                let session = Session::new(token.clone());
                self.http.set_session(session.clone())?;
                Ok(session)
            }
            (_, None) => Err(Error::Unsupported {
                what: "this response to a sign-in",
                why: "it contains neither a session nor a challenge\nhint: sign in with a browser and pass the cookie `t`"
                    .into(),
            }),
        }
    }

    /// Rejects a locked user name without contacting the service, because an attempt may extend the lock.
    fn check_lock(&self, username: &str) -> Result<(), Error> {
        let mut locks = self.locks();
        let name = key(username);
        match locks.get(&name) {
            Some(lock) if self.now() < lock.until => {
                Err(Error::LockedOut { until: Some(lock.until), source: lock.refusal.clone() })
            }
            Some(_) => {
                locks.remove(&name);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Returns until when a user name is locked, or `None` if it is not.
    pub(crate) fn locked_until(&self, username: &str) -> Option<Timestamp> {
        self.locks().get(&key(username)).map(|lock| lock.until).filter(|until| self.now() < *until)
    }

    /// Records that a user name is locked, or has no attempt left.
    fn remembered(&self, username: &str, error: Error) -> Error {
        let until = match &error {
            Error::LockedOut { until, .. } => *until,
            _ if error.tries_left().is_some_and(|left| left <= 0) => Some(locked_until(self.now(), None)),
            _ => None,
        };
        if let (Some(until), Some(refusal)) = (until, error.as_raw().cloned()) {
            self.locks().insert(key(username), Lock { until, refusal });
        }
        error
    }

    /// Takes the inbox of the user who signed in last, once per sign-in.
    pub(crate) fn take_inbox(&self) -> Option<ProjectId> {
        self.inbox().take()
    }

    fn inbox(&self) -> MutexGuard<'_, Option<ProjectId>> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locks(&self) -> MutexGuard<'_, HashMap<String, Lock>> {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The service ignores the case of user names.
fn key(username: &str) -> String {
    username.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use ticktick_models::FixedClock;
    use ticktick_raw::{ApiError, Response};

    use super::*;

    fn authenticator(now: &str) -> Authenticator {
        let http = Http::builder().base_url("http://127.0.0.1:9").build().unwrap();
        Authenticator::new(http, Arc::new(FixedClock(now.parse().unwrap())))
    }

    fn refused(authenticator: &Authenticator, body: &str, wait: &str) -> Error {
        let answer = Response::new(500, body).with_header("Retry-After", wait);
        let error = ApiError::of(&op::AUTH_SIGN_ON, &answer).unwrap().into();
        authenticator.remembered("Me@example.com ", Error::signing_in(error, authenticator.now()))
    }

    fn is_locked_until(authenticator: &Authenticator, username: &str) -> Option<String> {
        match authenticator.check_lock(username) {
            Ok(()) => None,
            Err(Error::LockedOut { until, .. }) => until.map(|until| until.to_string()),
            Err(other) => panic!("{other:?}"),
        }
    }

    const NOON: &str = "2026-03-01T12:00:00Z";

    #[test]
    fn a_lock_is_remembered_for_its_user_name() {
        let authenticator = authenticator(NOON);
        refused(&authenticator, r#"{"errorCode":"incorrect_password_too_many_times"}"#, "");
        assert_eq!(is_locked_until(&authenticator, "ME@example.com").unwrap(), "2026-03-01T12:30:00Z");
        assert_eq!(is_locked_until(&authenticator, "you@example.com"), None);
        refused(&authenticator, r#"{"errorCode":"account_locked"}"#, "3600");
        assert_eq!(
            is_locked_until(&authenticator, "me@example.com").unwrap(),
            "2026-03-01T13:00:00Z",
            "as the service says"
        );
    }

    #[test]
    fn too_many_wrong_passwords_always_lock_for_the_usual_time_at_least() {
        let until = |code: &str, wait: &str| {
            let authenticator = authenticator(NOON);
            refused(&authenticator, &format!(r#"{{"errorCode":"{code}"}}"#), wait);
            is_locked_until(&authenticator, "me@example.com")
        };
        for code in ["incorrect_password_too_many_times", "account_locked"] {
            for short in [
                "0",
                "1",
                "1799",
                "-1",
                "soon",
                "",
                "Sun, 01 Mar 2020 10:00:00 GMT",
                "99999999999999999999999",
                "Fri, 31 Dec 9999 23:59:59 GMT",
            ] {
                assert_eq!(until(code, short).as_deref(), Some("2026-03-01T12:30:00Z"), "{code}: `{short}`");
            }
            for far in
                ["86400", "86401", "18446744073709551615", "9223372036854775807", "Mon, 01 Mar 2100 10:00:00 GMT"]
            {
                assert_eq!(until(code, far).as_deref(), Some("2026-03-02T12:00:00Z"), "{code}: `{far}`");
            }
        }
    }

    #[test]
    fn no_sign_in_is_sent_without_attempts_left() {
        let authenticator = authenticator(NOON);
        let left =
            |left: i64| format!(r#"{{"errorCode":"username_password_not_match","data":{{"remainderTimes":{left}}}}}"#);
        refused(&authenticator, &left(1), "");
        assert_eq!(is_locked_until(&authenticator, "me@example.com"), None);
        let error = refused(&authenticator, &left(0), "");
        assert!(matches!(error, Error::WrongPassword { tries_left: Some(0), .. }), "{error:?}");
        assert_eq!(is_locked_until(&authenticator, "me@example.com").unwrap(), "2026-03-01T12:30:00Z");
        let error = authenticator.check_lock("me@example.com").unwrap_err();
        assert!(error.to_string().contains("wait until then"), "{error}");
        assert!(error.is_auth() && error.class() == Some(ticktick_raw::ErrorClass::LockedOut));
    }

    #[test]
    fn captchas_lock_nobody() {
        let authenticator = authenticator(NOON);
        refused(&authenticator, r#"{"errorCode":"need_captcha"}"#, "");
        assert_eq!(is_locked_until(&authenticator, "me@example.com"), None);
    }
}
