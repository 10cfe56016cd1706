//! Looks at what the caller gave before anything is sent.

use crate::Error;

/// Refuses a name that people would not see.
pub(crate) fn name(what: &str, name: &str) -> Result<(), Error> {
    match name.trim().is_empty() {
        true => Err(Error::build(format!("a {what} needs a name; give it one that is not blank."))),
        false => Ok(()),
    }
}

/// Refuses a colour that is not written as `#RRGGBB`.
pub(crate) fn color(color: &str) -> Result<(), Error> {
    let digits = color.strip_prefix('#').unwrap_or_default();
    match digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        true => Ok(()),
        false => Err(Error::build(format!("`{color}` is no colour; write it as #RRGGBB, such as #4772FA."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen() {
        assert!(name("project", "🏡").is_ok());
        for blank in ["", " ", "\t\n"] {
            assert!(name("project", blank).unwrap_err().to_string().starts_with("a project needs a name"));
        }
    }

    #[test]
    fn colours_have_one_form() {
        for good in ["#4772FA", "#ffd324"] {
            assert!(color(good).is_ok(), "{good}");
        }
        for bad in ["", "#", "red", "4772FA", "#FFF", "#4772FA00", "#4772FG", "#é772F"] {
            assert!(color(bad).is_err(), "{bad}");
        }
    }
}
