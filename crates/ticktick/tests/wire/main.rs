//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod attachment;
mod batch;
mod comment;
mod history;
mod login;
mod place;
mod relogin;
mod service;
mod write;
