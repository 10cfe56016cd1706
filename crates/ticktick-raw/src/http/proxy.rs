//! Which proxy is configured, and whether it can be used.

use reqwest::Proxy;

use super::region::Region;
use super::session::host_of;
use crate::error::SETUP;
use crate::{Error, Host};

/// Reads an environment variable.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Which proxy requests go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Proxied {
    /// The proxy of the environment or the system, if any. Never used for an address on this machine.
    System,
    /// The proxy at this address, which may contain a password.
    By(String),
    /// No proxy.
    Never,
}

impl Proxied {
    /// Rejects a configured proxy that the HTTP library would silently ignore.
    pub(super) fn check(&self, region: &Region, variable: &dyn Fn(&str) -> Option<String>) -> Result<(), Error> {
        let unusable = |message: String| Error::invalid_input(SETUP, message);
        match self {
            Self::Never => Ok(()),
            Self::By(address) => parsed(address).map(drop).map_err(|why| unusable(format!("the proxy {why}"))),
            Self::System if region.is_loopback() => Ok(()),
            Self::System => match asked_for(region, variable) {
                Some((name, address)) => {
                    parsed(&address).map(drop).map_err(|why| unusable(format!("the proxy in {name} {why}")))
                }
                None => Ok(()),
            },
        }
    }
}

/// Parses the address of a proxy. The error does not repeat the address, because it may contain a password.
pub(super) fn parsed(address: &str) -> Result<Proxy, String> {
    let address = address.trim();
    let scheme = address.split_once("://").map_or("http", |(scheme, _)| scheme);
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        let is_word =
            !scheme.is_empty() && scheme.len() <= 10 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let named = if is_word { format!(" `{scheme}`") } else { String::new() };
        return Err(format!("has the unsupported scheme{named}\nhint: use `http://` or `https://`"));
    }
    let full = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    Proxy::all(full).map_err(|_| "has an invalid address; write `http://host:port`".into())
}

/// Returns the variable that sets a proxy for a region, and its value.
///
/// Reads the environment as the HTTP library does, which ignores unusable values.
fn asked_for(region: &Region, variable: &dyn Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    let first = |names: [&'static str; 2]| names.into_iter().find_map(|name| Some((name, variable(name)?)));
    // In a CGI program, `HTTP_PROXY` comes from a header of the request.
    if variable("REQUEST_METHOD").is_some()
        || first(["NO_PROXY", "no_proxy"]).is_some_and(|(_, no)| spares(&no, region))
    {
        return None;
    }
    let own = if region.is_https() { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] };
    let set = |found: &(&str, String)| !found.1.trim().is_empty();
    first(own).filter(set).or_else(|| first(["ALL_PROXY", "all_proxy"]).filter(set))
}

/// Returns `true` if a list of exceptions covers all hosts, or every host of the region.
fn spares(exceptions: &str, region: &Region) -> bool {
    let names = |entry: &str, host: &str| {
        let entry = entry.trim().trim_start_matches('.');
        let above = host.len().checked_sub(entry.len()).map(|at| host.split_at(at));
        entry == "*"
            || above.is_some_and(|(sub, domain)| {
                !entry.is_empty() && domain.eq_ignore_ascii_case(entry) && (sub.is_empty() || sub.ends_with('.'))
            })
    };
    let hosts = [Host::Api, Host::Web, Host::Focus].map(|host| host_of(region.base(host)));
    hosts.iter().all(|host| exceptions.split(',').any(|entry| names(entry, host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(proxied: &Proxied, region: &Region, environment: &[(&str, &str)]) -> Result<(), String> {
        let variable =
            |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        proxied.check(region, &variable).map_err(|error| error.to_string())
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_an_error_and_never_a_direct_connection() {
        for address in
            ["socks9://h:1", "socks5://me:hush@h:1", "ftp://h", "me:hush@h://x", "http://", "http://h:99999", ""]
        {
            let error = checked(&Proxied::By(address.into()), &Region::TickTick, &[]).unwrap_err();
            assert!(error.contains("the proxy has") && !error.contains("hush"), "{address}: {error}");
        }
        for address in ["http://h:3128", "HTTPS://me:hush@h", "h:3128", "127.0.0.1:3128", "http://[::1]:3128"] {
            assert_eq!(checked(&Proxied::By(address.into()), &Region::TickTick, &[]), Ok(()), "{address}");
        }
    }

    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_is_an_error_too() {
        let local: Region = Region::Custom("http://127.0.0.1:8080".parse().unwrap());
        let is_ok =
            |region: &Region, environment: &[(&str, &str)]| checked(&Proxied::System, region, environment).is_ok();
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            let error = checked(&Proxied::System, &Region::TickTick, &[(name, "socks9://me:hush@h")]).unwrap_err();
            assert!(error.contains(name) && error.contains("socks9") && !error.contains("hush"), "{error}");
            assert!(is_ok(&local, &[(name, "socks9://h")]), "no proxy is used for this machine");
            assert!(is_ok(&Region::TickTick, &[(name, "h:3128")]) && is_ok(&Region::TickTick, &[(name, " ")]));
            assert_eq!(checked(&Proxied::Never, &Region::TickTick, &[(name, "socks9://h")]), Ok(()));
        }
        let bad = ("HTTPS_PROXY", "ftp://h");
        for spared in ["*", "ticktick.com", "a.org, .ticktick.com"] {
            assert!(is_ok(&Region::TickTick, &[bad, ("NO_PROXY", spared)]), "{spared}");
        }
        for other in ["", "tick.com", "api.ticktick.com", "icktick.com"] {
            assert!(!is_ok(&Region::TickTick, &[bad, ("NO_PROXY", other)]), "{other}");
        }
        assert!(is_ok(&Region::TickTick, &[("HTTP_PROXY", "ftp://h")]), "it is for other addresses");
        assert!(is_ok(&Region::TickTick, &[("HTTPS_PROXY", "http://h"), ("ALL_PROXY", "ftp://h")]));
        assert!(is_ok(&Region::TickTick, &[bad, ("REQUEST_METHOD", "GET")]));
    }
}
