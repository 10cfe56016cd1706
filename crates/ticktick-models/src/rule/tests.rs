//! Rules as text, and what they find.

mod describing;
mod matching;
mod text;
