//! A request for a second factor looks like success: status 200 with `authId` in place of `token`.

use ticktick_models::{Secret, SignOnAnswer};

/// Returns the key of a sign-in that requires a second factor.
pub(crate) fn pending(answer: &SignOnAnswer) -> Option<&Secret> {
    let has_token = answer.token.get().is_some_and(|token| !token.expose().is_empty());
    answer.auth_id.get().filter(|_| !has_token)
}
