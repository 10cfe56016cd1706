//! Names of tags.

use ticktick_models::TagName;

use crate::Error;

/// Characters that a name must not contain, besides blanks; quirk `tag-forbidden-characters`.
const FORBIDDEN: &[char] = &['\\', '/', '"', '#', ':', '*', '?', '<', '>', '|'];

/// Returns the key of a label, which is the same in lower case. Rejects names that the service refuses.
pub(crate) fn key(label: &str) -> Result<TagName, Error> {
    if label.is_empty() {
        return Err(Error::invalid_input("a tag needs a name, but the given one is empty"));
    }
    let wrong = |c: char| FORBIDDEN.contains(&c) || c.is_whitespace() || c.is_control();
    match label.chars().find(|c| wrong(*c)) {
        Some(c) => Err(Error::invalid_input(format!(
            "the name of a tag cannot contain {c:?}, blanks or any of {}\nhint: remove it from {label:?}",
            FORBIDDEN.iter().collect::<String>(),
        ))),
        None => Ok(lower(label)),
    }
}

/// Rejects a key that the service refuses.
pub(crate) fn check(name: &TagName) -> Result<(), Error> {
    key(name.as_str()).map(drop)
}

/// Returns the key of a name in any case; that of `work/urgent` is `urgent`.
pub(crate) fn same(name: &str) -> TagName {
    lower(TagName::from(name).leaf())
}

/// Returns the key of a name as a whole.
pub(crate) fn lower(name: &str) -> TagName {
    TagName::from(name.to_lowercase())
}

/// Returns whether two keys differ at most in case.
pub(crate) fn is_same(one: &TagName, other: &TagName) -> bool {
    one == other || lower(one.as_str()) == lower(other.as_str())
}

/// Rejects a name that the service refuses, after removing the parent.
pub(crate) fn named(name: &str) -> Result<TagName, Error> {
    key(TagName::from(name).leaf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_in_lower_case() {
        for (label, name) in
            [("Work", "work"), ("ÄRGER", "ärger"), ("a-b_c.d", "a-b_c.d"), ("日本", "日本"), ("🏡", "🏡")]
        {
            assert_eq!(key(label).unwrap(), name);
        }
    }

    #[test]
    fn what_the_service_refuses_is_not_sent() {
        for c in "\\/\"#:*?<>| \t\u{a0}\0".chars() {
            let error = key(&format!("a{c}b")).unwrap_err();
            assert!(matches!(error, Error::InvalidInput { .. }), "{c:?}");
            assert!(error.to_string().contains(&format!("{c:?}")), "{error}");
        }
        assert!(key("").is_err());
    }
}
