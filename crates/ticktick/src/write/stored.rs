//! [`Stored`]: the stored versions of several objects, read in as few calls as possible.

use crate::resource::{Found, Resource};
use crate::{Client, Error};

/// The stored versions of objects whose response was lost, or the reason why they cannot be read.
pub(crate) struct Stored<R>(Result<Found<R>, Error>);

impl<R: Resource> Stored<R> {
    /// Reads several objects together. One or two are read on demand instead, because a list may be long.
    pub(crate) async fn of(client: &Client, objects: &[&R]) -> Self {
        Self(match objects.len() {
            0..=2 => Ok(Found::new()),
            _ => R::read_many(client, objects).await,
        })
    }

    /// Returns an object; reads it by itself if it was not among the others.
    ///
    /// If the others could not be read, this one is not read either, because a failing service must not receive
    /// hundreds of calls.
    pub(crate) async fn get(&self, client: &Client, object: &R) -> Result<R, Error> {
        match self.0.as_ref().map(|found| found.get(object.key().as_ref())) {
            Ok(Some(found)) => found.clone().ok_or_else(|| Error::not_found(R::WHAT, object.key())),
            Ok(None) => object.read(client).await,
            Err(error) => Err(error.clone()),
        }
    }

    /// Returns whether an object was read with the others.
    pub(super) fn holds(&self, object: &R) -> bool {
        self.0.as_ref().is_ok_and(|found| found.contains_key(object.key().as_ref()))
    }
}
