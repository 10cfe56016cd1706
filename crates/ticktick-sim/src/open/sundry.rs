//! Routes that the documentation does not list: comments, tags, countdowns, the time zone.

use serde_json::json;
use ticktick_models::{Object, OpenCommentDraft, OpenTagDraft};

use crate::account::Account;
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};

use super::task::{live, refusal};
use super::{body, shelf, view};

const COMMENT: &[&str] = &["id", "title", "createdTime", "modifiedTime", "replyCommentId", "replyUserId"];

pub(super) fn list_comments(account: &Account, call: &Call) -> Answer {
    let task = live(account, call.path("projectId"), call.path("taskId"))?;
    let user = account.user_id;
    view::list(comments_on(account, &task).iter().map(|comment| shown(comment, user)))
}

/// Writes a comment in the form of the private API.
pub(super) fn create_comment(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenCommentDraft>(call, &[])?;
    let task = live(account, call.path("projectId"), call.path("taskId"))?;
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
    let comment = Object::encode(&comment).unwrap_or_default();
    shelf::put_comment(account, &comment, call.now);
    Ok(Reply::json(&shown(&comment, account.user_id)))
}

pub(super) fn delete_comment(account: &mut Account, call: &Call) -> Answer {
    let task = live(account, call.path("projectId"), call.path("taskId"))?;
    let id = call.path("commentId");
    // One that does not exist is no error, as in the private API.
    if comments_on(account, &task).iter().any(|comment| comment.text("id").as_deref() == Some(id)) {
        shelf::remove_comment(account, id, call.path("taskId"), call.now);
    }
    Ok(Reply::empty())
}

fn comments_on(account: &Account, task: &Object) -> Vec<Object> {
    let comments = shelf::comments(account).live().map(|row| row.object());
    comments.filter(|comment| comment.text("taskId") == task.text("id")).collect()
}

/// Shows a comment; those of an account are its user's own unless they say otherwise.
fn shown(comment: &Object, user: i64) -> Object {
    let mut view = view::shown(comment, COMMENT);
    let author: Object = comment.read("userProfile").unwrap_or_default();
    if author.read::<bool>("isMyself") != Some(false) {
        view.put("userId", user);
    }
    view
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

pub(super) fn list_countdowns(account: &Account) -> Answer {
    let countdowns = shelf::countdowns(account).live().map(|row| row.object());
    let live = countdowns.filter(|countdown| countdown.int("deleted").unwrap_or_default() == 0);
    view::list(live.map(|countdown| view::countdown(&countdown)))
}

pub(super) fn preference(account: &Account) -> Answer {
    Ok(Reply::json(&json!({ "timeZone": account.zone })))
}
