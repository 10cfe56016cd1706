//! The client: what all managers share.

mod managers;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use ticktick_models::{AsId, Clock, EpochMillis, IdSource, Misfit, ProjectId, UserSettings, WeekStart, time_zone};
use ticktick_raw::http::{Device, Http, Region};
use ticktick_raw::{self as raw, Transport, op};

use crate::account::Days;
use crate::builder::Writes;
use crate::drift::{Drift, DriftLog};
use crate::once::Once;
use crate::relogin::Relogin;
use crate::sign_on::Authenticator;
use crate::turn::{Claim, Turn, Turns};
use crate::workaround::sync_leaves_out_the_inbox;
use crate::{ClientBuilder, Error, id};

/// A client of one account.
///
/// Cheap to clone; clones share connections, session and what is known of a lock-out.
///
/// # Examples
///
/// ```
/// use ticktick::{Client, Error};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
/// # let address = sim.base_url();
/// let client = Client::builder().base_url(address).build()?;
/// client.login("me@example.com", "secret").await?.into_session()?;
/// for project in client.project().list().await? {
///     println!("{}", project.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    relogin: Relogin,
    clock: Arc<dyn Clock>,
    ids: Mutex<IdSource>,
    known: Mutex<Known>,
    writes: Writes,
    drift: Arc<DriftLog>,
    turns: Turns,
    once: Once,
}

/// What was learnt of the account, and how far it was read.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) inbox: Option<ProjectId>,
    /// Zone and first day of the week.
    pub(crate) days: Option<(TimeZone, Weekday)>,
    /// From where the next changes are asked for.
    pub(crate) checkpoint: Option<i64>,
    /// Up to where the history of the live focus timer is known.
    pub(crate) focus_point: Option<EpochMillis>,
}

