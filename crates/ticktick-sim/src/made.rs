//! Contents that are made up or read from files: demo, generated accounts, seeds, dumps and data files.

pub(crate) mod data;
pub(crate) mod demo;
pub(crate) mod dump;
pub(crate) mod recipe;
pub(crate) mod seed;
pub(crate) mod synthetic;
