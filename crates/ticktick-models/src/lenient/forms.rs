//! Values in another form than the one expected whose meaning is plain.

use crate::compare::{Decimal, decimal};
use crate::scan::unquoted;

/// Reads `1.0`, `1e3` or `"118"` as a whole number; one in its usual form is left to the usual way.
pub(super) fn integer(text: &str) -> Option<i64> {
    if text.starts_with('"') {
        let digits = unquoted(text);
        let plain = digits.strip_prefix('-').unwrap_or(&digits).bytes().all(|byte| byte.is_ascii_digit());
        return if plain { digits.parse().ok() } else { None };
    }
    if !is_number(text) || !text.contains(['.', 'e', 'E']) {
        return None;
    }
    let Decimal { is_negative, digits, exponent } = decimal(text)?;
    let zeros = usize::try_from(exponent).ok().filter(|zeros| *zeros < 20)?;
    if digits.is_empty() {
        return Some(0);
    }
    format!("{}{digits}{}", if is_negative { "-" } else { "" }, "0".repeat(zeros)).parse().ok()
}

/// Reads `0`, `1`, `"true"` or `"false"` as a truth value.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "0" | "\"false\"" => Some(false),
        "1" | "\"true\"" => Some(true),
        _ => None,
    }
}

/// Finds the number in a text that holds nothing else.
pub(super) fn number(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = is_number(inner) && inner.trim_ascii() == inner;
    (plain && serde_json::from_str::<&serde_json::value::RawValue>(inner).is_ok()).then_some(inner)
}

/// Returns whether a JSON text is a number.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_meanings_are_understood() {
        for (text, value) in [
            ("1.0", 1),
            ("1e3", 1000),
            ("-2.50E1", -25),
            ("0.0", 0),
            ("-0e-5", 0),
            ("\"118\"", 118),
            ("\"-1\"", -1),
            ("9223372036854775807.0", i64::MAX),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
        assert_eq!(boolean("1"), Some(true));
        assert_eq!(boolean("\"false\""), Some(false));
        assert_eq!(boolean("2"), None);
        assert_eq!(number("\"2.50\""), Some("2.50"));
        assert_eq!(number("\" 2\""), None);
        assert_eq!(number("\"2 \""), None);
        assert_eq!(number("2"), None);
    }

    #[test]
    fn anything_else_is_not() {
        for text in
            ["1", "1.5", "1e-3", "1e400", "9223372036854775808.0", "\"\"", "\"-\"", "\"+1\"", "\"1.0\"", "null", "[]"]
        {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
