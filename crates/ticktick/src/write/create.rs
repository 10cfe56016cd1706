//! Creates: new objects have ids of ours, so that they can be sent again.

use ticktick_models::BatchAnswer;

use super::accept::accept;
use super::perform::is_outcome_unknown;
use crate::error::MAY_BE_CREATED;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::{add_under_taken_id, batch_item_errors, foreign_ids_replaced};
use crate::{Client, Error, id};

/// Stores a new object, whose id the client chose, and returns it as stored.
///
/// Because of that id, the object is sent again if the response is lost. If no response arrives, the error contains the
/// id.
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
        object.check_references(client, None).await?;
        return create(client, object).await;
    }
    id::check_text(R::WHAT, object.key().as_ref())?;
    let _turn = client.turn(Claim::one::<R>(object.key())).await;
    match object.read(client).await {
        Err(Error::NotFound { .. }) => {
            object.check_references(client, None).await?;
            create(client, object).await
        }
        found => found,
    }
}

/// Adds the id of an object that may have been created although no response arrived.
pub(super) fn unconfirmed(error: Error, id: &impl std::fmt::Display) -> Error {
    if error.as_raw().is_some_and(is_outcome_unknown) { error.unfinished(id, MAY_BE_CREATED) } else { error }
}

/// Sends new objects until a response arrives that refuses none of them.
pub(super) async fn add<R: Resource>(client: &Client, objects: &[R]) -> Result<BatchAnswer, Error> {
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
