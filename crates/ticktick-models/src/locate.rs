//! Locates errors of a parser, so that successful parsing costs nothing extra.

use crate::path::Path;

/// Returns the path of the value that holds the last of the first `offset` bytes, such as `$[3].items[0].title`.
///
/// That is the position at which serde_json rejected a document.
///
/// ```
/// let json = br#"{"items":[{"title":5}]}"#;
/// assert_eq!(ticktick_models::locate(json, 20), "$.items[0].title");
/// ```
#[must_use]
pub fn locate(json: &[u8], offset: usize) -> String {
    let target = offset.saturating_sub(1);
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut at = 0;
    while at < json.len() {
        let end = token_end(json, at);
        // A closing bracket belongs to what it closes, an opening one too: leave first, enter later.
        match (json[at], levels.last_mut()) {
            (b'}' | b']', _) => drop(levels.pop()),
            (b'"', Some(Level::Object(key @ None))) => *key = Some(&json[at..end]),
            _ => {}
        }
        if target < end {
            break;
        }
        match (json[at], levels.last_mut()) {
            (b'{', _) => levels.push(Level::Object(None)),
            (b'[', _) => levels.push(Level::Array(0)),
            (b',', Some(Level::Object(key))) => *key = None,
            (b',', Some(Level::Array(index))) => *index += 1,
            _ => {}
        }
        at = end;
    }
    render(&levels)
}

/// An object with the key that was read last, or an array with the index that is being read.
enum Level<'a> {
    Object(Option<&'a [u8]>),
    Array(usize),
}

/// Returns the end of a string, or of a single byte.
fn token_end(json: &[u8], start: usize) -> usize {
    if json[start] != b'"' {
        return start + 1;
    }
    let mut at = start + 1;
    while at < json.len() && json[at] != b'"' {
        at += if json[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(json.len())
}

fn render(levels: &[Level<'_>]) -> String {
    let mut path = Path::default();
    for level in levels {
        match level {
            Level::Object(Some(key)) => {
                let plain = serde_json::from_slice::<String>(key);
                path.push_key(&plain.unwrap_or_else(|_| String::from_utf8_lossy(key).into_owned()));
            }
            Level::Object(None) => {}
            Level::Array(index) => path.push_index(*index),
        }
    }
    path.to_string()
}

/// Returns the path and reason of an error, without any text of the document: `$.items[0].title: invalid
/// type: integer`.
///
/// ```
/// use ticktick_models::{Task, explain};
///
/// let json = br#"{"id":"a","projectId":"b","sortOrder":"my secret"}"#;
/// let error = serde_json::from_slice::<Task>(json).unwrap_err();
/// assert_eq!(explain(json, &error), "$.sortOrder: invalid type: string \"…\", expected i64");
/// ```
#[must_use]
pub fn explain(json: &[u8], error: &serde_json::Error) -> String {
    let before = json.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
    let offset = before.map(<[u8]>::len).sum::<usize>() + error.column();
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = message.strip_suffix(&place).unwrap_or(&message);
    format!("{}: {}", locate(json, offset), without_quotes(reason))
}

/// Removes quoted text of the document from a message.
fn without_quotes(message: &str) -> String {
    match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) if first < last => format!("{}\"…\"{}", &message[..first], &message[last + 1..]),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_has_a_place() {
        let json = br#"{"a":[1,{"b c":"x\"]}"}],"d":{}}"#;
        let expected =
            [(0, "$"), (1, "$"), (4, "$.a"), (6, "$.a"), (7, "$.a[0]"), (9, "$.a[1]"), (20, r#"$.a[1]["b c"]"#)];
        for (offset, path) in expected {
            assert_eq!(locate(json, offset), path, "{offset}");
        }
        assert_eq!(locate(json, 23), "$.a[1]");
        assert_eq!(locate(json, 24), "$.a");
        assert_eq!(locate(json, json.len()), "$");
        assert_eq!(locate(json, json.len() + 9), "$");
        assert_eq!(locate(b"{\"a\":[1,", 8), "$.a[0]");
    }

    #[test]
    fn errors_on_later_lines_are_found() {
        let json = b"{\n \"id\": \"a\",\n \"projectId\": 7\n}";
        let error = serde_json::from_slice::<crate::Task>(json).unwrap_err();
        assert_eq!(explain(json, &error), "$.projectId: invalid type: integer `7`, expected a string");
        let json = br#"{"id":"a","projectId":"b""#;
        let error = serde_json::from_slice::<crate::Task>(json).unwrap_err();
        assert_eq!(explain(json, &error), "$.projectId: EOF while parsing an object");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(json: Vec<u8>, offset in 0usize..40) {
            prop_assert!(locate(&json, offset).starts_with('$'));
        }

        #[test]
        fn brackets_and_quotes_do_not_either(json in r#"[\[\]{}",:\\a]{0,30}"#, offset in 0usize..40) {
            prop_assert!(locate(json.as_bytes(), offset).starts_with('$'));
        }
    }
}
