//! Reads the account from the mirror: opens it, refreshes it if it is old, and falls back to the service.

mod failure;
mod journal;
mod synced;

use std::mem::ManuallyDrop;
use std::path::Path;

use jiff::{Timestamp, ZonedDateTime};
use ticktick::Account;
use ticktick::mirror::{Mirror, MirrorError, MirrorErrorKind, Refresh};
use ticktick::raw::Operation;

use crate::args::Globals;
use crate::connect::{self, Connection, Profile};
use crate::error::{Error, Kind};
use crate::generated::cli::Meta;
pub(crate) use crate::mirror::failure::Failure;
use crate::mirror::failure::warn_of_place;
pub(crate) use crate::mirror::synced::Synced;
use crate::output::Output;
pub(crate) use crate::text::ago;

/// A mirror that is as fresh as it can be.
pub(crate) struct Local {
    pub(crate) mirror: Mirror,
    pub(crate) synced: Synced,
    /// Keeps the demo's mirror.
    _connection: Option<Connection>,
}

/// The account and the current time, for a command that only reads.
pub(crate) struct Snapshot {
    /// Never freed: the program ends soon, and freeing thousands of tasks takes a tenth of its time.
    pub(crate) account: ManuallyDrop<Account>,
    pub(crate) now: ZonedDateTime,
    /// The age of the data, if it is from the mirror.
    pub(crate) synced: Option<Synced>,
}

impl Snapshot {
    /// Returns the age of an old mirror, to end a summary with.
    pub(crate) fn age(&self) -> String {
        self.synced.map(Synced::age).unwrap_or_default()
    }

    /// Adds the age of the mirror to a document.
    pub(crate) fn add_age_to(&self, meta: &mut Meta) {
        if let Some(synced) = self.synced {
            synced.add_to(meta);
        }
    }
}

/// Where a command that only reads finds the account.
pub(crate) enum Reader {
    Mirror(Local),
    Service(Connection),
}

/// Determines where to read the account: in the mirror, or on the service if there is no mirror.
pub(crate) async fn reader(globals: &Globals, output: Output) -> Result<Reader, Error> {
    if globals.demo || globals.mirror.no_mirror {
        if globals.mirror.offline {
            return Err(Error::usage("the demo keeps no mirror, so --offline has nothing to read"));
        }
        return Ok(Reader::Service(Connection::open(globals).await?));
    }
    if globals.mirror.offline {
        return offline(&Profile::open(globals)?, globals, output).map(Reader::Mirror);
    }
    let profile = Profile::signed_in(globals)?;
    match usable(&profile, output)? {
        Some(mirror) => match fresh(profile, mirror, globals, output).await {
            Err(Failure::Place(error)) => instead(error, globals, output).map(Reader::Service),
            local => Ok(Reader::Mirror(local?)),
        },
        None => profile.connect(globals, None, false).map(Reader::Service),
    }
}

/// Reads the account for a command that only reads.
pub(crate) async fn snapshot(globals: &Globals, output: Output) -> Result<Snapshot, Error> {
    reader(globals, output).await?.snapshot().await
}

impl Reader {
    /// Reads the whole account.
    pub(crate) async fn snapshot(self) -> Result<Snapshot, Error> {
        let local = match self {
            Self::Mirror(local) => local,
            Self::Service(connection) => return from_service(connection).await,
        };
        let account = local.mirror.account()?;
        let now = moment().to_zoned_datetime(account.zone().clone());
        Ok(Snapshot { account: ManuallyDrop::new(account), now, synced: Some(local.synced) })
    }
}

async fn from_service(connection: Connection) -> Result<Snapshot, Error> {
    let account = connection.client.sync().full().await?;
    let now = connection.now(&account);
    connection.close()?;
    Ok(Snapshot { account: ManuallyDrop::new(account), now, synced: None })
}

/// Opens the mirror for a command that requires it, and refreshes it if it is old.
pub(crate) async fn local(globals: &Globals, output: Output) -> Result<Local, Error> {
    required(globals)?;
    if globals.demo {
        let mut connection = Connection::demo(globals, true).await?;
        connection.refresh(false, output).await?;
        let mirror = connection.mirror.clone().ok_or_else(without)?;
        let synced = Synced { at: connection.moment(), stale: false };
        return Ok(Local { mirror, synced, _connection: Some(connection) });
    }
    if globals.mirror.offline {
        return offline(&Profile::open(globals)?, globals, output);
    }
    let profile = Profile::signed_in(globals)?;
    let mirror = open(&profile.mirror(), output)?;
    Ok(fresh(profile, mirror, globals, output).await?)
}

