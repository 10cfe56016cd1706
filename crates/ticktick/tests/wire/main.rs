//! What goes over the wire, exactly, and what is made of answers that are not what they seem.
#![allow(clippy::unwrap_used)]

mod attachment;
mod batch;
mod column;
mod comment;
mod filter;
mod focus;
mod folder;
mod habit;
mod history;
mod login;
mod odd;
mod place;
mod project;
mod relogin;
mod search;
mod series;
mod service;
mod sundry;
mod sync;
mod tag;
mod task;
mod write;
