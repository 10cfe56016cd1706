//! Changes the link between a task and its parent.

use std::slice;

use ticktick_models::{ParentAnswer, ParentLink, SetParent, Task};
use ticktick_raw as raw;

use super::family::parent_of;
use super::resource;
use crate::workaround::parent_answer_objects;
use crate::{Client, Error, write};

/// Changes one link and checks that the answer contains it.
pub(super) async fn send(client: &Client, link: &SetParent) -> Result<ParentLink, Error> {
    let wanted = link.parent_id.get();
    let answer = write::perform(
        client,
        || raw::task::set_parents(client.wire(), slice::from_ref(link)),
        || async {
            let found = resource::get(client, &link.task_id).await?;
            Ok((parent_of(&found) == wanted).then(|| named(found)))
        },
    );
    parent_answer_objects::linked(&answer.await?, &link.task_id, wanted)
}

/// Builds the answer that was lost.
fn named(task: Task) -> ParentAnswer {
    let mut link = ParentLink::new(task.id.clone());
    link.parent_id = task.parent_id;
    link.etag = task.etag;
    link.modified_time = task.modified_time;
    let mut answer = ParentAnswer::default();
    answer.id2etag.insert(task.id.to_string(), link);
    answer
}
