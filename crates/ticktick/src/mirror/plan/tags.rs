//! Plans of writes that rename, merge and delete tags. Their responses are empty, and they also change tasks.

use rusqlite::{Connection, params};
use ticktick_models::{Json, Object};
use ticktick_raw::Request;

use super::{Item, Plan};
use crate::mirror::action::ChangeAction;
use crate::mirror::kind::Kind;
use crate::mirror::members::Members;
use crate::mirror::read;
use crate::mirror::select::HAS_TAG;
use crate::mirror::store::Sql;
use crate::tag::name;

/// Returns the plan of a rename. The tasks of the tag follow from the tag.
pub(super) fn renamed(connection: &Connection, body: &str) -> Sql<Plan> {
    let Some((old, label)) = names(body) else { return Ok(Plan::spreading(Vec::new())) };
    let Some(before) = read::json(connection, Kind::Tag, &old)? else { return Ok(Plan::spreading(Vec::new())) };
    let mut after: Object = serde_json::from_str(&before).unwrap_or_default();
    let key = name::same(&label).to_string();
    after.set("name", key.as_str());
    after.set("label", label.as_str());
    Ok(Plan::spreading(vec![Item { before: Some(before), ..recorded(Kind::Tag, key, written(&after)) }]))
}

/// Returns the plan of a merge: the tag that is removed, and its tasks with the other tag.
pub(super) fn merged(connection: &Connection, body: &str) -> Sql<Plan> {
    let Some((old, new)) = names(body) else { return Ok(Plan::spreading(Vec::new())) };
    removed(connection, &old, Some(&new))
}

/// Returns the plan of a delete: the tag, and its tasks without it.
pub(super) fn deleted(connection: &Connection, request: &Request) -> Sql<Plan> {
    let Some((_, name)) = request.query.iter().find(|(key, _)| key == "name") else {
        return Ok(Plan::spreading(Vec::new()));
    };
    removed(connection, name, None)
}

fn removed(connection: &Connection, old: &str, new: Option<&str>) -> Sql<Plan> {
    let mut items = tasks(connection, old, new)?;
    let children = "select id, json from object join raw using (num) where kind = 'tag' and parent = ?1 order by num";
    items.extend(objects(connection, children, old)?.into_iter().map(|(id, before)| {
        let mut after: Object = serde_json::from_str(&before).unwrap_or_default();
        after.set("parent", "");
        Item { before: Some(before), ..recorded(Kind::Tag, id, written(&after)) }
    }));
    // The last item is undone first.
    items.push(Item { action: ChangeAction::Delete, ..recorded(Kind::Tag, old.to_owned(), None) });
    Ok(Plan::spreading(items))
}

/// Returns the tasks of a tag, without it or with another tag in its place.
fn tasks(connection: &Connection, old: &str, new: Option<&str>) -> Sql<Vec<Item>> {
    let of_tag = format!(
        "select id, json from object join raw using (num) where likely(kind = 'task') and {HAS_TAG} order by num"
    );
    let items = objects(connection, &of_tag, old)?.into_iter().filter_map(|(id, before)| {
        let mut after: Object = serde_json::from_str(&before).ok()?;
        let mut tags: Vec<String> = after.get("tags")?.decode().ok()?;
        // The service changes only tags with exactly this key.
        if !tags.iter().any(|tag| tag == old) {
            return None;
        }
        let had_new = new.is_some_and(|new| tags.iter().any(|tag| tag == new));
        match new.filter(|_| !had_new) {
            Some(new) => tags.iter_mut().filter(|tag| **tag == old).for_each(|tag| new.clone_into(tag)),
            None => tags.retain(|tag| tag != old),
        }
        after.set("tags", Json::encode(&tags).ok()?);
        Some(Item { before: Some(before), ..recorded(Kind::Task, id, written(&after)) })
    });
    Ok(items.collect())
}

fn objects(connection: &Connection, select: &str, of: &str) -> Sql<Vec<(String, String)>> {
    let mut statement = connection.prepare(select)?;
    statement.query_map(params![of], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Returns an item that only the journal keeps, because the next refresh shows what became of it.
fn recorded(kind: Kind, id: String, after: Option<String>) -> Item {
    Item { recorded: true, ..Item::new(kind, id, ChangeAction::Update, after) }
}

fn names(body: &str) -> Option<(String, String)> {
    let members = Members::of(body)?;
    members.text("name").zip(members.text("newName"))
}

fn written(object: &Object) -> Option<String> {
    serde_json::to_string(object).ok()
}
