#![doc = include_str!("../README.md")]
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
