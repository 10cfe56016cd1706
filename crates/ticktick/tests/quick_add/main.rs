//! Quick add: the samples, a table of cases for each rule, and properties.
#![allow(clippy::unwrap_used)]

mod cases;
mod options;
mod properties;
mod samples;
mod world;
