//! Decodes responses, and explains why one cannot be decoded.

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::{Error, Operation, Response, Transport, redact, refusal};

/// Decodes the JSON of a response. Values that do not fit their type are kept aside if the transport accepts
/// that.
pub(crate) fn read<R: DeserializeOwned>(
    operation: &Operation,
    response: &Response,
    transport: &(impl Transport + ?Sized),
) -> Result<R, Error> {
    let error = match ticktick_models::decode(&response.body) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match ticktick_models::decode_lenient(&response.body) {
        Ok(read) if transport.accepts(operation, &read.misfits) => Ok(read.value),
        _ => Err(not_decoded(operation, response, &error)),
    }
}

/// Returns whether a response that should be one JSON document is truncated or was sent twice.
///
/// An error after a document is a refusal, not a broken response.
pub(crate) fn is_broken(operation: &Operation, response: &Response) -> bool {
    if matches!(operation.returns.name, "any" | "bytes" | "text" | "nothing") || !(200..300).contains(&response.status)
    {
        return false;
    }
    let body = response.body.trim_ascii();
    // Long responses are parsed only once: a body whose last character closes its first, and that is not the
    // same text twice, counts as complete. What a reader has left of a response is short.
    if response.taken.is_none() && closes(body) && !came_twice(body) {
        return false;
    }
    let mut documents = serde_json::Deserializer::from_slice(body).into_iter::<IgnoredAny>();
    match documents.next() {
        None => false,
        Some(Err(error)) => error.is_eof(),
        Some(Ok(_)) => documents.next().is_some() && refusal::trailing(operation, response).is_none(),
    }
}

/// Returns whether the last character closes what the first one opens.
fn closes(body: &[u8]) -> bool {
    match (body.first(), body.last()) {
        (Some(b'['), last) => last == Some(&b']'),
        (Some(b'{'), last) => last == Some(&b'}'),
        _ => false,
    }
}

fn came_twice(body: &[u8]) -> bool {
    let (first, second) = body.split_at(body.len() / 2);
    first.trim_ascii() == second.trim_ascii()
}

/// Decodes the response as text.
pub(crate) fn text(operation: &Operation, response: Response) -> Result<String, Error> {
    String::from_utf8(response.body).map_err(|error| Error::Decode {
        operation: operation.id,
        path: "$".into(),
        message: error.utf8_error().to_string(),
    })
}

/// Describes a response that could not be decoded.
fn not_decoded(operation: &Operation, response: &Response, error: &serde_json::Error) -> Error {
    if let Some(refusal) = refusal::trailing(operation, response) {
        return refusal.into();
    }
    let body = &response.body;
    let bytes = response.bytes();
    let offset = offset(body, error.line(), error.column());
    let is_empty = body.trim_ascii().is_empty();
    if error.is_eof() && !is_empty {
        let place = place(response, offset);
        return Error::broken_off(operation, bytes as u64, &format!("within {place}"));
    }
    Error::Decode {
        operation: operation.id,
        path: place(response, offset),
        message: match first_end(body) {
            _ if is_empty => "the response is empty".into(),
            // A single document was expected; this is its end.
            Some(end) => {
                let end = end + response.taken.unwrap_or_default();
                format!("more follows after the end of the response, which is at byte {end} of {bytes}")
            }
            None => redact::decoder_message(&error.to_string()),
        },
    }
}

/// Returns the path to an offset, without indices if a reader has taken elements out of the response.
fn place(response: &Response, offset: usize) -> String {
    let place = redact::text(&ticktick_models::locate(&response.body, offset + 1));
    if response.taken.is_none() {
        return place;
    }
    let mut parts = place.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| match part.split_once(']') {
        Some((index, rest)) if index.bytes().all(|byte| byte.is_ascii_digit()) => format!("{path}[*]{rest}"),
        _ => format!("{path}[{part}"),
    })
}

/// Returns where the first document of a body ends if something follows it.
fn first_end(body: &[u8]) -> Option<usize> {
    let mut documents = serde_json::Deserializer::from_slice(body).into_iter::<IgnoredAny>();
    documents.next()?.ok()?;
    let end = documents.byte_offset();
    documents.next().is_some().then_some(end)
}

/// Converts the 1-based line and column of serde_json into the offset of the last byte read.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => body.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line - 2).map_or(0, |(at, _)| at + 1),
    };
    (start + column.saturating_sub(1)).min(body.len())
}

