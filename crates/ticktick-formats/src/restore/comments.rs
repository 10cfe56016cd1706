//! Restores comments, which have no batch call.

use std::collections::BTreeSet;

use ticktick::models::{CommentAuthor, Field, List, NewComment, Object};
use ticktick::raw::{Error as RawError, comment};
use ticktick::{Client, Error};

use super::Restored;

/// Writes comments, each with one request. `missing` are the ids of tasks that could not be created.
pub(super) async fn create(
    client: &Client,
    comments: &[(String, Object)],
    missing: &BTreeSet<String>,
    done: &mut Restored,
) -> Result<(), Error> {
    for (key, object) in comments {
        let text = |name: &str| object.get(name).and_then(|value| value.decode::<String>().ok());
        let (Some(task), Some(project), Ok(body)) = (text("taskId"), text("projectId"), new(object)) else {
            done.failed.push((key.clone(), "not a comment".to_owned()));
            continue;
        };
        if missing.contains(&task) {
            done.failed.push((key.clone(), "its task is missing".to_owned()));
            continue;
        }
        match comment::create(client.transport(), &project.into(), &task.into(), &body).await {
            Ok(_) => done.created += 1,
            Err(error @ RawError::Api(_)) if !error.is_auth() && !error.is_rate_limited() => {
                done.failed.push((key.clone(), error.to_string()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Returns the body that the web app sends for a new comment. The user who restores a comment becomes its author.
fn new(object: &Object) -> Result<NewComment, serde_json::Error> {
    let mut body: NewComment = object.decode()?;
    let mut author = CommentAuthor::default();
    author.is_myself = true.into();
    body.user_profile = author.into();
    body.mentions = List::from(Vec::new());
    body.attachments = List::from(Vec::new());
    body.is_new = Field::Value(true);
    Ok(body)
}
