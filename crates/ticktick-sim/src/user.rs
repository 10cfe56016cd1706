//! The person, the plan and the settings of an account.

use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::auth::{status, user_code};
use crate::call::Call;
use crate::generated::UserHandlers;
use crate::limits;
use crate::reply::{Answer, Reply};
use crate::state::State;

impl UserHandlers for State {
    fn user_profile(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json(&profile(account))))
    }

    fn user_status(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut answer = status(account);
            answer.insert("timeStamp".into(), call.now.as_millisecond().into());
            Ok(Reply::json(&answer))
        })
    }

    fn user_settings(&self, call: &Call) -> Reply {
        self.with(call, |account| match &account.settings {
            Some(written) => Ok(Reply::json(written)),
            None => Ok(Reply::json(&settings(account))),
        })
    }

    fn user_update_settings(&self, call: &Call) -> Reply {
        self.with(call, |account| write_settings(account, call))
    }

    fn user_post_settings(&self, call: &Call) -> Reply {
        self.with(call, |account| write_settings(account, call))
    }

    fn user_limits(&self, call: &Call) -> Reply {
        self.with(call, |_| Ok(Reply::json(&limits::table())))
    }

    fn user_notifications(&self, call: &Call) -> Reply {
        self.with(call, |_| Ok(Reply::json(&json!([]))))
    }
}

/// Replaces the settings: a write sends the complete object.
fn write_settings(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    if let Some(zone) = crate::fields::Fields::word(&sent, "timeZone") {
        account.zone = zone;
    }
    account.settings = Some(sent);
    Ok(Reply::empty())
}

fn profile(account: &Account) -> Value {
    let name = account.username.split('@').next().unwrap_or_default();
    let email = account.username.contains('@').then_some(&account.username);
    json!({
        "username": account.username,
        "email": email,
        "verifiedEmail": email.is_some(),
        "fakedEmail": false,
        "filledPassword": true,
        "siteDomain": "ticktick.com",
        "name": name,
        "displayName": name,
        "givenName": null,
        "familyName": null,
        "picture": null,
        "link": null,
        "gender": null,
        "locale": "en_US",
        "userCode": user_code(account),
        "phone": null,
        "phoneWithoutCountryCode": null,
        "externalId": null,
        "extenalId": null,
        "accountDomain": null,
        "createdCampaign": null,
        "createdDeviceInfo": null,
        "verCode": null,
        "verKey": null,
        "etimestamp": null,
    })
}

/// Settings that nobody has written yet.
fn settings(account: &Account) -> Value {
    let smart_lists: Vec<Value> = ["inbox", "all", "today", "tomorrow", "n7ds", "completed", "trash", "tag", "filter"]
        .iter()
        .map(|name| json!({ "name": name, "visibility": "show", "order": null }))
        .collect();
    json!({
        "id": account.user_id,
        "timeZone": account.zone,
        "isTimeZoneOptionEnabled": true,
        "locale": "en_US",
        "language": "en_US",
        "theme": "light",
        "startDayOfWeek": "MON",
        "dailyRemindTime": "09:00",
        "defaultRemindTime": "09:00",
        "defaultReminds": [],
        "defaultADReminders": [],
        "defaultTags": [],
        "defaultPriority": 0,
        "defaultDueDate": 0,
        "defaultProjectId": account.inbox_id,
        "nlpEnabled": true,
        "nlpenabled": true,
        "showCompleted": true,
        "smartProjects": smart_lists,
        "tabBars": [{ "name": "TASK", "enabled": true }, { "name": "CALENDAR", "enabled": true }],
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::tester;

    #[test]
    fn the_account_is_what_it_says() {
        let tester = tester();
        let status = tester.get("/api/v2/user/status");
        assert_eq!((&status["userId"], &status["pro"]), (&json!("120000001"), &json!(true)));
        assert!(status.get("token").is_none());
        assert_eq!(tester.get("/api/v2/user/profile")["username"], "me@example.com");
        assert_eq!(tester.get("/api/v2/configs/limits")["free"]["projectNumber"], 9);
    }

    #[test]
    fn settings_are_replaced() {
        let tester = tester();
        let mut settings = tester.get("/api/v2/user/preferences/settings?includeWeb=true");
        settings["timeZone"] = "Asia/Tokyo".into();
        settings["own"] = json!({ "kept": true });
        tester.send("PUT", "/api/v2/user/preferences/settings", settings.to_string()).value(200);
        assert_eq!(tester.get("/api/v2/user/preferences/settings"), settings);
        assert_eq!(tester.add(&json!({ "title": "x" }))["timeZone"], "Asia/Tokyo");
    }
}
