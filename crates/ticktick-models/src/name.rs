//! Names of the values of enums, as people write them.

use std::fmt;

/// The text is neither the name of a value nor a number.
///
/// ```
/// let error = "urgent".parse::<ticktick_models::Priority>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown priority `urgent`: expected none, low, medium, high or a number");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(Box<str>);

impl UnknownName {
    pub(crate) fn new(of: &str, text: &str, known: &[&str]) -> Self {
        let known: Vec<String> = known.iter().map(|name| kebab(name)).collect();
        let of = kebab(of).replace('-', " ");
        Self(format!("unknown {of} `{text}`: expected {} or a number", known.join(", ")).into())
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownName {}

/// Converts the name of a variant to the name that people write: `WontDo` to `wont-do`.
pub(crate) fn kebab(variant: &str) -> String {
    let mut name = String::with_capacity(variant.len() + 2);
    for letter in variant.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// Returns whether a text is the name of a variant, in any case and with or without hyphens.
pub(crate) fn is(text: &str, variant: &str) -> bool {
    let plain = |letter: &u8| !matches!(letter, b'-' | b'_' | b' ');
    let letters = text.bytes().filter(plain).map(|letter| letter.to_ascii_lowercase());
    letters.eq(variant.bytes().map(|letter| letter.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use crate::{Priority, TaskKind, TaskStatus, ViewMode};

    #[test]
    fn a_name_is_written_in_lower_case_and_read_in_any() {
        for status in TaskStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(*status));
        }
        assert_eq!(TaskStatus::WontDo.to_string(), "wont-do");
        for text in ["wont-do", "WontDo", "wont_do", "WONT DO", "-1"] {
            assert_eq!(text.parse(), Ok(TaskStatus::WontDo), "{text}");
        }
        assert_eq!(format!("{:>6}|", Priority::High), "  high|");
    }

    #[test]
    fn an_unknown_value_is_kept() {
        assert_eq!("4".parse(), Ok(Priority::Unknown(4)));
        assert_eq!(Priority::Unknown(4).to_string(), "4");
        assert_eq!("Kanban".parse(), Ok(ViewMode::Kanban));
        assert_eq!("gantt".parse(), Ok(ViewMode::Unknown("gantt".into())));
        assert_eq!(ViewMode::Kanban.to_string(), "kanban");
        assert_eq!("checklist".parse(), Ok(TaskKind::Checklist));
        assert!("urgent".parse::<Priority>().is_err());
    }
}
