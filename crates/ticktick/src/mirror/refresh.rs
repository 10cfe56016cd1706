//! Brings a mirror up to date.

use std::borrow::Cow;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use ticktick_models::{Misfit, ProjectId, SyncAnswer, decode_lenient};
use ticktick_raw::{self as raw, Call, Operation, Pending, Request, Response, Transport, op};

use super::apply::{self, Applied, Sync};
use super::error::{MirrorError, MirrorErrorKind as Kind};
use super::file::with_suffix;
use super::journal;
use super::meta::{checkpoint, meta, set_meta};
use super::{Mirror, Refresh, settings};
use crate::account::Days;
use crate::habit::check_ins;
use crate::{Changes, Client, Error};

/// How long the settings of the account are used until they are read again, in milliseconds.
const SETTINGS: u64 = 86_400_000;

impl Mirror {
    /// Brings the file up to date and returns what changed.
    ///
    /// Requests the changes since the last refresh. Requests the whole account if there was no refresh yet, or if the
    /// changes cannot be applied. Calls and processes that refresh at the same time share one request. If the call
    /// fails, the file does not change. If the file turns out to be damaged, it is replaced, as in
    /// [`open`](Self::open).
    ///
    /// Reads the settings together with the whole account, and otherwise once a day. If the time zone has changed,
    /// computes all local dates in the file again. The first refresh of a client also checks that the file belongs to
    /// its account, so that the data of two accounts is never mixed.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`; for the whole account and once a day, first
    /// `GET /api/v2/user/preferences/settings`; to check the account, `GET /api/v2/user/status`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Mirror`] if the file cannot be written or belongs to another account.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// let milk = client.task().create(TaskDraft::new("Milk")).await?;
    /// let refresh = mirror.refresh(&client).await?;
    /// assert!(!refresh.full);
    /// assert_eq!(mirror.task(&milk)?.unwrap().title(), "Milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn refresh(&self, client: &Client) -> Result<Refresh, Error> {
        self.refresh_now(client, false).await
    }

    /// Reads the whole account again instead of only the changes. First checks the file, and replaces it if any part of
    /// it is damaged.
    ///
    /// `GET /api/v2/user/preferences/settings`, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`refresh`](Self::refresh).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// assert!(mirror.refresh_full(&client).await?.full);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn refresh_full(&self, client: &Client) -> Result<Refresh, Error> {
        self.refresh_now(client, true).await
    }

    /// Reads and stores the objects that a sync does not contain: habits with their sections and check-ins, columns,
    /// countdowns, focus records, and closed tasks. Reads check-ins, focus records and closed tasks only from `since`
    /// on.
    ///
    /// [`refresh`](Self::refresh) does not update these objects. The mirror also stores other objects that the client
    /// reads, such as comments.
    ///
    /// `GET /api/v2/habits`, `GET /api/v2/habitSections`, `POST /api/v2/habitCheckins/query`, `GET /api/v2/column`,
    /// `GET /api/v2/countdown/list`, `GET /api/v2/pomodoros`, `GET /api/v2/pomodoros/timing`, and
    /// `GET /api/v2/project/all/closed` once for each page
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the client was not built with this mirror. Returns [`Error::Unsupported`] if
    /// the service does not send all closed tasks; those that it sends are stored.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::mirror::SqlLimits;
    ///
    /// mirror.fetch(&client, "2026-01-01T00:00:00Z".parse()?).await?;
    /// let habits = mirror.sql("select name, section from habits", SqlLimits::default())?;
    /// assert!(!habits.rows.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn fetch(&self, client: &Client, since: Timestamp) -> Result<(), Error> {
        self.fetch_now(client, since).await
    }

    /// Declares that the file belongs to a client's account, so that [`refresh`](Self::refresh) does not check it.
    ///
    /// Call this only if a client with the same session has refreshed the file before. Otherwise, the file may mix the
    /// data of two accounts.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn trust(&self, client: &Client) -> Result<(), MirrorError> {
        let inbox = self.read(|connection| meta(connection, "inbox"))?;
        client.remember_inbox(inbox.map(ProjectId::from).as_ref());
        Ok(())
    }

    pub(super) async fn refresh_now(&self, client: &Client, full: bool) -> Result<Refresh, Error> {
        let seen = self.refreshes();
        let _here = self.shared.refreshing.lock().await;
        let _there = lock(self.path()).await?;
        match self.refresh_alone(client, full, seen).await {
            // Some damage is not noticed when the file is opened.
            Err(Error::Mirror(error)) if error.kind == Kind::Damaged => {
                self.start_over()?;
                self.whole(client).await
            }
            refreshed => refreshed,
        }
    }

    /// Refreshes while no other call or process does so. `seen` is the number of syncs before it waited for them.
    async fn refresh_alone(
        &self,
        client: &Client,
        full: bool,
        seen: Result<Option<String>, MirrorError>,
    ) -> Result<Refresh, Error> {
        // A caller that waited for another refresh uses its result.
        if self.refreshes()? != seen? && !full {
            return Ok(Refresh { changes: self.changes()?, full: false, shared: true });
        }
        if full {
            self.check_pages()?;
        }
        let since = self.read(checkpoint)?;
        if since != 0 {
            self.check_account(client).await?;
        }
        if full || since == 0 {
            return self.whole(client).await;
        }
        match self.delta(client, since).await {
            Ok(Some(changes)) => Ok(Refresh { changes, full: false, shared: false }),
            Ok(None) => self.whole(client).await,
            Err(error) if is_about_the_checkpoint(&error) => self.whole(client).await,
            Err(error) => Err(error),
        }
    }

    /// Checks every page of the file, also of the search index, which a refresh does not read.
    fn check_pages(&self) -> Result<(), MirrorError> {
        let found = self
            .read(|connection| connection.query_row("pragma integrity_check(1)", [], |row| row.get::<_, String>(0)))?;
        if found == "ok" { Ok(()) } else { Err(MirrorError::new(Kind::Damaged, self.path(), found)) }
    }

    pub(super) async fn fetch_now(&self, client: &Client, since: Timestamp) -> Result<(), Error> {
        let before = self.shared.observed.load(Ordering::Relaxed);
        let habits = client.habit().list().await?;
        if self.shared.observed.load(Ordering::Relaxed) == before {
            return Err(Error::invalid_input(
                "the client was built without this mirror\nhint: build it with `ClientBuilder::mirror`",
            ));
        }
        client.habit().sections().await?;
        if !habits.is_empty() {
            let first = since.to_zoned_datetime(client.time_zone().await?).date();
            check_ins::query(client, habits.iter().map(|habit| habit.id.clone()).collect(), Some(first)).await?;
        }
        client.column().list().await?;
        client.countdown().list().await?;
        client.focus().records(since..).await?;
        let mut closed = client.task().history(since..);
        let mut missing = Ok(());
        loop {
            match closed.try_next().await {
                Ok(Some(_)) => {}
                Ok(None) => return missing,
                // What the service does not send hides nothing else.
                Err(error @ Error::Unsupported { .. }) => missing = Err(error),
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads the whole account. A damaged file is set aside first.
    async fn whole(&self, client: &Client) -> Result<Refresh, Error> {
        let days = client.days_now().await?;
        let json = ask(client, 0).await?;
        let applied = match self.store(&json, true, Some(&days)) {
            Err(error) if error.kind == Kind::Damaged => {
                self.start_over()?;
                self.store(&json, true, Some(&days))?
            }
            applied => applied?,
        };
        let applied = applied.ok_or_else(|| Error::Unsupported {
            what: "this response to a sync",
            why: "it has no checkpoint, or its tasks are not a list\nhint: run `ticktick api verify` and report it"
                .to_owned(),
        })?;
        Ok(Refresh { changes: counted(client, &json, applied), full: true, shared: false })
    }

    /// Applies the changes since a checkpoint. Returns `None` if they cannot be applied.
    async fn delta(&self, client: &Client, since: i64) -> Result<Option<Changes>, Error> {
        let read = self.read(|connection| meta(connection, "settings"))?.and_then(|at| at.parse::<i64>().ok());
        // After the clock was set back, the time may be in the future.
        let is_old = read.is_none_or(|at| self.now().abs_diff(at) >= SETTINGS);
        let days = if is_old { Some(client.days_now().await?) } else { None };
        let json = ask(client, since).await?;
        Ok(self.store(&json, false, days.as_ref())?.map(|applied| counted(client, &json, applied)))
    }

    /// Stores a response, its checkpoint and the settings that were read with it in one transaction.
    fn store(&self, json: &[u8], full: bool, days: Option<&Days>) -> Result<Option<Applied>, MirrorError> {
        let now = self.now();
        let json = text(json);
        let stored = self.zone()?;
        let zone = days.map_or(&stored, |days| &days.zone);
        self.write_all(full, |tx| {
            let applied = apply::apply(tx, &Sync { json: &json, full, zone, now })?;
            let Some(applied) = applied else { return Ok(None) };
            if let Some(days) = days {
                settings::store(tx, days, now)?;
            }
            let number = meta(tx, "refreshes")?.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
            set_meta(tx, "refreshes", &(number + 1).to_string())?;
            set_meta(tx, "changes", &serde_json::to_string(&applied.changes).unwrap_or_default())?;
            set_meta(tx, "stale", "0")?;
            journal::settle(tx, now)?;
            Ok(Some(applied))
        })
    }

    /// Returns how many syncs were stored.
    fn refreshes(&self) -> Result<Option<String>, MirrorError> {
        self.read(|connection| meta(connection, "refreshes"))
    }

    /// Checks that the file belongs to the client's account. Requests the inbox once, unless the client knows it.
    async fn check_account(&self, client: &Client) -> Result<(), Error> {
        let stored = self.read(|connection| meta(connection, "inbox"))?;
        let inbox = client.inbox_id().await?;
        match stored {
            Some(stored) if stored != inbox.as_str() => {
                Err(MirrorError::new(Kind::OtherAccount, self.path(), "").into())
            }
            _ => Ok(()),
        }
    }
}

/// Sends a sync through the transport below the mirror.
pub(super) async fn ask(client: &Client, since: i64) -> Result<Vec<u8>, Error> {
    let call = Call::new(&op::SYNC_CHECK).path("checkpoint", &since);
    let json = call.bytes(client.relogin()).await?;
    if client.is_strict() {
        // A strict client refuses what does not fit, before anything is stored.
        decoded(client, &json).await?;
    }
    Ok(json)
}

/// Decodes a response to a sync as the client's other calls do.
pub(super) async fn decoded(client: &Client, json: &[u8]) -> Result<SyncAnswer, Error> {
    let call = Call::new(&op::SYNC_CHECK).path("checkpoint", &0);
    Ok(call.decode::<SyncAnswer>(&Answered(client, json)).await?)
}

/// A transport that returns a response that has already been received.
struct Answered<'a>(&'a Client, &'a [u8]);

impl Transport for Answered<'_> {
    fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async { Ok(Response::new(200, self.1)) })
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        self.0.relogin().accepts(operation, misfits)
    }
}

