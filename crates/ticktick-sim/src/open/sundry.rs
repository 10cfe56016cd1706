//! Comments, tags, countdowns and the time zone.

use serde_json::json;
use ticktick_models::{DeleteTag, Object, OpenCommentDraft, OpenTagDraft, OpenTagPatch, RenameTag};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::{known, refusal};
use crate::open::{body, shelf, view};
use crate::world::account::Account;
use crate::world::fields::{Fields, object, wire};

const COMMENT: &[&str] = &["id", "title", "replyCommentId", "replyUserId"];

const TAG: &[&str] = &["label", "sortOrder", "sortType", "color", "parent", "type"];

pub(super) fn list_comments(account: &Account, call: &Call) -> Answer {
    let task = known(account, call.path("projectId"), call.path("taskId"))?;
    view::list(comments_on(account, &task).iter().map(|comment| shown(account, comment)))
}

/// Writes a comment in the form of the private API.
pub(super) fn create_comment(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenCommentDraft>(call, &[])?;
    let task = known(account, call.path("projectId"), call.path("taskId"))?;
    let title = sent.word("title").ok_or_else(Refusal::senseless)?;
    let comment = json!({
        "id": account.make_id(),
        "title": title,
        "createdTime": wire(call.now),
        "taskId": task.text("id"),
        "projectId": task.text("projectId"),
        "userProfile": { "isMyself": true },
        "mentions": [],
        "attachments": [],
        "isNew": false,
    });
    let comment = object(&comment);
    shelf::put_comment(account, &comment, call.now);
    Ok(Reply::json(&shown(account, &comment)))
}

pub(super) fn delete_comment(account: &mut Account, call: &Call) -> Answer {
    let task = known(account, call.path("projectId"), call.path("taskId"))?;
    let id = call.path("commentId");
    // As in the private API, a comment that does not exist is not an error.
    if comments_on(account, &task).iter().any(|comment| comment.text("id").as_deref() == Some(id)) {
        shelf::remove_comment(account, id, call.path("taskId"), call.now);
    }
    Ok(Reply::empty())
}

fn comments_on(account: &Account, task: &Object) -> Vec<Object> {
    let comments = shelf::comments(account).live().map(|row| row.object());
    comments.filter(|comment| comment.text("taskId") == task.text("id")).collect()
}

/// Shows a comment, with times in epoch milliseconds.
fn shown(account: &Account, comment: &Object) -> Object {
    let mut view = view::shown(comment, COMMENT);
    view.put("userId", author(account, comment));
    let created = comment.instant("createdTime").unwrap_or_default();
    view.put("createdTime", created.as_millisecond());
    view.put("modifiedTime", comment.instant("modifiedTime").unwrap_or(created).as_millisecond());
    view
}

/// Returns the author of a comment: the user, or else the first other member of the project.
fn author(account: &Account, comment: &Object) -> i64 {
    let profile: Object = comment.read("userProfile").unwrap_or_default();
    if profile.read::<bool>("isMyself") != Some(false) {
        return account.user_id;
    }
    let people = account.people(&comment.text("projectId").unwrap_or_default());
    let other = people.into_iter().find(|person| person.user_id != account.user_id);
    other.map_or(account.user_id, |person| person.user_id)
}

pub(super) fn list_tags(account: &Account) -> Answer {
    view::list(account.tags.live().map(|row| view::tag(&row.object())))
}

pub(super) fn create_tag(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenTagDraft>(call, &[])?;
    let tag = body::picked(&sent, &["name", "label"]);
    let (name, _) = account.add_tag(&tag, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::tag(&account.tags.get(&name).unwrap_or_default())))
}

/// Renames a tag, as the private API does.
pub(super) fn rename_tag(account: &mut Account, call: &Call) -> Answer {
    let sent: RenameTag = call.json()?;
    account.rename_tag(sent.name.as_str(), sent.new_name.as_str(), call.now)?;
    Ok(Reply::empty())
}

/// Changes a tag that exists.
pub(super) fn update_tag(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenTagPatch>(call, &[])?;
    let name = sent.text("name").unwrap_or_default();
    let mut tag = account.tags.get(&name).ok_or(Refusal::new(500, "tag_not_exist"))?;
    tag.merge(body::picked(&sent, TAG));
    account.add_tag(&tag, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::tag(&account.tags.get(&name).unwrap_or_default())))
}

/// Deletes a tag, as the private API does.
pub(super) fn delete_tag(account: &mut Account, call: &Call) -> Answer {
    let sent: DeleteTag = call.json()?;
    account.delete_tag(sent.name.as_str(), call.now);
    Ok(Reply::empty())
}

pub(super) fn list_countdowns(account: &Account) -> Answer {
    let countdowns = shelf::countdowns(account).live().map(|row| row.object());
    let live = countdowns.filter(|countdown| countdown.int("deleted").unwrap_or_default() == 0);
    view::list(live.map(|countdown| view::countdown(&countdown)))
}

pub(super) fn preference(account: &Account) -> Answer {
    Ok(Reply::json(&json!({ "timeZone": account.zone })))
}
