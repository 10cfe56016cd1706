//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod attachment;
mod batch;
mod column;
mod comment;
mod folder;
mod history;
mod login;
mod place;
mod project;
mod relogin;
mod series;
mod service;
mod tag;
mod task;
mod write;
