//! Requests and responses as plain data, and what all handlers share.

pub(crate) mod batch;
pub(crate) mod call;
pub(crate) mod context;
pub(crate) mod forms;
pub(crate) mod multipart;
pub(crate) mod refusal;
pub(crate) mod reply;
pub(crate) mod route;
pub(crate) mod shape;
pub(crate) mod sign_on;
