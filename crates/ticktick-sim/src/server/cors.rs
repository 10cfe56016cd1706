//! CORS preflights of web pages that call the simulator.

use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;

/// Returns the origin of a request if its pages may call the simulator: those of this machine, and files.
fn allowed(incoming: &Incoming) -> Option<&str> {
    incoming.header("origin").filter(|origin| *origin == "null" || is_loopback(origin))
}

fn is_loopback(origin: &str) -> bool {
    let Some((_, host)) = origin.split_once("://") else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_named = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
    is_named || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Handles the preflight request of a browser.
pub(crate) fn preflight(incoming: &Incoming) -> Option<Reply> {
    let wanted = incoming.header("access-control-request-method").filter(|_| incoming.method == "OPTIONS")?;
    allowed(incoming)?;
    let headers = incoming.header("access-control-request-headers").unwrap_or("content-type, x-device");
    let reply = Reply::empty()
        .with_status(204)
        .with_header("Access-Control-Allow-Methods", wanted)
        .with_header("Access-Control-Allow-Headers", headers)
        .with_header("Access-Control-Max-Age", "600");
    Some(reply)
}

/// Returns the headers that let a page of another origin read a response.
pub(crate) fn headers(incoming: &Incoming) -> Vec<(&'static str, String)> {
    let Some(origin) = allowed(incoming) else { return Vec::new() };
    vec![
        ("Access-Control-Allow-Origin", origin.to_owned()),
        ("Access-Control-Allow-Credentials", "true".to_owned()),
        ("Vary", "Origin".to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use crate::exchange::reply::Reply;
    use crate::server::testing::{browser, tester};

    fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
        reply.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    fn from(origin: &str) -> Vec<(String, String)> {
        let mut headers = browser();
        headers[0].1 = origin.into();
        headers
    }

    #[test]
    fn pages_of_this_machine_may_ask() {
        let tester = tester();
        let ours = ["null", "http://localhost:5173", "http://app.localhost", "https://127.0.0.1", "http://[::1]:80"];
        for origin in ours {
            let reply = tester.send_more(from(origin), "GET", "/api/v2/projects", "");
            assert_eq!(header(&reply, "access-control-allow-origin"), Some(origin));
            assert_eq!(header(&reply, "access-control-allow-credentials"), Some("true"));
            assert_eq!(header(&reply, "vary"), Some("Origin"));
        }
        for origin in ["https://ticktick.com", "http://localhost.example.com", "http://10.0.0.1", "localhost", ""] {
            let reply = tester.send_more(from(origin), "GET", "/api/v2/projects", "");
            assert_eq!(header(&reply, "access-control-allow-origin"), None, "{origin}");
        }
    }

    #[test]
    fn refusals_can_be_read_too() {
        let tester = tester();
        let reply = tester.send_with(from("null"), "GET", "/api/v2/projects", "");
        assert_eq!(reply.status, 401);
        assert_eq!(header(&reply, "access-control-allow-origin"), Some("null"));
    }

    #[test]
    fn preflights_are_answered_without_a_session() {
        let tester = tester();
        let asked = |origin: &str| {
            let mut headers = from(origin);
            headers.push(("access-control-request-method".into(), "POST".into()));
            headers.push(("access-control-request-headers".into(), "content-type,x-device".into()));
            tester.send_with(headers, "OPTIONS", "/api/v2/batch/task", "")
        };
        let reply = asked("http://localhost:5173");
        assert_eq!(reply.status, 204);
        assert_eq!(reply.body.len(), 0);
        assert_eq!(header(&reply, "access-control-allow-methods"), Some("POST"));
        assert_eq!(header(&reply, "access-control-allow-headers"), Some("content-type,x-device"));
        assert_eq!(header(&reply, "access-control-allow-origin"), Some("http://localhost:5173"));
        assert_eq!(asked("https://example.com").status, 405);
        assert_eq!(tester.service.requests().len(), 2, "both are in the log");
    }
}
