//! Removes secrets from texts that people read: messages, excerpts, debug output.

use std::fmt::Write as _;

use serde_json::Value;

const HIDDEN: &str = "[redacted]";
/// Maximum length of an excerpt, in bytes of its source.
const SPAN: usize = 200;
/// Maximum length of a JSON string in an excerpt, in characters.
const LONGEST: usize = 60;

/// Masks e-mail addresses, tokens and values that follow the name of a secret.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut hide_next = false;
    for piece in text.split_inclusive(separates) {
        let word = piece.trim_end_matches(separates);
        let hidden = (hide_next && !word.is_empty()).then_some(HIDDEN);
        if !word.is_empty() {
            hide_next = announces(word);
        }
        match (hidden, word.split_once('=')) {
            (Some(hidden), _) => out.push_str(hidden),
            (None, Some((name, value))) if is_secret_name(name) && !value.is_empty() => {
                let _ = write!(out, "{name}={HIDDEN}");
            }
            _ if is_secret_word(word) => out.push_str(HIDDEN),
            _ => out.push_str(word),
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

/// Shows a body around an offset, without secrets.
///
/// `also` lists members whose values are secret in this body only.
pub(crate) fn excerpt(body: &[u8], offset: usize, also: &[&str]) -> String {
    let body = String::from_utf8_lossy(body);
    let from = offset.min(body.len()).saturating_sub(SPAN / 2);
    let until = from + SPAN;
    let mut out = String::new();
    let mut secret = false;
    let mut rest: &str = &body;
    while !rest.is_empty() {
        let start = body.len() - rest.len();
        let (piece, is_key) = next_piece(rest);
        rest = &rest[piece.len()..];
        if is_key {
            let name = unquoted(piece);
            secret = is_secret_name(&name) || also.contains(&name.as_str());
        }
        if start + piece.len() <= from {
            continue;
        }
        if start >= until {
            out.push('…');
            break;
        }
        if piece.starts_with('"') {
            show_string(&mut out, piece, secret && !is_key)
        } else {
            show_other(&mut out, piece, start, (from, until), secret)
        }
    }
    out.trim().to_owned()
}

/// Masks the values that decoders quote in their messages, and removes line and column.
pub(crate) fn decoder_message(message: &str) -> String {
    let message = message.rfind(" at line ").map_or(message, |end| &message[..end]);
    match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) if first < last => text(&format!("{}…{}", &message[..=first], &message[last..])),
        _ => text(message),
    }
}

