//! Setters that the generated tables use to describe how an operation differs from [`Operation::new`].

use serde::Serialize;
use serde::de::DeserializeOwned;
use ticktick_models::{Inspect, check, check_bytes, check_nothing};

use super::{
    Auth, Body, BodyKind, Evidence, Host, Level, Method, Operation, Paging, PagingStyle, Param, Place, Retry, Returns,
};

impl Operation {
    pub(crate) const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Get, path)
    }

    pub(crate) const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Post, path)
    }

    pub(crate) const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Put, path)
    }

    pub(crate) const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Delete, path)
    }

    pub(crate) const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    pub(crate) const fn auth(self, auth: Auth) -> Self {
        Self { auth, ..self }
    }

    pub(crate) const fn host(self, host: Host) -> Self {
        Self { host, ..self }
    }

    pub(crate) const fn retry(self, retry: Retry) -> Self {
        Self { retry, ..self }
    }

    pub(crate) const fn reads(self, reads: bool) -> Self {
        Self { reads, ..self }
    }

    pub(crate) const fn params(self, params: &'static [Param]) -> Self {
        Self { params, ..self }
    }

    /// Sends a model as JSON.
    pub(crate) const fn json<T: DeserializeOwned + Serialize + Inspect>(self, name: &'static str) -> Self {
        Self { body: Some(Body { kind: BodyKind::Json, name, check: check::<T> }), ..self }
    }

    /// Sends a model as a form.
    pub(crate) const fn form<T: DeserializeOwned + Serialize + Inspect>(self, name: &'static str) -> Self {
        Self { body: Some(Body { kind: BodyKind::Form, name, check: check::<T> }), ..self }
    }

    /// Sends a file in the multipart field of this name.
    pub(crate) const fn multipart(self, part: &'static str) -> Self {
        Self { body: Some(Body { kind: BodyKind::Multipart(part), name: "bytes", check: check_bytes }), ..self }
    }

    /// Sets the model of the response.
    pub(crate) const fn returns<T: DeserializeOwned + Serialize + Inspect>(self, name: &'static str) -> Self {
        Self { returns: Returns { name, check: check::<T>, empty: false }, ..self }
    }

    /// Allows an empty response although the operation has a type.
    pub(crate) const fn or_nothing(self) -> Self {
        Self { returns: Returns { empty: true, ..self.returns }, ..self }
    }

    /// Expects an empty response.
    pub(crate) const fn returns_nothing(self) -> Self {
        Self { returns: Returns { name: "nothing", check: check_nothing, empty: true }, ..self }
    }

    /// Sets `bytes` or `text` as the type of the response.
    pub(crate) const fn returns_bytes(self, name: &'static str) -> Self {
        Self { returns: Returns { name, check: check_bytes, empty: false }, ..self }
    }

    pub(crate) const fn paging(
        self,
        style: PagingStyle,
        param: &'static str,
        next: Option<&'static str>,
        about: &'static str,
    ) -> Self {
        Self { paging: Some(Paging { style, param, next, about }), ..self }
    }

    pub(crate) const fn quirks(self, quirks: &'static [&'static str]) -> Self {
        Self { quirks, ..self }
    }

    pub(crate) const fn evidence(self, level: Level, by: &'static [&'static str], on: &'static str) -> Self {
        Self { evidence: Evidence { level, by, on }, ..self }
    }
}

impl Param {
    pub(crate) const fn path(name: &'static str, kind: &'static str, about: &'static str) -> Self {
        Self { name, place: Place::Path, kind, required: true, default: None, about }
    }

    pub(crate) const fn query(name: &'static str, kind: &'static str, about: &'static str) -> Self {
        Self { place: Place::Query, ..Self::path(name, kind, about) }
    }

    pub(crate) const fn header(name: &'static str, kind: &'static str, about: &'static str) -> Self {
        Self { place: Place::Header, ..Self::path(name, kind, about) }
    }

    /// Makes the parameter optional, with the default of the server if that is known.
    pub(crate) const fn optional(self, default: Option<&'static str>) -> Self {
        Self { required: false, default, ..self }
    }
}
