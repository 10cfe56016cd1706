//! A request whose operation is known.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use ticktick_raw::Operation;

use crate::exchange::refusal::Refusal;
use crate::world::access::Session;

/// A request before routing.
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Path and query, encoded.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns a cookie from any of the `Cookie` headers.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case("cookie"))
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Returns the header `X-Device`, if it is a JSON object.
    pub(crate) fn device(&self) -> Option<Map<String, Value>> {
        serde_json::from_str(self.header("x-device")?).ok()
    }

    pub(crate) fn device_id(&self) -> Option<String> {
        Some(self.device()?.get("id")?.as_str()?.to_owned())
    }

    fn query(&self) -> Vec<(String, String)> {
        pairs(self.target.split_once('?').map_or("", |(_, query)| query))
    }
}

/// Parses the pairs of a query or a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// Decodes a part of a query, in which a plus is a space.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// A call of an operation.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    pub(crate) now: Timestamp,
    pub(crate) session: Option<Session>,
    incoming: Incoming,
    places: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
}

impl Call {
    pub(crate) fn new(
        operation: &'static Operation,
        places: Vec<(&'static str, String)>,
        incoming: Incoming,
        now: Timestamp,
        session: Option<Session>,
    ) -> Self {
        let query = incoming.query();
        Self { operation, now, session, incoming, places, query }
    }

    /// Returns a path parameter, decoded.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.places.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// Returns a parameter of the query that is present and not empty.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Returns a number in the query, or a default.
    pub(crate) fn number(&self, name: &str, default: i64) -> Result<i64, Refusal> {
        self.query(name).map_or(Ok(default), |text| text.parse().map_err(|_| Refusal::senseless()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.incoming.header(name)
    }

    pub(crate) fn device(&self) -> Option<Map<String, Value>> {
        self.incoming.device()
    }

    /// Returns the body as sent.
    pub(crate) fn body(&self) -> &[u8] {
        &self.incoming.body
    }

    /// Returns a field of the form in the body that is present and not empty.
    pub(crate) fn form(&self, name: &str) -> Option<String> {
        let fields = pairs(std::str::from_utf8(&self.incoming.body).ok()?);
        fields.into_iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value)
    }

    /// Parses the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.incoming.body).map_err(|_| Refusal::senseless())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_queries_are_read() {
        let incoming = Incoming {
            method: "GET".into(),
            target: "/a?from=2026-03-01+00%3A00%3A00&to=&x".into(),
            headers: vec![("cookie".into(), "oai=1; t=AB=C;_csrf_token=d".into())],
            body: Vec::new(),
        };
        assert_eq!(incoming.path(), "/a");
        assert_eq!(incoming.cookie("t"), Some("AB=C"));
        assert_eq!(incoming.cookie("_csrf_token"), Some("d"));
        assert_eq!(incoming.cookie("T"), None);
        assert_eq!(incoming.query()[0], ("from".into(), "2026-03-01 00:00:00".into()));
    }
}
