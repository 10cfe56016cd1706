//! [`Resource`]: what checked writes need to know about a kind of object.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use ticktick_models::{BatchAnswer, Etag};
use ticktick_raw::{self as raw, Operation};

use crate::turn::Claim;
use crate::{Client, Error};

/// The result of one read, by key; `None` means that the object is gone.
pub(crate) type Found<R> = BTreeMap<String, Option<R>>;

/// A kind of object that the service stores in batches.
pub(crate) trait Resource: Clone + PartialEq + Serialize {
    /// Identifies an object.
    type Key: fmt::Display + PartialEq + AsRef<str> + for<'a> From<&'a str>;

    /// Name of the kind, such as `task`.
    const WHAT: &'static str;

    /// The operation that stores objects of this kind.
    const BATCH: Operation;

    /// Fields that the service sets itself, so that they differ after a write.
    const SERVER: &'static [&'static str];

    /// Returns the key.
    fn key(&self) -> &Self::Key;

    /// Sets the key under which the object was stored.
    fn set_key(&mut self, key: Self::Key);

    /// Returns the etag.
    fn etag(&self) -> Option<&Etag>;

    /// Sets the etag of the stored version.
    fn set_etag(&mut self, etag: Etag);

    /// Sets the time of the last change, because other devices may miss a change with an old time.
    fn touch(&mut self, now: jiff::Timestamp);

    /// Rejects values that the service would store although no client could use them. Unchanged values are not checked.
    fn check(&self, before: Option<&Self>) -> Result<(), Error>;

    /// Rejects references to objects that do not exist, because the service stores any id. Reads nothing for unchanged
    /// references.
    async fn check_references(&self, _client: &Client, _before: Option<&Self>) -> Result<(), Error> {
        Ok(())
    }

    /// Reads the object; [`Error::NotFound`] if it does not exist.
    async fn read(&self, client: &Client) -> Result<Self, Error>;

    /// Reads several objects in one call, if the service has such a call. May omit some or all of them.
    async fn read_many(_client: &Client, _objects: &[&Self]) -> Result<Found<Self>, Error> {
        Ok(Found::new())
    }

    /// Sends objects to create and objects to replace, in one call.
    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error>;
}

impl Claim {
    /// Claims one object.
    pub(crate) fn one<R: Resource>(key: &R::Key) -> Self {
        Self::default().and::<R>(key)
    }

    /// Claims all objects of a kind, if it is unknown which ones will be written.
    pub(crate) fn all<R: Resource>() -> Self {
        Self::default().and_all::<R>()
    }

    /// Claims one more object.
    pub(crate) fn and<R: Resource>(self, key: &R::Key) -> Self {
        self.named(R::WHAT, key.as_ref())
    }

    /// Claims all objects of one more kind.
    pub(crate) fn and_all<R: Resource>(self) -> Self {
        self.all_named(R::WHAT)
    }
}

/// A kind of object that the service returns only as a list of all.
pub(crate) trait Listed: Resource {
    /// Reads all objects of the kind.
    async fn list(client: &Client) -> Result<Vec<Self>, Error>;

    /// Sends the deletion of an object.
    async fn send_delete(client: &Client, key: &Self::Key) -> Result<BatchAnswer, raw::Error>;
}

/// Returns one object of a kind that the service returns only as a list.
pub(crate) async fn get<R: Listed>(client: &Client, key: &R::Key) -> Result<R, Error> {
    take(&mut R::list(client).await?, key)
}

/// Implements how a [`Listed`] kind is read and sent: in the batch type of the kind, by an operation of `ticktick-raw`.
/// New objects are converted by a function if the service takes them in another form.
macro_rules! sent_in {
    ($batch:ident, $send:path $(, $as_new:path)?) => {
        async fn read(&self, client: &$crate::Client) -> Result<Self, $crate::Error> {
            $crate::resource::get(client, $crate::resource::Resource::key(self)).await
        }

        async fn send(
            client: &$crate::Client,
            add: Vec<Self>,
            update: Vec<Self>,
        ) -> Result<ticktick_models::BatchAnswer, ticktick_raw::Error> {
            let mut batch = ticktick_models::$batch::default();
            batch.add.extend(add.into_iter()$(.map($as_new))?);
            batch.update.extend(update);
            $send(client.wire(), &batch).await
        }
    };
}

/// Implements how a [`Listed`] kind is deleted: in the batch type of the kind, by an operation of `ticktick-raw`.
macro_rules! deleted_in {
    ($batch:ident, $send:path) => {
        async fn send_delete(
            client: &$crate::Client,
            key: &Self::Key,
        ) -> Result<ticktick_models::BatchAnswer, ticktick_raw::Error> {
            let mut batch = ticktick_models::$batch::default();
            batch.delete.push(key.clone());
            $send(client.wire(), &batch).await
        }
    };
}

/// Implements [`Resource::touch`] for kinds that have the time of their last change.
macro_rules! touched {
    () => {
        fn touch(&mut self, now: jiff::Timestamp) {
            self.modified_time = ticktick_models::Timestamp::from(now).into();
        }
    };
}

/// Implements the parts of [`Resource`] that are equal for all kinds: key and etag.
macro_rules! keyed_by {
    ($member:ident: $key:ty) => {
        type Key = $key;

        fn key(&self) -> &$key {
            &self.$member
        }

        fn set_key(&mut self, key: $key) {
            self.$member = key;
        }

        fn etag(&self) -> Option<&ticktick_models::Etag> {
            self.etag.get()
        }

        fn set_etag(&mut self, etag: ticktick_models::Etag) {
            self.etag = etag.into();
        }
    };
}

pub(crate) use {deleted_in, keyed_by, sent_in, touched};

/// Takes an object out of a list by its key.
pub(crate) fn take<R: Resource>(all: &mut Vec<R>, key: &R::Key) -> Result<R, Error> {
    let at = all.iter().position(|one| one.key() == key);
    Ok(all.remove(at.ok_or_else(|| Error::not_found(R::WHAT, key))?))
}

/// Returns the objects of a list by their keys.
pub(crate) fn by_key<R: Resource>(objects: impl IntoIterator<Item = R>) -> Found<R> {
    objects.into_iter().map(|object| (object.key().to_string(), Some(object))).collect()
}
