//! Deletes, which the service answers in the same way whether or not the object existed.

use ticktick_models::BatchAnswer;
use ticktick_raw::{self as raw, Operation};

use super::perform::{check_deleted, perform};
use crate::turn::Claim;
use crate::{Client, Error};

/// Deletes an object while holding its lock, after `find` has found it.
pub(crate) async fn delete<T, F, S>(
    client: &Client,
    (claim, id): (Claim, &str),
    operation: &Operation,
    find: impl Fn() -> F,
    send: impl Fn() -> S,
) -> Result<(), Error>
where
    F: Future<Output = Result<T, Error>>,
    S: Future<Output = Result<BatchAnswer, raw::Error>>,
{
    let _turn = client.turn(claim).await;
    find().await?;
    delete_found(client, id, operation, find, send).await
}

/// Deletes an object that was just found, while the caller holds its lock.
///
/// If the answer is lost, calls `find` to learn whether the object was deleted. If writes are verified, calls it again.
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
