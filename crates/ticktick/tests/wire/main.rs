//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod focus;
mod habit;
mod login;
mod service;
mod sundry;
mod write;
