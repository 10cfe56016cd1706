//! Handlers of the private API, one file per resource: each reads the call, asks the world and shapes the response.

mod attachment;
mod auth;
mod calendar;
mod column;
mod comment;
mod countdown;
mod days;
mod filter;
mod focus;
mod habit;
mod project;
mod project_group;
mod search;
mod share;
mod statistics;
mod sync;
mod tag;
mod task;
mod template;
mod user;
