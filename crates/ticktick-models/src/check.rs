//! [`check`]: does a model fit recorded JSON, and is anything lost?

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Error, Serializer};

use crate::compare::differences;
use crate::decode::text;
use crate::lenient::{self, Context};
use crate::{Inspect, Lenient, Path, explain};

/// How well recorded JSON fits a model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// Whether the JSON can be read and all of it fits.
    pub decodes: bool,
    /// Whether writing the JSON again produces the same JSON.
    pub lossless: bool,
    /// Paths of keys and enum values that this version does not know, but keeps.
    pub unknown: Vec<String>,
    /// Paths at which the JSON differs when written again.
    pub differences: Vec<String>,
    /// Values that do not fit and that [`decode_lenient`](crate::decode_lenient) keeps aside: their paths, and the kinds found and
    /// expected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<String>,
    /// Path and reason of the first error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Reads JSON as a model, writes it again and compares the two.
///
/// Ignores the order of keys, and treats texts of the same instant and numbers of equal value as the same.
///
/// ```
/// use ticktick_models::{Task, check};
///
/// let found = check::<Task>(br#"{"id":"a","projectId":"b","status":9,"mood":1}"#);
/// assert!(found.decodes && found.lossless);
/// assert_eq!(found.unknown, ["$.status", "$.mood"]);
/// let found = check::<Task>(br#"{"id":"a","projectId":"b","status":"open"}"#);
/// assert!(found.error.unwrap().starts_with("$.status: invalid type"));
/// assert_eq!(found.odd, ["$.status: string for integer"]);
/// ```
#[must_use]
pub fn check<T: DeserializeOwned + Serialize + Inspect>(json: &[u8]) -> Check {
    fn read<'v, T: DeserializeOwned + Serialize + Inspect + 'v>(text: &str) -> Read<'v> {
        Ok(Box::new(serde_json::from_str::<T>(text)?))
    }

    fn read_leniently<'v, T>(text: &str, context: &Context) -> Read<'v>
    where
        T: DeserializeOwned + Serialize + Inspect + 'v,
    {
        Ok(Box::new(lenient::value::<T>(text, context)?))
    }

    checked(json, read::<T>, read_leniently::<T>)
}

/// A value whose type is not known. Whatever is compiled for each type is as small as possible, because there are
/// hundreds of types.
trait Value: Inspect {
    fn write(&self, serializer: &mut Serializer<&mut Vec<u8>>) -> Result<(), Error>;
}

impl<T: Serialize + Inspect> Value for T {
    fn write(&self, serializer: &mut Serializer<&mut Vec<u8>>) -> Result<(), Error> {
        self.serialize(serializer)
    }
}

type Read<'v> = Result<Box<dyn Value + 'v>, Error>;

fn checked<'v>(json: &[u8], read: fn(&str) -> Read<'v>, read_leniently: fn(&str, &Context) -> Read<'v>) -> Check {
    match text(json).and_then(read) {
        Ok(value) => compared(json, &*value),
        Err(error) => {
            let error = Some(explain(json, &error));
            let Ok(Lenient { value, misfits }) = lenient::read_with(json, read_leniently) else {
                return Check { error, ..Check::default() };
            };
            let odd = misfits.iter().map(|one| format!("{}: {} for {}", one.path, one.found, one.expected));
            Check { decodes: false, odd: odd.collect(), error, ..compared(json, &*value) }
        }
    }
}

fn compared(json: &[u8], value: &dyn Value) -> Check {
    let mut unknown = Vec::new();
    value.inspect(&mut Path::default(), &mut unknown);
    let mut written = Vec::new();
    let differences = match value.write(&mut Serializer::new(&mut written)) {
        Ok(()) => differences(json, &String::from_utf8_lossy(&written)),
        Err(_) => vec!["$".to_owned()],
    };
    Check { decodes: true, lossless: differences.is_empty(), unknown, differences, ..Check::default() }
}

/// Checks a response that should be empty: an empty response or null fits, anything else is unknown.
///
/// ```
/// assert!(ticktick_models::check_nothing(b"").lossless);
/// assert_eq!(ticktick_models::check_nothing(b"{}").unknown, ["$"]);
/// ```
#[must_use]
pub fn check_nothing(json: &[u8]) -> Check {
    let fits = matches!(json.trim_ascii(), b"" | b"null");
    let unknown = if fits { Vec::new() } else { vec!["$".to_owned()] };
    Check { decodes: true, lossless: fits, unknown, ..Check::default() }
}

/// Checks a response that is not JSON: everything fits.
///
/// ```
/// assert!(ticktick_models::check_bytes(b"\x89PNG").lossless);
/// ```
#[must_use]
pub fn check_bytes(_: &[u8]) -> Check {
    Check { decodes: true, lossless: true, ..Check::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MODELS, Task};

    #[test]
    fn results_are_written_in_their_order() {
        let found = check::<Task>(b"[]");
        assert_eq!(
            serde_json::to_string(&found).unwrap(),
            concat!(
                r#"{"decodes":false,"lossless":false,"unknown":[],"differences":[],"#,
                r#""error":"$: invalid type: sequence, expected an object (Task)"}"#
            )
        );
        assert!(!serde_json::to_string(&check_nothing(b"null")).unwrap().contains("error"));
    }

    #[test]
    fn paths_lead_into_lists_and_maps() {
        let json = br#"{"id":"a","projectId":"b","items":[{"id":"c","title":"d","new key":1}]}"#;
        assert_eq!(check::<Task>(json).unknown, [r#"$.items[0]["new key"]"#]);
        let json = br#"[{"id":"a","projectId":"b"},{"id":1}]"#;
        assert!(check::<Vec<Task>>(json).error.unwrap().starts_with("$[1].id: invalid type: integer"));
        let json = br#"[{"id":"a","projectId":"b"},{"id":"a"}]"#;
        assert_eq!(check::<Vec<Task>>(json).error.unwrap(), "$[1]: missing field `projectId`");
    }

    /// A type that rounds, as none of ours does.
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Rounded(f64);

    impl Inspect for Rounded {
        fn inspect(&self, _: &mut Path, _: &mut Vec<String>) {}
    }

    #[test]
    fn rounded_numbers_are_reported_as_differences() {
        let found = check::<Rounded>(b"123456789012345678901234567890");
        assert!(found.decodes && !found.lossless);
        assert_eq!(found.differences, ["$"]);
    }

    #[test]
    fn no_model_takes_a_wrong_kind_for_its_own() {
        for (name, check) in MODELS {
            let found = check(b"\"\\u0000");
            assert!(!found.decodes && found.error.is_some(), "{name}");
        }
    }
}