impl Client {
    /// Begins to set up a client.
    ///
    /// ```
    /// use ticktick::{Client, Region};
    ///
    /// let client = Client::builder().region(Region::Dida365).token("0123ABCD").build()?;
    /// assert!(client.session().is_some());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn new(
        relogin: Relogin,
        clock: Arc<dyn Clock>,
        ids: IdSource,
        writes: Writes,
        drift: Arc<DriftLog>,
    ) -> Self {
        let (ids, known) = (Mutex::new(ids), Mutex::default());
        Self {
            inner: Arc::new(Inner {
                relogin,
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

    /// Returns what carries the calls, for functions of [`raw`](crate::raw).
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tags = ticktick::raw::tag::list(client.transport()).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn transport(&self) -> &dyn Transport {
        self.wire()
    }

    /// Returns what the client says it is; worth keeping, for the service likes to meet it again.
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

    /// Returns the service that it talks to.
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

    /// Returns what the service answered since the client was built that does not fit its contract.
    ///
    /// Such values are kept and written back as they came: see [`Extra::odd`](crate::models::Extra::odd). Clones of a
    /// client share what was found.
    ///
    /// If an answer is itself a list, such as the tags, the odd elements are set aside in the returned
    /// [`Answer`](crate::value::Answer), where [`Answer::odd`](crate::value::Answer::odd) returns them. Methods that filter a list or
    /// join several return a `Vec` without the odd elements, because it is unknown whether they belong there; the
    /// function of [`raw`](crate::raw) that such a method calls returns them.
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

    /// Returns the account's time zone, in which its days begin and end.
    ///
    /// The client asks for it once and keeps it. [`sync().full()`](crate::sync::SyncManager::full) and
    /// [`user().settings()`](crate::user::UserManager::settings) read it again.
    ///
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// Offsets such as `GMT+08:00` are understood. If the account has no zone, or one that is not in the time zone
    /// database, the client uses UTC; an unknown zone is counted in [`drift`](Self::drift).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), Box<dyn std::error::Error>> {
    /// if let Some(due) = task.due(&client.time_zone().await?) {
    ///     println!("due on {}", due.date());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(self.days().await?.zone)
    }

    /// Returns when and where the account's days are; asks for it once.
    pub(crate) async fn days(&self) -> Result<Days, Error> {
        let known = self.known().days.clone();
        match known {
            Some(days) => Ok(self.days_of(days)),
            None => self.days_now().await,
        }
    }

    /// Returns the same, read again, because it can be changed at any time.
    pub(crate) async fn days_now(&self) -> Result<Days, Error> {
        let options = raw::user::SettingsOptions::default();
        match raw::user::settings(self.wire(), &options).await.map_err(Error::from) {
            Err(error) if error.is_not_found() => Ok(self.days_of((TimeZone::UTC, Weekday::Monday))),
            settings => Ok(self.days_of(self.remember_days(&settings?))),
        }
    }

    fn days_of(&self, (zone, week_start): (TimeZone, Weekday)) -> Days {
        Days { clock: Arc::clone(&self.inner.clock), zone, week_start }
    }

    /// Keeps the zone and the first day of the week that settings name; UTC stands in for a zone that is not known.
    pub(crate) fn remember_days(&self, settings: &UserSettings) -> (TimeZone, Weekday) {
        let name = settings.time_zone.as_deref().unwrap_or_default();
        let zone = time_zone(name).unwrap_or_else(|| {
            if !name.is_empty() {
                let misfit = Misfit::new("$.timeZone", "known time zone", "string");
                self.inner.drift.accepts(&op::USER_SETTINGS, &[misfit]);
            }
            TimeZone::UTC
        });
        let week_start = settings.start_day_of_week.get().and_then(WeekStart::weekday);
        let days = (zone, week_start.unwrap_or(Weekday::Monday));
        self.known().days = Some(days.clone());
        days
    }

    /// Returns what carries the calls of managers; it renews the session if it can.
    pub(crate) fn wire(&self) -> &dyn Transport {
        self.relogin()
    }

    /// Returns the day with which the account's weeks begin, which is asked for with the zone.
    pub(crate) async fn week_start(&self) -> Result<Weekday, Error> {
        Ok(self.days().await?.week_start)
    }

    /// Forgets what was learnt from the settings.
    pub(crate) fn forget_settings(&self) {
        self.known().days = None;
    }

    /// Returns up to where the history of the live focus timer is known.
    pub(crate) fn focus_point(&self) -> Option<EpochMillis> {
        self.known().focus_point
    }

    /// Keeps up to where the history of the live focus timer is known.
    pub(crate) fn remember_focus_point(&self, point: EpochMillis) {
        self.known().focus_point = Some(point);
    }

    /// Returns what talks to the service with the session as it is.
    pub(crate) fn http(&self) -> &Http {
        self.relogin().http()
    }

    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.relogin().authenticator
    }

    pub(crate) fn relogin(&self) -> &Relogin {
        &self.inner.relogin
    }

    /// Returns how often a write is sent at most.
    pub(crate) fn tries(&self) -> u32 {
        self.inner.writes.tries
    }

    /// Tells whether what is stored is compared with what was sent.
    pub(crate) fn verifies_writes(&self) -> bool {
        self.inner.writes.verify
    }

    /// Waits for the turn of a call that reads objects, changes them and writes them back.
    pub(crate) async fn turn(&self, claim: Claim) -> Turn {
        self.inner.turns.take(claim).await
    }

    /// Returns the calls that are under way and are not to be made twice.
    pub(crate) fn once(&self) -> &Once {
        &self.inner.once
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    /// Lends the source of the ids that we make.
    pub(crate) fn ids(&self) -> MutexGuard<'_, IdSource> {
        self.inner.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the inbox's id, which is asked for once.
    pub(crate) async fn inbox_id(&self) -> Result<ProjectId, Error> {
        let known = self.known().inbox.clone();
        if let Some(id) = known {
            return Ok(id);
        }
        let status = raw::user::status(self.wire()).await?;
        self.remember_inbox(Some(&status.inbox_id));
        Ok(status.inbox_id)
    }

    /// Returns the number of the user, where it is known already: the inbox's id holds it.
    pub(crate) fn known_user_id(&self) -> Option<i64> {
        self.known().inbox.as_ref()?.as_str().strip_prefix("inbox")?.parse().ok()
    }

    /// Keeps the inbox's id if an answer tells it.
    pub(crate) fn remember_inbox(&self, id: Option<&ProjectId>) {
        if let Some(id) = id {
            self.known().inbox = Some(id.clone());
        }
    }

    /// Returns how far the account was read.
    pub(crate) fn checkpoint(&self) -> Option<i64> {
        self.known().checkpoint
    }

    /// Sets how far the account was read.
    pub(crate) fn set_checkpoint(&self, checkpoint: i64) {
        self.known().checkpoint = Some(checkpoint);
    }

    /// Moves on from one checkpoint to another, unless somebody moved it meanwhile.
    pub(crate) fn move_checkpoint(&self, from: i64, to: i64) {
        let mut known = self.known();
        if known.checkpoint.unwrap_or_default() == from {
            known.checkpoint = Some(to);
        }
    }

    /// Forgets what belongs to an account.
    pub(crate) fn forget(&self) {
        *self.known() = Known::default();
    }

    /// Returns the real id of the project that the caller names.
    pub(crate) async fn project_id(&self, project: impl AsId<ProjectId>) -> Result<ProjectId, Error> {
        self.real_id(&id::of(project)?).await
    }

    /// Puts the real id in place of the word that stands for the inbox.
    pub(crate) async fn real_id(&self, id: &ProjectId) -> Result<ProjectId, Error> {
        if sync_leaves_out_the_inbox::is_word(id) { self.inbox_id().await } else { Ok(id.clone()) }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.inner.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A session that was renewed may be somebody else's, of whom nothing is known.
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
