//! The format of the session file.

use std::collections::BTreeMap;
use std::ops::Not;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use ticktick::connection::Device;
use ticktick::{Region, Secret, Session};

use crate::folders::fingerprint;
use crate::name::ProfileName;

const VERSION: u8 = 2;

/// The data about a saved session. `Debug` shows no secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedSession {
    /// Identifies the sign-in; it stays the same if the service renews the session.
    pub(crate) id: String,
    /// The session, unless it is in the keyring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<Session>,
    /// The user name as typed, for messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether the mirror was refreshed with this session, and therefore contains its account.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub mirrored: bool,
}

impl SavedSession {
    /// Returns whether the session is in the keyring and not in the file.
    #[must_use]
    pub const fn is_in_keyring(&self) -> bool {
        self.session.is_none()
    }
}

/// The data about a saved token of the Open API. `Debug` shows no secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedToken {
    /// The token, unless it is in the keyring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<Secret>,
    /// When it expires. Personal tokens do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

impl SavedToken {
    /// Returns whether the token is in the keyring and not in the file.
    #[must_use]
    pub const fn is_in_keyring(&self) -> bool {
        self.token.is_none()
    }
}

/// Values by profile and server, so that nothing is ever sent to another server.
type ByServer<T> = BTreeMap<String, BTreeMap<String, T>>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Contents {
    version: u8,
    /// Created once, because the service may flag unknown devices.
    pub(super) device: Device,
    #[serde(default)]
    pub(super) sessions: ByServer<SavedSession>,
    /// Tokens of the Open API.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) open: ByServer<SavedToken>,
    /// When each lock-out ends, by server and user name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) locked: BTreeMap<String, BTreeMap<String, Timestamp>>,
}

/// The first format, which had no profiles.
#[derive(Deserialize)]
struct First {
    device: Device,
    #[serde(default)]
    sessions: BTreeMap<String, FirstSession>,
    #[serde(default)]
    locked: BTreeMap<String, BTreeMap<String, Timestamp>>,
}

#[derive(Deserialize)]
struct FirstSession {
    session: Session,
    username: Option<String>,
    #[serde(default)]
    mirrored: bool,
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

impl Contents {
    pub(super) fn new() -> Self {
        let (sessions, open, locked) = Default::default();
        Self { version: VERSION, device: Device::new(), sessions, open, locked }
    }

    /// Reads the file. The error contains no text of it.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        match parse::<Versioned>(text)?.version {
            1 => parse::<First>(text).map(First::migrated),
            2 => parse(text),
            other => Err(format!("its version is {other}, but this program supports versions 1 and {VERSION}")),
        }
    }

    pub(super) fn session_mut(&mut self, profile: &ProfileName, region: &Region) -> Option<&mut SavedSession> {
        self.sessions.get_mut(profile.as_str())?.get_mut(&region.to_string())
    }
}

impl First {
    fn migrated(self) -> Contents {
        let session = |(server, first): (String, FirstSession)| {
            let FirstSession { session, username, mirrored } = first;
            (server, SavedSession { id: id_of(&session), session: Some(session), username, mirrored })
        };
        let sessions: BTreeMap<String, SavedSession> = self.sessions.into_iter().map(session).collect();
        let mut contents = Contents { device: self.device, locked: self.locked, ..Contents::new() };
        if !sessions.is_empty() {
            contents.sessions.insert(ProfileName::default().to_string(), sessions);
        }
        contents
    }
}

fn parse<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, String> {
    serde_json::from_slice(text).map_err(|error| {
        // The error's own text would quote values, and one of them is the token.
        let why = match error.classify() {
            Category::Data => "a member is missing or has the wrong type",
            _ => "it is not JSON",
        };
        format!("{why} (line {}, column {})", error.line(), error.column())
    })
}

/// Returns the id of a sign-in, which is the same each time that a file of the first format is read.
pub(super) fn id_of(session: &Session) -> String {
    format!("{:016x}", fingerprint(session.token.expose()))
}

/// User names are case-insensitive.
pub(super) fn key(username: &str) -> String {
    username.trim().to_lowercase()
}
