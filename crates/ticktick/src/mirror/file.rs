//! Opens the file of a mirror: permissions, format, migrations.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::error::{MirrorError, MirrorErrorKind as Kind};
use super::meta::set_meta;
use super::select;

/// Marks our files among all SQLite files: `TICK` in ASCII.
const APPLICATION: i64 = 0x5449_434B;

/// The steps from an empty file to the current format. Released steps never change.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

const VIEWS: &str = include_str!("views.sql");

/// Identifies the tables of each format version.
const TABLES: [u64; STEPS.len()] = {
    let mut tables = [0; STEPS.len()];
    let mut version = 0;
    let mut mark = 0;
    while version < STEPS.len() {
        mark = fingerprint(mark, STEPS[version]);
        tables[version] = mark;
        version += 1;
    }
    tables
};

const VIEWS_MARK: u64 = fingerprint(0, VIEWS);

/// How long a statement waits for another process.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// An open file.
pub(super) struct File {
    pub(super) connection: Connection,
    /// Where a damaged or foreign file was moved.
    pub(super) set_aside: Option<PathBuf>,
}

/// Opens a file, and creates it if it does not exist. A file that is not a mirror is moved aside.
pub(super) fn open(path: &Path) -> Result<File, MirrorError> {
    create(path)?;
    match connect(path) {
        Err(error) if error.kind == Kind::Damaged => {
            let aside = set_aside(path)?;
            create(path)?;
            Ok(File { connection: connect(path)?, set_aside: Some(aside) })
        }
        connection => Ok(File { connection: connection?, set_aside: None }),
    }
}

/// Opens a file for SQL of the user: read-only and without `ATTACH`.
pub(super) fn open_for_user(path: &Path) -> Result<Connection, MirrorError> {
    let of = |error| MirrorError::of(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(of)?;
    connection.busy_timeout(PATIENCE).map_err(of)?;
    connection.execute_batch("pragma trusted_schema = off; pragma query_only = on;").map_err(of)?;
    connection.set_limit(rusqlite::limits::Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(of)?;
    Ok(connection)
}

/// Moves a file and its companions to an unused name beside it.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, MirrorError> {
    let io = |error| MirrorError::io(path, &error);
    let name = |number: u32, suffix: &str| with_suffix(path, &format!(".aside-{number}{suffix}"));
    let number = (1..).find(|number| !name(*number, "").exists()).unwrap_or(1);
    for suffix in ["-wal", "-shm"] {
        // The log holds changes that are not in the file yet, so it must move with the file.
        match fs::rename(with_suffix(path, suffix), name(number, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
    }
    fs::rename(path, name(number, "")).map_err(io)?;
    Ok(name(number, ""))
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Creates the file so that only its owner can read it. SQLite gives its companions the same permissions.
fn create(path: &Path) -> Result<(), MirrorError> {
    let io = |error| MirrorError::io(path, &error);
    if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory).map_err(io)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => make_private(path).map_err(io),
        created => created.map(drop).map_err(io),
    }
}

/// Makes sure that others cannot read an existing file, such as one that was copied.
#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    for path in ["", "-wal", "-shm"].map(|suffix| with_suffix(path, suffix)) {
        let Ok(found) = fs::metadata(&path) else { continue };
        let mode = found.permissions().mode();
        if found.is_file() && mode & 0o077 != 0 {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode & 0o700))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    // On this system, a user's folders are private by default.
    Ok(())
}

