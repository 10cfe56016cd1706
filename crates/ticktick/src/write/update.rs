//! Updates of one object, which was read before.

use super::accept::accept;
use super::perform::is_outcome_unknown;
use super::reconcile::{Outcome, reconcile};
use super::stored::Stored;
use crate::resource::{Listed, Resource, get};
use crate::turn::Claim;
use crate::workaround::batch_item_errors;
use crate::{Client, Error};

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

/// Changes an object of a kind that the service returns only as a list, like [`change`].
pub(crate) async fn change_listed<R: Listed>(
    client: &Client,
    key: &R::Key,
    change: impl FnOnce(&mut R),
) -> Result<R, Error> {
    let change = |object: &mut R| {
        change(object);
        Ok(())
    };
    self::change(client, key, get::<R>(client, key), change).await
}

/// Stores a changed object while the caller holds its lock. If nothing differs, nothing is sent.
pub(crate) async fn store<R: Resource>(client: &Client, before: R, changed: R) -> Result<R, Error> {
    if changed == before {
        return Ok(before);
    }
    changed.check(Some(&before))?;
    changed.check_references(client, Some(&before)).await?;
    update(client, &before, changed).await
}

/// Replaces a stored object, which was just read as `before`, and returns it with its new etag.
///
/// If the response is lost, the object is read back before it is sent again.
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
