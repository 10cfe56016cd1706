//! The service regions and their hosts.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use crate::error::SETUP;
use crate::{Auth, Error, Host, Operation, Request};

/// The service to connect to, or a server in its place.
///
/// The two services share neither users nor sessions.
///
/// # Examples
///
/// ```
/// use ticktick_raw::http::Region;
///
/// assert_eq!("dida365".parse::<Region>()?, Region::Dida365);
/// let own: Region = "http://127.0.0.1:8080".parse()?;
/// assert!("http://example.com".parse::<Region>().is_err());
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// ticktick.com.
    #[default]
    TickTick,
    /// dida365.com, the Chinese version of the service.
    Dida365,
    /// One address for all hosts, such as a simulator or a proxy.
    Custom(BaseUrl),
}

/// An address to which paths are appended: HTTPS, or HTTP on the loopback interface.
///
/// ```
/// use ticktick_raw::http::BaseUrl;
///
/// let base: BaseUrl = "https://proxy.example.com/ticktick/".parse()?;
/// assert_eq!(base.as_str(), "https://proxy.example.com/ticktick");
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: Box<str>,
    loopback: bool,
}

impl Region {
    /// Returns the scheme and name of a host, such as `https://api.ticktick.com`.
    ///
    /// ```
    /// use ticktick_raw::{Host, http::Region};
    ///
    /// assert_eq!(Region::TickTick.base(Host::Focus), "https://ms.ticktick.com");
    /// ```
    #[must_use]
    pub fn base(&self, host: Host) -> &str {
        match (self, host) {
            (Self::Custom(base), _) => base.as_str(),
            (Self::TickTick, Host::Api) => "https://api.ticktick.com",
            (Self::TickTick, Host::Web) => "https://ticktick.com",
            (Self::TickTick, Host::Focus) => "https://ms.ticktick.com",
            (Self::Dida365, Host::Api) => "https://api.dida365.com",
            (Self::Dida365, Host::Web) => "https://dida365.com",
            (Self::Dida365, Host::Focus) => "https://ms.dida365.com",
        }
    }

    /// Returns the full address of a request. Intended for custom transports.
    ///
    /// # Errors
    ///
    /// If the path would lead to another host.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation, Request, http::Region};
    ///
    /// let request = Request::new(Operation::unlisted(Method::Get), "/api/v2/tags");
    /// assert_eq!(Region::TickTick.url(&request)?, "https://api.ticktick.com/api/v2/tags");
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn url(&self, request: &Request) -> Result<String, Error> {
        if !request.path.starts_with('/') {
            return Err(Error::invalid_input(request.operation.id, "the path must start with `/`"));
        }
        Ok(format!("{}{}", self.base_of(request.operation), request.target()))
    }

    /// The web application of dida365.com is at `www`, but its OAuth endpoint is not.
    fn base_of(&self, operation: &Operation) -> &str {
        match (self, operation.host, operation.auth) {
            (Self::Dida365, Host::Web, Auth::Session) => "https://www.dida365.com",
            (_, host, _) => self.base(host),
        }
    }

    /// Returns the origin that the web application sends.
    pub(super) fn origin(&self) -> &'static str {
        match self {
            Self::Dida365 => "https://dida365.com",
            // A server in place of the service receives the same headers as the service.
            Self::TickTick | Self::Custom(_) => "https://ticktick.com",
        }
    }

    pub(super) fn language(&self) -> &'static str {
        match self {
            Self::Dida365 => "zh_CN",
            Self::TickTick | Self::Custom(_) => "en_US",
        }
    }

    /// Returns whether requests stay on this machine.
    ///
    /// ```
    /// use ticktick_raw::http::Region;
    ///
    /// assert!("http://127.0.0.1:8571".parse::<Region>()?.is_loopback());
    /// assert!(!Region::TickTick.is_loopback());
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        matches!(self, Self::Custom(base) if base.loopback)
    }

    #[cfg(feature = "http")]
    pub(super) fn is_https(&self) -> bool {
        !matches!(self, Self::Custom(base) if base.text.starts_with("http:"))
    }

    /// Returns whether this is a custom address rather than one of the two services.
    ///
    /// ```
    /// use ticktick_raw::http::Region;
    ///
    /// assert!("https://ticktick.example.com".parse::<Region>()?.is_custom());
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn is_custom(&self) -> bool {
        matches!(self, Self::Custom(_))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TickTick => "ticktick",
            Self::Dida365 => "dida365",
            Self::Custom(base) => base.as_str(),
        })
    }
}

