//! The user, the plan and the settings of an account.

mod export;
mod notification;
mod preferences;
pub(crate) mod status;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};
use ticktick_models::{Object, UserSettings};

use crate::api::user::status::status;
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::UserHandlers;
use crate::world::account::Account;
use crate::world::book::user::user_code;
use crate::world::limits;
use crate::world::user::pomodoro;

impl UserHandlers for Context {
    fn user_profile(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&profile(account))))
    }

    fn user_status(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let mut answer = status(account);
            answer.insert("timeStamp".into(), call.now.as_millisecond().into());
            Ok(Reply::json(&answer))
        })
    }

    fn user_settings(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&account.current_settings())))
    }

    fn user_update_settings(&self, call: &Call) -> Reply {
        self.in_session(call, |account| write_settings(account, call))
    }

    fn user_post_settings(&self, call: &Call) -> Reply {
        self.in_session(call, |account| write_settings(account, call))
    }

    fn user_limits(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Ok(Reply::json(&limits::table())))
    }

    fn user_daily_reminder(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(preferences::daily_reminder(account)))
    }

    fn user_pomodoro(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&pomodoro(account))))
    }

    fn user_feature_prompt(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(preferences::feature_prompt(account)))
    }

    fn user_ext(&self, call: &Call) -> Reply {
        self.in_session(call, |account| preferences::ext(account, call))
    }

    fn user_update_ext(&self, call: &Call) -> Reply {
        self.in_session(call, |account| preferences::update_ext(account, call))
    }

    fn user_notifications(&self, call: &Call) -> Reply {
        self.in_session(call, |account| notification::list(account, call))
    }

    fn user_unread_notifications(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(notification::unread(account, self.forms.unread)))
    }

    fn user_export(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&export::csv(account, call.now))))
    }

    fn user_export_mode(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Ok(Reply::json(&json!({ "type": "direct" }))))
    }

    /// No other service can be linked, so the response is empty.
    fn user_binding_info(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Ok(Reply::json(&json!([]))))
    }

    /// No call that saves a place is known, so the response is empty.
    fn user_favorite_locations(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Ok(Reply::json(&json!([]))))
    }
}

/// Writes the settings. Clients send the complete object.
fn write_settings(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    if sent.decode::<UserSettings>().is_err() {
        return Err(Refusal::senseless());
    }
    account.write_settings(&sent);
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
        "picture": "https://ticktick.com/static/avatar.png",
        "link": null,
        "gender": null,
        "locale": "en_US",
        "userCode": user_code(account.user_id),
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
