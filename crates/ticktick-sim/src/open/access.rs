//! Access to the Open API: tokens and rate limits.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::builder::Builder;
use crate::call::Call;
use crate::maker::{Maker, Stand};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::{State, lock};

use super::oauth::{Client, Consent};

/// How many requests an account may make in how many minutes.
const LIMITS: [(u32, i64); 2] = [(100, 1), (300, 5)];

/// What a token opens.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Token {
    /// The user; a client that acts for itself has none.
    pub(super) user: Option<String>,
    /// A token from the settings has no end.
    pub(super) ends: Option<Timestamp>,
}

/// Tokens, clients and request counts of the Open API.
#[derive(Default)]
pub(crate) struct OpenAccess {
    pub(super) clients: Vec<Client>,
    pub(super) consents: HashMap<String, Consent>,
    pub(super) tokens: HashMap<String, Token>,
    limited: bool,
    /// For each user and limit: when counting began, and the requests since then.
    counts: HashMap<String, [(Timestamp, u32); LIMITS.len()]>,
    pub(super) maker: Option<Maker>,
}

/// What a dump holds of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenKept {
    tokens: BTreeMap<String, Token>,
    maker: Option<Stand>,
}

impl OpenAccess {
    /// Returns what a dump carries.
    pub(crate) fn keep(&self) -> OpenKept {
        let tokens = self.tokens.iter().map(|(token, opens)| (token.clone(), opens.clone())).collect();
        OpenKept { tokens, maker: self.maker.as_ref().map(Maker::stand) }
    }

    /// Restores the contents of a dump; tokens from the settings are kept.
    pub(crate) fn restore(&mut self, kept: OpenKept) {
        self.forget();
        self.tokens.extend(kept.tokens);
        if let (Some(maker), Some(stand)) = (&mut self.maker, kept.maker) {
            maker.go_to(&stand);
        }
    }

    /// Clears grants and counts; tokens from the settings are kept.
    pub(crate) fn forget(&mut self) {
        self.tokens.retain(|_, token| token.ends.is_none());
        self.consents.clear();
        self.counts.clear();
    }

    /// Clears the grants and counts of a user; `also_settings` includes the tokens from the settings.
    pub(crate) fn forget_user(&mut self, user: &str, also_settings: bool) {
        let is_user = |name: &str| name.to_lowercase() == user.to_lowercase();
        let stays = |token: &Token| !also_settings && token.ends.is_none();
        self.tokens.retain(|_, token| stays(token) || !token.user.as_deref().is_some_and(is_user));
        self.consents.retain(|_, consent| !is_user(&consent.user));
        self.counts.retain(|name, _| !is_user(name));
    }

    /// Sets the source of codes and tokens.
    pub(crate) fn made_by(mut self, maker: Maker) -> Self {
        self.maker = Some(maker);
        self
    }

    /// Creates a personal token, as the settings of the web app do.
    pub(crate) fn personal_token(&mut self, user: &str) -> String {
        let token = format!("tp_{}", self.hex(32));
        self.tokens.insert(token.clone(), Token { user: Some(user.into()), ends: None });
        token
    }

    /// Creates an access token, which looks like a UUID of version 4.
    pub(super) fn uuid(&mut self) -> String {
        let [start, middle, version, variant, end] = [8, 4, 3, 3, 12].map(|digits| self.hex(digits));
        format!("{start}-{middle}-4{version}-a{variant}-{end}")
    }

    pub(super) fn hex(&mut self, digits: usize) -> String {
        self.maker.as_mut().map(|maker| maker.hex(digits)).unwrap_or_default()
    }

    /// Returns the user of a token.
    fn user(&self, token: Option<&str>, now: Timestamp) -> Result<String, Refusal> {
        let found = token.and_then(|token| self.tokens.get(token));
        match found.filter(|token| token.ends.is_none_or(|end| now < end)) {
            None => Err(Refusal::not_signed_on()),
            Some(token) => token.user.clone().ok_or_else(Refusal::senseless),
        }
    }

    /// Counts a request, or refuses it if a limit is reached.
    fn count(&mut self, user: &str, now: Timestamp) -> Result<(), Refusal> {
        let counts = self.counts.entry(user.to_owned()).or_insert([(now, 0); LIMITS.len()]);
        for ((began, count), (most, minutes)) in counts.iter_mut().zip(LIMITS) {
            if now.duration_since(*began) >= SignedDuration::from_mins(minutes) {
                (*began, *count) = (now, 0);
            }
            if self.limited && *count >= most {
                let message = format!("exceed query limit: {most} requests in {minutes} min");
                return Err(Refusal::new(500, "exceed_query_limit").saying(message));
            }
        }
        counts.iter_mut().for_each(|(_, count)| *count += 1);
        Ok(())
    }
}

impl State {
    /// Runs a handler of the Open API on the account of the token.
    pub(super) fn open(&self, call: &Call, work: impl FnOnce(&mut Account) -> Answer) -> Reply {
        self.conclude(|| {
            let user = {
                let mut access = lock(&self.open);
                let user = access.user(credential(call, "bearer"), call.now)?;
                access.count(&user, call.now)?;
                user
            };
            let place = self.accounts.named(&user).ok_or_else(Refusal::not_signed_on)?;
            self.together(place, call.now, work)
        })
        .typed()
    }
}

impl Reply {
    /// Gives an empty answer the content type that the service sends with it.
    pub(super) fn typed(self) -> Self {
        let is_empty = self.body.is_empty() && self.headers.is_empty();
        if is_empty { self.with_header("Content-Type", "application/octet-stream") } else { self }
    }
}

/// Returns the value of the header `Authorization` for a scheme, given in lower case.
pub(super) fn credential<'a>(call: &'a Call, scheme: &str) -> Option<&'a str> {
    let (named, value) = call.header("authorization")?.trim().split_once(' ')?;
    (named.to_lowercase() == scheme).then_some(value.trim())
}

impl Builder {
    /// Adds an Open API token for an account, like the personal tokens of the web app's settings.
    ///
    /// ```
    /// use ticktick_raw::{Call, op};
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().account("me", "secret").api_token("me", "my-token").build();
    /// let call = Call::new(&op::OPEN_LIST_PROJECTS).header("Authorization", "Bearer my-token");
    /// assert_eq!(call.send(&sim.transport()).await?.status, 200);
    /// # Ok(())
    /// # }
    /// ```
    pub fn api_token(mut self, user: impl Into<String>, token: impl Into<String>) -> Self {
        self.open_access.tokens.insert(token.into(), Token { user: Some(user.into()), ends: None });
        self
    }

    /// Registers a confidential OAuth client, which has a secret.
    ///
    /// Opening its authorization page counts as consent: by the user of the session, or by the first
    /// account.
    pub fn oauth_client(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        self.open_access.clients.push(Client {
            id: id.into(),
            secret: Some(secret.into()),
            redirect: redirect_uri.into(),
        });
        self
    }

    /// Registers a public OAuth client, which has no secret and uses PKCE.
    pub fn public_oauth_client(mut self, id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        self.open_access.clients.push(Client { id: id.into(), secret: None, redirect: redirect_uri.into() });
        self
    }

    /// Limits each account to 100 requests to the Open API per minute and 300 per five minutes, as the
    /// service does. Disabled by default.
    pub fn throttle_open_api(mut self) -> Self {
        self.open_access.limited = true;
        self
    }
}
