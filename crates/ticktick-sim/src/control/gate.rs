//! Access to the control routes: open to programs on this machine, closed to web pages.

use std::net::IpAddr;

use crate::exchange::call::Incoming;

/// Refuses a request that a browser may have sent for a page of another site.
///
/// A page can make its own name resolve to this machine, so the name in `Host` is checked; and it can send
/// requests without reading the responses, so the one in `Origin` is checked too. Programs send no `Origin`.
pub(super) fn admit(incoming: &Incoming, open_to_others: bool) -> Result<(), (u16, String)> {
    if let Some(origin) = incoming.header("origin")
        && !origin.split_once("://").is_some_and(|(_, host)| name(host).is_some_and(is_loopback))
    {
        return Err((403, "the header `Origin` is another site; only pages of this machine may use /_sim/".into()));
    }
    let Some(host) = incoming.header("host") else { return Ok(()) };
    match name(host) {
        Some(name) if is_loopback(name) || open_to_others && is_near(name) => Ok(()),
        _ => Err((403, "the header `Host` is another machine; use /_sim/ as localhost or 127.0.0.1".into())),
    }
}

/// Removes the port from a host; `None` if it is not a number.
fn name(host: &str) -> Option<&str> {
    let port_starts = host.rfind(':').filter(|at| !host[*at..].contains(']'));
    let (name, port) = host.split_at(port_starts.unwrap_or(host.len()));
    let is_port = port.is_empty() || port[1..].parse::<u16>().is_ok();
    is_port.then_some(name)
}

fn address(name: &str) -> Option<IpAddr> {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    bare.unwrap_or(name).parse().ok()
}

fn is_loopback(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower == "localhost" || lower.ends_with(".localhost") || address(name).is_some_and(|address| address.is_loopback())
}

/// Returns `true` if a name is an address or a name without a dot, as containers have: no web page has such
/// a name.
fn is_near(name: &str) -> bool {
    address(name).is_some() || !name.is_empty() && !name.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(headers: &[(&str, &str)], open_to_others: bool) -> u16 {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let incoming = Incoming { method: "GET".into(), target: "/_sim/state".into(), headers, body: Vec::new() };
        admit(&incoming, open_to_others).map_or_else(|(status, _)| status, |()| 200)
    }

    #[test]
    fn hosts_are_loopback_names() {
        for host in
            ["localhost", "LocalHost:8080", "127.0.0.1:41733", "127.9.9.9", "[::1]:80", "[::1]", "sim.localhost:80"]
        {
            assert_eq!(status(&[("Host", host)], false), 200, "{host}");
            assert_eq!(status(&[("Host", host)], true), 200, "{host}");
        }
        for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "a:b", ""] {
            assert_eq!(status(&[("Host", host)], false), 403, "{host}");
            assert_eq!(status(&[("Host", host)], true), 403, "{host}");
        }
        for host in ["192.168.1.5:8000", "ticktick:8000", "[fe80::1]:80"] {
            assert_eq!(status(&[("Host", host)], false), 403, "{host}");
            assert_eq!(status(&[("Host", host)], true), 200, "{host}");
        }
        assert_eq!(status(&[], false), 200, "no browser leaves it out");
    }

    #[test]
    fn origins_are_of_this_machine() {
        for origin in ["http://localhost:5173", "https://127.0.0.1", "http://[::1]:3000"] {
            assert_eq!(status(&[("Host", "localhost"), ("Origin", origin)], false), 200, "{origin}");
        }
        for origin in ["https://evil.example", "null", "", "http://localhost.evil.example", "http://192.168.1.5"] {
            assert_eq!(status(&[("Host", "localhost"), ("Origin", origin)], true), 403, "{origin}");
        }
    }
}
