//! Takes JSON text that is known to be valid apart, without copying it.

use std::borrow::Cow;

/// Iterates over the children of an object or array as raw text; members come with their raw keys.
#[derive(Clone)]
pub(crate) struct Children<'de> {
    rest: &'de str,
    object: bool,
}

impl<'de> Children<'de> {
    /// Begins with the text of an object or array. Anything else has no children.
    pub(crate) fn of(text: &'de str) -> Self {
        let object = text.starts_with('{');
        let rest = if object || text.starts_with('[') { &text[1..] } else { "" };
        Self { rest, object }
    }

    fn value(&mut self) -> &'de str {
        let (value, rest) = self.rest.split_at(end(self.rest));
        self.rest = rest;
        value
    }
}

impl<'de> Iterator for Children<'de> {
    type Item = (Option<&'de str>, &'de str);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(|c: char| is_blank(c) || c == ',');
        if self.rest.is_empty() || self.rest.starts_with(['}', ']']) {
            return None;
        }
        let key = self.object.then(|| self.value());
        if self.object {
            self.rest = self.rest.trim_start_matches(|c: char| is_blank(c) || c == ':');
        }
        Some((key, self.value()))
    }
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Returns where the value ends that the text begins with.
fn end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Reads a JSON string; half a surrogate pair becomes U+FFFD.
pub(crate) fn unquoted(raw: &str) -> Cow<'_, str> {
    let Some(inner) = raw.get(1..raw.len().saturating_sub(1)) else { return Cow::Borrowed("") };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut units = Vec::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        let c = match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('u')) => {
                let digits: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xFFFD));
                continue;
            }
            ('\\', Some('b')) => '\u{8}',
            ('\\', Some('f')) => '\u{c}',
            ('\\', Some('n')) => '\n',
            ('\\', Some('r')) => '\r',
            ('\\', Some('t')) => '\t',
            ('\\', Some(plain)) => plain,
            (plain, _) => plain,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// Writes a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Starts a member in the text of an object.
pub(crate) fn push_key(text: &mut String, key: &str) {
    if text.is_empty() {
        // Room for a few members at once; what is left over goes back at the end.
        text.reserve(key.len() + 192);
        text.push('{');
    } else {
        text.push(',');
    }
    if key.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(key);
        text.push('"');
    } else {
        text.push_str(&serde_json::Value::from(key).to_string());
    }
    text.push(':');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn children(text: &str) -> Vec<(Option<&str>, &str)> {
        Children::of(text).collect()
    }

    #[test]
    fn children_are_raw_text() {
        assert_eq!(children(" [1]"), []);
        assert_eq!(children("[ ]"), []);
        assert_eq!(children(r#"[1, "a,]\"" ,[2,{"b":[]}],null]"#).len(), 4);
        let object = r#"{ "a" : 1E3 , "b\"":{"c" : [ "}" ]}, "d":true}"#;
        let expected = [(Some(r#""a""#), "1E3"), (Some(r#""b\"""#), r#"{"c" : [ "}" ]}"#), (Some(r#""d""#), "true")];
        assert_eq!(children(object), expected);
    }

    #[test]
    fn half_an_emoji_is_replaced() {
        assert_eq!(unquoted(r#""a\ud83d\n""#), "a\u{fffd}\n");
        assert_eq!(unquoted(r#""\ude00\ud83d\ude00\/""#), "\u{fffd}😀/");
        assert_eq!(unquoted(r#""\ud83dé""#), "\u{fffd}é");
    }

    proptest! {
        #[test]
        fn texts_are_read_as_serde_json_reads_them(text: String) {
            let raw = quoted(&text);
            prop_assert_eq!(unquoted(&raw), text);
        }
    }
}
