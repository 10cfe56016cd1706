//! Names of tags, as the service takes them.

use ticktick_models::TagName;

use crate::Error;

/// What no name may hold, beside blanks; quirk `tag-forbidden-characters`.
const FORBIDDEN: &[char] = &['\\', '/', '"', '#', ':', '*', '?', '<', '>', '|'];

/// Returns the key of a tag: its name in small letters.
pub(crate) fn key(name: &str) -> TagName {
    TagName::from(name.to_lowercase())
}

/// Refuses a name that the service would not take.
pub(crate) fn check(name: &TagName) -> Result<(), Error> {
    let is_odd = |c: &char| FORBIDDEN.contains(c) || c.is_whitespace() || c.is_control();
    match name.as_str().chars().find(is_odd) {
        Some(odd) => {
            Err(Error::build(format!("a tag cannot be named `{name}`, for the service does not take {odd:?}")))
        }
        None if name.as_str().is_empty() => Err(Error::build("a tag needs a name")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_refused_by_the_character() {
        for name in ["a/b", "a\\b", "\"", "#a", "a:", "*", "?", "<", ">", "|", "a b", "a\tb", "a\0b", "\u{a0}", ""] {
            let error = check(&key(name)).unwrap_err();
            assert!(matches!(error, Error::Build { .. }), "{name}");
        }
        assert!(check(&key("a/b")).unwrap_err().to_string().contains("'/'"));
    }

    #[test]
    fn names_of_every_script_are_taken_in_small_letters() {
        for (name, wanted) in [("Errands", "errands"), ("ÄRGER", "ärger"), ("待办", "待办"), ("🍞-2.0", "🍞-2.0")]
        {
            assert_eq!(key(name), wanted);
            assert!(check(&key(name)).is_ok());
        }
    }
}