/// Opens the mirror of the account, if there is one, without a request.
pub(crate) fn existing(globals: &Globals, output: Output) -> Result<Option<Mirror>, Error> {
    required(globals)?;
    if globals.demo {
        return connect::demo_mirror()?.filter(|path| path.exists()).map(|path| open(&path, output)).transpose();
    }
    let profile = Profile::open(globals)?;
    let path = profile.mirror();
    if !path.exists() {
        return Ok(None);
    }
    if profile.is_saved() && !profile.owns_mirror() {
        return Err(empty(&path));
    }
    open(&path, output).map(Some)
}

/// Connects for a command that writes.
pub(crate) async fn connect(globals: &Globals, output: Output) -> Result<Connection, Error> {
    connect::online(globals)?;
    // Writes that are not sent are not recorded, either.
    if globals.mirror.no_mirror || globals.write.dry_run {
        return Connection::open(globals).await;
    }
    if globals.demo {
        // A journal that the next command does not see would be useless.
        let lasts = connect::demo_mirror()?.is_some();
        return Connection::demo(globals, lasts).await;
    }
    let profile = Profile::signed_in(globals)?;
    let mirror = usable(&profile, output)?;
    let mut connection = profile.connect(globals, mirror, false)?;
    connection.begin_journal(output).await?;
    Ok(connection)
}

/// Connects for a command that requires the mirror.
pub(crate) async fn connect_required(globals: &Globals, output: Output) -> Result<Connection, Error> {
    connect::online(globals)?;
    required(globals)?;
    if globals.demo {
        return Connection::demo(globals, true).await;
    }
    let profile = Profile::signed_in(globals)?;
    let mirror = open(&profile.mirror(), output)?;
    profile.connect(globals, Some(mirror), false)
}

/// Connects for a call of one operation. If the account has a mirror, a write is recorded in it.
pub(crate) async fn connect_for(globals: &Globals, operation: &Operation, output: Output) -> Result<Connection, Error> {
    connect::online(globals)?;
    if globals.demo || globals.mirror.no_mirror || globals.write.dry_run || operation.reads {
        return Connection::open(globals).await;
    }
    let profile = Profile::signed_in(globals)?;
    let has_mirror = profile.owns_mirror() && profile.mirror().exists();
    let mirror = if has_mirror { usable(&profile, output)? } else { None };
    let connection = profile.connect(globals, mirror, false)?;
    connection.name(&format!("api {operation}"));
    Ok(connection)
}

impl Connection {
    /// Finds objects in the account, given the current time. An object that is missing may be newer than the mirror, so
    /// the mirror is refreshed once.
    pub(crate) async fn find<T>(
        &mut self,
        globals: &Globals,
        output: Output,
        find: impl Fn(&Account, &ZonedDateTime) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let search = |connection: &Self, account: &Account| find(account, &connection.now(account));
        let Some(mirror) = self.mirror.clone() else {
            let account = self.client.sync().full().await?;
            return search(self, &account);
        };
        let is_fresh = self.owns_mirror() && is_fresh(&mirror, globals)?;
        if is_fresh {
            match search(self, &mirror.account()?) {
                Err(error) if error.kind == Kind::NotFound => {}
                found => return found,
            }
        }
        match self.try_refresh(false, output).await {
            Err(Failure::Place(error)) => {
                warn_of_place(error, output);
                let account = self.client.sync().full().await?;
                search(self, &account)
            }
            refreshed => {
                refreshed?;
                search(self, &mirror.account()?)
            }
        }
    }

    /// Refreshes the mirror. A mirror of another account is moved aside.
    pub(crate) async fn refresh(&mut self, full: bool, output: Output) -> Result<Refresh, Error> {
        Ok(self.try_refresh(full, output).await?)
    }

    async fn try_refresh(&mut self, full: bool, output: Output) -> Result<Refresh, Failure> {
        let mirror = self.mirror.clone().ok_or_else(without)?;
        let before = mirror.set_aside();
        let refreshed = if full { mirror.refresh_full(&self.client).await } else { mirror.refresh(&self.client).await };
        let refresh = match refreshed {
            Err(ticktick::Error::Mirror(error)) if error.kind == MirrorErrorKind::OtherAccount => {
                let aside = mirror.start_over()?;
                let text = format!("the mirror belonged to another account; it was moved to {}", aside.display());
                output.note("warning", &text);
                mirror.refresh(&self.client).await?
            }
            refreshed => {
                if mirror.set_aside() != before {
                    warn_of_aside(&mirror, output);
                }
                refreshed?
            }
        };
        self.trust_mirror();
        Ok(refresh)
    }
}

