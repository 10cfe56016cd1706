//! One call of an operation: collects what goes in, sends it, reads what comes out.

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::operation::{BodyKind, Operation};
use crate::{Error, FileUpload, Payload, Query, Request, Response, Transport};
use crate::{encode, redact, refusal, route};

/// What cannot stand in a path as it is. A backslash would be read as a slash.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`')
    .add(b'{').add(b'|').add(b'}');

/// A call of an operation.
///
/// Mistakes, such as a missing path parameter, come out of the method that sends.
///
/// # Examples
///
/// ```
/// use ticktick_raw::{Call, Method, Operation};
///
/// static RENAME: Operation = Operation::new("own.rename", Method::Put, "/tag/{name}");
/// let request = Call::new(&RENAME).path("name", "a/b").query("now", &true).request()?;
/// assert_eq!(request.target(), "/tag/a%2Fb?now=true");
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    operation: &'static Operation,
    place: Option<String>,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Payload,
    mistake: Option<String>,
}

impl Call {
    /// Begins a call.
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            place: None,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Payload::Empty,
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

    /// Sends JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.body = Payload::Json(json),
            Err(error) => self.refuse(format!("the body is no JSON: {error}")),
        }
        self
    }

    /// Sends a form.
    pub fn form(mut self, body: &impl Serialize) -> Self {
        match encode::form(body) {
            Ok(form) => self.body = Payload::Form(form),
            Err(message) => self.refuse(message),
        }
        self
    }

    /// Sends a file, in the part that the operation names.
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

    /// Sends bytes as they are, under the type that the operation names, else as JSON; for tools.
    pub fn raw_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        self.body = match self.operation.body.map(|body| body.kind) {
            _ if body.is_empty() => Payload::Empty,
            Some(BodyKind::Form) => Payload::Form(String::from_utf8_lossy(&body).into_owned()),
            _ => Payload::Json(body),
        };
        self
    }

    /// Calls a concrete path, with or without a query, in place of the operation's template; for
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
            self.refuse("a path begins with `/`");
        } else if path.split(['/', '\\']).any(dots) {
            self.refuse("a path has no dot segments");
        }
        self.place = Some(utf8_percent_encode(path, PATH).to_string());
        self
    }

    /// Returns the request without sending it.
    ///
    /// # Errors
    ///
    /// If a path parameter is missing, unknown or not possible, or if the body cannot be encoded.
    pub fn request(self) -> Result<Request, Error> {
        let id = self.operation.id;
        if let Some(mistake) = self.mistake {
            return Err(Error::build(id, mistake));
        }
        let path = match self.place {
            Some(place) => place,
            None => filled(self.operation.path, &self.path)
                .map_err(|message| Error::build(id, message))?,
        };
        Ok(Request {
            operation: self.operation,
            path,
            query: self.query,
            headers: self.headers,
            body: self.body,
        })
    }

    /// Sends it and reads the answer.
    ///
    /// # Errors
    ///
    /// If it cannot be sent, is refused, or the answer is not an `R`.
    pub async fn decode<R: DeserializeOwned>(
        self,
        transport: &(impl Transport + ?Sized),
    ) -> Result<R, Error> {
        let operation = self.operation;
        read(operation, &self.answer(transport).await?)
    }

    /// Sends it and reads the answer, where an empty one or `null` is none.
    ///
    /// # Errors
    ///
    /// If it cannot be sent, is refused, or the answer is neither empty nor an `R`.
    pub async fn decode_optional<R: DeserializeOwned>(
        self,
        transport: &(impl Transport + ?Sized),
    ) -> Result<Option<R>, Error> {
        let operation = self.operation;
        let response = self.answer(transport).await?;
        match response.body.trim_ascii() {
            b"" | b"null" => Ok(None),
            _ => read(operation, &response).map(Some),
        }
    }

    /// Sends it and ignores the answer, unless that is a refusal.
    ///
    /// # Errors
    ///
    /// If it cannot be sent or is refused.
    pub async fn nothing(self, transport: &(impl Transport + ?Sized)) -> Result<(), Error> {
        self.answer(transport).await.map(drop)
    }

    /// Sends it and returns the answer as it is.
    ///
    /// # Errors
    ///
    /// If it cannot be sent or is refused.
    pub async fn bytes(self, transport: &(impl Transport + ?Sized)) -> Result<Vec<u8>, Error> {
        Ok(self.answer(transport).await?.body)
    }

    /// Sends it and returns the answer as text.
    ///
    /// # Errors
    ///
    /// If it cannot be sent, is refused, or the answer is not UTF-8.
    pub async fn text(self, transport: &(impl Transport + ?Sized)) -> Result<String, Error> {
        let operation = self.operation.id;
        let body = self.answer(transport).await?.body;
        String::from_utf8(body).map_err(|error| Error::Decode {
            operation,
            path: "$".into(),
            message: error.utf8_error().to_string(),
            excerpt: redact::excerpt(error.as_bytes(), error.utf8_error().valid_up_to(), &[]),
        })
    }

    /// Sends it and returns the answer, refusal or not.
    ///
    /// # Errors
    ///
    /// If it cannot be sent or gets no answer.
    pub async fn send(self, transport: &(impl Transport + ?Sized)) -> Result<Response, Error> {
        transport.send(self.request()?).await
    }

    async fn answer(self, transport: &(impl Transport + ?Sized)) -> Result<Response, Error> {
        let operation = self.operation;
        let response = self.send(transport).await?;
        match refusal::refusal(operation, &response) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(response),
        }
    }

    /// Keeps the first mistake.
    fn refuse(&mut self, mistake: impl Into<String>) {
        self.mistake.get_or_insert(mistake.into());
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

fn read<R: DeserializeOwned>(operation: &Operation, response: &Response) -> Result<R, Error> {
    serde_json::from_slice(&response.body)
        .map_err(|error| refusal::not_decoded(operation, response, &error))
}

/// Puts values into a template.
fn filled(template: &str, values: &[(String, String)]) -> Result<String, String> {
    let segments: Vec<&str> = template.split('/').collect();
    if let Some((name, _)) = values
        .iter()
        .find(|(name, _)| !segments.iter().any(|segment| route::parameter(segment) == Some(name)))
    {
        return Err(format!("`{template}` has no parameter `{name}`"));
    }
    let mut path = String::with_capacity(template.len() + 32);
    for (index, segment) in segments.into_iter().enumerate() {
        if index > 0 {
            path.push('/');
        }
        let Some(name) = route::parameter(segment) else {
            path.push_str(segment);
            continue;
        };
        let value = values.iter().find(|(known, _)| known == name);
        let (_, value) = value.ok_or_else(|| format!("the path parameter `{name}` is missing"))?;
        let value = encode::segment(value);
        path.push_str(&value.map_err(|why| format!("the path parameter `{name}` {why}"))?);
    }
    Ok(path)
}
