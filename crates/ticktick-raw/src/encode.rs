//! Percent-encoding of path values, query strings and forms.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// All characters except the unreserved ones of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes one path segment, or returns why the value cannot be one.
pub(crate) fn segment(value: &str) -> Result<String, &'static str> {
    match value {
        "" => Err("is empty"),
        // URL parsers resolve dot segments, even encoded ones, so the request would go to another path.
        "." | ".." => Err("is a dot segment"),
        _ => Ok(utf8_percent_encode(value, ESCAPED).to_string()),
    }
}

/// Decodes one path segment; bytes that are not UTF-8 become U+FFFD.
pub(crate) fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// Joins pairs into a query string or a form, without a leading `?`.
pub(crate) fn pairs<K: AsRef<str>, V: AsRef<str>>(pairs: &[(K, V)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.extend(utf8_percent_encode(name.as_ref(), ESCAPED));
        text.push('=');
        text.extend(utf8_percent_encode(value.as_ref(), ESCAPED));
    }
    text
}

/// Encodes a flat object as a form, omitting null members.
pub(crate) fn form(value: &impl Serialize) -> Result<String, String> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    let Value::Object(members) = value else {
        return Err("a form must be an object".into());
    };
    let mut fields = Vec::with_capacity(members.len());
    for (name, value) in members {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                return Err(format!("`{name}` is not a scalar, so a form cannot contain it"));
            }
        };
        fields.push((name, text));
    }
    Ok(pairs(&fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn path_values_stay_one_segment() {
        assert_eq!(segment("a/b ?#%é").unwrap(), "a%2Fb%20%3F%23%25%C3%A9");
        assert_eq!(segment("65f0-x_y.z~").unwrap(), "65f0-x_y.z~");
        assert_eq!(decoded("a%2Fb%20%C3%A9"), "a/b é");
    }

    #[test]
    fn values_that_change_the_path_are_refused() {
        for value in ["", ".", ".."] {
            assert!(segment(value).is_err(), "{value:?}");
        }
        assert!(segment("...").is_ok());
    }

    #[test]
    fn queries_are_escaped() {
        let query = pairs(&[("from", "2026-03-01 00:00:00"), ("q", "a&b=c+d")]);
        assert_eq!(query, "from=2026-03-01%2000%3A00%3A00&q=a%26b%3Dc%2Bd");
    }

    #[test]
    fn forms_are_flat() {
        let body = form(&json!({"code": "a b", "n": 1, "gone": null})).unwrap();
        assert_eq!(body, "code=a%20b&n=1");
        assert!(form(&json!({"list": [1]})).unwrap_err().contains("list"));
        assert!(form(&json!([1])).is_err());
    }
}