/// Counts members that do not fit the contract in [`Client::drift`].
fn counted(client: &Client, json: &[u8], applied: Applied) -> Changes {
    if applied.odd
        && let Ok(read) = decode_lenient::<SyncAnswer>(json)
    {
        client.relogin().accepts(&op::SYNC_CHECK, &read.misfits);
    }
    applied.changes
}

/// Returns a response as text. Bytes that are not UTF-8 are escaped, as in other responses.
fn text(json: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(json) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let answer = decode_lenient::<SyncAnswer>(json).ok().map(|read| read.value);
            Cow::Owned(answer.and_then(|answer| serde_json::to_string(&answer).ok()).unwrap_or_default())
        }
    }
}

/// Returns whether the service refused the checkpoint, so that a full sync may succeed.
fn is_about_the_checkpoint(error: &Error) -> bool {
    error.may_be_missing() || matches!(error, Error::NotFound { .. })
}

/// Waits until no other process refreshes the file.
async fn lock(path: &Path) -> Result<File, MirrorError> {
    let path = with_suffix(path, ".lock");
    let io = |error: &std::io::Error| MirrorError::io(&path, error);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(|error| io(&error))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::Error(error)) => return Err(io(&error)),
        Err(TryLockError::WouldBlock) => {}
    }
    // Waiting blocks, so it happens on a thread of its own.
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || drop(send.send(file.lock().map(|()| file))));
    match receive.await {
        Ok(file) => file.map_err(|error| io(&error)),
        Err(_) => Err(MirrorError::new(Kind::Locked, &path, "")),
    }
}
