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

/// What [`decode_lenient`] read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value; what did not fit is in the [`Extra`](crate::Extra) of the object that has it.
    pub value: T,
    /// What did not fit, in the order it came.
    pub misfits: Vec<Misfit>,
}

/// A value that does not fit its type: where it is and of which kind, never what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Misfit {
    /// Where it is, without indices and keys of maps, such as `$.syncTaskBean.update[*].assignee`.
    pub path: String,
    /// What was expected, such as `integer`.
    pub expected: String,
    /// The JSON kind that was found, such as `string`.
    pub found: &'static str,
    /// Whether its meaning was plain, so that it was read all the same.
    pub understood: bool,
}

impl Misfit {
    /// Describes a value that fits its type and not its meaning, such as the name of an unknown time zone.
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

/// Reads JSON as a type and sets aside what does not fit.
///
/// * A member whose value does not fit reads as absent. Its text is kept: [`Extra::odd`](crate::Extra::odd) returns it,
///   and it is written back as it came unless the member is set.
/// * Elements of lists and values of maps that do not fit are left out and return to their places when written.
/// * A value in another form whose meaning is plain has its value (`1.0`, `1e3` and `"118"` are whole numbers, `0` and
///   `1` are truth values, numbers are texts) and is written back as it came.
/// * Half a surrogate pair and bytes that are not UTF-8 read as U+FFFD; [`restore_bytes`](crate::restore_bytes) brings
///   the bytes back.
///
/// This is slower than `decode`, which should be tried first.
///
/// # Errors
///
/// Fails if the bytes are not JSON, or if the whole does not fit: another kind, or an object without its key.
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
