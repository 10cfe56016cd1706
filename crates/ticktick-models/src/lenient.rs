//! [`decode_lenient`]: reads JSON whose values do not all fit their types.

pub(crate) mod bytes;
mod context;
mod forms;
mod keys;
mod misfit;
mod scalar;
mod value;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub(crate) use self::context::Context;
pub use self::misfit::Misfit;
use self::value::Value;
use crate::json::Json;

/// The result of [`decode_lenient`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value; parts that do not fit are in the [`Extra`](crate::Extra) of their object.
    pub value: T,
    /// The parts that do not fit, in their order.
    pub misfits: Vec<Misfit>,
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
    read_with(json, value::<T>)
}

impl Json {
    /// Parses the text as a type and keeps aside what does not fit, as
    /// [`decode_lenient`](crate::decode_lenient) does.
    ///
    /// # Errors
    ///
    /// Fails if the value as a whole does not fit the type.
    ///
    /// ```
    /// use ticktick_models::{Json, Tag};
    ///
    /// let json: Json = r#"[{"name":"work","label":[]},5]"#.parse()?;
    /// assert!(json.decode::<Vec<Tag>>().is_err());
    /// assert_eq!(json.decode_lenient::<Vec<Tag>>()?.len(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn decode_lenient<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        self.decode().or_else(|_| Ok(decode_lenient(self.as_str().as_bytes())?.value))
    }
}

/// Reads a document with a function for its type.
pub(crate) fn read_with<T>(
    json: &[u8],
    value: fn(&str, &Context) -> Result<T, serde_json::Error>,
) -> Result<Lenient<T>, serde_json::Error> {
    let text = match std::str::from_utf8(json) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes::marked(json)),
    };
    let context = Context::default();
    let value = value(whole(&text)?, &context)?;
    Ok(Lenient { value, misfits: context.into_misfits() })
}

/// Returns the text of a document without the spaces around it.
fn whole(text: &str) -> Result<&str, serde_json::Error> {
    serde_json::from_str::<&RawValue>(text).map(RawValue::get)
}

/// Reads a value.
pub(crate) fn value<T: DeserializeOwned>(text: &str, context: &Context) -> Result<T, serde_json::Error> {
    T::deserialize(Value::new(text, context))
}

#[cfg(test)]
mod tests;
