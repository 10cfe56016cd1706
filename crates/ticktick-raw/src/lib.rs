//! One typed async function for each operation of the TickTick web API.
//!
//! A function names an [`Operation`] and hands its data to a [`Call`]; the call goes through any
//! [`Transport`]. [`http::Http`] is the transport that talks to the real service.
//!
//! ```
//! use ticktick_raw::{Operation, http::Http};
//!
//! let transport = Http::builder().build()?;
//! assert!(transport.session().is_none());
//! assert!(Operation::find("no.such_operation").is_none());
//! # Ok::<(), ticktick_raw::Error>(())
//! ```
//!
//! # Semantic versioning
//!
//! Functions and models are generated from a description of the service, which adds members and operations without notice:
//! a minor version can add functions, fields and variants. The types of `ticktick-models` are part of the API, and `Timestamp` of
//! jiff 1 and [tokio](https://tokio.rs) 1 as the runtime are, too. The HTTP library, the TLS library and the library for buffers
//! (`bytes`) are internal: bodies are `Vec<u8>` and slices, and no public signature names a type of theirs.
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
mod redact;
mod refusal;
mod request;
mod route;
mod sink;
mod transport;

pub use api_error::ApiError;
pub use call::Call;
pub use error::{Error, SendKind};
pub use error_class::{ErrorClass, RetryAdvice};
pub use generated::*;
pub use operation::{
    Auth, Body, BodyKind, Evidence, Host, Level, Method, Operation, Paging, PagingStyle, Param, Place, Retry, Returns,
};
pub use request::{FileUpload, Payload, Query, Request, Response};
pub use transport::{Pending, Transport};

pub(crate) use error_codes::error_codes;
pub(crate) use request::query;