fn connect(path: &Path) -> Result<Connection, MirrorError> {
    let of = |error| MirrorError::of(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(of)?;
    connection.busy_timeout(PATIENCE).map_err(of)?;
    select::define(&connection).map_err(of)?;
    // Plans must not depend on the values of parameters. Otherwise SQLite prepares the statements of the search index
    // again when a value changes, which takes 6 % of the instructions of a search.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(of)?;
    // The page size applies to new files. A larger cache would only take memory: the system keeps the pages, too.
    let settings = "pragma trusted_schema = off; pragma foreign_keys = on; \
                    pragma page_size = 8192; pragma cache_size = -4000;";
    connection.execute_batch(settings).map_err(of)?;
    let version = version(path, &connection)?;
    if version == 0 {
        // An empty file has nothing to lose.
        connection.execute_batch("pragma synchronous = off;").map_err(of)?;
        migrate(path, &mut connection)?;
    }
    let mode: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0)).map_err(of)?;
    if mode != "wal" {
        return Err(MirrorError::new(Kind::NoLocks, path, "no write-ahead log"));
    }
    connection.execute_batch("pragma synchronous = normal;").map_err(of)?;
    if version > 0 && (!is_current(path, &connection, version)? || version < STEPS.len()) {
        migrate(path, &mut connection)?;
    }
    Ok(connection)
}

/// Returns the format version of a file, or 0 if the file is empty.
fn version(path: &Path, connection: &Connection) -> Result<usize, MirrorError> {
    let number = |pragma: &str| connection.query_row(&format!("pragma {pragma}"), [], |row| row.get::<_, i64>(0));
    let read = || Ok((number("application_id")?, number("user_version")?, number("schema_version")?));
    let (application, version, schema) = read().map_err(|error| MirrorError::of(path, &error))?;
    match usize::try_from(version) {
        Ok(version) if application == APPLICATION && version <= STEPS.len() => Ok(version),
        Ok(version) if application == APPLICATION => {
            let message = format!("format {version}; this version knows {}", STEPS.len());
            Err(MirrorError::new(Kind::Newer, path, message))
        }
        // No tables yet.
        _ if application == 0 && schema == 0 => Ok(0),
        _ => Err(MirrorError::new(Kind::Damaged, path, "not a mirror")),
    }
}

/// Brings the file to the current format in one transaction.
fn migrate(path: &Path, connection: &mut Connection) -> Result<(), MirrorError> {
    let of = |error| MirrorError::of(path, &error);
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(of)?;
    // Another process may have migrated the file in the meantime.
    let version = version(path, &tx)?;
    for step in &STEPS[version..] {
        tx.execute_batch(step).map_err(of)?;
    }
    replace_views(&tx).map_err(of)?;
    set_meta(&tx, "tables", &TABLES[STEPS.len() - 1].to_string()).map_err(of)?;
    set_meta(&tx, "views", &VIEWS_MARK.to_string()).map_err(of)?;
    let marks = format!("pragma application_id = {APPLICATION}; pragma user_version = {};", STEPS.len());
    tx.execute_batch(&marks).map_err(of)?;
    tx.commit().map_err(of)
}

/// Returns whether the file has the views of this version. Fails if its tables are not those of its format version, which
/// a version that was never released may have written.
fn is_current(path: &Path, connection: &Connection, version: usize) -> Result<bool, MirrorError> {
    let query = "select (select value from meta where key = 'tables'), (select value from meta where key = 'views')";
    let marks = connection.query_row(query, [], |row| Ok([row.get(0)?, row.get(1)?]));
    let [tables, views]: [Option<String>; 2] = match marks {
        // The table is missing.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => Default::default(),
        marks => marks.map_err(|error| MirrorError::of(path, &error))?,
    };
    let is = |found: Option<String>, mark: u64| found.is_some_and(|found| found == mark.to_string());
    if !is(tables, TABLES[version - 1]) {
        return Err(MirrorError::new(Kind::Damaged, path, format!("not the tables of format {version}")));
    }
    Ok(is(views, VIEWS_MARK))
}

/// Returns a number that identifies a text (FNV-1a), continued from the number of the text before it.
const fn fingerprint(before: u64, text: &str) -> u64 {
    let mut mark = before ^ 0xCBF2_9CE4_8422_2325;
    let mut at = 0;
    while at < text.len() {
        mark = (mark ^ text.as_bytes()[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    mark
}

fn replace_views(tx: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    let names = {
        let mut old = tx.prepare("select name from sqlite_schema where type = 'view'")?;
        old.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?
    };
    for name in names {
        tx.execute_batch(&format!("drop view \"{name}\""))?;
    }
    tx.execute_batch(VIEWS)
}
