//! Creates, replaces and deletes past sessions.

use ticktick_models::{BatchFocusRecords, FocusRecord};
use ticktick_raw::op;

use super::draft::FocusDraft;
use super::resource::{self, Stored, is_stopwatch};
use crate::turn::Claim;
use crate::workaround::{focus_delete_forms, focus_update_needs_etag};
use crate::write::Newer;
use crate::{Client, Error, write};

/// Creates the session of a draft.
pub(super) async fn create(client: &Client, draft: FocusDraft) -> Result<FocusRecord, Error> {
    let has_id = draft.has_id();
    let record = draft.into_record(&mut client.ids())?;
    store_new(client, record, has_id).await
}

/// Stores a new session, unless it has an id of the caller's and is stored already.
pub(crate) async fn store_new(client: &Client, record: FocusRecord, has_id: bool) -> Result<FocusRecord, Error> {
    if is_stopwatch(&record) {
        Ok(write::create_drafted(client, Stored::<true>(record), has_id).await?.0)
    } else {
        Ok(write::create_drafted(client, Stored::<false>(record), has_id).await?.0)
    }
}

/// Replaces a stored session while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, record: &FocusRecord, newer: Newer) -> Result<FocusRecord, Error> {
    focus_update_needs_etag::check(record)?;
    let _turn = client.turn(Claim::one::<Stored<false>>(&record.id)).await;
    let before = resource::find_near(client, record).await?;
    let record = record.clone();
    if is_stopwatch(&record) {
        Ok(write::replace_read(client, &Stored::<true>(before), Stored::<true>(record), newer).await?.0)
    } else {
        Ok(write::replace_read(client, &Stored::<false>(before), Stored::<false>(record), newer).await?.0)
    }
}

/// Deletes a session, and checks that it is gone.
pub(super) async fn delete(client: &Client, record: &FocusRecord) -> Result<(), Error> {
    let mut batch = BatchFocusRecords::default();
    batch.delete.push(record.id.clone());
    let is_stopwatch = is_stopwatch(record);
    let operation = if is_stopwatch { &op::FOCUS_BATCH_TIMINGS } else { &op::FOCUS_BATCH_POMODOROS };
    let find = || resource::find(client, record);
    let _turn = client.turn(Claim::one::<Stored<false>>(&record.id)).await;
    find().await?;
    let send = || resource::send(client, is_stopwatch, &batch);
    write::delete_found(client, record.id.as_str(), operation, find, send).await?;
    focus_delete_forms::check(operation, resource::find(client, record).await)
}
