//! One call of an operation: collects the arguments, sends the request, and decodes the response.

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::operation::{BodyKind, Operation};
use crate::reader::Shared;
use crate::{Error, FileUpload, Payload, Query, Request, Response, Transport};
use crate::{decode, encode, route};

/// Characters that must be escaped in a path. Some servers read a backslash as a slash.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A call of an operation.
///
/// Invalid arguments, such as a missing path parameter, are reported by the method that sends the call.
///
/// # Examples
///
/// ```
/// use ticktick_raw::{Call, Method, Operation};
///
/// static RENAME: Operation = Operation::new("own.rename", Method::Put, "/tag/{name}");
/// let call = Call::new(&RENAME).path("name", "a/b").query("now", &true).header("x-a", "b").json(&[1]);
/// let request = call.request()?;
/// assert_eq!(request.target(), "/tag/a%2Fb?now=true");
/// assert_eq!(request.header("x-a"), Some("b"));
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
///
/// The body may be JSON, a file, a form, or raw bytes:
///
/// ```
/// use std::collections::BTreeMap;
/// use ticktick_raw::{Call, FileUpload, Payload, op, task};
///
/// let options = task::GetOptions::default();
/// assert!(Call::new(&op::TASK_GET).path("taskId", "a").options(&options).request()?.query.is_empty());
/// let form = Call::new(&op::OPEN_EXCHANGE_CODE).form(&BTreeMap::from([("code", "0123")])).request()?;
/// assert!(matches!(form.body, Payload::Form(text) if text == "code=0123"));
/// let own = Call::new(&op::TASK_BATCH).raw_body(r#"{"add":[]}"#).request()?;
/// assert!(matches!(own.body, Payload::Json(json) if json == br#"{"add":[]}"#));
/// let file = Call::new(&op::ATTACHMENT_UPLOAD).at("/upload").file(FileUpload::new("a.txt", "text/plain", "hello"));
/// assert!(matches!(file.request()?.body, Payload::File { .. }));
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    pub(crate) operation: &'static Operation,
    place: Option<String>,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Payload,
    pub(crate) reader: Option<Shared>,
    mistake: Option<String>,
}

