//! Repairs what some clients send: arguments that are JSON text or an empty list instead of an object, and notifications
//! before the first request.

use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWriteExt};

/// How much input may be buffered, in bytes.
const WAITING: usize = 64 * 1024;

/// Returns the message with an object as arguments, or `None` if it needs no repair.
pub(crate) fn mended(message: &[u8]) -> Option<Vec<u8>> {
    let key = b"\"arguments\"";
    let after = message.windows(key.len()).position(|part| part == key)? + key.len();
    let value = message[after..].iter().find(|byte| !byte.is_ascii_whitespace() && **byte != b':')?;
    if !matches!(value, b'"' | b'[') {
        return None;
    }
    let mut message: Value = serde_json::from_slice(message).ok()?;
    if message.get("method")? != "tools/call" {
        return None;
    }
    let arguments = message.get_mut("params")?.get_mut("arguments")?;
    let given = match arguments.take() {
        Value::String(text) if text.trim().is_empty() => Value::Null,
        Value::String(text) => serde_json::from_str(&text).ok()?,
        other => other,
    };
    *arguments = match given {
        Value::Null => Value::Object(serde_json::Map::new()),
        Value::Array(list) if list.is_empty() => Value::Object(serde_json::Map::new()),
        object @ Value::Object(_) => object,
        _ => return None,
    };
    serde_json::to_vec(&message).ok()
}

/// Returns whether a message has an id, as all requests have.
fn has_id(message: &[u8]) -> bool {
    serde_json::from_slice::<Value>(message).is_ok_and(|message| message.get("id").is_some())
}

/// Repairs the messages of an input, one per line. Messages before the first request are dropped, because a server
/// accepts only requests at the beginning.
pub fn mend_lines(input: impl AsyncBufRead + Send + Unpin + 'static) -> impl AsyncRead + Send + Unpin + 'static {
    let (mut sender, receiver) = tokio::io::duplex(WAITING);
    tokio::spawn(async move {
        let mut input = input;
        let (mut line, mut has_begun) = (Vec::new(), false);
        while input.read_until(b'\n', &mut line).await.is_ok_and(|read| read > 0) {
            has_begun = has_begun || has_id(&line);
            if !has_begun {
                line.clear();
                continue;
            }
            if let Some(mut mended) = mended(&line) {
                mended.push(b'\n');
                line = mended;
            }
            if sender.write_all(&line).await.is_err() {
                break;
            }
            line.clear();
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_with_an_object_is_mended() {
        let call =
            |arguments: &str| format!(r#"{{"method":"tools/call","params":{{"name":"a","arguments": {arguments}}}}}"#);
        let mended = |message: &str| mended(message.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        let object = |text: String| serde_json::from_str::<Value>(&text).unwrap()["params"]["arguments"].clone();
        assert_eq!(object(mended(&call(r#""{\"n\": 1}""#)).unwrap()), serde_json::json!({"n": 1}));
        for empty in [r#""""#, "[]", r#""[]""#] {
            assert_eq!(object(mended(&call(empty)).unwrap()), serde_json::json!({}));
        }
        for whole in [r#"{"a": 1}"#, r#""soon""#, r#""[1]""#, "[1]", "3", "null"] {
            assert_eq!(mended(&call(whole)), None, "{whole}");
        }
        assert_eq!(mended(&call(r#""{}""#).replace("tools/call", "prompts/get")), None);
        assert_eq!(mended("not JSON \"arguments\":\"{}\""), None);
    }
}
