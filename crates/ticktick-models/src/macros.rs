//! Gives generated types their behavior, so that a generated file holds data only.

mod enums;
mod id;
mod object;
mod shapes;
pub(crate) mod support;
pub(crate) mod text;

pub(crate) use enums::{integer_enum, text_enum};
pub(crate) use id::id;
pub(crate) use object::object;
pub(crate) use shapes::shapes;
