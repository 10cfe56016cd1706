//! Compares JSON texts by meaning.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::path::Path;
use crate::timestamp::Timestamp;

/// Returns the paths at which two JSON texts differ, ignoring the order of keys.
pub(crate) fn differences(before: &[u8], after: &str) -> Vec<String> {
    let mut found = Vec::new();
    match (serde_json::from_slice(before), serde_json::from_str(after)) {
        (Ok(before), Ok(after)) => compare(before, after, &mut Path::default(), &mut found),
        _ => found.push("$".to_owned()),
    }
    found
}

fn compare(before: &RawValue, after: &RawValue, at: &mut Path, found: &mut Vec<String>) {
    let (one, other) = (before.get(), after.get());
    if one == other {
        return;
    }
    let same = match (one.as_bytes()[0], other.as_bytes()[0]) {
        (b'{', b'{') => return compare_objects(one, other, at, found),
        (b'[', b'[') => return compare_arrays(one, other, at, found),
        (b'"', b'"') => same_text(one, other),
        (b'-' | b'0'..=b'9', b'-' | b'0'..=b'9') => decimal(one) == decimal(other),
        _ => false,
    };
    if !same {
        found.push(at.to_string());
    }
}

fn compare_objects(one: &str, other: &str, at: &mut Path, found: &mut Vec<String>) {
    let members = |text| serde_json::from_str::<BTreeMap<String, &RawValue>>(text).unwrap_or_default();
    let (one, mut other) = (members(one), members(other));
    for (key, value) in &one {
        at.key(key, |at| match other.remove(key) {
            Some(again) => compare(value, again, at, found),
            None => found.push(at.to_string()),
        });
    }
    for key in other.keys() {
        at.key(key, |at| found.push(at.to_string()));
    }
}

fn compare_arrays(one: &str, other: &str, at: &mut Path, found: &mut Vec<String>) {
    let elements = |text| serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default();
    let (one, other) = (elements(one), elements(other));
    if one.len() != other.len() {
        return found.push(at.to_string());
    }
    for (index, (value, again)) in one.iter().zip(&other).enumerate() {
        at.index(index, |at| compare(value, again, at, found));
    }
}

/// Returns whether two JSON strings are the same text, regardless of escapes, or the same instant.
fn same_text(one: &str, other: &str) -> bool {
    let text = |json| serde_json::from_str::<String>(json).ok();
    match (text(one), text(other)) {
        (Some(one), Some(other)) => one == other || same_moment(&one, &other),
        _ => false,
    }
}

fn same_moment(one: &str, other: &str) -> bool {
    let (one, other) = (Timestamp::from(one).instant(), Timestamp::from(other).instant());
    one.is_some() && one == other
}

/// A number by its digits; equal numbers have equal ones.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Decimal {
    pub(crate) is_negative: bool,
    /// Without zeros at either end; empty for 0.
    pub(crate) digits: String,
    pub(crate) exponent: i64,
}

/// Splits a number into sign, digits and exponent, so that equal values compare as equal without losing
/// digits.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (is_negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(Decimal::default());
    }
    let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.checked_add(dropped)?;
    let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some(Decimal { is_negative, digits: significant.trim_start_matches('0').to_owned(), exponent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(one: &str, other: &str) -> Vec<String> {
        differences(one.as_bytes(), other)
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        for (one, other) in [
            (r#"{"a":1,"b":[]}"#, r#"{"b":[],"a":1}"#),
            (r#"["\u0041\/"]"#, r#"["A/"]"#),
            (r#""2026-03-01T00:00:00Z""#, r#""2026-03-01T00:00:00.000+0000""#),
            ("1E3", "1000"),
            ("1000.0", "1e3"),
            ("-0.50", "-5e-1"),
            ("0", "-0.0"),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        ] {
            assert_eq!(found(one, other), [""; 0], "{one} {other}");
        }
    }

    #[test]
    fn what_differs_is_named() {
        assert_eq!(found(r#"{"a":null,"b":1}"#, r#"{"b":1}"#), ["$.a"]);
        assert_eq!(found(r#"{"b":1}"#, r#"{"a":null,"b":1}"#), ["$.a"]);
        assert_eq!(found(r#"{"a":[{"b":1},{"b":2}]}"#, r#"{"a":[{"b":1},{"b":"2"}]}"#), ["$.a[1].b"]);
        assert_eq!(found("[1]", "[1,2]"), ["$"]);
        assert_eq!(found("9007199254740993", "9007199254740992"), ["$"]);
        assert_eq!(found("9007199254740993", "9007199254740992.0"), ["$"]);
        assert_eq!(found("1", "-1"), ["$"]);
        assert_eq!(found("\"soon\"", "\"later\""), ["$"]);
    }

    proptest! {
        #[test]
        fn numbers_compare_as_floats_do(one in -1e3f64..1e3, two in -1e3f64..1e3) {
            prop_assert_eq!(decimal(&format!("{one:e}")), decimal(&format!("{one}")));
            prop_assert_eq!(decimal(&format!("{one:e}")) == decimal(&format!("{two}")), one == two);
        }
    }
}
