//! Deletes, which the service answers in the same way whether or not the object existed.

use ticktick_models::BatchAnswer;
use ticktick_raw::{self as raw, Operation};

use super::perform::{check_deleted, perform};
use crate::resource::{Listed, get};
use crate::turn::Claim;
use crate::{Client, Error};

/// Deletes an object while holding its lock.
pub(crate) async fn delete<R: Listed>(client: &Client, key: &R::Key) -> Result<(), Error> {
    let _turn = client.turn(Claim::one::<R>(key)).await;
    get::<R>(client, key).await?;
    delete_listed::<R>(client, key).await
}

/// Deletes an object that was just found, while the caller holds its lock.
pub(crate) async fn delete_listed<R: Listed>(client: &Client, key: &R::Key) -> Result<(), Error> {
    let find = || get::<R>(client, key);
    delete_found(client, key.as_ref(), &R::BATCH, find, || R::send_delete(client, key)).await
}

/// Deletes an object that was just found, while the caller holds its lock.
///
/// If the response is lost, calls `find` to learn whether the object was deleted. If writes are verified, calls it
/// again.
pub(crate) async fn delete_found<T, F, S>(
    client: &Client,
    id: &str,
    operation: &Operation,
    find: impl Fn() -> F,
    send: impl Fn() -> S,
) -> Result<(), Error>
where
    F: Future<Output = Result<T, Error>>,
    S: Future<Output = Result<BatchAnswer, raw::Error>>,
{
    let is_done = || async { Ok(is_gone(find().await)?.then(BatchAnswer::default)) };
    check_deleted(operation, &perform(client, send, is_done).await?)?;
    if !client.verifies_writes() || is_gone(find().await)? {
        Ok(())
    } else {
        Err(Error::NotApplied { operation: operation.id, id: id.to_owned() })
    }
}

/// Returns whether nothing was found.
fn is_gone<T>(found: Result<T, Error>) -> Result<bool, Error> {
    match found {
        Err(Error::NotFound { .. }) => Ok(true),
        found => found.map(|_| false),
    }
}
