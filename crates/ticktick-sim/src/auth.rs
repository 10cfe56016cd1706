//! Signing on and out.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::account::{Account, Plan};
use crate::call::Call;
use crate::fields::wire;
use crate::generated::AuthHandlers;
use crate::maker::is_id;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::{State, lock};

#[derive(Deserialize)]
struct Credentials {
    username: Option<String>,
    phone: Option<String>,
    password: Option<String>,
}

impl AuthHandlers for State {
    fn auth_sign_on(&self, call: &Call) -> Reply {
        match looks(call) {
            _ if self.lenient => {}
            Looks::Browser => {}
            // The load balancer in front says nothing more.
            Looks::Script => return Reply::empty().with_status(429),
            Looks::OddDevice => {
                return self.conclude(|| Err(Refusal::new(500, "username_password_not_match")));
            }
        }
        self.conclude(|| self.sign_on(call))
    }

    fn auth_sign_in(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn auth_sign_out(&self, call: &Call) -> Reply {
        if let Some(session) = &call.session {
            lock(&self.door).close(&session.token);
        }
        Reply::redirect("/").with_header("Set-Cookie", "t=; Path=/; Max-Age=0; HttpOnly")
    }
}

impl State {
    fn sign_on(&self, call: &Call) -> Answer {
        let sent: Credentials = call.json()?;
        let user = sent.username.or(sent.phone).unwrap_or_default().trim().to_lowercase();
        let mut door = lock(&self.door);
        if door.is_locked(&user, call.now) {
            return Err(Refusal::new(500, "incorrect_password_too_many_times"));
        }
        let fits = |account: &Account| {
            account.username.to_lowercase() == user && Some(&account.password) == sent.password.as_ref()
        };
        let Some(place) = self.accounts.iter().position(|account| fits(&lock(account))) else {
            let left = door.fail(&user, call.now);
            return Err(Refusal::new(500, "username_password_not_match")
                .saying(user)
                .with_data(json!({ "remainderTimes": left })));
        };
        let session = door.open(&user, place);
        let csrf = door.csrf(call.now);
        let mut answer = status(&lock(&self.accounts[place]));
        answer.insert("token".into(), session.token.clone().into());
        Ok(Reply::json(&answer)
            .with_header("Set-Cookie", format!("t={}; Path=/; HttpOnly", session.token))
            .with_header("Set-Cookie", format!("_csrf_token={csrf}; Path=/")))
    }
}

/// What a client looks like to the service.
enum Looks {
    Browser,
    Script,
    OddDevice,
}

fn looks(call: &Call) -> Looks {
    let given = |name| call.header(name).is_some_and(|value| !value.is_empty());
    let device: Option<Map<String, Value>> = call.header("x-device").and_then(|json| serde_json::from_str(json).ok());
    let Some(device) = device else { return Looks::Script };
    let known = ["platform", "version", "id"];
    if !given("origin") || !given("referer") || !known.iter().all(|key| device.contains_key(*key)) {
        return Looks::Script;
    }
    match device.get("id").and_then(Value::as_str) {
        Some(id) if is_id(id) => Looks::Browser,
        _ => Looks::OddDevice,
    }
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

pub(crate) fn user_code(account: &Account) -> String {
    format!("{:032x}", account.user_id)
}
