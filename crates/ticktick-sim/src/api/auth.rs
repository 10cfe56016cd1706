//! Sign-in, sign-out, and the sessions of an account.

mod mfa;
mod signed_in;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::api::auth::signed_in::signed_in;
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::sign_on::{SignOnRule, has_odd_device};
use crate::generated::AuthHandlers;
use crate::world::access::Entry;
use crate::world::account::Account;
use crate::world::fields::wire;
use crate::world::lock::lock;
use crate::world::state::Captcha;

/// The body of a sign-in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credentials {
    username: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    ver_key: Option<String>,
    ver_code: Option<String>,
}

impl AuthHandlers for Context {
    fn auth_sign_on(&self, call: &Call) -> Reply {
        let missing = self.sign_on.missing(call);
        if !missing.is_empty() {
            // The load balancer of the service sends no body.
            return Reply::empty().with_status(429).lacking(missing);
        }
        if self.sign_on != SignOnRule::Lenient && has_odd_device(call) {
            return self.conclude(|| Err(Refusal::new(500, "username_password_not_match")));
        }
        self.conclude(|| self.sign_on(call))
    }

    fn auth_sign_in(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn auth_mfa_factors(&self, call: &Call) -> Reply {
        self.conclude(|| self.mfa_factors(call))
    }

    fn auth_mfa_request_code(&self, call: &Call) -> Reply {
        self.conclude(|| self.mfa_request_code(call))
    }

    fn auth_mfa_verify(&self, call: &Call) -> Reply {
        self.conclude(|| self.mfa_verify(call))
    }

    fn auth_mfa_setting(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&mfa::setting(account))))
    }

    fn auth_list_sessions(&self, call: &Call) -> Reply {
        self.conclude(|| {
            let session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
            let sessions = lock(&self.world.access).sessions(session.account);
            Ok(Reply::json(&sessions.iter().map(listed).collect::<Vec<_>>()))
        })
    }

    fn auth_sign_out(&self, call: &Call) -> Reply {
        if let Some(session) = &call.session {
            lock(&self.world.access).close(&session.token);
        }
        Reply::redirect("/").with_header("Set-Cookie", "t=; Path=/; Max-Age=0; HttpOnly")
    }
}

impl Context {
    fn sign_on(&self, call: &Call) -> Answer {
        let sent: Credentials = call.json()?;
        self.check_captcha(&sent)?;
        let user = sent.username.or(sent.phone).unwrap_or_default().trim().to_lowercase();
        let mut access = lock(&self.world.access);
        if access.is_locked(&user, call.now) {
            return Err(Refusal::new(500, "incorrect_password_too_many_times"));
        }
        let fits = |account: &Account| account.is_named(&user) && Some(&account.password) == sent.password.as_ref();
        let Some(place) = self.world.accounts.position(fits) else {
            return Err(no_match(access.fail(&user, call.now), user));
        };
        let account = self.world.accounts.get(place).ok_or_else(Refusal::not_signed_on)?;
        let account = lock(&account);
        if account.totp.is_none() {
            return Ok(signed_in(&mut access, &user, place, &account, call.header("x-device"), call.now));
        }
        let (key, until) = access.challenge(&user, place, call.header("x-device").map(str::to_owned));
        Ok(Reply::json(&json!({ "authId": key, "expireTime": until.as_second() })))
    }

    fn check_captcha(&self, sent: &Credentials) -> Result<(), Refusal> {
        match &*lock(&self.world.captcha) {
            None => Ok(()),
            Some(Captcha { key: ver_key, code: ver_code }) => match (&sent.ver_key, &sent.ver_code) {
                (Some(key), Some(code)) if key == ver_key && code == ver_code => Ok(()),
                (None, None) => Err(Refusal::new(500, "need_captcha")),
                _ => Err(Refusal::new(500, "captcha_wrong")),
            },
        }
    }
}

/// Refuses credentials. As in the service, the message is the user name.
fn no_match(left: u32, user: String) -> Refusal {
    Refusal::new(500, "username_password_not_match").saying(user).with_data(json!({ "remainderTimes": left }))
}

/// Describes a session to its user.
fn listed(entry: &Entry) -> Value {
    let mut listed = json!({
        "id": entry.id,
        "createdTime": wire(entry.opened),
        "modifiedTime": wire(entry.used),
    });
    let device = entry.device.as_deref().and_then(|json| serde_json::from_str::<Map<String, Value>>(json).ok());
    if let Some(mut device) = device {
        let known = ["platform", "os", "device", "name", "version", "channel"];
        device.retain(|key, _| known.contains(&key.as_str()));
        listed["deviceInfo"] = device.into();
    }
    listed
}
