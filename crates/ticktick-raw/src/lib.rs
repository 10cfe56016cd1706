#![doc = include_str!("../README.md")]
//!
//! # Errors
//!
//! Every function returns [`Error`], which names the operation and suggests what to do next:
//!
//! * [`Error::InvalidInput`] if the request cannot be built from the arguments; nothing was sent.
//! * [`Error::Send`] if no complete response arrived.
//! * [`Error::Api`] if the service refused the call, with its status and [`ErrorCode`].
//! * [`Error::Decode`] if the response cannot be decoded.
//!
//! # Quirks
//!
//! Where the service does something unexpected, the docs of a function link to a section of [`quirks`].
//!
//! # Semantic versioning
//!
//! Functions and models are generated from a description of the service, which gains members and operations without
//! notice: a minor version can add functions, fields and variants. The types of `ticktick-models`, `Timestamp` of jiff
//! 1, and tokio 1 as the runtime are part of the API. The libraries for HTTP, TLS and buffers (`bytes`) are internal:
//! bodies are `Vec<u8>` and slices, and no public signature names a type of theirs.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod api_error;
mod call;
mod decode;
mod encode;
mod error;
mod error_class;
mod error_codes;
#[rustfmt::skip]
mod generated;
pub mod http;
mod operation;
mod reader;
mod redact;
mod refusal;
mod request;
mod route;
mod sink;
mod source;
mod transport;

pub use api_error::ApiError;
pub use call::Call;
pub use error::{Error, SendKind};
pub use error_class::{ErrorClass, RetryAdvice};
pub use generated::*;
pub use operation::{
    Auth, Body, BodyKind, Evidence, Host, Level, Method, Operation, Paging, PagingStyle, Param, Place, Retry, Returns,
};
pub use reader::BodyReader;
pub use request::{FileUpload, Payload, Query, Request, Response};
pub use transport::{Pending, Transport};

pub(crate) use error_codes::error_codes;
pub(crate) use request::query;
