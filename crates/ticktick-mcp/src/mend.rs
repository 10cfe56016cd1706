//! Mends calls whose arguments are a text of JSON instead of an object, as some clients send them.

use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWriteExt};

/// How much of the input may wait for the server, in bytes.
const WAITING: usize = 64 * 1024;

/// Returns the message with an object as arguments, or `None` if nothing is wrong with them.
pub(crate) fn mended(message: &[u8]) -> Option<Vec<u8>> {
    let key = b"\"arguments\"";
    let after = message.windows(key.len()).position(|part| part == key)? + key.len();
    let value = message[after..].iter().find(|byte| !byte.is_ascii_whitespace() && **byte != b':')?;
    if *value != b'"' {
        return None;
    }
    let mut message: Value = serde_json::from_slice(message).ok()?;
    if message.get("method")? != "tools/call" {
        return None;
    }
    let arguments = message.get_mut("params")?.get_mut("arguments")?;
    let text = arguments.as_str()?.trim();
    *arguments = match serde_json::from_str(if text.is_empty() { "{}" } else { text }).ok()? {
        Value::Null => Value::Object(serde_json::Map::new()),
        object @ Value::Object(_) => object,
        _ => return None,
    };
    serde_json::to_vec(&message).ok()
}

/// Mends the messages of an input, each of which is a line.
pub fn mend_lines(input: impl AsyncBufRead + Send + Unpin + 'static) -> impl AsyncRead + Send + Unpin + 'static {
    let (mut sender, receiver) = tokio::io::duplex(WAITING);
    tokio::spawn(async move {
        let mut input = input;
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line).await.is_ok_and(|read| read > 0) {
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
        assert_eq!(object(mended(&call(r#""""#)).unwrap()), serde_json::json!({}));
        for whole in [r#"{"a": 1}"#, r#""soon""#, r#""[1]""#, "3", "null"] {
            assert_eq!(mended(&call(whole)), None, "{whole}");
        }
        assert_eq!(mended(&call(r#""{}""#).replace("tools/call", "prompts/get")), None);
        assert_eq!(mended("not JSON \"arguments\":\"{}\""), None);
    }
}
