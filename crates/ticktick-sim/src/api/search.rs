//! Search in titles, contents and comments, with an index that may lag behind.

mod index;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::api::search::index::{Indexed, Words};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::SearchHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::{Members, array};

impl SearchHandlers for Context {
    fn search_all(&self, call: &Call) -> Reply {
        self.in_session(call, |account| find(account, call))
    }
}

/// How well a task matches. Larger is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Comment,
    Body,
    Title,
}

/// Returns tasks of every status, including those in the trash.
fn find(account: &Account, call: &Call) -> Answer {
    let words = Words::new(call.query("keywords").ok_or_else(Refusal::senseless)?);
    let comments = account.comments_with(&words, call.now);
    let mut fits: HashMap<&str, Fit> = HashMap::new();
    for (_, task) in &comments {
        fits.insert(task, Fit::Comment);
    }
    for row in account.tasks.live() {
        let Some(text) = account.search.seen(&row.id, &row.text, call.now) else { continue };
        let indexed = Indexed::read(text);
        if let Some(fit) = fit(&indexed, &words) {
            fits.insert(&row.id, fit);
        }
    }
    let mut rows: Vec<_> = account.tasks.live().filter(|row| fits.contains_key(&*row.id)).collect();
    // Among equal matches, the newest comes first.
    rows.sort_by_key(|row| Reverse((fits[&*row.id], row.changed)));
    let hits: Vec<Value> = rows.iter().map(|row| hit(&row.id, &row.text)).collect();
    let comments: Vec<Value> = comments.iter().filter_map(|(id, _)| comment(account, id)).collect();
    let answer = Members::new()
        .value("hits", hits)
        .raw("tasks", &array(rows.iter().map(|row| row.shown())))
        .value("comments", comments);
    Ok(Reply::json_text(answer.done()))
}

fn fit(indexed: &Indexed, words: &Words) -> Option<Fit> {
    if words.all_in(&[&indexed.title]) {
        return Some(Fit::Title);
    }
    words.all_in(&indexed.texts()).then_some(Fit::Body)
}

/// Returns the entry of the index for a task.
fn hit(id: &str, text: &str) -> Value {
    let indexed = Indexed::read(text);
    let source = json!({
        "title": indexed.title,
        "projectId": indexed.project_id,
        "modifiedTime": indexed.modified_time,
    });
    json!({ "index": "task", "id": id, "source": source })
}

fn comment(account: &Account, id: &str) -> Option<Value> {
    let comment = account.comments.get(id)?;
    let member = |key: &str| comment.text(key);
    Some(json!({
        "id": id,
        "taskId": member("taskId"),
        "projectId": member("projectId"),
        "title": member("title"),
        "createdTime": member("createdTime"),
    }))
}

impl Account {
    /// Finds comments by their text and returns each with its task.
    fn comments_with(&self, words: &Words, now: Timestamp) -> Vec<(String, String)> {
        let found = self.comments.live().filter_map(|row| {
            let text = self.search.seen(&row.id, &row.text, now)?;
            let is_found = words.all_in(&[&Indexed::read(text).title]);
            is_found.then(|| (row.id.to_string(), row.object().text("taskId").unwrap_or_default()))
        });
        found.collect()
    }
}
