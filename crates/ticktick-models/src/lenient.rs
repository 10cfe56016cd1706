//! [`decode_lenient`]: reads JSON whose values do not all fit their types.

pub(crate) mod access;
pub(crate) mod bytes;
mod context;
mod forms;
pub(crate) mod scan;
mod value;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use self::context::Context;
use self::value::Value;

/// The result of [`decode_lenient`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value; parts that do not fit are in the [`Extra`](crate::Extra) of their object.
    pub value: T,
    /// The parts that do not fit, in their order.
    pub misfits: Vec<Misfit>,
}

/// A value that does not fit its type: its path and kind, never the value itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Misfit {
    /// Its path, without indices and keys of maps, such as `$.syncTaskBean.update[*].assignee`.
    pub path: String,
    /// The expected kind, such as `integer`.
    pub expected: String,
    /// The JSON kind found, such as `string`.
    pub found: &'static str,
    /// Whether its meaning was clear, so that it was read nevertheless.
    pub understood: bool,
}

impl Misfit {
    /// Creates one for a value that fits its type but is not understood, such as the name of an unknown
    /// time zone.
    ///
    /// ```
    /// let misfit = ticktick_models::Misfit::new("$.timeZone", "known time zone", "string");
    /// assert!(!misfit.understood);
    /// ```
    #[must_use]
    pub fn new(path: impl Into<String>, expected: impl Into<String>, found: &'static str) -> Self {
        Self { path: path.into(), expected: expected.into(), found, understood: false }
    }
}

/// Parses JSON as a type and keeps aside what does not fit.
///
/// * A member whose value does not fit reads as absent. [`Extra::odd`](crate::Extra::odd) returns its text,
///   which is written back unchanged unless the member is set.
/// * Elements of lists and values of maps that do not fit are left out, and return to their places when
///   written.
/// * A value in another form is read if its meaning is clear (`1.0`, `1e3` and `"118"` are integers, `0`
///   and `1` are booleans, numbers are texts), and written back unchanged.
/// * Lone surrogates and bytes that are not UTF-8 read as U+FFFD; [`restore_bytes`](crate::restore_bytes)
///   restores the bytes.
///
/// Slower than `decode`, which should be tried first.
///
/// # Errors
///
/// Fails if the bytes are not JSON, or if the value as a whole does not fit: another kind, or an object
/// without its key.
///
/// # Examples
///
/// ```
/// use ticktick_models::{Task, decode_lenient};
///
/// let json = br#"{"id":"a","projectId":"b","assignee":"118","sortOrder":[],"tags":["x",null]}"#;
/// let read = decode_lenient::<Task>(json)?;
/// let mut task = read.value;
/// assert_eq!(task.assignee, 118);
/// assert_eq!(task.tags, vec!["x".into()]);
/// assert!(task.sort_order.is_absent());
/// assert_eq!(task.extra.odd("sortOrder").unwrap().as_str(), "[]");
/// assert_eq!(read.misfits[1].path, "$.sortOrder");
/// task.sort_order = 5.into();
/// assert_eq!(
///     serde_json::to_string(&task)?,
///     r#"{"id":"a","projectId":"b","sortOrder":5,"tags":["x",null],"assignee":"118"}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn decode_lenient<T: DeserializeOwned>(json: &[u8]) -> Result<Lenient<T>, serde_json::Error> {
    match std::str::from_utf8(json) {
        Ok(text) => read(text),
        Err(_) => read(&bytes::marked(json)),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<Lenient<T>, serde_json::Error> {
    let whole: &RawValue = serde_json::from_str(text)?;
    let context = Context::default();
    let value = T::deserialize(Value::new(whole.get(), &context))?;
    Ok(Lenient { value, misfits: context.into_misfits() })
}

#[cfg(test)]
mod tests;
