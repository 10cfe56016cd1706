//! The parts of the command line that process every task of a list: untrusted text, JSON, and the default order.
//!
//! Release builds compile this crate for speed, and the rest of the command line for size. Code with type parameters gains
//! nothing from this, because it is compiled where it is used.
//!
//! ```
//! use ticktick_output::{json, text};
//!
//! let title = "Call\u{202e} mom";
//! assert_eq!(text::shown(title), "Call\\u{202e} mom");
//! let mut out = Vec::new();
//! json::write_line(&title, &mut out)?;
//! assert_eq!(out, b"\"Call\\u202e mom\"\n");
//! # Ok::<(), std::io::Error>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod json;
pub mod rank;
pub mod text;