/// Truncates a text to a number of characters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Splits off a JSON string with its quotes, or everything up to the next one, and returns whether it is
/// the name of a member. Works on any text, so that malformed JSON and HTML are masked as well.
fn next_piece(rest: &str) -> (&str, bool) {
    if !rest.starts_with('"') {
        return (&rest[..rest.find('"').unwrap_or(rest.len())], false);
    }
    let mut escaped = false;
    let end = rest[1..].find(|c: char| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let end = end.map_or(rest.len(), |end| end + 2);
    (&rest[..end], rest[end..].trim_start().starts_with(':'))
}

/// Appends a JSON string. The string is unescaped first, because escapes could hide a secret.
fn show_string(out: &mut String, piece: &str, secret: bool) {
    let plain = unquoted(piece);
    let shown = if secret && !plain.is_empty() { HIDDEN.to_owned() } else { shortened(&text(&plain), LONGEST) };
    out.push_str(&Value::from(shown).to_string());
}

fn unquoted(piece: &str) -> String {
    serde_json::from_str(piece).unwrap_or_else(|_| piece.trim_matches('"').to_owned())
}

fn show_other(out: &mut String, piece: &str, start: usize, span: (usize, usize), secret: bool) {
    if secret && piece.contains(|c: char| c.is_alphanumeric()) {
        // A bare value of a secret member, such as a number.
        let end = piece.rfind([',', '}', ']']).unwrap_or(piece.len());
        let _ = write!(out, ":{HIDDEN}{}", &piece[end..]);
        return;
    }
    let masked = text(piece);
    if masked != piece {
        out.push_str(&shortened(&masked, SPAN));
        return;
    }
    let from = floor(piece, span.0.saturating_sub(start));
    let until = floor(piece, span.1 - start);
    out.push_str(&piece[from..until]);
    if until < piece.len() {
        out.push('…');
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn separates(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`,;&?<>(){}[]|\\".contains(c)
}

/// Returns `true` if the word after this one is a secret, as in `Bearer abc` and `password: abc`.
fn announces(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer")
        || word.eq_ignore_ascii_case("basic")
        || word.strip_suffix([':', '=']).is_some_and(is_secret_name)
}

fn is_secret_word(word: &str) -> bool {
    let mail = word.contains('@') || word.contains("%40");
    mail && !is_error_id(word) || is_token(word)
}

/// Error ids look like `oefc58fi@tw8`: no dot after the `@`.
fn is_error_id(word: &str) -> bool {
    word.split_once('@').is_some_and(|(id, server)| {
        id.len() == 8
            && !server.is_empty()
            && id.bytes().all(|b| b.is_ascii_alphanumeric())
            && server.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// Tokens are long runs with digits or capitals, unlike `long_names_with_underscores`.
fn is_token(word: &str) -> bool {
    let long = |run: &str| run.len() >= 32 && run.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    word.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_-.~%".contains(c))).any(|run| {
        // The segments of a path are checked one by one; elsewhere a slash may be part of base64.
        if run.starts_with('/') { run.split('/').any(long) } else { long(run) }
    })
}

fn is_secret_name(name: &str) -> bool {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    ["password", "token", "secret", "cookie", "authorization", "email", "phone"].iter().any(|part| name.contains(part))
        || ["t", "username", "authid", "verkey", "vercode", "passwd", "pwd"].contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789ABCDEF0123456789ABCDEF01234567";

    #[test]
    fn texts_lose_mails_and_tokens() {
        for (shown, wanted) in [
            ("who is me@example.com?", "who is [redacted]?"),
            ("/x/me%40example.com", "[redacted]"),
            ("Bearer abc, then", "Bearer [redacted], then"),
            ("password: hunter2", "password: [redacted]"),
            ("Cookie: t=abc; x=1", "Cookie: [redacted]; x=1"),
            ("t=abc; _csrf_token=def", "t=[redacted]; _csrf_token=[redacted]"),
            ("incorrect_password_too_many_times", "incorrect_password_too_many_times"),
            ("oefc58fi@tw8 65f0a1b2c3d4e5f6a7b8c9d0", "oefc58fi@tw8 65f0a1b2c3d4e5f6a7b8c9d0"),
            ("/api/v2/project/65f0a1b2c3d4e5f6a7b8c9d0/tasks", "/api/v2/project/65f0a1b2c3d4e5f6a7b8c9d0/tasks"),
        ] {
            assert_eq!(text(shown), wanted);
        }
        assert_eq!(text(&format!("got {TOKEN}.")), "got [redacted]");
    }

    #[test]
    fn excerpts_lose_values_of_secret_members() {
        let body = format!(
            r#"{{"errorId":"oefc58fi@tw8","errorMessage":"Joe","username":"joe","phone":123456,"token":["{TOKEN}","x"],"data":{{"remainderTimes":7}}}}"#
        );
        assert_eq!(
            excerpt(body.as_bytes(), 0, &["errorMessage"]),
            r#"{"errorId":"oefc58fi@tw8","errorMessage":"[redacted]","username":"[redacted]","phone":[redacted],"token":["[redacted]","[redacted]"],"data":{"remainderTimes":7}}"#
        );
    }

    #[test]
    fn excerpts_show_the_neighborhood() {
        let filler = r#"{"id":1},"#.repeat(1000);
        let body = format!(r#"[{filler}{{"password":"hunter2 \"x","bad":[]}},{filler}1]"#);
        let at = body.find("bad").unwrap();
        let shown = excerpt(body.as_bytes(), at, &[]);
        assert!(shown.contains(r#""password":"[redacted]","bad":[]"#), "{shown}");
        assert!(shown.len() < 2 * SPAN && shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn excerpts_never_split_a_secret() {
        let body = format!(r#"{{"token":"{}","n":1}}"#, "hush ".repeat(200));
        for offset in 0..body.len() + 10 {
            assert!(!excerpt(body.as_bytes(), offset, &[]).contains("hush"), "{offset}");
        }
        for body in [r#"{"x":"me\u0040x.org"}"#, r#"{"pass\u0077ord":"me"}"#, r#"{"x": me@x.defgh}"#] {
            assert!(!excerpt(body.as_bytes(), 0, &[]).contains("me"), "{body}");
        }
        let cut = r#"{"token":"hush"#;
        assert!(!excerpt(cut.as_bytes(), cut.len(), &[]).contains("hush"));
    }

    #[test]
    fn broken_bytes_are_shown_somehow() {
        assert_eq!(excerpt(b"\xff\xfe", 0, &[]), "\u{fffd}\u{fffd}");
        assert_eq!(excerpt(b"", 5, &[]), "");
        let page = excerpt("<p title=\"é\">é me@x.org".repeat(50).as_bytes(), 77, &[]);
        assert!(!page.contains("me@x.org"), "{page}");
    }

    #[test]
    fn decoder_messages_lose_quoted_values() {
        assert_eq!(
            decoder_message(r#"invalid type: string "a "b" c", expected i64 at line 1 column 9"#),
            r#"invalid type: string "…", expected i64"#
        );
    }
}