/// Refreshes a mirror if it is old. If that fails because of the network, it stays as it is.
async fn fresh(profile: Profile, mirror: Mirror, globals: &Globals, output: Output) -> Result<Local, Failure> {
    let is_own = profile.owns_mirror();
    if is_own && is_fresh(&mirror, globals)? {
        keep_open(&mirror);
        return Ok(of(mirror, false)?);
    }
    let age = mirror.age()?.filter(|_| is_own);
    let mut connection = profile.connect(globals, Some(mirror.clone()), age.is_some())?;
    let refreshed = connection.try_refresh(false, output).await;
    connection.close()?;
    match (refreshed, age) {
        (Ok(_), _) => Ok(of(mirror, false)?),
        (Err(Failure::Other(error)), Some(age)) if error.kind == Kind::Network || error.retryable => {
            let why = if error.kind == Kind::Network { "offline" } else { &error.message };
            output.note("warning", &format!("{why}: showing data from {}", ago(age)));
            Ok(of(mirror, true)?)
        }
        (Err(error), _) => Err(error),
    }
}

/// Opens the mirror without any request.
fn offline(profile: &Profile, globals: &Globals, output: Output) -> Result<Local, Error> {
    let path = profile.mirror();
    let is_foreign = profile.is_saved() && !profile.owns_mirror();
    if is_foreign || !path.exists() {
        return Err(empty(&path));
    }
    let mirror = open(&path, output)?;
    keep_open(&mirror);
    let stale = !is_fresh(&mirror, globals)?;
    of(mirror, stale)
}

/// Keeps a mirror that is only read open until the program ends.
///
/// When the last process closes the file, SQLite deletes its log, and the next command has to create it again. Without
/// this, `today` takes 7 % longer. If the log contains changes, closing the file moves them into it.
fn keep_open(mirror: &Mirror) {
    let mut log = mirror.path().as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() == 0) {
        let _kept = ManuallyDrop::new(mirror.clone());
    }
}

fn of(mirror: Mirror, stale: bool) -> Result<Local, Error> {
    let age = mirror.age()?.ok_or_else(|| empty(mirror.path()))?;
    let synced = Synced { at: moment() - age, stale };
    Ok(Local { mirror, synced, _connection: None })
}

fn is_fresh(mirror: &Mirror, globals: &Globals) -> Result<bool, MirrorError> {
    // After the clock was set back, an age can be negative.
    let age = mirror.age()?.filter(|age| !age.is_negative());
    Ok(age.is_some_and(|age| age.unsigned_abs() < globals.max_age()) && !mirror.is_stale()?)
}

/// Opens a file, and prints a note if a damaged one was moved aside.
pub(crate) fn open(path: &Path, output: Output) -> Result<Mirror, Error> {
    opened(Mirror::open(path)?, output)
}

fn opened(mirror: Mirror, output: Output) -> Result<Mirror, Error> {
    if mirror.set_aside().is_some() {
        warn_of_aside(&mirror, output);
    }
    Ok(mirror)
}

/// Opens the mirror, unless no file can be kept, as in a container.
fn usable(profile: &Profile, output: Output) -> Result<Option<Mirror>, Error> {
    match Mirror::open(profile.mirror()) {
        Ok(mirror) => opened(mirror, output).map(Some),
        Err(error) if error.is_about_the_place() => {
            warn_of_place(error, output);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Connects to the service instead of a mirror that cannot be written, unless nothing may be sent.
pub(crate) fn instead(error: MirrorError, globals: &Globals, output: Output) -> Result<Connection, Error> {
    if globals.mirror.offline {
        return Err(error.into());
    }
    warn_of_place(error, output);
    Profile::signed_in(globals)?.connect(globals, None, false)
}

fn warn_of_aside(mirror: &Mirror, output: Output) {
    if let Some(aside) = mirror.set_aside() {
        let text = format!(
            "the mirror was damaged or from another version; it was moved to {}, and a new one was created",
            aside.display()
        );
        output.note("warning", &text);
    }
}

fn required(globals: &Globals) -> Result<(), Error> {
    if globals.mirror.no_mirror {
        Err(Error::usage("this command needs the mirror; leave out --no-mirror"))
    } else {
        Ok(())
    }
}

fn without() -> Error {
    Error::failed("there is no mirror")
}

fn empty(path: &Path) -> Error {
    Error::failed(format!("mirror {} has no data of this account yet", path.display()))
        .hint("run `ticktick sync` while the service can be reached")
}

/// Notes that the mirror remains after its session has ended.
pub(crate) fn note_kept(path: &Path, output: Output) {
    if path.exists() {
        output.note(
            "note",
            &format!("the copy of the account is kept in {}; delete it if you share this machine", path.display()),
        );
    }
}

/// Returns the current time.
pub(crate) fn moment() -> Timestamp {
    use ticktick::date::{Clock, SystemClock};

    SystemClock.now()
}
