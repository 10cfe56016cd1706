//! Contents that are generated or read from files: demo, synthetic accounts, seeds, dumps and data files.

pub(crate) mod data;
pub(crate) mod demo;
pub(crate) mod dump;
pub(crate) mod recipe;
pub(crate) mod seed;
pub(crate) mod synthetic;