#[cfg(test)]
mod tests {
    use ticktick_models::Misfit;

    use super::*;
    use crate::{Method, Pending, Request};

    static READ: Operation = Operation::new("x.read", Method::Get, "/x");

    fn wrong(body: &str) -> Error {
        read::<Vec<i64>>(&READ, &Response::new(200, body), &Picky).unwrap_err()
    }

    /// Accepts nothing odd.
    struct Picky;

    impl Transport for Picky {
        fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
            Box::pin(async { Ok(Response::new(200, "[]")) })
        }

        fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
            assert_eq!(operation.id, "x.read");
            assert_eq!(misfits[0].path.as_str(), "$[*]");
            false
        }
    }

    #[test]
    fn what_does_not_fit_is_set_aside_where_that_is_accepted() {
        let transport = crate::http::Http::builder().build().unwrap();
        let answer = Response::new(200, r#"[1, "2", {"a": 1}, 3.0]"#);
        assert_eq!(read::<Vec<i64>>(&READ, &answer, &transport).unwrap(), [1, 2, 3]);
        assert!(read::<Vec<i64>>(&READ, &Response::new(200, r#"{"a": 1}"#), &transport).is_err());
    }

    #[test]
    fn errors_show_no_content() {
        let error = wrong(r#"[1, {"email": "me@example.com", "x": "y"}, 2]"#);
        let Error::Decode { operation, path, message, .. } = &error else { panic!("{error}") };
        assert_eq!(*operation, "x.read");
        assert_eq!(path.as_str(), "$[1]");
        assert_eq!(message, "invalid type: map, expected i64");
        let error = wrong(r#"["hush hush", 2]"#);
        let Error::Decode { message, .. } = &error else { panic!("{error}") };
        assert_eq!(message, r#"invalid type: string "…", expected i64"#);
        assert!(!format!("{error} {error:?}").contains("hush"));
    }

    #[test]
    fn empty_answers_are_called_so() {
        assert!(wrong(" ").to_string().contains("the response is empty"));
    }

    #[test]
    fn a_refusal_after_the_answer_is_one() {
        let error = wrong(r#"[1]{"errorCode":"need_pro"}"#);
        assert!(error.is_premium(), "{error}");
        assert_eq!(error.as_api().unwrap().partial.as_deref(), Some("[1]"));
    }

    #[test]
    fn a_truncated_answer_is_one_that_broke_off_after_so_many_bytes() {
        let error = wrong("[1, 2, 3");
        assert!(matches!(error, Error::Send { kind: crate::SendKind::Other, .. }), "{error:?}");
        assert!(error.is_retryable() && error.to_string().contains("broke off after 8 bytes, within $[2]"), "{error}");
        let error = wrong("[1, 2][1, 2]");
        assert!(error.to_string().contains("at byte 6 of 12"), "{error}");
        let error = wrong("[1, oops]");
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    }

    #[test]
    fn answers_are_whole_or_broken() {
        let mut list = READ;
        list.returns.name = "[Tag]";
        let broken = |body: &str| is_broken(&list, &Response::new(200, body));
        for body in ["", " ", "[]", "{} ", "null\n", "[1, oops]", "<html>", r#"[1]{"errorCode":"need_pro"}"#] {
            assert!(!broken(body), "{body}");
        }
        for body in ["[", r#"{"a":"#, r#"["a"#, "nul", "[1][1]", "{}{", "[]x"] {
            assert!(broken(body), "{body}");
        }
        for name in ["any", "bytes", "text", "nothing"] {
            let mut other = READ;
            other.returns.name = name;
            assert!(!is_broken(&other, &Response::new(200, "[")), "{name}");
        }
    }

    #[test]
    fn invalid_utf8_is_a_decode_error() {
        let error = text(&READ, Response::new(200, b"a\xff".to_vec())).unwrap_err();
        assert!(matches!(error, Error::Decode { .. }));
    }

    #[test]
    fn offsets_follow_lines() {
        let body = b"[\n1,\nx]";
        let error = serde_json::from_slice::<Vec<i64>>(body).unwrap_err();
        assert_eq!(offset(body, error.line(), error.column()), 5);
        assert_eq!(offset(b"", 1, 0), 0);
        assert_eq!(offset(b"abc", 9, 9), 3);
    }
}
