//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod filter;
mod login;
mod search;
mod service;
mod sync;
mod write;
