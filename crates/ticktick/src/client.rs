//! The client and the state that its managers share.

mod managers;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use ticktick_models::{AsId, Clock, EpochMillis, IdSource, Misfit, ProjectId, UserSettings, WeekStart, time_zone};
use ticktick_raw::http::{Device, Http, Region};
use ticktick_raw::{self as raw, Transport, op};

use crate::account::Days;
use crate::drift::{Drift, DriftLog};
use crate::once::Once;
use crate::relogin::Relogin;
use crate::sign_on::Authenticator;
use crate::turn::{Claim, Turn, Turns};
use crate::workaround::sync_leaves_out_the_inbox;
use crate::{Error, id};

/// A client of one account.
///
/// Cheap to clone. Clones share connections, the session, and the knowledge of locked accounts. Use clones of one client
/// for concurrent work on an account, because they take turns to change an object.
///
/// # Examples
///
/// ```
/// # ticktick_tests::signed_out(async |builder| {
/// # let client = builder.build()?;
/// client.login("me@example.com", "secret").await?.into_session()?;
/// let projects = client.project().list().await?;
/// assert_eq!(projects[0].name, "Inbox");
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    relogin: Arc<Relogin>,
    wire: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    ids: Mutex<IdSource>,
    known: Mutex<Known>,
    writes: Writes,
    drift: Arc<DriftLog>,
    turns: Turns,
    once: Once,
}

/// How the client writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writes {
    /// Maximum number of times a write is sent.
    pub(crate) tries: u32,
    /// Whether each object is read back and compared after a write.
    pub(crate) verify: bool,
}

/// What the client has learned about the account, and its sync checkpoint.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) inbox: Option<ProjectId>,
    /// Time zone and first day of the week.
    pub(crate) days: Option<Days>,
    /// Checkpoint of the next delta sync.
    pub(crate) checkpoint: Option<i64>,
    /// Last known point in the history of the live focus timer.
    pub(crate) focus_point: Option<EpochMillis>,
}

impl Client {
    pub(crate) fn new(
        relogin: Arc<Relogin>,
        wire: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        ids: IdSource,
        writes: Writes,
        drift: Arc<DriftLog>,
    ) -> Self {
        let (ids, known) = (Mutex::new(ids), Mutex::default());
        Self {
            inner: Arc::new(Inner {
                relogin,
                wire,
                clock,
                ids,
                known,
                writes,
                drift,
                turns: Turns::default(),
                once: Once::default(),
            }),
        }
    }

