//! Authentication: sessions, tokens, and the headers that carry them.

use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use ticktick_models::{Clock, Secret};

use super::cookies::{self, Change};
use super::device::Device;
use super::region::{self, Region};
use crate::{Auth, Error, Payload, Pending, Request, Response, Transport};

/// The session of a signed-in user.
///
/// A session can be serialized to stay signed in across runs. Treat the serialized text like a password.
/// `Debug` shows no secrets.
///
/// # Examples
///
/// ```
/// use ticktick_raw::http::{Http, Session};
///
/// let session = Session::new("0123ABCD");
/// let transport = Http::builder().session(session).build()?;
/// assert_eq!(transport.session().unwrap().token.expose(), "0123ABCD");
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Session {
    /// The cookie `t`.
    pub token: Secret,
    /// The cookie `_csrf_token`, if the service has set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf_token: Option<Secret>,
    /// The region of the session, in its `Display` form. `None` matches any region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

impl Session {
    /// Creates a session from its token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), csrf_token: None, region: None }
    }
}

/// The credentials sent with requests.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    pub(super) session: Option<Session>,
    pub(super) bearer: Option<Secret>,
    pub(super) basic: Option<(String, Secret)>,
}

/// Everything that identifies the caller to the service.
pub(super) struct Identity {
    pub(super) region: Region,
    pub(super) device: Device,
    pub(super) user_agent: String,
    pub(super) time_zone: Option<String>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) credentials: RwLock<Credentials>,
}

