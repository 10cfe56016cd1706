//! Reads `Set-Cookie`: the two relevant cookies, and when they expire.

use jiff::Timestamp;

use crate::Response;
use crate::refusal::http_date;

/// How a response changes a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    /// Sets this value.
    Set(&'a str),
    /// Removes the cookie.
    Ended,
}

/// Returns the last change that a response makes to a cookie, if any.
pub(super) fn change<'a>(response: &'a Response, name: &str, host: &str, now: Timestamp) -> Option<Change<'a>> {
    response
        .headers
        .iter()
        .filter(|(header, _)| header.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| read(value, name, host, now))
        .next_back()
}

fn read<'a>(line: &'a str, wanted: &str, host: &str, now: Timestamp) -> Option<Change<'a>> {
    let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
    let (name, value) = pair.split_once('=')?;
    if name.trim() != wanted {
        return None;
    }
    let (mut ended_by_age, mut ended_by_date) = (None, None);
    for attribute in attributes.split(';') {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "domain" if !covers(value, host) => return None,
            "max-age" => ended_by_age = value.parse::<i64>().ok().map(|seconds| seconds <= 0),
            "expires" => ended_by_date = date(value).map(|date| date <= now),
            _ => {}
        }
    }
    let value = value.trim().trim_matches('"');
    // Max-Age has precedence over Expires.
    let ended = value.is_empty() || ended_by_age.or(ended_by_date).unwrap_or(false);
    Some(if ended { Change::Ended } else { Change::Set(value) })
}

/// Returns `true` if a host is the domain or a subdomain of it.
fn covers(domain: &str, host: &str) -> bool {
    let domain = domain.trim_start_matches('.').to_ascii_lowercase();
    domain.is_empty() || host.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Parses the date of `Expires`, including the old form with dashes.
fn date(text: &str) -> Option<Timestamp> {
    http_date(text).or_else(|| http_date(&text.replace('-', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word<'a>(response: &'a Response, name: &str) -> Option<Change<'a>> {
        let now = "2026-03-01T00:00:00Z".parse().unwrap();
        change(response, name, "api.ticktick.com", now)
    }

    fn one(line: &str) -> Option<&'static str> {
        let response = Response::new(200, "").with_header("set-cookie", line);
        match word(&response, "t")? {
            Change::Set(_) => Some("set"),
            Change::Ended => Some("ended"),
        }
    }

    #[test]
    fn values_are_read() {
        let response = Response::new(200, "")
            .with_header("Set-Cookie", "AWSALB=x; Path=/")
            .with_header("set-cookie", "t=first; Domain=.ticktick.com; HttpOnly")
            .with_header("Set-Cookie", "_csrf_token=c=1; Path=/")
            .with_header("Set-Cookie", "t=\"last\"; Secure");
        assert_eq!(word(&response, "t"), Some(Change::Set("last")));
        assert_eq!(word(&response, "_csrf_token"), Some(Change::Set("c=1")));
        assert_eq!(word(&response, "SESSION"), None);
    }

    #[test]
    fn ends_are_seen() {
        for (line, wanted) in [
            ("t=", Some("ended")),
            ("t=\"\"; Path=/", Some("ended")),
            ("t=a; Max-Age=0", Some("ended")),
            ("t=a; max-age=-1; Expires=Sun, 01 Mar 2027 00:00:00 GMT", Some("ended")),
            ("t=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some("ended")),
            ("t=a; Expires=Thu, 01-Jan-1970 00:00:10 GMT", Some("ended")),
            ("t=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", Some("set")),
            ("t=a; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some("set")),
            ("t=a; Expires=Mon, 01 Mar 2027 00:00:00 GMT", Some("set")),
            ("t=a; Expires=soon", Some("set")),
            ("T=a", None),
            ("t", None),
        ] {
            assert_eq!(one(line), wanted, "{line}");
        }
    }

    #[test]
    fn cookies_of_other_domains_are_ignored() {
        for (domain, wanted) in [
            ("ticktick.com", Some("set")),
            (".TickTick.com", Some("set")),
            ("api.ticktick.com", Some("set")),
            ("tick.com", None),
            ("example.com", None),
            ("ms.ticktick.com", None),
        ] {
            assert_eq!(one(&format!("t=a; Domain={domain}")), wanted, "{domain}");
        }
    }
}
