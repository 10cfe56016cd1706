// A stand-in until `cargo xtask codegen` writes this folder.

mod error_code;
mod operations;
pub mod tag;

pub use error_code::ErrorCode;
pub use operations::{OPERATIONS, op};
