//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod column;
mod folder;
mod login;
mod project;
mod service;
mod tag;
mod write;
