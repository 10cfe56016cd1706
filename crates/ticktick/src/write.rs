//! Checked writes: objects are sent whole, and a 200 counts as success only if the answer names them.

mod delete;
mod many;
mod replace;
mod stored;

use ticktick_models::{BatchAnswer, Etag};
use ticktick_raw::{self as raw, Operation, SendKind};

pub(crate) use self::delete::{delete, delete_found};
pub(crate) use self::many::{MOST, create_all, update_all};
pub(crate) use self::replace::{Decision, Newer, decide, replace, replace_read};
pub(crate) use self::stored::{Found, Stored, by_key};
use crate::fields::{kept, lost};
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::{add_under_taken_id, batch_empty_maps, batch_item_errors, foreign_ids_replaced};
use crate::{Client, Error, id};

/// Stores a new object, whose id the client chose, and returns it as stored.
///
/// Because of that id, the object is sent again if the answer is lost. If no answer arrives, the error contains the id.
pub(crate) async fn create<R: Resource>(client: &Client, mut object: R) -> Result<R, Error> {
    object.check(None)?;
    let answer = add(client, std::slice::from_ref(&object)).await;
    let answer = answer.map_err(|error| unconfirmed(error, object.key()))?;
    object.set_key(foreign_ids_replaced::stored_key(&answer, object.key()));
    accept(client, None, object, &answer).await
}

/// Stores a new object. If the caller chose its id and an earlier attempt stored it, the stored object is returned
/// unchanged.
pub(crate) async fn create_drafted<R: Resource>(client: &Client, object: R, has_id: bool) -> Result<R, Error> {
    if !has_id {
        return create(client, object).await;
    }
    id::check_text(R::WHAT, object.key().as_ref())?;
    let _turn = client.turn(Claim::one::<R>(object.key())).await;
    match object.read(client).await {
        Err(Error::NotFound { .. }) => create(client, object).await,
        found => found,
    }
}

/// Adds the id of an object that may have been created although no answer arrived.
fn unconfirmed(error: Error, id: &impl std::fmt::Display) -> Error {
    if error.as_raw().is_some_and(is_outcome_unknown) { error.unfinished(id, "may have been created") } else { error }
}

/// Sends new objects until an answer arrives that refuses none of them.
async fn add<R: Resource>(client: &Client, objects: &[R]) -> Result<BatchAnswer, Error> {
    let mut tries = client.tries();
    let mut answer = loop {
        match R::send(client, objects.to_vec(), Vec::new()).await {
            Err(error) if tries > 1 && is_outcome_unknown(&error) => tries -= 1,
            answer => break answer?,
        }
    };
    if tries < client.tries() {
        add_under_taken_id::confirm(client, objects, &mut answer).await;
    }
    batch_item_errors::check(&R::BATCH, &answer)?;
    Ok(answer)
}

/// Reads an object while holding its lock, changes it and stores it. If nothing differs, nothing is sent.
pub(crate) async fn change<R: Resource>(
    client: &Client,
    key: &R::Key,
    read: impl Future<Output = Result<R, Error>>,
    change: impl FnOnce(&mut R) -> Result<(), Error>,
) -> Result<R, Error> {
    let _turn = client.turn(Claim::one::<R>(key)).await;
    let before = read.await?;
    let mut changed = before.clone();
    change(&mut changed)?;
    store(client, before, changed).await
}

/// Stores a changed object while the caller holds its lock. If nothing differs, nothing is sent.
pub(crate) async fn store<R: Resource>(client: &Client, before: R, changed: R) -> Result<R, Error> {
    if changed == before {
        return Ok(before);
    }
    changed.check(Some(&before))?;
    update(client, &before, changed).await
}

/// Replaces a stored object, which was just read as `before`, and returns it with its new etag.
///
/// If the answer is lost, the object is read back before it is sent again.
pub(crate) async fn update<R: Resource>(client: &Client, before: &R, mut object: R) -> Result<R, Error> {
    object.touch(client.now());
    let mut tries = client.tries();
    loop {
        match R::send(client, Vec::new(), vec![object.clone()]).await {
            Err(error) if tries > 1 && is_outcome_unknown(&error) => {
                match reconcile(client, &object, &Stored::of(client, &[&object]).await).await {
                    Outcome::Applied(etag) => {
                        object.set_etag(etag);
                        return Ok(object);
                    }
                    Outcome::NotApplied => tries -= 1,
                    Outcome::Unknown => return Err(error.into()),
                }
            }
            answer => {
                let answer = answer?;
                batch_item_errors::check(&R::BATCH, &answer)?;
                return accept(client, Some(before), object, &answer).await;
            }
        }
    }
}

