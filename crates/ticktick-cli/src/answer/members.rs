//! `--fields`: selects the members to print.

use serde_json::{Map, Value};

use crate::error::Error;

/// Refuses a member that does not exist.
pub(super) fn check(fields: &[String], members: &[&str]) -> Result<(), Error> {
    let known = |field: &&String| {
        let first = field.split('.').next().unwrap_or_default();
        members.contains(&first)
    };
    match fields.iter().find(|field| !known(field)) {
        None => Ok(()),
        Some(unknown) => Err(Error::usage(format!("there is no field \"{unknown}\""))
            .hint(format!("the fields are: {}", members.join(", ")))),
    }
}

/// Returns the object with only these members, in the order of the list.
pub(super) fn picked(object: &Value, fields: &[String]) -> Value {
    let mut members = Map::new();
    for field in fields {
        members.insert(field.clone(), at(object, field).cloned().unwrap_or_default());
    }
    Value::Object(members)
}

/// Returns a member, or a member of a member.
pub(super) fn at<'a>(object: &'a Value, path: &str) -> Option<&'a Value> {
    // The column of a query may have a name with a dot.
    object.get(path).or_else(|| path.split('.').try_fold(object, |value, name| value.get(name)))
}
