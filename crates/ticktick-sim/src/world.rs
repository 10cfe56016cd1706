//! The accounts of a simulator, their contents and the rules of the service.
//!
//! This layer does not know requests and responses. Read it from bottom to top:
//!
//! 1. `fields`, `json`, `day`, `clock`, `maker`, `readings` and `limits` are the foundations.
//! 2. `store` keeps objects as lossless JSON. `book` has the tables of an account, one file per resource.
//! 3. `account` is one account, and `state` all accounts with their sessions and shared projects.
//! 4. The other files are the rules: what a write changes, as methods of `Account`.

pub(crate) mod clock;
pub(crate) mod day;
pub(crate) mod denial;
pub(crate) mod fields;
pub(crate) mod item;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod lock;
pub(crate) mod maker;
pub(crate) mod near;
pub(crate) mod part;
pub(crate) mod readings;
pub(crate) mod totp;

pub(crate) mod book;
pub(crate) mod store;

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod open_access;
pub(crate) mod share;
pub(crate) mod shared_project;
pub(crate) mod state;

pub(crate) mod calendar;
pub(crate) mod column;
pub(crate) mod comment;
pub(crate) mod countdown;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod focus;
pub(crate) mod habit;
pub(crate) mod people;
pub(crate) mod project;
pub(crate) mod project_group;
pub(crate) mod tag;
pub(crate) mod task;
pub(crate) mod template;
pub(crate) mod user;