impl Identity {
    pub(super) fn read<R>(&self, get: impl FnOnce(&Credentials) -> R) -> R {
        get(&self.credentials.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn write<R>(&self, change: impl FnOnce(&mut Credentials) -> R) -> R {
        change(&mut self.credentials.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds the headers of a request, unless it has them already.
    fn sign(&self, request: &mut Request, session: Option<&Session>) -> Result<(), Error> {
        let mut headers =
            vec![("User-Agent", self.user_agent.clone()), ("Accept", "application/json, text/plain, */*".into())];
        match request.operation.auth {
            Auth::Session | Auth::None => self.act_as_browser(&mut headers),
            Auth::Bearer | Auth::Basic => {
                headers.extend(self.proof(request)?.map(|proof| ("Authorization", proof)));
            }
        }
        if let Some(session) = session {
            headers.push(("Cookie", cookie(session)));
            if let Some(csrf) = &session.csrf_token {
                headers.push(("x-csrftoken", csrf.expose().to_owned()));
            }
        }
        for (name, value) in headers {
            if request.header(name).is_none() {
                request.headers.push((name.to_owned(), value));
            }
        }
        Ok(())
    }

    fn act_as_browser(&self, headers: &mut Vec<(&'static str, String)>) {
        let origin = self.region.origin();
        let language = self.region.language();
        headers.extend([
            ("X-Device", self.device.header()),
            ("Origin", origin.to_owned()),
            ("Referer", format!("{origin}/")),
            ("Accept-Language", accepted(language)),
            ("hl", language.to_owned()),
            ("X-Requested-With", "XMLHttpRequest".into()),
            ("traceid", format!("{:024x}", fastrand::u128(..) >> 32)),
        ]);
        if let Some(zone) = &self.time_zone {
            headers.push(("x-tz", zone.clone()));
        }
    }

    /// Returns the value of the header `Authorization`. A public OAuth client sends none: its form names it.
    fn proof(&self, request: &Request) -> Result<Option<String>, Error> {
        let missing = |what| Err(Error::invalid_input(request.operation.id, what));
        self.read(|credentials| match request.operation.auth {
            Auth::Basic => match &credentials.basic {
                Some((id, secret)) => Ok(Some(format!("Basic {}", base64(&format!("{id}:{}", secret.expose()))))),
                None if is_of_public_client(&request.body) => Ok(None),
                None => missing("the operation requires the id and secret of an OAuth client"),
            },
            _ => match &credentials.bearer {
                Some(token) => Ok(Some(format!("Bearer {}", token.expose()))),
                None => missing("the operation requires an access token of the Open API; a session is not enough"),
            },
        })
    }

    /// Updates the session from a response.
    ///
    /// Ignores responses to a session that has since been replaced.
    fn keep(&self, request: &Asked, response: &Response) {
        let now = self.clock.now();
        let token = cookies::change(response, "t", &request.host, now);
        let csrf = cookies::change(response, "_csrf_token", &request.host, now);
        if token.is_none() && csrf.is_none() {
            return;
        }
        self.write(|credentials| {
            let held = credentials.session.as_ref().map(|session| &session.token);
            if request.with_session && held != request.token.as_ref() {
                return;
            }
            match token {
                Some(Change::Set(token)) => {
                    let csrf_token = credentials.session.take().and_then(|old| old.csrf_token);
                    let region = Some(self.region.to_string());
                    let token = Secret::from(token);
                    credentials.session = Some(Session { token, csrf_token, region });
                }
                // A response to a request without a session cannot end one.
                Some(Change::Ended) if request.with_session => credentials.session = None,
                Some(Change::Ended) | None => {}
            }
            match (csrf, &mut credentials.session) {
                (Some(Change::Set(csrf)), Some(session)) => session.csrf_token = Some(csrf.into()),
                (Some(Change::Ended), Some(session)) => session.csrf_token = None,
                _ => {}
            }
        });
    }
}

/// The parts of a request that are needed to judge its response.
struct Asked {
    host: String,
    with_session: bool,
    token: Option<Secret>,
}

/// Adds the credentials to requests, and keeps the cookies that the service sets.
pub(super) struct Signed<T> {
    pub(super) identity: Arc<Identity>,
    pub(super) wire: T,
}

impl<T: Transport> Transport for Signed<T> {
    fn send<'a>(&'a self, mut request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            let url = self.identity.region.url(&request)?;
            let with_session = request.operation.auth == Auth::Session;
            let session =
                if with_session { self.identity.read(|credentials| credentials.session.clone()) } else { None };
            self.identity.sign(&mut request, session.as_ref())?;
            let auth = request.operation.auth;
            let asked = Asked { host: host_of(&url), with_session, token: session.map(|one| one.token) };
            let response = self.wire.send(request).await?;
            if matches!(auth, Auth::Session | Auth::None) {
                self.identity.keep(&asked, &response);
            }
            Ok(response)
        })
    }

    fn can_stream(&self) -> bool {
        self.wire.can_stream()
    }
}

/// Returns the host of an address, in lower case.
pub(super) fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    region::host(rest.split(['/', '?']).next().unwrap_or(rest)).to_ascii_lowercase()
}

fn is_of_public_client(body: &Payload) -> bool {
    matches!(body, Payload::Form(form) if form.split('&').any(|pair| pair.starts_with("client_id=")))
}

fn cookie(session: &Session) -> String {
    let token = session.token.expose();
    match &session.csrf_token {
        Some(csrf) => format!("t={token}; _csrf_token={}", csrf.expose()),
        None => format!("t={token}"),
    }
}

fn accepted(language: &str) -> String {
    let (tongue, _) = language.split_once('_').unwrap_or((language, ""));
    format!("{},{tongue};q=0.9", language.replace('_', "-"))
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(text.len().div_ceil(3) * 4);
    for chunk in text.as_bytes().chunks(3) {
        let bytes = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let bits = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        for digit in 0..4 {
            let at = (bits >> (18 - 6 * digit)) as usize & 63;
            out.push(if digit <= chunk.len() { DIGITS[at] as char } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        for (text, wanted) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("id:sé?", "aWQ6c8OpPw==")] {
            assert_eq!(base64(text), wanted);
        }
    }

    #[test]
    fn hosts_are_taken_from_addresses() {
        assert_eq!(host_of("https://API.ticktick.com/x?y"), "api.ticktick.com");
        assert_eq!(host_of("http://127.0.0.1:80/x"), "127.0.0.1");
        assert_eq!(host_of("http://[::1]:80/x"), "::1");
    }

    #[test]
    fn sessions_can_be_kept_but_not_seen() {
        let mut session = Session::new("hush");
        session.csrf_token = Some("quiet".into());
        let shown = format!("{session:?}");
        assert!(!shown.contains("hush") && !shown.contains("quiet"), "{shown}");
        let text = serde_json::to_string(&session).unwrap();
        assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
        assert_eq!(serde_json::from_str::<Session>(r#"{"token":"a"}"#).unwrap(), Session::new("a"));
    }
}
