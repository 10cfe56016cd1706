//! The second factor of a sign-in.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::auth::signed_in::signed_in;
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::lock::lock;
use crate::world::totp;

/// The error code for a wrong code. It is not recorded, but one client expects it.
const WRONG_CODE: &str = "totp_verify_failed";

#[derive(Deserialize)]
struct Wanted {
    method: String,
}

#[derive(Deserialize)]
struct Verify {
    code: String,
    method: String,
}

impl Context {
    pub(super) fn mfa_factors(&self, call: &Call) -> Answer {
        let key = verify_id(call)?;
        lock(&self.world.access).waiting(key).ok_or_else(Refusal::senseless)?;
        Ok(Reply::json(&json!({ "mfaType": "app" })))
    }

    /// Sends a code. It is not delivered; the control routes return it.
    pub(super) fn mfa_request_code(&self, call: &Call) -> Answer {
        let Wanted { method } = call.json()?;
        if !["mail", "phone"].contains(&method.as_str()) {
            return Err(Refusal::senseless());
        }
        let mut access = lock(&self.world.access);
        let code = access.code();
        let challenge = access.waiting(verify_id(call)?).ok_or_else(Refusal::senseless)?;
        challenge.sent = Some((method, code));
        Ok(Reply::empty())
    }

    pub(super) fn mfa_verify(&self, call: &Call) -> Answer {
        let key = verify_id(call)?;
        let Verify { code, method } = call.json()?;
        let mut access = lock(&self.world.access);
        let challenge = access.waiting(key).ok_or_else(Refusal::senseless)?.clone();
        let (user, place) = (challenge.user, challenge.account);
        if access.is_locked(&user, call.now) {
            return Err(Refusal::new(500, "incorrect_password_too_many_times"));
        }
        let account = self.world.accounts.get(place).ok_or_else(Refusal::not_signed_on)?;
        let account = lock(&account);
        let fits = match method.as_str() {
            "app" => account.totp.as_deref().is_some_and(|secret| totp::fits(secret, &code, call.now)),
            _ => challenge.sent == Some((method, code)),
        };
        if !fits {
            // Every wrong code counts as a failed attempt, because otherwise a thousand guesses would
            // succeed.
            let left = access.fail(&user, call.now);
            return Err(Refusal::new(500, WRONG_CODE).with_data(json!({ "remainderTimes": left })));
        }
        access.met(key);
        Ok(signed_in(&mut access, &user, place, &account, challenge.device.as_deref(), call.now))
    }
}

/// Returns the key of the sign-in that a request continues.
///
/// A missing, unknown or used key is an invalid request. The response of the service is not recorded.
fn verify_id(call: &Call) -> Result<&str, Refusal> {
    call.header("x-verify-id").filter(|key| !key.is_empty()).ok_or_else(Refusal::senseless)
}

/// Returns the second factor of an account.
pub(super) fn setting(account: &Account) -> Value {
    json!({ "mfaType": account.totp.as_ref().map(|_| "app") })
}
