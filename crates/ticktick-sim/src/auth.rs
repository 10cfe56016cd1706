//! Signing on and out, and the sessions of an account.

mod mfa;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::access::{Access, Entry};
use crate::account::{Account, Plan};
use crate::call::Call;
use crate::fields::wire;
use crate::generated::AuthHandlers;
use crate::generated::control::Captcha;
use crate::maker::is_id;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::{State, lock};

/// Spreads small numbers over all digits of a code.
const SPREAD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// What a client sends to sign on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credentials {
    username: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    ver_key: Option<String>,
    ver_code: Option<String>,
}

impl AuthHandlers for State {
    fn auth_sign_on(&self, call: &Call) -> Reply {
        let missing = self.sign_on.missing(call);
        if !missing.is_empty() {
            // The load balancer in front says nothing more.
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
        self.with(call, |account| Ok(Reply::json(&mfa::setting(account))))
    }

    fn auth_list_sessions(&self, call: &Call) -> Reply {
        self.conclude(|| {
            let session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
            let sessions = lock(&self.access).sessions(session.account);
            Ok(Reply::json(&sessions.iter().map(listed).collect::<Vec<_>>()))
        })
    }

    fn auth_sign_out(&self, call: &Call) -> Reply {
        if let Some(session) = &call.session {
            lock(&self.access).close(&session.token);
        }
        Reply::redirect("/").with_header("Set-Cookie", "t=; Path=/; Max-Age=0; HttpOnly")
    }
}

impl State {
    fn sign_on(&self, call: &Call) -> Answer {
        let sent: Credentials = call.json()?;
        self.check_captcha(&sent)?;
        let user = sent.username.or(sent.phone).unwrap_or_default().trim().to_lowercase();
        let mut access = lock(&self.access);
        if access.is_locked(&user, call.now) {
            return Err(Refusal::new(500, "incorrect_password_too_many_times"));
        }
        let fits = |account: &Account| account.is_named(&user) && Some(&account.password) == sent.password.as_ref();
        let Some(place) = self.accounts.position(fits) else {
            return Err(no_match(access.fail(&user, call.now), user));
        };
        let account = self.accounts.get(place).ok_or_else(Refusal::not_signed_on)?;
        let account = lock(&account);
        if account.totp.is_none() {
            return Ok(welcome(&mut access, &user, place, &account, call.header("x-device"), call.now));
        }
        let (key, until) = access.challenge(&user, place, call.header("x-device").map(str::to_owned));
        Ok(Reply::json(&json!({ "authId": key, "expireTime": until.as_second() })))
    }

    fn check_captcha(&self, sent: &Credentials) -> Result<(), Refusal> {
        match &*lock(&self.captcha) {
            None => Ok(()),
            Some(Captcha { ver_key, ver_code }) => match (&sent.ver_key, &sent.ver_code) {
                (Some(key), Some(code)) if key == ver_key && code == ver_code => Ok(()),
                (None, None) => Err(Refusal::new(500, "need_captcha")),
                _ => Err(Refusal::new(500, "captcha_wrong")),
            },
        }
    }
}

/// Refuses credentials; as in the service, the message is the user name.
fn no_match(left: u32, user: String) -> Refusal {
    Refusal::new(500, "username_password_not_match").saying(user).with_data(json!({ "remainderTimes": left }))
}

/// Opens a session and answers its token, as cookie too.
fn welcome(
    access: &mut Access,
    user: &str,
    place: usize,
    account: &Account,
    device: Option<&str>,
    now: Timestamp,
) -> Reply {
    let session = access.open_for(user, place, device.map(str::to_owned));
    let csrf = access.csrf(now);
    let mut answer = status(account);
    answer.insert("token".into(), session.token.clone().into());
    Reply::json(&answer)
        .with_header("Set-Cookie", format!("t={}; Path=/; HttpOnly", session.token))
        .with_header("Set-Cookie", format!("_csrf_token={csrf}; Path=/"))
}

/// Describes a session to its owner.
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

/// The browser headers that a sign-on requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SignOnRule {
    /// Requires the device and one of `Origin` and `Referer`; both more and less were reported.
    #[default]
    Usual,
    /// Requires the device, `Origin` and `Referer`.
    Strict,
    /// Requires nothing.
    Lenient,
}

impl SignOnRule {
    /// Lists what a request lacks.
    fn missing(self, call: &Call) -> Vec<&'static str> {
        let lacks = |name: &str| call.header(name).is_none_or(str::is_empty);
        let device = call.device();
        let has = |key: &str| device.as_ref().is_some_and(|device| device.contains_key(key));
        let lacks_device = !["platform", "version", "id"].into_iter().all(has);
        let checks = match self {
            Self::Usual => vec![("Origin or Referer", lacks("origin") && lacks("referer")), ("X-Device", lacks_device)],
            Self::Strict => {
                vec![("Origin", lacks("origin")), ("Referer", lacks("referer")), ("X-Device", lacks_device)]
            }
            Self::Lenient => Vec::new(),
        };
        checks.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect()
    }
}

/// Returns `true` if the device id does not have the form of the web app's.
fn has_odd_device(call: &Call) -> bool {
    let id = call.device().and_then(|device| Some(device.get("id")?.as_str()?.to_owned()));
    !id.is_some_and(|id| is_id(&id))
}

/// Returns what a sign-on and `user.status` both say of an account.
pub(crate) fn status(account: &Account) -> Map<String, Value> {
    let pro = account.plan == Plan::Pro;
    let end = if pro { account.registered.as_second() + 10 * 365 * 86_400 } else { 0 };
    let end = Timestamp::from_second(end).unwrap_or(Timestamp::MAX);
    let mut status = json!({
        "userId": account.user_id.to_string(),
        "userCode": user_code(account),
        "username": account.username,
        "teamPro": false,
        "proEndDate": wire(end),
        "registerDate": wire(account.registered),
        "needSubscribe": false,
        "inboxId": account.inbox_id,
        "teamUser": false,
        "activeTeamUser": false,
        "freeTrial": false,
        "pro": pro,
        "ds": false,
    });
    if pro {
        status["proStartDate"] = wire(account.registered).into();
        status["subscribeType"] = "stripe_subscribe".into();
        status["subscribeFreq"] = "Year".into();
        status["freq"] = "Year".into();
        status["gracePeriod"] = false.into();
    }
    match status {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Returns the code of a person, which is a UUID of version 4.
pub(crate) fn user_code(account: &Account) -> String {
    let digits = format!("{:032x}", u128::from(account.user_id.unsigned_abs()).wrapping_mul(SPREAD));
    format!("{}-{}-4{}-a{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
}