    /// Returns the client's transport, for use with the functions of [`raw`](crate::raw).
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::raw;
    ///
    /// let tags = raw::tag::list(client.transport()).await?;
    /// assert_eq!(tags[0].label, "Errands");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn transport(&self) -> &dyn Transport {
        self.wire()
    }

    /// Returns the device identity sent with each request.
    ///
    /// Save it and reuse it across runs, because the service may flag unknown devices.
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// let again = ticktick::Client::builder().device(client.device().clone()).build()?;
    /// assert_eq!(again.device(), client.device());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    #[must_use]
    pub fn device(&self) -> &Device {
        self.http().device()
    }

    /// Returns the service region.
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// assert_eq!(client.region(), &ticktick::Region::TickTick);
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> &Region {
        self.http().region()
    }

    /// Returns the values in responses since the client was built that do not match the contract.
    ///
    /// The client keeps such values and writes them back unchanged: see [`Extra::odd`](crate::models::Extra::odd).
    /// Clones of a client share this list.
    ///
    /// If a response is itself a list, such as the tags, the returned [`Answer`](crate::value::Answer) contains the
    /// elements that do not fit in [`Answer::odd`](crate::value::Answer::odd). Methods that filter a list or join
    /// several return a `Vec` without these elements, because it is unknown whether they belong there. To get them,
    /// call the function of [`raw`](crate::raw) that the method uses.
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// assert!(client.drift().is_empty());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    #[must_use]
    pub fn drift(&self) -> Vec<Drift> {
        self.inner.drift.all()
    }

    /// Returns the account's time zone, which determines when its days begin and end.
    ///
    /// The client reads the zone once and caches it. [`sync().full()`](crate::sync::SyncManager::full) and
    /// [`user().settings()`](crate::user::UserManager::settings) read it again.
    ///
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// The zone may also be an offset such as `GMT+08:00`. If the account has no zone, or one that is not in the time
    /// zone database, the client uses UTC, and [`drift`](Self::drift) reports an unknown zone.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::{Due, TaskDraft, jiff::civil::date};
    ///
    /// assert_eq!(client.time_zone().await?.iana_name(), Some("Europe/London"));
    /// let task = client.task().create(TaskDraft::new("Rent").due(Due::day(date(2026, 3, 1)))).await?;
    /// assert_eq!(task.due(&client.time_zone().await?).map(|due| due.date()), Some(date(2026, 3, 1)));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(self.days().await?.zone)
    }

    /// Returns the account's clock, time zone and first day of the week; reads the settings if they are not cached.
    pub(crate) async fn days(&self) -> Result<Days, Error> {
        let known = self.known().days.clone();
        match known {
            Some(days) => Ok(days),
            None => self.days_now().await,
        }
    }

    /// Reads the settings again, because they can change at any time.
    pub(crate) async fn days_now(&self) -> Result<Days, Error> {
        let options = raw::user::SettingsOptions::default();
        match raw::user::settings(self.wire(), &options).await.map_err(Error::from) {
            Err(error) if error.is_not_found() => Ok(self.days_of(TimeZone::UTC, Weekday::Monday)),
            settings => Ok(self.remember_days(&settings?)),
        }
    }

    fn days_of(&self, zone: TimeZone, week_start: Weekday) -> Days {
        Days { clock: Arc::clone(&self.inner.clock), zone, week_start }
    }

    /// Caches the zone and the first day of the week from the settings. Uses UTC if the zone is unknown.
    pub(crate) fn remember_days(&self, settings: &UserSettings) -> Days {
        let name = settings.time_zone.as_deref().unwrap_or_default();
        let zone = time_zone(name).unwrap_or_else(|| {
            if !name.is_empty() {
                let misfit = Misfit::new("$.timeZone", "known time zone", "string");
                self.inner.drift.accepts(&op::USER_SETTINGS, &[misfit]);
            }
            TimeZone::UTC
        });
        let week_start = settings.start_day_of_week.get().and_then(WeekStart::weekday);
        let days = self.days_of(zone, week_start.unwrap_or(Weekday::Monday));
        self.known().days = Some(days.clone());
        days
    }

    /// Returns the transport that managers use; it renews an expired session if there are credentials.
    ///
    /// With a mirror, it also records writes and stores what responses contain.
    pub(crate) fn wire(&self) -> &dyn Transport {
        &*self.inner.wire
    }

    /// Returns the account's first day of the week, which is cached together with the zone.
    pub(crate) async fn week_start(&self) -> Result<Weekday, Error> {
        Ok(self.days().await?.week_start)
    }

    /// Clears the cached settings.
    pub(crate) fn forget_settings(&self) {
        self.known().days = None;
    }

    /// Returns the last known point in the history of the live focus timer.
    pub(crate) fn focus_point(&self) -> Option<EpochMillis> {
        self.known().focus_point
    }

    /// Caches the last known point in the history of the live focus timer.
    pub(crate) fn remember_focus_point(&self, point: EpochMillis) {
        self.known().focus_point = Some(point);
    }

    /// Returns the HTTP layer, which uses the session as it is and does not renew it.
    pub(crate) fn http(&self) -> &Http {
        self.relogin().http()
    }

    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.relogin().authenticator
    }

    /// Returns whether responses that do not fit the contract are refused.
    pub(crate) fn is_strict(&self) -> bool {
        self.inner.drift.strict
    }

    pub(crate) fn relogin(&self) -> &Relogin {
        &self.inner.relogin
    }

    /// Returns the maximum number of times a write is sent.
    pub(crate) fn tries(&self) -> u32 {
        self.inner.writes.tries
    }

    /// Returns whether objects are read back and compared after a write.
    pub(crate) fn verifies_writes(&self) -> bool {
        self.inner.writes.verify
    }

    /// Waits for the lock of a call that reads objects, changes them and writes them back.
    pub(crate) async fn turn(&self, claim: Claim) -> Turn {
        self.inner.turns.take(claim).await
    }

    /// Returns the calls in progress that must not run twice.
    pub(crate) fn once(&self) -> &Once {
        &self.inner.once
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    /// Locks the source of new ids.
    pub(crate) fn ids(&self) -> MutexGuard<'_, IdSource> {
        self.inner.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the inbox's id; reads it if it is not cached.
    pub(crate) async fn inbox_id(&self) -> Result<ProjectId, Error> {
        let known = self.known().inbox.clone();
        if let Some(id) = known {
            return Ok(id);
        }
        let status = raw::user::status(self.wire()).await?;
        self.remember_inbox(Some(&status.inbox_id));
        Ok(status.inbox_id)
    }

    /// Returns the user's number if the inbox's id, which contains it, is cached.
    pub(crate) fn known_user_id(&self) -> Option<i64> {
        self.known().inbox.as_ref()?.as_str().strip_prefix("inbox")?.parse().ok()
    }

    /// Caches the inbox's id if the response contains it.
    pub(crate) fn remember_inbox(&self, id: Option<&ProjectId>) {
        if let Some(id) = id {
            self.known().inbox = Some(id.clone());
        }
    }

    /// Returns the sync checkpoint.
    pub(crate) fn checkpoint(&self) -> Option<i64> {
        self.known().checkpoint
    }

    /// Sets the sync checkpoint.
    pub(crate) fn set_checkpoint(&self, checkpoint: i64) {
        self.known().checkpoint = Some(checkpoint);
    }

    /// Advances the checkpoint unless another call has moved it meanwhile.
    pub(crate) fn move_checkpoint(&self, from: i64, to: i64) {
        let mut known = self.known();
        if known.checkpoint.unwrap_or_default() == from {
            known.checkpoint = Some(to);
        }
    }

    /// Clears everything that belongs to an account.
    pub(crate) fn forget(&self) {
        *self.known() = Known::default();
    }

    /// Returns the id of the given project; resolves `inbox`.
    pub(crate) async fn project_id(&self, project: impl AsId<ProjectId>) -> Result<ProjectId, Error> {
        self.real_id(&id::of(project)?).await
    }

    /// Resolves the word `inbox` to the inbox's id.
    pub(crate) async fn real_id(&self, id: &ProjectId) -> Result<ProjectId, Error> {
        if sync_leaves_out_the_inbox::is_word(id) { self.inbox_id().await } else { Ok(id.clone()) }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.inner.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A renewed session may belong to another account, so cached state is dropped.
        if let Some(inbox) = self.authenticator().take_inbox()
            && known.inbox.as_ref() != Some(&inbox)
        {
            *known = Known { inbox: Some(inbox), ..Known::default() };
        }
        known
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("http", self.http()).finish_non_exhaustive()
    }
}
