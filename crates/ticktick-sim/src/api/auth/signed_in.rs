//! The response to a completed sign-in.

use jiff::Timestamp;

use crate::api::user::status::status;
use crate::exchange::reply::Reply;
use crate::world::access::Access;
use crate::world::account::Account;

/// Opens a session and returns its token, also as a cookie.
pub(super) fn signed_in(
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
