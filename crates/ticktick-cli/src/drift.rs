//! What the service answered that the contract does not expect: reported at the end of a command, and kept for
//! `ticktick doctor --drift`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use ticktick::ClientBuilder;
use ticktick::connection::Drift;
use ticktick::date::{Clock, SystemClock};

use crate::config;
use crate::error::Error;
use crate::generated::cli::Drift as Seen;
use crate::output::Output;
use crate::private;

const FILE: &str = "drift.json";
const LOCK: &str = "drift.lock";
const VERSION: u8 = 1;

/// How many places are named.
const NAMED: usize = 3;
/// How many kinds of drift are kept; the ones that were seen last stay.
const KEPT: usize = 200;
/// The longest path that is kept, in bytes.
const LONGEST_PATH: usize = 300;

/// A kind of drift, without the value that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) operation: String,
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl Place {
    fn of(drift: &Seen) -> Self {
        let Seen { operation, path, expected, found, .. } = drift.clone();
        Self { operation, path, expected, found }
    }

    fn seen(&self, understood: bool, last_seen: Date) -> Seen {
        let Self { operation, path, expected, found } = self.clone();
        Seen { operation, path, expected, found, understood, last_seen }
    }
}

#[derive(Serialize, Deserialize)]
struct Contents {
    version: u8,
    drift: Vec<Seen>,
}

/// What this command found, and whether it was understood; a command may make more than one client.
static FOUND: Mutex<BTreeMap<Place, bool>> = Mutex::new(BTreeMap::new());

/// Has a client report what it finds.
pub(crate) fn watch(builder: ClientBuilder) -> ClientBuilder {
    builder.on_drift(|drift| {
        let Drift { operation, path, expected, found, understood, .. } = drift;
        let (operation, found) = ((*operation).to_owned(), (*found).to_owned());
        let place = Place { operation, path: path.clone(), expected: expected.clone(), found };
        FOUND.lock().unwrap_or_else(PoisonError::into_inner).insert(place, *understood);
    })
}

/// Keeps what was found, unless it is of a demo, and says where it was found.
pub(crate) fn report(is_demo: bool, output: Output) {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if found.is_empty() {
        return;
    }
    let today = SystemClock.now().to_zoned_datetime(TimeZone::UTC).date();
    // If nothing can be written, as in a container, the note is all that is left.
    let is_kept = !is_demo && config::folder().is_ok_and(|folder| keep(&folder, &found, today).is_ok());
    output.note("note", &told(&found, is_kept));
}

fn told(found: &BTreeMap<Place, bool>, is_kept: bool) -> String {
    let mut places: Vec<String> = found.keys().map(|place| format!("{} {}", place.operation, place.path)).collect();
    places.dedup();
    let more = match places.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    places.truncate(NAMED);
    let hint = if is_kept { "; see `ticktick doctor --drift`" } else { "" };
    format!("TickTick answered something new at {}{more}; it was kept{hint}", places.join(", "))
}

/// Returns what earlier commands found, in the order of operations and paths.
pub(crate) fn read() -> Result<Vec<Seen>, Error> {
    read_from(&config::folder()?.join(FILE))
}

/// Forgets what earlier commands found.
pub(crate) fn clear() -> Result<(), Error> {
    let path = config::folder()?.join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::failed(format!("cannot remove {}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

fn read_from(path: &Path) -> Result<Vec<Seen>, Error> {
    let unusable = |why: &str| {
        Error::failed(format!("cannot use {}: {why}", path.display()))
            .hint("remove it with `ticktick doctor --drift --clear`")
    };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unusable(&error.to_string())),
    };
    match serde_json::from_slice::<Contents>(&text) {
        Ok(contents) if contents.version == VERSION => Ok(contents.drift),
        Ok(_) => Err(unusable("its version is not known")),
        Err(_) => Err(unusable("it is not a drift log")),
    }
}

/// Adds to the file while no other command does. A file that cannot be read is replaced.
fn keep(folder: &Path, found: &BTreeMap<Place, bool>, today: Date) -> io::Result<()> {
    private::create(folder)?;
    let lock = private::file(&folder.join(LOCK))?;
    lock.lock()?;
    let path: PathBuf = private::target(&folder.join(FILE))?;
    let drift = merged(read_from(&path).unwrap_or_default(), found, today);
    // Temporary files can be read by their owner only.
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(folder))?;
    serde_json::to_writer_pretty(&mut file, &Contents { version: VERSION, drift })?;
    file.write_all(b"\n")?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

fn merged(before: Vec<Seen>, found: &BTreeMap<Place, bool>, today: Date) -> Vec<Seen> {
    let short = found.iter().filter(|(place, _)| place.path.len() <= LONGEST_PATH);
    let new = short.map(|(place, understood)| place.seen(*understood, today));
    let mut drift: Vec<Seen> =
        before.into_iter().filter(|seen| !found.contains_key(&Place::of(seen))).chain(new).collect();
    drift.sort_by_cached_key(|seen| (Reverse(seen.last_seen), Place::of(seen)));
    drift.truncate(KEPT);
    drift.sort_by_cached_key(Place::of);
    drift
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn found(numbers: std::ops::Range<usize>) -> BTreeMap<Place, bool> {
        let place = |n: usize| Place {
            operation: "task.get".into(),
            path: format!("$.m{n}"),
            expected: "integer".into(),
            found: "string".into(),
        };
        numbers.map(|n| (place(n), false)).collect()
    }

    #[test]
    fn a_few_places_are_named() {
        let one = "TickTick answered something new at task.get $.m0; it was kept";
        assert_eq!(told(&found(0..1), false), one);
        let five = "TickTick answered something new at task.get $.m0, task.get $.m1, task.get $.m2 and 2 more; it was kept; \
             see `ticktick doctor --drift`";
        assert_eq!(told(&found(0..5), true), five);
    }

    #[test]
    fn what_was_seen_last_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (date(2026, 3, 1), date(2026, 3, 2));
        keep(folder.path(), &found(0..KEPT), old).unwrap();
        keep(folder.path(), &found(KEPT - 1..KEPT + 9), new).unwrap();
        let seen = read_from(&folder.path().join(FILE)).unwrap();
        assert_eq!(seen.len(), KEPT);
        assert_eq!(seen.iter().filter(|seen| seen.last_seen == new).count(), 10);

        let mut long = found(0..1);
        long.insert(Place { path: "x".repeat(LONGEST_PATH + 1), ..long.keys().next().unwrap().clone() }, true);
        assert_eq!(merged(Vec::new(), &long, new).len(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_said_so_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "m4rk").unwrap();
        let error = read_from(&path).unwrap_err();
        assert!(error.hint.unwrap().contains("--clear") && !error.message.contains("m4rk"));
        keep(folder.path(), &found(0..1), date(2026, 3, 1)).unwrap();
        assert_eq!(read_from(&path).unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &found(0..1), date(2026, 3, 1)).unwrap();
        for file in [FILE, LOCK] {
            assert_eq!(fs::metadata(folder.path().join(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
        }
    }
}
