//! Responses that do not match the contract: reported at the end of a command, and saved for `ticktick doctor
//! --drift`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ticktick::ClientBuilder;
use ticktick::connection::Drift;
use ticktick::date::{Clock, SystemClock};
use ticktick_profile::private;

use crate::error::Error;
use crate::generated::cli::Drift as Seen;
use crate::output::Output;
use crate::settings;

const FILE: &str = "drift.json";
const LOCK: &str = "drift.lock";
const VERSION: u8 = 1;

/// How many places a note names.
const NAMED: usize = 3;
/// How many kinds of drift are saved; the oldest are dropped.
const KEPT: usize = 200;
/// Maximum length of a saved path, in bytes.
const LONGEST_PATH: usize = 300;

/// A kind of drift, without the value found.
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

/// The drift found by this command, and whether it was understood. A command may create several clients.
static FOUND: Mutex<BTreeMap<Place, bool>> = Mutex::new(BTreeMap::new());

/// Makes a client report its drift here.
pub(crate) fn watch(builder: ClientBuilder) -> ClientBuilder {
    builder.on_drift(|drift| {
        let Drift { operation, path, expected, found, understood, .. } = drift;
        let (operation, found) = ((*operation).to_owned(), (*found).to_owned());
        let place = Place { operation, path: path.clone(), expected: expected.clone(), found };
        FOUND.lock().unwrap_or_else(PoisonError::into_inner).insert(place, *understood);
    })
}

/// Saves the drift, unless it is of a demo, and reports where it was found.
pub(crate) fn report(is_demo: bool, output: Output) {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if found.is_empty() {
        return;
    }
    let today = SystemClock.now().to_zoned_datetime(TimeZone::UTC).date();
    // If nothing can be saved, as in a container, there is only the note.
    let is_kept = !is_demo && settings::folders().is_ok_and(|folders| keep(&folders.config, &found, today).is_ok());
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
    format!("TickTick sent unexpected data at {}{more}; it was kept unchanged{hint}", places.join(", "))
}

/// Returns the drift found by earlier commands, ordered by operation and path.
pub(crate) fn read() -> Result<Vec<Seen>, Error> {
    read_from(&settings::folders()?.config.join(FILE))
}

/// Clears the saved drift.
pub(crate) fn clear() -> Result<(), Error> {
    let path = settings::folders()?.config.join(FILE);
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
        Ok(_) => Err(unusable("unknown version")),
        Err(_) => Err(unusable("it is not a drift log")),
    }
}

/// Adds to the file under a lock. An unreadable file is replaced.
fn keep(folder: &Path, found: &BTreeMap<Place, bool>, today: Date) -> io::Result<()> {
    let _lock = private::lock(&folder.join(LOCK))?;
    let path = folder.join(FILE);
    let drift = merged(read_from(&path).unwrap_or_default(), found, today);
    let mut text = serde_json::to_vec_pretty(&Contents { version: VERSION, drift })?;
    text.push(b'\n');
    private::replace(&path, &text)
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
        let one = "TickTick sent unexpected data at task.get $.m0; it was kept unchanged";
        assert_eq!(told(&found(0..1), false), one);
        let five = "TickTick sent unexpected data at task.get $.m0, task.get $.m1, task.get $.m2 and 2 more; it was kept unchanged; \
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
