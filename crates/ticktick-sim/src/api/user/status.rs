//! What a sign-in and `user.status` both return about an account.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::world::account::Account;
use crate::world::book::user::user_code;
use crate::world::fields::wire;
use crate::world::limits::Plan;

/// Returns the members that a sign-in and `user.status` have in common.
pub(crate) fn status(account: &Account) -> Map<String, Value> {
    let pro = account.plan == Plan::Pro;
    let end = if pro { account.registered.as_second() + 10 * 365 * 86_400 } else { 0 };
    let end = Timestamp::from_second(end).unwrap_or(Timestamp::MAX);
    let mut status = json!({
        "userId": account.user_id.to_string(),
        "userCode": user_code(account.user_id),
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
