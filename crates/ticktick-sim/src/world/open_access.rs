//! Access to the Open API: tokens and rate limits.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::world::denial::Denial;
use crate::world::maker::{Maker, MakerState};

/// Maximum numbers of requests per account, each with a number of minutes.
const LIMITS: [(u32, i64); 2] = [(100, 1), (300, 5)];

/// A registered client.
pub(crate) struct Client {
    pub(crate) id: String,
    /// `None` for a public client.
    pub(crate) secret: Option<String>,
    pub(crate) redirect: String,
}

/// The consent of a user, until its code is exchanged.
pub(crate) struct Consent {
    pub(crate) client: String,
    pub(crate) user: String,
    pub(crate) scope: String,
    pub(crate) challenge: Option<String>,
    pub(crate) ends: Option<Timestamp>,
}

/// An access token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    /// The user; `None` for a client that acts for itself.
    pub(crate) user: Option<String>,
    /// `None` for tokens from the settings, which do not expire.
    pub(crate) ends: Option<Timestamp>,
}

/// Tokens, clients and request counts of the Open API.
#[derive(Default)]
pub(crate) struct OpenAccess {
    pub(crate) clients: Vec<Client>,
    pub(crate) consents: HashMap<String, Consent>,
    pub(crate) tokens: HashMap<String, Token>,
    pub(crate) limited: bool,
    /// For each user and limit, the start of the count and the number of requests since then.
    counts: HashMap<String, [(Timestamp, u32); LIMITS.len()]>,
    pub(crate) maker: Option<Maker>,
}

/// The part in a dump.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenKept {
    tokens: BTreeMap<String, Token>,
    maker: Option<MakerState>,
}

impl OpenAccess {
    /// Returns the part for a dump.
    pub(crate) fn keep(&self) -> OpenKept {
        let tokens = self.tokens.iter().map(|(token, opens)| (token.clone(), opens.clone())).collect();
        OpenKept { tokens, maker: self.maker.as_ref().map(Maker::state) }
    }

    /// Restores the part from a dump. Tokens from the settings are kept.
    pub(crate) fn restore(&mut self, kept: OpenKept) {
        self.forget();
        self.tokens.extend(kept.tokens);
        if let (Some(maker), Some(state)) = (&mut self.maker, kept.maker) {
            maker.restore_state(&state);
        }
    }

    /// Clears grants and counts. Tokens from the settings are kept.
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
    pub(crate) fn uuid(&mut self) -> String {
        let [start, middle, version, variant, end] = [8, 4, 3, 3, 12].map(|digits| self.hex(digits));
        format!("{start}-{middle}-4{version}-a{variant}-{end}")
    }

    pub(crate) fn hex(&mut self, digits: usize) -> String {
        self.maker.as_mut().map(|maker| maker.hex(digits)).unwrap_or_default()
    }

    /// Returns the user of a token.
    pub(crate) fn user(&self, token: Option<&str>, now: Timestamp) -> Result<String, Denial> {
        let found = token.and_then(|token| self.tokens.get(token));
        match found.filter(|token| token.ends.is_none_or(|end| now < end)) {
            None => Err(Denial::NotSignedIn),
            Some(token) => token.user.clone().ok_or(Denial::Senseless),
        }
    }

    /// Counts a request, or refuses it if a limit is reached.
    pub(crate) fn count(&mut self, user: &str, now: Timestamp) -> Result<(), Denial> {
        let counts = self.counts.entry(user.to_owned()).or_insert([(now, 0); LIMITS.len()]);
        for ((began, count), (most, minutes)) in counts.iter_mut().zip(LIMITS) {
            if now.duration_since(*began) >= SignedDuration::from_mins(minutes) {
                (*began, *count) = (now, 0);
            }
            if self.limited && *count >= most {
                return Err(Denial::QueryLimit { most, minutes });
            }
        }
        counts.iter_mut().for_each(|(_, count)| *count += 1);
        Ok(())
    }
}
