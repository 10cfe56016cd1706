//! A log of requests, for assertions in tests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use crate::world::lock::lock;

/// Maximum number of requests in the log; the oldest are removed.
const KEPT: usize = 10_000;

/// Replacement for secrets.
const HIDDEN: &str = "[redacted]";

/// Length from which a text with digits counts as a token; ids have 24 characters.
const LONGEST: usize = 32;

/// A request that the simulator received.
///
/// `Debug` shows only the size of the body, because a sign-on contains a password.
#[derive(Clone)]
#[non_exhaustive]
pub struct Logged {
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Status of the response; 0 if the connection was reset instead.
    pub status: u16,
    /// Id of the operation; `None` for unknown routes.
    pub operation: Option<&'static str>,
    /// Request body.
    pub body: Vec<u8>,
    /// Required headers that were missing, so that the request was refused.
    pub missing: Vec<&'static str>,
}

impl fmt::Debug for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, status, .. } = self;
        write!(f, "{method} {} -> {status} ({} bytes sent)", self.shown_target(), self.body.len())
    }
}

impl Logged {
    /// Returns path and query with passwords, codes, tokens and e-mail addresses replaced by `[redacted]`,
    /// so that they can be logged.
    ///
    /// ```
    /// use ticktick_raw::{Call, op};
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().build();
    /// Call::new(&op::TAG_DELETE).query("name", "me@example.com").send(&sim.transport()).await?;
    /// assert_eq!(sim.requests()[0].shown_target(), "/api/v2/tag?name=[redacted]");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn shown_target(&self) -> String {
        let (path, query) =
            self.target.split_once('?').map_or((&*self.target, None), |(path, query)| (path, Some(query)));
        let segment = |text: &str| if is_secret(text) { HIDDEN.to_owned() } else { text.to_owned() };
        let path = path.split('/').map(segment).collect::<Vec<_>>().join("/");
        let pair = |pair: &str| match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && (names_secret(name) || is_secret(value)) => {
                format!("{}={HIDDEN}", segment(name))
            }
            _ => segment(pair),
        };
        match query {
            None => path,
            Some(query) => format!("{path}?{}", query.split('&').map(pair).collect::<Vec<_>>().join("&")),
        }
    }
}

/// Returns `true` if a parameter such as `access_token` contains a secret.
fn names_secret(name: &str) -> bool {
    let name: String = decoded(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let parts = ["password", "passwd", "token", "secret", "code", "mail", "phone", "user", "login", "auth", "verifier"];
    parts.iter().any(|part| name.contains(part)) || ["t", "state", "pwd", "verkey"].contains(&&*name)
}

/// Returns `true` if a text is an e-mail address or looks like a token.
fn is_secret(text: &str) -> bool {
    let text = decoded(text);
    text.contains('@') || (text.len() >= LONGEST && text.bytes().any(|byte| byte.is_ascii_digit()))
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A callback for every request.
pub(crate) type Observer = Box<dyn Fn(&Logged) + Send + Sync>;

pub(crate) struct Log {
    entries: Mutex<VecDeque<Logged>>,
    observer: Option<Observer>,
}

impl Log {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self { entries: Mutex::default(), observer }
    }

    pub(crate) fn push(&self, entry: Logged) {
        if let Some(observer) = &self.observer {
            observer(&entry);
        }
        let mut entries = lock(&self.entries);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    pub(crate) fn all(&self) -> Vec<Logged> {
        lock(&self.entries).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.entries).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_targets_hold_no_secrets() {
        let id = "65f0a1b2c3d4e5f6a7b8c9d0";
        let token = "0123456789ABCDEF".repeat(3);
        for (target, shown) in [
            (format!("/api/v2/project/{id}/tasks?from=2026-03-01&limit=50"), None),
            ("/a?q=".into(), None),
            ("/a?keywords=milk&x".into(), None),
            (
                "/a?username=me&password=hunter2&limit=1".into(),
                Some("/a?username=[redacted]&password=[redacted]&limit=1"),
            ),
            ("/a?pass%77ord=hunter2".into(), Some("/a?pass%77ord=[redacted]")),
            ("/oauth/authorize?code=123&state=xyz".into(), Some("/oauth/authorize?code=[redacted]&state=[redacted]")),
            (
                "/a?access_token=x&t=y&code_verifier=z".into(),
                Some("/a?access_token=[redacted]&t=[redacted]&code_verifier=[redacted]"),
            ),
            ("/a?to=me%40example.com".into(), Some("/a?to=[redacted]")),
            ("/a/me@example.com/b".into(), Some("/a/[redacted]/b")),
            (format!("/a?x={token}"), Some("/a?x=[redacted]")),
            (format!("/a?{token}"), Some("/a?[redacted]")),
        ] {
            let entry = Logged {
                method: "GET".into(),
                target: target.clone(),
                status: 200,
                operation: None,
                body: Vec::new(),
                missing: Vec::new(),
            };
            let shown = shown.unwrap_or(&target);
            assert_eq!(entry.shown_target(), shown);
            assert_eq!(format!("{entry:?}"), format!("GET {shown} -> 200 (0 bytes sent)"));
        }
    }
}
