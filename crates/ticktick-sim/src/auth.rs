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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;

    use crate::Reply;
    use crate::testing::{PASSWORD, Tester, USER, browser, tester, tester_with};

    const SIGN_ON: &str = "/api/v2/user/signon?wc=true&remember=true";

    fn sign_on(tester: &Tester, headers: Vec<(String, String)>, password: &str) -> Reply {
        let body = json!({ "username": USER, "password": password }).to_string();
        tester.send_with(headers, "POST", SIGN_ON, body)
    }

    #[test]
    fn the_token_comes_as_cookie_too() {
        let tester = tester();
        let reply = sign_on(&tester, browser(), PASSWORD);
        let answer = reply.value(200);
        let cookies: Vec<_> = reply.headers.iter().filter(|(name, _)| *name == "Set-Cookie").collect();
        let token = answer["token"].as_str().unwrap();
        assert_eq!(cookies[0].1, format!("t={token}; Path=/; HttpOnly"));
        assert!(cookies[1].1.starts_with("_csrf_token="));
        assert_eq!(answer["inboxId"], format!("inbox{}", answer["userId"].as_str().unwrap()));
        let cookie = vec![("Cookie".to_owned(), format!("t={token}"))];
        tester.send_with(cookie, "GET", "/api/v2/user/status", "").value(200);
    }

    #[test]
    fn ten_failures_lock_for_half_an_hour() {
        let tester = tester();
        for left in (0..10).rev() {
            let reply = sign_on(&tester, browser(), "wrong");
            reply.refused(500, "username_password_not_match");
            let answer = reply.value(500);
            assert_eq!(answer["data"]["remainderTimes"], left);
            assert_eq!(answer["errorMessage"], USER);
        }
        sign_on(&tester, browser(), PASSWORD).refused(500, "incorrect_password_too_many_times");
        tester.service.clock().advance(SignedDuration::from_mins(29));
        sign_on(&tester, browser(), PASSWORD).refused(500, "incorrect_password_too_many_times");
        tester.service.clock().advance(SignedDuration::from_mins(1));
        sign_on(&tester, browser(), "wrong").refused(500, "username_password_not_match");
        sign_on(&tester, browser(), PASSWORD).value(200);
    }

    #[test]
    fn scripts_are_turned_away_without_a_word() {
        let tester = tester();
        for missing in ["origin", "referer", "x-device"] {
            let mut headers = browser();
            headers.retain(|(name, _)| name != missing);
            let reply = sign_on(&tester, headers, PASSWORD);
            assert_eq!((reply.status, reply.body.len()), (429, 0), "{missing}");
        }
        let lenient = tester_with(|builder| builder.lenient_headers());
        sign_on(&lenient, Vec::new(), PASSWORD).value(200);
    }

    #[test]
    fn odd_device_ids_look_like_wrong_passwords() {
        let mut headers = browser();
        headers[2].1 = r#"{"platform":"web","version":6010,"id":"web_client"}"#.into();
        sign_on(&tester(), headers, PASSWORD).refused(500, "username_password_not_match");
    }

    #[test]
    fn sessions_are_cookies_and_end() {
        let tester = tester();
        let bearer = vec![("Authorization".to_owned(), "Bearer abc".to_owned())];
        tester.send_with(bearer, "GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
        tester.send("GET", "/api/v2/projects", "").value(200);
        let reply = tester.send("GET", "/signout", "");
        assert_eq!((reply.status, reply.headers[0].1.as_str()), (302, "/"));
        tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
        assert_eq!(tester.send("POST", "/api/v2/user/signin", "{}").status, 405);
    }
}