impl FromStr for Region {
    type Err = Error;

    /// Parses `ticktick`, `dida365`, or a custom address.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text.to_ascii_lowercase().as_str() {
            "ticktick" | "ticktick.com" => Ok(Self::TickTick),
            "dida365" | "dida365.com" => Ok(Self::Dida365),
            _ => text.parse().map(Self::Custom),
        }
    }
}

impl BaseUrl {
    /// Returns the address without a trailing slash.
    ///
    /// ```
    /// use ticktick_raw::http::BaseUrl;
    ///
    /// assert_eq!("http://127.0.0.1:8080/".parse::<BaseUrl>()?.as_str(), "http://127.0.0.1:8080");
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why: &str| Error::invalid_input(SETUP, format!("the base address {why}"));
        let text = text.trim().trim_end_matches('/');
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let (scheme, rest) = match lower.find("://") {
            Some(5) if lower.starts_with("https") => ("https", &text[8..]),
            Some(4) if lower.starts_with("http") => ("http", &text[7..]),
            _ => return Err(refused("must start with `https://` or `http://`")),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // Rejects parts that URL parsers read in different ways: user, query, escapes and backslashes.
        let plain = |text: &str, also: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c));
        if authority.is_empty() || !plain(authority, ".-:[]") || !plain(path, "/-._~") {
            return Err(refused("may only contain a scheme, host, port and path"));
        }
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(refused("must not contain dot segments"));
        }
        let loopback = is_loopback(host(authority));
        if scheme == "http" && !loopback {
            return Err(refused("is plain HTTP to another machine\nhint: use `https://`"));
        }
        Ok(Self { text: format!("{scheme}://{rest}").into(), loopback })
    }
}

/// Removes the port.
pub(super) fn host(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => authority.split(':').next().unwrap_or(authority),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || match host.parse() {
            Ok(IpAddr::V4(address)) => address.is_loopback(),
            Ok(IpAddr::V6(address)) => address == Ipv6Addr::LOCALHOST,
            Err(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[test]
    fn only_this_machine_may_speak_plain_http() {
        for text in [
            "http://127.0.0.1:1",
            "HTTP://localhost/",
            "http://[::1]:8080/prefix",
            "https://example.com",
            "https://10.0.0.1:8443",
        ] {
            let base = text.parse::<BaseUrl>().unwrap();
            assert!(!base.as_str().ends_with('/'), "{text}");
        }
        for text in [
            "",
            "example.com",
            "ftp://127.0.0.1",
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://127.0.0.1:1@example.com",
            "http://127.0.0.1\\@example.com",
            "http://127.0.0.1%00.example.com",
            "https://me:secret@example.com",
            "https://example.com?x=1",
            "https://example.com#x",
            "https://example.com/../x",
            "https://",
            "http://0.0.0.0:1",
        ] {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert!(!error.to_string().contains("secret"), "{text}");
        }
    }

    #[test]
    fn regions_are_read_as_they_are_shown() {
        for region in ["ticktick", "dida365", "https://example.com/x"] {
            assert_eq!(region.parse::<Region>().unwrap().to_string(), region);
        }
    }

    #[test]
    fn paths_do_not_lead_elsewhere() {
        let request = Request::new(Operation::unlisted(Method::Get), "@example.com/");
        assert!(matches!(Region::TickTick.url(&request), Err(Error::InvalidInput { .. })));
    }

    #[test]
    fn dida365_ends_sessions_at_www() {
        static SIGN_OUT: Operation = {
            let mut operation = Operation::new("x.sign_out", Method::Get, "/signout");
            operation.host = Host::Web;
            operation
        };
        let request = Request::new(&SIGN_OUT, "/signout");
        assert_eq!(Region::Dida365.url(&request).unwrap(), "https://www.dida365.com/signout");
        assert_eq!(Region::Dida365.base(Host::Web), "https://dida365.com");
    }
}
