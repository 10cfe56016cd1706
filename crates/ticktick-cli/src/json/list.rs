//! [`List`]: a list that is written to JSON by two threads.

use std::ops::Range;
use std::panic;
use std::thread;

use serde::ser::{SerializeSeq as _, SerializeStruct as _};
use serde::{Serialize, Serializer};
use serde_json::Error;

use super::RAW;
use super::text::Json;

/// From how many elements on a second thread is worth its start.
const MANY: usize = 500;

/// The elements of a list as JSON.
pub(crate) struct List {
    /// Elements, separated by commas.
    parts: Vec<String>,
}

/// Writes the element at an index.
type WriteElement<'a> = &'a (dyn Fn(usize, &mut Json<'_>) -> Result<(), Error> + Sync);

impl List {
    /// Writes the elements of a list.
    pub(crate) fn of<T: Serialize + Sync>(list: &[T]) -> Result<Self, Error> {
        Self::written(list.len(), &|at, json| list[at].serialize(json))
    }

    fn written(count: usize, write: WriteElement<'_>) -> Result<Self, Error> {
        let half = if count < MANY { count } else { count / 2 };
        let (first, second) = thread::scope(|scope| {
            let second = (half < count).then(|| scope.spawn(move || part(half..count, write)));
            let first = part(0..half, write);
            (first, second.map(|second| second.join().unwrap_or_else(|payload| panic::resume_unwind(payload))))
        });
        let parts = [Some(first), second].into_iter().flatten().collect::<Result<Vec<_>, _>>()?;
        Ok(Self { parts: parts.into_iter().filter(|part| !part.is_empty()).collect() })
    }
}

fn part(range: Range<usize>, write: WriteElement<'_>) -> Result<String, Error> {
    let mut text = Vec::new();
    let mut json = Json::new(&mut text);
    let start = range.start;
    for at in range {
        if at > start {
            json.push(",");
        }
        write(at, &mut json)?;
        json.flush()?;
    }
    json.finish().map_err(Error::io)?;
    String::from_utf8(text).map_err(serde::ser::Error::custom)
}

impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for part in &self.parts {
            list.serialize_element(&Raw(part))?;
        }
        list.end()
    }
}

/// JSON that is written as it is.
struct Raw<'a>(&'a str);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, self.0)?;
        raw.end()
    }
}
