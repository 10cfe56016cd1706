//! Writes of several objects of a kind in one call.

use super::accept::accept;
use super::create::{add, unconfirmed};
use super::perform::is_outcome_unknown;
use super::reconcile::{Outcome, reconcile};
use super::stored::Stored;
use crate::resource::Resource;
use crate::workaround::batch_item_errors;
use crate::{Client, Error};

/// Maximum number of objects in one call.
pub(crate) const MOST: usize = 200;

/// Stores new objects, whose ids the client chose, and returns them as stored.
pub(crate) async fn create_all<R: Resource>(client: &Client, mut objects: Vec<R>) -> Result<Vec<R>, Error> {
    objects.iter().try_for_each(|object| object.check(None))?;
    let answer = add(client, &objects).await;
    // The last object is the one that the caller asked for; it needs the others.
    let answer = answer.map_err(|error| match objects.last() {
        Some(object) => unconfirmed(error, object.key()),
        None => error,
    })?;
    for object in &mut objects {
        *object = accept(client, None, object.clone(), &answer).await?;
    }
    Ok(objects)
}

/// Replaces stored objects, which were read before, and returns them with their new etags, in the same order.
///
/// If the response is lost, they are read back together before they are sent again. An empty list sends nothing.
pub(crate) async fn update_all<R: Resource>(client: &Client, objects: Vec<R>) -> Result<Vec<R>, Error> {
    let mut stored = Vec::with_capacity(objects.len());
    for chunk in objects.chunks(MOST) {
        stored.extend(update_some(client, chunk.to_vec()).await?);
    }
    Ok(stored)
}

/// Replaces as many objects as fit into one call.
async fn update_some<R: Resource>(client: &Client, mut objects: Vec<R>) -> Result<Vec<R>, Error> {
    objects.iter_mut().for_each(|object| object.touch(client.now()));
    let mut tries = client.tries();
    let answer = loop {
        match R::send(client, Vec::new(), objects.clone()).await {
            Err(error) if tries > 1 && is_outcome_unknown(&error) => match reconcile_all(client, &mut objects).await {
                Some(true) => return Ok(objects),
                Some(false) => tries -= 1,
                None => return Err(error.into()),
            },
            answer => break answer?,
        }
    };
    batch_item_errors::check(&R::BATCH, &answer)?;
    for object in &mut objects {
        *object = accept(client, None, object.clone(), &answer).await?;
    }
    Ok(objects)
}

/// Returns whether all objects were stored, or `None` if one of them was changed by another client.
async fn reconcile_all<R: Resource>(client: &Client, objects: &mut [R]) -> Option<bool> {
    let stored = Stored::of(client, &objects.iter().collect::<Vec<_>>()).await;
    let mut all = true;
    for object in objects {
        match reconcile(client, object, &stored).await {
            Outcome::Applied(etag) => object.set_etag(etag),
            Outcome::NotApplied => all = false,
            Outcome::Unknown => return None,
        }
    }
    Some(all)
}
