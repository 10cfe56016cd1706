//! Waits that the service asked for, shared by all processes of an account.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ticktick::connection::{Pending, Transport};
use ticktick::date::Clock;
use ticktick::raw::{Auth, Error, Operation, Request, Response};

use crate::private;

const FILE: &str = "limits.json";
const LOCK: &str = "limits.lock";

/// Maximum plausible wait. A longer one is a mistake, for example because the clock was set back.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The period in which the Open API counts requests.
const OPEN_API_WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// The time until which an account must not be used, because the service has received too many requests.
///
/// The time is stored in a file next to the sessions. If one process is told to wait, the others fail their own calls with status
/// 429 and the remaining wait until then, so that the retry policy of their clients applies. The Open API has separate waits.
///
/// ```
/// use ticktick::{Client, date::SystemClock};
/// use ticktick_profile::{Folders, SharedLimits};
///
/// # let folder = tempfile::tempdir()?;
/// let limits = SharedLimits::new(&Folders::at(folder.path()), "default@ticktick", SystemClock);
/// let client = Client::builder().layer(|wire| limits.around(wire)).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct SharedLimits {
    folder: PathBuf,
    account: String,
    clock: Arc<dyn Clock>,
}

/// A transport that observes the waits of [`SharedLimits`].
pub struct Limited<T> {
    limits: SharedLimits,
    inner: T,
}

#[derive(Default, Serialize, Deserialize)]
struct Contents {
    until: BTreeMap<String, Timestamp>,
}

impl SharedLimits {
    /// Creates the limits of an account, which is a name that all processes use, such as `default@ticktick`.
    pub fn new(folders: &crate::Folders, account: impl Into<String>, clock: impl Clock + 'static) -> Self {
        Self { folder: folders.config.clone(), account: account.into(), clock: Arc::new(clock) }
    }

    /// Wraps a transport.
    pub fn around<T: Transport>(self, inner: T) -> Limited<T> {
        Limited { limits: self, inner }
    }

    /// Returns until when the web API may not be used, or `None` if it may be used now.
    #[must_use]
    pub fn waits_until(&self) -> Option<Timestamp> {
        self.until(&self.account)
    }

    /// Returns until when the Open API may not be used, or `None` if it may be used now.
    #[must_use]
    pub fn open_api_waits_until(&self) -> Option<Timestamp> {
        self.until(&self.open_api())
    }

    fn open_api(&self) -> String {
        format!("{} Open API", self.account)
    }

    fn name(&self, operation: &Operation) -> String {
        if operation.auth == Auth::Bearer { self.open_api() } else { self.account.clone() }
    }

    fn until(&self, name: &str) -> Option<Timestamp> {
        let until = read(&self.folder.join(FILE)).until.get(name).copied()?;
        let left = until.duration_since(self.clock.now());
        (left.is_positive() && left <= LONGEST).then_some(until)
    }

    /// Saves a wait, unless a longer one is saved. If nothing can be saved, only this process waits.
    fn keep(&self, name: &str, wait: SignedDuration) -> io::Result<()> {
        let now = self.clock.now();
        let Ok(until) = now.checked_add(wait) else { return Ok(()) };
        let _lock = private::lock(&self.folder.join(LOCK))?;
        let path = self.folder.join(FILE);
        let mut contents = read(&path);
        contents.until.retain(|_, until| *until > now);
        let longest = contents.until.entry(name.to_owned()).or_insert(until);
        *longest = until.max(*longest);
        private::replace(&path, &serde_json::to_vec(&contents)?)
    }
}

impl<T: Transport> Transport for Limited<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation;
            let name = self.limits.name(operation);
            if let Some(until) = self.limits.until(&name) {
                let seconds = until.duration_since(self.limits.clock.now()).as_secs().saturating_add(1);
                tracing::debug!(operation = operation.id, seconds, "not sent: an earlier response asks to wait");
                return Ok(Response::new(429, "").with_header("Retry-After", seconds.to_string()));
            }
            let response = self.inner.send(request).await?;
            if let Some(wait) = asked(operation, &response, self.limits.clock.now()).filter(|wait| *wait <= LONGEST) {
                drop(self.limits.keep(&name, wait));
            }
            Ok(response)
        })
    }

    fn can_stream(&self) -> bool {
        self.inner.can_stream()
    }
}

