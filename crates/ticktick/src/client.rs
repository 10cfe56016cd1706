//! The client: what all managers share.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use ticktick_models::{Clock, IdSource, ProjectId, WeekStart};
use ticktick_raw::http::{Device, Http, Region, Session};
use ticktick_raw::{self as raw, Transport};

use crate::account::Days;
use crate::builder::Writes;
use crate::workaround::sync_leaves_out_the_inbox;
use crate::{
    CalendarManager, ClientBuilder, ColumnManager, CountdownManager, Error, FilterManager, FocusManager, FolderManager,
    HabitManager, ProjectManager, SearchManager, StatisticsManager, SyncManager, TagManager, TaskManager, UserManager,
};

/// A client of one account.
///
/// Cheap to clone; clones share connections and session.
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
/// client.login("me@example.com", &"secret".into()).await?;
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
    http: Http,
    clock: Arc<dyn Clock>,
    ids: Mutex<IdSource>,
    known: Mutex<Known>,
    writes: Writes,
}

/// What was learnt of the account, and how far it was read.
#[derive(Default)]
struct Known {
    inbox: Option<ProjectId>,
    /// Zone and first day of the week; none where the account names no zone that is known here.
    days: Option<(Result<TimeZone, String>, Weekday)>,
    /// From where the next changes are asked for.
    checkpoint: Option<i64>,
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

    pub(crate) fn new(http: Http, clock: Arc<dyn Clock>, ids: IdSource, writes: Writes) -> Self {
        let (ids, known) = (Mutex::new(ids), Mutex::default());
        Self { inner: Arc::new(Inner { http, clock, ids, known, writes }) }
    }

    /// Works with tasks and notes.
    pub fn task(&self) -> TaskManager<'_> {
        TaskManager::new(self)
    }

    /// Works with projects, which the app calls lists.
    pub fn project(&self) -> ProjectManager<'_> {
        ProjectManager::new(self)
    }

    /// Works with folders of projects.
    pub fn folder(&self) -> FolderManager<'_> {
        FolderManager::new(self)
    }

    /// Works with columns of projects, which other views show as sections.
    pub fn column(&self) -> ColumnManager<'_> {
        ColumnManager::new(self)
    }

    /// Works with tags.
    pub fn tag(&self) -> TagManager<'_> {
        TagManager::new(self)
    }

    /// Works with saved filters.
    pub fn filter(&self) -> FilterManager<'_> {
        FilterManager::new(self)
    }

    /// Works with habits and their check-ins.
    pub fn habit(&self) -> HabitManager<'_> {
        HabitManager::new(self)
    }

    /// Works with focus sessions: records, statistics, and the one that runs.
    pub fn focus(&self) -> FocusManager<'_> {
        FocusManager::new(self)
    }

    /// Reads scores and counts.
    pub fn statistics(&self) -> StatisticsManager<'_> {
        StatisticsManager::new(self)
    }

    /// Works with countdowns.
    pub fn countdown(&self) -> CountdownManager<'_> {
        CountdownManager::new(self)
    }

    /// Reads calendars that are linked or subscribed to.
    pub fn calendar(&self) -> CalendarManager<'_> {
        CalendarManager::new(self)
    }

    /// Searches tasks, at the service and in a snapshot.
    pub fn search(&self) -> SearchManager<'_> {
        SearchManager::new(self)
    }

    /// Reads what belongs to the user: profile, status, settings, limits, notifications.
    pub fn user(&self) -> UserManager<'_> {
        UserManager::new(self)
    }

    /// Reads the whole account, or what changed in it.
    pub fn sync(&self) -> SyncManager<'_> {
        SyncManager::new(self)
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
        self.http()
    }

    /// Returns the session as it is now, or none before a sign-in; worth keeping, and secret.
    ///
    /// The service renews sessions now and then, so keep it again after work.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        self.http().session()
    }

    /// Returns what the client says it is; worth keeping, for the service likes to meet it again.
    #[must_use]
    pub fn device(&self) -> &Device {
        self.http().device()
    }

    /// Returns the service that it talks to.
    #[must_use]
    pub fn region(&self) -> &Region {
        self.http().region()
    }

    /// Returns the account's time zone, in which its days begin and end; asked for once.
    ///
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the account names no zone that is known here.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), Box<dyn std::error::Error>> {
    /// if let Some(due) = task.due(&client.time_zone().await?)? {
    ///     println!("due on {}", due.date());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn time_zone(&self) -> Result<TimeZone, Error> {
        let (zone, _) = self.settings_of_days().await?;
        zone.map_err(|name| Error::Unsupported {
            what: "a date without a zone",
            why: format!(
                "The account's time zone is `{name}`, which is not known here; give the date a \
                 zone of its own."
            ),
        })
    }

    /// Returns when and where the account's days are; the machine's zone stands in for one that is not known.
    pub(crate) async fn days(&self) -> Result<Days, Error> {
        let (zone, week_start) = match self.settings_of_days().await {
            Err(error) if error.is_not_found() => (Err(String::new()), Weekday::Monday),
            days => days?,
        };
        let zone = zone.unwrap_or_else(|_| TimeZone::system());
        Ok(Days { clock: Arc::clone(&self.inner.clock), zone, week_start })
    }

    /// Returns the zone, or the name of one that is not known, and the first day of the week; asked for once.
    async fn settings_of_days(&self) -> Result<(Result<TimeZone, String>, Weekday), Error> {
        let known = self.known().days.clone();
        if let Some(days) = known {
            return Ok(days);
        }
        let options = raw::user::SettingsOptions::default();
        let settings = raw::user::settings(self.http(), &options).await?;
        let name = settings.time_zone.as_deref().unwrap_or_default();
        let zone = TimeZone::get(name).map_err(|_| name.to_owned());
        let week_start = settings.start_day_of_week.get().and_then(WeekStart::weekday);
        let days = (zone, week_start.unwrap_or(Weekday::Monday));
        self.known().days = Some(days.clone());
        Ok(days)
    }

    pub(crate) fn http(&self) -> &Http {
        &self.inner.http
    }

    /// Lends what carries the calls of managers.
    pub(crate) fn wire(&self) -> &dyn Transport {
        self.http()
    }

    /// Returns how often a write is sent at most.
    pub(crate) fn tries(&self) -> u32 {
        self.inner.writes.tries
    }

    /// Tells whether what is stored is compared with what was sent.
    pub(crate) fn verifies_writes(&self) -> bool {
        self.inner.writes.verify
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
        let status = raw::user::status(self.http()).await?;
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

    /// Puts the real id in place of the word that stands for the inbox.
    pub(crate) async fn real_id(&self, id: &ProjectId) -> Result<ProjectId, Error> {
        match sync_leaves_out_the_inbox::is_word(id) {
            true => self.inbox_id().await,
            false => Ok(id.clone()),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.inner.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("http", self.http()).finish_non_exhaustive()
    }
}
