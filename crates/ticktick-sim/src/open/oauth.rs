//! Signing in to the Open API: the authorization page, and the exchange of a code for a token.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::multipart::form_field;
use crate::exchange::reply::Reply;
use crate::open::gate::credential;
use crate::world::lock::lock;
use crate::world::open_access::{Client, Consent, OpenAccess, Token};

/// Lifetime of a token in seconds: 180 days minus one second.
const LASTS: i64 = 15_551_999;

/// Lifetime of a code. That of the service is unknown.
const CODE_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// Characters that need no escaping in a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An OAuth error.
struct Refused(u16, &'static str);

const BAD_CLIENT: Refused = Refused(401, "invalid_client");
const BAD_GRANT: Refused = Refused(400, "invalid_grant");
const BAD_REQUEST: Refused = Refused(400, "invalid_request");

/// Redirects the user to a known client with a code. For an unknown client, returns an error page.
pub(super) fn authorize(context: &Context, call: &Call) -> Reply {
    let mut access = lock(&context.world.open);
    let client = access.clients.iter().find(|client| Some(&*client.id) == call.query("client_id"));
    let Some(client) = client.filter(|client| Some(&*client.redirect) == call.query("redirect_uri")) else {
        return page("The client is not registered with this redirect address.");
    };
    let place = call.session.as_ref().map_or(0, |session| session.account);
    let Some(account) = context.world.accounts.get(place) else {
        return page("The simulator has no account.");
    };
    let redirect = client.redirect.clone();
    let answer = match wrong(call, client) {
        Some(error) => ("error", error.to_owned()),
        None => {
            let consent = Consent {
                client: client.id.clone(),
                user: lock(&account).username.clone(),
                scope: call.query("scope").unwrap_or_default().to_owned(),
                challenge: call.query("code_challenge").map(str::to_owned),
                ends: call.now.checked_add(CODE_LASTS).ok(),
            };
            let code = access.hex(32);
            access.consents.insert(code.clone(), consent);
            ("code", code)
        }
    };
    let state = call.query("state").map(|state| ("state", state.to_owned()));
    Reply::redirect(&with_query(&redirect, std::iter::once(answer).chain(state)))
}

/// Returns the error in a request of a known client.
fn wrong(call: &Call, client: &Client) -> Option<&'static str> {
    if call.query("response_type") != Some("code") {
        return Some("unsupported_response_type");
    }
    let challenge = call.query("code_challenge");
    let method = call.query("code_challenge_method");
    let proven = client.secret.is_some() || challenge.is_some();
    let known = challenge.is_none() || method == Some("S256");
    if proven && known { None } else { Some("invalid_request") }
}

fn with_query(address: &str, pairs: impl Iterator<Item = (&'static str, String)>) -> String {
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{name}={}", utf8_percent_encode(&value, PLAIN))).collect();
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{}", pairs.join("&"))
}

fn page(text: &str) -> Reply {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><title>Authorize</title></head>\
         <body><h1>Authorize</h1><p>{text}</p></body></html>"
    );
    Reply { body: page.into(), ..Reply::empty() }.with_header("Content-Type", "text/html;charset=utf-8")
}

/// Returns a token for the grant in the form.
pub(super) fn exchange(context: &Context, call: &Call) -> Reply {
    let mut access = lock(&context.world.open);
    let granted = match call.form("grant_type").as_deref() {
        Some("authorization_code") => access.redeem(call),
        Some("client_credentials") => access.trust(call),
        Some(_) => access.client(call).and(Err(Refused(400, "unsupported_grant_type"))),
        None => access.client(call).and(Err(BAD_REQUEST)),
    };
    match granted {
        Ok((user, scope)) => Reply::json(&json!({
            "access_token": access.token(user, call.now),
            "token_type": "bearer",
            "expires_in": LASTS,
            "scope": scope,
        })),
        Err(refused) => refused.reply(),
    }
}

/// Revokes the token in the form immediately. An unknown one is not an error.
pub(super) fn revoke(context: &Context, call: &Call) -> Reply {
    match call.form("token").or_else(|| form_field(call, "token")) {
        Some(token) => {
            lock(&context.world.open).tokens.remove(&token);
            Reply::empty().typed()
        }
        None => BAD_REQUEST.reply(),
    }
}

impl Refused {
    fn reply(&self) -> Reply {
        let Self(status, error) = self;
        Reply::json(&json!({ "error": error, "error_description": error.replace('_', " ") })).with_status(*status)
    }
}

impl OpenAccess {
    /// Returns the client that sent a request: authenticated by its secret, or identified by its name if it
    /// has none.
    fn client(&self, call: &Call) -> Result<&Client, Refused> {
        let basic = credential(call, "basic").and_then(|text| BASE64_STANDARD.decode(text).ok());
        let basic = basic.and_then(|bytes| String::from_utf8(bytes).ok());
        let (id, secret) = match basic.as_deref().and_then(|text| text.split_once(':')) {
            Some((id, secret)) => (id.to_owned(), Some(secret)),
            None => (call.form("client_id").ok_or(BAD_CLIENT)?, None),
        };
        let fits = |client: &&Client| client.id == id && client.secret.as_deref() == secret;
        self.clients.iter().find(fits).ok_or(BAD_CLIENT)
    }

    /// Redeems a code, which is valid once, and returns its user and scope.
    fn redeem(&mut self, call: &Call) -> Result<(Option<String>, String), Refused> {
        let client = self.client(call)?;
        let (id, redirect) = (client.id.clone(), client.redirect.clone());
        let code = call.form("code").ok_or(BAD_REQUEST)?;
        let consent = self.consents.remove(&code).ok_or(BAD_GRANT)?;
        let in_time = consent.ends.is_some_and(|end| call.now < end);
        if consent.client != id || call.form("redirect_uri") != Some(redirect) || !in_time {
            return Err(BAD_GRANT);
        }
        let verified = consent.challenge.is_none_or(|challenge| {
            call.form("code_verifier").is_some_and(|verifier| challenge_of(&verifier) == challenge)
        });
        if verified { Ok((Some(consent.user), consent.scope)) } else { Err(BAD_GRANT) }
    }

    /// Authenticates a client by its secret, and returns no user and the requested scope.
    fn trust(&self, call: &Call) -> Result<(Option<String>, String), Refused> {
        let client = self.client(call)?;
        let scope = call.form("scope").unwrap_or_default();
        if client.secret.is_some() { Ok((None, scope)) } else { Err(BAD_CLIENT) }
    }

    fn token(&mut self, user: Option<String>, now: Timestamp) -> String {
        let token = self.uuid();
        let ends = now.checked_add(SignedDuration::from_secs(LASTS)).ok();
        self.tokens.insert(token.clone(), Token { user, ends });
        token
    }
}

/// Returns the challenge of a verifier, by `S256`.
fn challenge_of(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_those_of_the_standard() {
        // RFC 7636, appendix B.
        let challenge = challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn addresses_take_a_query() {
        let pairs = || [("code", "a b&c".to_owned())].into_iter();
        assert_eq!(with_query("http://localhost/cb", pairs()), "http://localhost/cb?code=a%20b%26c");
        assert_eq!(with_query("app:/cb?x=1", pairs()), "app:/cb?x=1&code=a%20b%26c");
    }
}