/// Returns how long a response asks to wait.
fn asked(operation: &Operation, response: &Response, now: Timestamp) -> Option<SignedDuration> {
    // Sign-ons have separate limits: lock-outs are stored elsewhere.
    if matches!(operation.auth, Auth::None | Auth::Basic) {
        return None;
    }
    let counted = operation.auth == Auth::Bearer && holds(&response.body, b"exceed_query_limit");
    if response.status != 429 && !counted {
        return None;
    }
    let named = response.header("retry-after").map(str::trim).and_then(|value| match value.parse::<u32>() {
        Ok(seconds) => Some(SignedDuration::from_secs(seconds.into())),
        Err(_) => Some(DateTimeParser::new().parse_timestamp(value).ok()?.duration_since(now)),
    });
    named.or(counted.then_some(OPEN_API_WINDOW)).filter(SignedDuration::is_positive)
}

fn holds(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|part| part == word)
}

/// Reads the file. An unreadable file counts as empty, because it will be replaced.
fn read(path: &Path) -> Contents {
    fs::read(path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use ticktick::connection::RetryPolicy;
    use ticktick::{Client, Error as ClientError};

    use super::*;
    use crate::Folders;

    /// A clock that tests move.
    #[derive(Clone)]
    struct Moved(Arc<Mutex<Timestamp>>);

    impl Clock for Moved {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
    }

    /// A service that responds with a fixed status and counts its requests.
    #[derive(Clone, Default)]
    struct Service(Arc<AtomicUsize>);

    impl Transport for Service {
        fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
            let first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
            let refused = || Response::new(429, "").with_header("Retry-After", "60");
            Box::pin(async move { Ok(if first { refused() } else { Response::new(200, "[]") }) })
        }
    }

    fn client(folders: &Folders, clock: &Moved, service: &Service) -> Client {
        let limits = SharedLimits::new(folders, "default@ticktick", clock.clone());
        let builder = Client::builder().token("a").retry(RetryPolicy::never()).transport(service.clone());
        builder.layer(|wire| limits.around(wire)).build().unwrap()
    }

    #[tokio::test]
    async fn a_wait_applies_to_all_clients_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::at(folder.path());
        let clock = Moved(Arc::new(Mutex::new("2026-03-01T12:00:00Z".parse().unwrap())));
        let service = Service::default();
        let [first, second] = [(); 2].map(|()| client(&folders, &clock, &service));
        assert!(first.tag().list().await.unwrap_err().is_rate_limited());
        assert_eq!(service.0.load(Ordering::Relaxed), 1);

        let error = second.tag().list().await.unwrap_err();
        assert!(error.is_rate_limited(), "{error}");
        let wait = error.as_raw().and_then(|error| error.retry_after()).unwrap();
        assert_eq!(wait.as_secs(), 61);
        assert_eq!(service.0.load(Ordering::Relaxed), 1, "nothing was sent");

        *clock.0.lock().unwrap() = "2026-03-01T12:01:00Z".parse().unwrap();
        let answer: Result<_, ClientError> = second.tag().list().await;
        assert!(answer.is_ok() && service.0.load(Ordering::Relaxed) == 2);
    }

    #[test]
    fn a_wait_that_makes_no_sense_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Moved(Arc::new(Mutex::new("2026-03-01T12:00:00Z".parse().unwrap())));
        let limits = SharedLimits::new(&Folders::at(folder.path()), "a", clock.clone());
        limits.keep("a", SignedDuration::from_secs(60)).unwrap();
        assert!(limits.waits_until().is_some() && limits.open_api_waits_until().is_none());
        *clock.0.lock().unwrap() = "2026-02-01T12:00:00Z".parse().unwrap();
        assert_eq!(limits.waits_until(), None, "the clock was set back");
        fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(limits.waits_until(), None);
        limits.keep("a", SignedDuration::from_secs(60)).unwrap();
        assert!(limits.waits_until().is_some());
    }

    #[test]
    fn waits_are_seconds_or_dates_and_those_of_sign_ons_are_not_shared() {
        use ticktick::raw::op;

        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        let answer = |value: &str| Response::new(429, "").with_header("Retry-After", value);
        let seconds = |operation, response: &Response| asked(operation, response, now).map(|wait| wait.as_secs());
        assert_eq!(seconds(&op::TAG_LIST, &answer("30")), Some(30));
        assert_eq!(seconds(&op::TAG_LIST, &answer("Sun, 06 Nov 1994 08:49:37 GMT")), Some(37));
        assert_eq!(seconds(&op::TAG_LIST, &answer("Sun, 06 Nov 1994 08:48:37 GMT")), None);
        assert_eq!(seconds(&op::TAG_LIST, &Response::new(429, "")), None);
        assert_eq!(seconds(&op::AUTH_SIGN_ON, &answer("30")), None);
        let counted = Response::new(500, r#"{"errorCode":"exceed_query_limit"}"#);
        assert_eq!(seconds(&op::OPEN_LIST_PROJECTS, &counted), Some(60));
        assert_eq!(seconds(&op::TAG_LIST, &counted), None);
    }
}