/// Sends a write without an object, such as a delete; `is_done` reads whether it was applied.
///
/// If the answer is lost, calls `is_done` before the write is sent again.
// These are closures that return futures, because those of `AsyncFn` are not known to be `Send`.
pub(crate) async fn perform<T, S, D>(client: &Client, send: impl Fn() -> S, is_done: impl Fn() -> D) -> Result<T, Error>
where
    S: Future<Output = Result<T, raw::Error>>,
    D: Future<Output = Result<Option<T>, Error>>,
{
    let mut tries = client.tries();
    loop {
        match send().await {
            Err(error) if tries > 1 && is_outcome_unknown(&error) => match is_done().await {
                Ok(Some(answer)) => return Ok(answer),
                Ok(None) => tries -= 1,
                Err(_) => return Err(error.into()),
            },
            answer => return Ok(answer?),
        }
    }
}

/// Checks an answer to a delete, which names only what was refused.
pub(crate) fn check_deleted(operation: &Operation, answer: &BatchAnswer) -> Result<(), Error> {
    batch_item_errors::check(operation, answer)
}

/// Returns whether a call may have been applied although it failed.
pub(crate) fn is_outcome_unknown(error: &raw::Error) -> bool {
    match error {
        raw::Error::Send { kind, .. } => *kind != SendKind::Connect,
        raw::Error::Decode { .. } => true,
        // If the service names a time, the write is not sent again before it.
        raw::Error::Api(error) => {
            error.code.is_none() && error.status >= 500 && error.retry_after.is_none_or(|wait| wait.is_zero())
        }
        _ => false,
    }
}

/// Takes the new etag from an answer and, if writes are verified, compares what is stored.
async fn accept<R: Resource>(
    client: &Client,
    before: Option<&R>,
    mut object: R,
    answer: &BatchAnswer,
) -> Result<R, Error> {
    let etag = batch_empty_maps::stored(&R::BATCH, answer, object.key().as_ref())?;
    object.set_etag(etag);
    if client.verifies_writes() {
        let stored = object.read(client).await?;
        compare(before, &object, &stored)?;
        if before.is_none() {
            // Includes what the service added to a new object; otherwise a later update would seem to omit it.
            return Ok(stored);
        }
    }
    Ok(object)
}

/// Compares what was sent with what is stored, including fields that were stored before and omitted.
pub(crate) fn compare<R: Resource>(before: Option<&R>, sent: &R, stored: &R) -> Result<(), Error> {
    let kept = || kept(before?, sent, stored, R::SERVER);
    match lost(sent, stored, R::SERVER).or_else(kept) {
        None => Ok(()),
        Some(lost) => Err(Error::FieldLost {
            operation: R::BATCH.id,
            id: sent.key().to_string(),
            field: lost.field,
            sent: lost.sent,
            stored: lost.stored,
        }),
    }
}

/// The outcome of an update whose answer was lost.
pub(crate) enum Outcome {
    /// The update was applied.
    Applied(Etag),
    /// The update was not applied, and no other client changed the object.
    NotApplied,
    /// The outcome is unknown.
    Unknown,
}

/// Determines the outcome of an update whose answer was lost.
///
/// If objects that were read together leave the outcome open, the object is read by itself.
pub(crate) async fn reconcile<R: Resource>(client: &Client, sent: &R, stored: &Stored<R>) -> Outcome {
    match stored.get(client, sent).await.map_or(Outcome::Unknown, |found| judge(sent, &found)) {
        Outcome::Unknown if stored.holds(sent) => {
            sent.read(client).await.map_or(Outcome::Unknown, |found| judge(sent, &found))
        }
        outcome => outcome,
    }
}

/// Compares what was sent with what is stored to decide whether the update was applied.
fn judge<R: Resource>(sent: &R, stored: &R) -> Outcome {
    match stored.etag() {
        Some(etag) if lost(sent, stored, R::SERVER).is_none() => Outcome::Applied(etag.clone()),
        // Without an etag it is unknown whether this is the version that was read.
        Some(etag) if Some(etag) == sent.etag() => Outcome::NotApplied,
        _ => Outcome::Unknown,
    }
}
