//! Quick add: the samples, a table of cases for each rule, and properties.
#![allow(clippy::unwrap_used)]

mod samples;
mod world;