impl Call {
    /// Starts a call.
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            place: None,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Payload::Empty,
            reader: None,
            mistake: None,
        }
    }

    /// Sets a path parameter.
    pub fn path(mut self, name: &str, value: &(impl Display + ?Sized)) -> Self {
        self.path.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &(impl Display + ?Sized)) -> Self {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds the query parameters that are set.
    pub fn options(mut self, options: &impl Query) -> Self {
        let pairs = options.pairs().into_iter();
        self.query.extend(pairs.map(|(name, value)| (name.to_owned(), value)));
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &(impl Display + ?Sized)) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets a JSON body. Bytes that were not UTF-8 in an earlier response are written back unchanged.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.body = Payload::Json(ticktick_models::restore_bytes(json)),
            Err(error) => self.refuse(format!("the body is not JSON: {error}")),
        }
        self
    }

    /// Sets a form body.
    pub fn form(mut self, body: &impl Serialize) -> Self {
        match encode::form(body) {
            Ok(form) => self.body = Payload::Form(form),
            Err(message) => self.refuse(message),
        }
        self
    }

    /// Attaches a file, in the multipart field that the operation defines.
    pub fn file(mut self, upload: FileUpload) -> Self {
        let part = match self.operation.body {
            Some(body) => match body.kind {
                BodyKind::Multipart(part) => part,
                _ => "file",
            },
            None => "file",
        };
        self.body = Payload::File { part: part.to_owned(), upload };
        self
    }

    /// Sets raw bytes as the body, with the operation's content type or else JSON. Intended for tools.
    pub fn raw_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        self.body = match self.operation.body.map(|body| body.kind) {
            _ if body.is_empty() => Payload::Empty,
            Some(BodyKind::Form) => Payload::Form(String::from_utf8_lossy(&body).into_owned()),
            _ => Payload::Json(body),
        };
        self
    }

    /// Calls a concrete path, with or without a query, instead of the operation's template. Intended for
    /// tools.
    ///
    /// ```
    /// use ticktick_raw::{Call, Method, Operation};
    ///
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/tags?a=b%20c");
    /// assert_eq!(call.request()?.target(), "/api/v2/tags?a=b%20c");
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn at(mut self, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.query.push((encode::decoded(name), encode::decoded(value)));
        }
        let dots = |segment| matches!(encode::decoded(segment).as_str(), "." | "..");
        if !path.starts_with('/') {
            self.refuse("the path must start with `/`");
        } else if path.split(['/', '\\']).any(dots) {
            self.refuse("the path must not contain dot segments");
        }
        self.place = Some(utf8_percent_encode(path, PATH).to_string());
        self
    }

    /// Returns the request without sending it.
    ///
    /// # Errors
    ///
    /// If a path parameter is missing, unknown or invalid, or if the body cannot be encoded.
    pub fn request(self) -> Result<Request, Error> {
        let id = self.operation.id;
        if let Some(mistake) = self.mistake {
            return Err(Error::invalid_input(id, mistake));
        }
        let path = match self.place {
            Some(place) => place,
            None => {
                route::filled(self.operation.path, &self.path).map_err(|message| Error::invalid_input(id, message))?
            }
        };
        let request = Request::new(self.operation, path);
        Ok(Request { query: self.query, headers: self.headers, body: self.body, reader: self.reader, ..request })
    }

    /// Sends the call and decodes the response.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused, or the response is not an `R`. Members that do not fit their
    /// types are kept aside, see [`decode_lenient`](ticktick_models::decode_lenient).
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/projects");
    /// let projects: Vec<serde_json::Value> = call.decode(transport).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn decode<R: DeserializeOwned>(self, transport: &(impl Transport + ?Sized)) -> Result<R, Error> {
        let operation = self.operation;
        decode::read(operation, &self.answer(transport).await?, transport)
    }

    /// Sends the call and decodes the response; an empty one or `null` becomes `None`.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused, or the response is neither empty nor an `R`.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/open/v1/project/1/task/2");
    /// let task: Option<serde_json::Value> = call.decode_optional(transport).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn decode_optional<R: DeserializeOwned>(
        self,
        transport: &(impl Transport + ?Sized),
    ) -> Result<Option<R>, Error> {
        let operation = self.operation;
        let response = self.answer(transport).await?;
        match response.body.trim_ascii() {
            b"" | b"null" => Ok(None),
            _ => decode::read(operation, &response, transport).map(Some),
        }
    }

    /// Sends the call and ignores the response unless it is a refusal.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Delete)).at("/api/v2/trash/cleanUp");
    /// call.nothing(transport).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn nothing(self, transport: &(impl Transport + ?Sized)) -> Result<(), Error> {
        self.answer(transport).await.map(drop)
    }

    /// Sends the call and returns the raw response.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v1/attachment/1/2/3");
    /// let file: Vec<u8> = call.bytes(transport).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(self, transport: &(impl Transport + ?Sized)) -> Result<Vec<u8>, Error> {
        Ok(self.answer(transport).await?.body)
    }

    /// Sends the call and returns the response as text.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused, or the response is not UTF-8.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/data/export");
    /// let csv: String = call.text(transport).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(self, transport: &(impl Transport + ?Sized)) -> Result<String, Error> {
        let operation = self.operation;
        decode::text(operation, self.answer(transport).await?)
    }

    /// Sends the call and returns the response, even if it is a refusal.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or receives no response.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Method, Operation, Transport};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/user/status");
    /// println!("HTTP {}", call.send(transport).await?.status);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(self, transport: &(impl Transport + ?Sized)) -> Result<Response, Error> {
        transport.send(self.request()?).await
    }

    /// Records the first invalid argument.
    fn refuse(&mut self, mistake: impl Into<String>) {
        self.mistake.get_or_insert(mistake.into());
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use crate::operation::Body;

    static ITEM: Operation = Operation::new("x.item", Method::Get, "/p/{p}/task/{t}/");

    fn target(call: Call) -> String {
        call.request().unwrap().target()
    }

    fn mistake(call: Call) -> String {
        let error = call.request().unwrap_err();
        assert!(matches!(error, Error::InvalidInput { operation: "x.item", .. }), "{error:?}");
        error.to_string()
    }

    #[test]
    fn values_fill_the_path() {
        let call = Call::new(&ITEM).path("t", "ü/..").path("p", &7).query("q", "a b");
        assert_eq!(target(call), "/p/7/task/%C3%BC%2F../?q=a%20b");
    }

    #[test]
    fn mistakes_come_out_before_sending() {
        let half = || Call::new(&ITEM).path("p", "1");
        assert!(mistake(half()).contains("`t` is missing"));
        assert!(mistake(half().path("t", "")).contains("`t` is empty"));
        assert!(mistake(half().path("t", "..")).contains("dot segment"));
        assert!(mistake(half().path("t", "2").path("x", "3")).contains("no parameter `x`"));
        assert!(mistake(half().path("t", "2").form(&[1])).contains("object"));
        assert!(mistake(Call::new(&ITEM).at("x")).contains("start with"));
        for path in ["/a/../b", "/a/%2e%2E/b", "/a\\..\\b", "/."] {
            assert!(mistake(Call::new(&ITEM).at(path)).contains("dot"), "{path}");
        }
    }

    #[test]
    fn concrete_paths_stay_as_they_are() {
        let call = Call::new(&ITEM).at("/a%20b/c d?x=1&y=%26&z");
        assert_eq!(target(call), "/a%20b/c%20d?x=1&y=%26&z=");
        assert_eq!(target(Call::new(&ITEM).at("/a\\b#c")), "/a%5Cb%23c");
    }

    #[test]
    fn raw_bodies_have_the_type_of_the_operation() {
        static FORM: Operation = {
            let mut operation = Operation::new("x.form", Method::Post, "/x");
            let check = ticktick_models::check_bytes;
            operation.body = Some(Body { kind: BodyKind::Form, name: "X", check });
            operation
        };
        let body = |call: Call| call.at("/x").request().unwrap().body;
        assert!(matches!(body(Call::new(&FORM).raw_body("a=b")), Payload::Form(_)));
        assert!(matches!(body(Call::new(&ITEM).raw_body("{}")), Payload::Json(_)));
        assert!(matches!(body(Call::new(&ITEM).raw_body("")), Payload::Empty));
    }
}
