//! Preserves bytes that are not UTF-8 in JSON text.
//!
//! Such a byte becomes an escape of a lone surrogate, `\uDc80` to `\uDcff`, and the same escape becomes the byte again
//! when the text is sent. Serializers write the digits of an escape in one case, so the mixed case marks ours.

use std::fmt::Write as _;

const MARK: &[u8] = b"\\uDc";

/// Turns bytes into text; each byte that is not UTF-8 becomes a mark.
pub(crate) fn marked(json: &[u8]) -> String {
    let mut text = String::with_capacity(json.len() + 64);
    for chunk in json.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\uDc{byte:02x}");
        }
    }
    text
}

/// Restores the bytes that are not UTF-8 from the marks that [`decode_lenient`](crate::decode_lenient)
/// left.
///
/// Use this on JSON before sending it, so that the service receives its own bytes back.
///
/// ```
/// use ticktick_models::{Task, decode_lenient, restore_bytes};
///
/// let json = b"{\"id\":\"a\",\"projectId\":\"b\",\"title\":\"Caf\xe9\"}";
/// let task = decode_lenient::<Task>(json)?.value;
/// assert_eq!(task.title, "Caf\u{fffd}");
/// assert_eq!(restore_bytes(serde_json::to_vec(&task)?), json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn restore_bytes(json: Vec<u8>) -> Vec<u8> {
    if !json.windows(MARK.len()).any(|window| window == MARK) {
        return json;
    }
    let mut bytes = Vec::with_capacity(json.len());
    let mut rest = json.as_slice();
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'\\' {
            bytes.push(byte);
            rest = after;
        } else if let Some(byte) = marked_byte(rest) {
            bytes.push(byte);
            rest = &rest[6..];
        } else {
            // An escape is two bytes at least; the second one may be a backslash.
            let (escape, after) = rest.split_at(rest.len().min(2));
            bytes.extend_from_slice(escape);
            rest = after;
        }
    }
    bytes
}

fn marked_byte(text: &[u8]) -> Option<u8> {
    let digits = text.strip_prefix(MARK)?.get(..2)?;
    let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (byte >= 0x80).then_some(byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_escapes_stay() {
        for text in [r#""\\uDcff""#, r#""\udcff""#, r#""\uDC80""#, r#""\uDc7f""#, r#""\uDc"#, r#""\""#] {
            assert_eq!(restore_bytes(text.into()), text.as_bytes(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(text in prop::collection::vec(any::<u8>().prop_filter("no escapes", |b| *b != b'\\'), 0..40)) {
            prop_assert_eq!(restore_bytes(marked(&text).into_bytes()), text);
        }
    }
}
