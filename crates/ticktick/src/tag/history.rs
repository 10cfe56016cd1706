//! Completed tasks by tag, page by page.

use ticktick_models::{TagHistory, TagHistoryAnswer, TagName, Task};
use ticktick_raw as raw;

use super::name;
use super::resource::resolve;
use crate::{Client, Error};

/// Maximum number of tasks in a page, as in the app.
const PAGE: usize = 50;

/// Returns at most `limit` completed tasks that have any of the tags, named in any case.
///
/// The tags are only read if nothing was found. The request is then repeated if the service keeps capital letters.
pub(super) async fn completed_of(client: &Client, tags: Vec<TagName>, limit: usize) -> Result<Vec<Task>, Error> {
    let keys: Vec<TagName> = tags.iter().map(|tag| name::same(tag.as_str())).collect();
    let found = completed(client, keys.clone(), limit).await?;
    if !found.is_empty() || limit == 0 || tags.is_empty() {
        return Ok(found);
    }
    let all = raw::tag::list(client.wire()).await?;
    let stored: Vec<TagName> =
        tags.iter().map(|tag| Ok(resolve(&all, tag)?.name.clone())).collect::<Result<_, Error>>()?;
    if stored == keys { Ok(found) } else { completed(client, stored, limit).await }
}

/// Returns at most `limit` completed tasks that have any of the keys.
pub(crate) async fn completed(client: &Client, tags: Vec<TagName>, limit: usize) -> Result<Vec<Task>, Error> {
    let mut found = Vec::new();
    let mut asked = TagHistory::default();
    asked.tags.extend(tags);
    asked.token = "".into();
    while found.len() < limit && !asked.tags.is_empty() {
        asked.limit = ((limit - found.len()).min(PAGE) as i64).into();
        let page = match raw::tag::completed_tasks(client.wire(), &asked).await? {
            TagHistoryAnswer::Page(page) => page,
            TagHistoryAnswer::List(tasks) => {
                found.extend(tasks);
                break;
            }
            _ => return Err(unreadable()),
        };
        let is_empty = page.tasks.is_empty();
        found.extend(page.tasks);
        let next = page.next_token.into_option().filter(|token| !token.is_empty());
        // Stops at an empty page and at one that refers to itself, to avoid an endless loop.
        match next.filter(|token| !is_empty && asked.token != token.as_str()) {
            Some(token) => asked.token = token.into(),
            None => break,
        }
    }
    found.truncate(limit);
    Ok(found)
}

fn unreadable() -> Error {
    Error::Unsupported {
        what: "this response to completed tasks by tag",
        why:
            "the service returned neither a list nor a page\nhint: inspect the response with `raw::tag::completed_tasks`"
                .into(),
    }
}
