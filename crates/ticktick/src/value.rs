//! The building blocks of model types: members that may be absent, open JSON, exact numbers and hidden texts.
//!
//! A member of an object is a [`Field`], a [`List`] or a [`Map`], which remember whether it was absent or null. Members
//! that this version does not know are in the object's [`Extra`].
//!
//! ```
//! use ticktick::Task;
//! use ticktick::value::Field;
//!
//! let mut task = Task::new("6247ee29630c800f064fd145", "inbox");
//! assert_eq!(task.desc, Field::Absent);
//! task.desc.set("For the weekend");
//! assert!(task.desc.is_some_and(|text| text.starts_with("For")));
//! ```

#[doc(inline)]
pub use ticktick_models::{
    Answer, AsId, Etag, Extra, Field, Json, List, Map, Number, Odd, Private, QueryTime, Secret, TextOrInt, UnknownName,
};
