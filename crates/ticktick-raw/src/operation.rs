//! Descriptions of operations as data.

mod build;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use ticktick_models::{Check, check_bytes};

/// Describes one operation of the service: its path, its input and its output.
///
/// The listed operations are in [`op`](crate::op) and [`OPERATIONS`](crate::OPERATIONS). Two operations are
/// equal if their ids are equal.
///
/// # Examples
///
/// ```
/// use ticktick_raw::{Method, Operation, Retry};
///
/// static PING: Operation = {
///     let mut operation = Operation::new("own.ping", Method::Post, "/api/v2/ping/{id}");
///     operation.retry = Retry::Safe;
///     operation
/// };
/// assert_eq!(PING.to_string(), "own.ping");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Name as `resource.verb`.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the host, with `{name}` for parameters.
    pub path: &'static str,
    /// One-sentence description.
    pub about: &'static str,
    /// How the call is authenticated.
    pub auth: Auth,
    /// Host that serves the operation.
    pub host: Host,
    /// When the call may be retried.
    pub retry: Retry,
    /// Whether it only reads.
    pub reads: bool,
    /// Parameters in the path, the query and the headers.
    pub params: &'static [Param],
    /// Request body.
    pub body: Option<Body>,
    /// Response body.
    pub returns: Returns,
    /// How long responses are paged.
    pub paging: Option<Paging>,
    /// Ids of known oddities.
    pub quirks: &'static [&'static str],
    /// Who observed the operation, and how.
    pub evidence: Evidence,
}

impl Operation {
    /// Describes an unlisted operation that requires a session and may return any response.
    ///
    /// Only `GET` may be retried by default; set the fields to change that.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            about: "",
            auth: Auth::Session,
            host: Host::Api,
            retry: if matches!(method, Method::Get) { Retry::Safe } else { Retry::Never },
            reads: matches!(method, Method::Get),
            params: &[],
            body: None,
            returns: Returns { name: "any", check: check_bytes, empty: true },
            paging: None,
            quirks: &[],
            evidence: Evidence { level: Level::Reported, by: &[], on: "" },
        }
    }

    /// Returns the operation used for calls to unlisted paths.
    ///
    /// Set the path with [`Call::at`](crate::Call::at).
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation};
    ///
    /// assert_eq!(Operation::unlisted(Method::Get).id, "unlisted.get");
    /// ```
    #[must_use]
    pub fn unlisted(method: Method) -> &'static Self {
        static GET: Operation = Operation::new("unlisted.get", Method::Get, "/");
        static POST: Operation = Operation::new("unlisted.post", Method::Post, "/");
        static PUT: Operation = Operation::new("unlisted.put", Method::Put, "/");
        static PATCH: Operation = Operation::new("unlisted.patch", Method::Patch, "/");
        static DELETE: Operation = Operation::new("unlisted.delete", Method::Delete, "/");
        match method {
            Method::Get => &GET,
            Method::Post => &POST,
            Method::Put => &PUT,
            Method::Patch => &PATCH,
            Method::Delete => &DELETE,
        }
    }

    /// Returns `true` if the operation only reads. A `POST` counts as a read if it is safe to retry and
    /// returns something known.
    pub(crate) fn is_read(&self) -> bool {
        let is_query = || self.retry == Retry::Safe && !matches!(self.returns.name, "nothing" | "any");
        self.method == Method::Get || self.method == Method::Post && is_query()
    }

    /// Returns `true` if the server is expected to respond with a redirect, as web pages do.
    pub(crate) fn redirects(&self) -> bool {
        self.host == Host::Web && self.returns.name == "nothing"
    }
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Operation {}

impl Hash for Operation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// Returns the method in upper case.
    ///
    /// ```
    /// assert_eq!(ticktick_raw::Method::Get.as_str(), "GET");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Method {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("unknown method `{text}`\nhint: use GET, POST, PUT, PATCH or DELETE"))
    }
}

/// How a call is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// With the session cookie.
    Session,
    /// Without credentials.
    None,
    /// With an access token of the official Open API.
    Bearer,
    /// With the id and secret of an OAuth client.
    Basic,
}

/// One of the service's hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Host {
    /// The REST host.
    Api,
    /// The web application.
    Web,
    /// The host of live focus sessions.
    Focus,
}

/// When an operation may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Always, because it changes nothing or repeating it has no further effect.
    Safe,
    /// Only with the same body, because the client generates the ids in it.
    ById,
    /// Never automatically.
    Never,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Param {
    /// Name on the wire.
    pub name: &'static str,
    /// Whether it is part of the path, the query or the headers.
    pub place: Place,
    /// Name of its type.
    pub kind: &'static str,
    /// Whether it is required.
    pub required: bool,
    /// Default of the server, if known.
    pub default: Option<&'static str>,
    /// Description.
    pub about: &'static str,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Place {
    Path,
    Query,
    Header,
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Body {
    /// Encoding.
    pub kind: BodyKind,
    /// Name of its type.
    pub name: &'static str,
    /// Validates JSON against the type.
    pub check: fn(&[u8]) -> Check,
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As `application/x-www-form-urlencoded`.
    Form,
    /// As `multipart/form-data`, with the file in the field of this name.
    Multipart(&'static str),
}

/// The body of a response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Returns {
    /// Name of its type: a model, `[Model]`, `{Model}`, `nothing`, `bytes`, `text`, ...
    pub name: &'static str,
    /// Validates a response against the type.
    pub check: fn(&[u8]) -> Check,
    /// Whether the response may be empty although it has a type.
    pub empty: bool,
}

/// How long responses are paged.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Paging {
    /// What the parameter counts.
    pub style: PagingStyle,
    /// The parameter that requests the next page.
    pub param: &'static str,
    /// The member of the response that holds the next value of the parameter, if any.
    pub next: Option<&'static str>,
    /// One-sentence description.
    pub about: &'static str,
}

/// What a paging parameter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum PagingStyle {
    Offset,
    Cursor,
    Window,
}

/// Who observed an operation, and how.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// How certain it is.
    pub level: Level,
    /// Short names of the sources.
    pub by: &'static [&'static str],
    /// Date of the latest source, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub on: &'static str,
}

/// How certain it is that an operation works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// In the vendor's documentation.
    Documented,
    /// Observed in traffic or a live test.
    Seen,
    /// Reported by the code or documentation of a single client.
    Reported,
    /// Known to be refused.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_in_any_case() {
        assert_eq!("delete".parse(), Ok(Method::Delete));
        assert!("TRACE".parse::<Method>().unwrap_err().contains("TRACE"));
    }

    #[test]
    fn only_get_is_repeated_by_default() {
        assert_eq!(Operation::unlisted(Method::Get).retry, Retry::Safe);
        assert_eq!(Operation::unlisted(Method::Post).retry, Retry::Never);
    }

    #[test]
    fn operations_are_equal_by_id() {
        let other = Operation::new("unlisted.get", Method::Post, "/elsewhere");
        assert_eq!(*Operation::unlisted(Method::Get), other);
    }
}
