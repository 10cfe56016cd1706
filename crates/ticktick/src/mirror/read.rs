//! Reads objects and snapshots from the file.

use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::de::DeserializeOwned;
use ticktick_models::{Object, SyncAnswer, decode, decode_lenient};

use super::kind::Kind;
use super::meta::{checkpoint, meta};
use super::received::LISTS;
use super::store::Sql;
use crate::arrival::TASKS;

/// Returns the stored account as a response to a sync, or `None` if there was no sync yet.
pub(super) fn answer(connection: &Connection) -> Sql<Option<SyncAnswer>> {
    let Some(rest) = meta(connection, "rest")? else { return Ok(None) };
    let rest: Object = serde_json::from_str(&rest).unwrap_or_default();
    let mut text = String::from("{");
    let lists = LISTS.map(|(key, _)| key);
    for (key, value) in rest.iter().filter(|(key, _)| *key != "checkPoint" && *key != TASKS && !lists.contains(key)) {
        let _ = write!(text, "{}:{},", ticktick_models::Json::from(key).as_str(), value.as_str());
    }
    let _ = write!(text, "\"checkPoint\":{},\"{TASKS}\":{{", checkpoint(connection)?);
    let lanes: Object = rest.get(TASKS).and_then(|lanes| lanes.decode().ok()).unwrap_or_default();
    for (key, value) in lanes.iter() {
        let _ = write!(text, "{}:{},", ticktick_models::Json::from(key).as_str(), value.as_str());
    }
    text.push_str("\"update\":");
    push_list(connection, &mut text, Kind::Task, "tasks")?;
    text.push('}');
    for (member, kind) in LISTS {
        let _ = write!(text, ",\"{member}\":");
        push_list(connection, &mut text, kind, member)?;
    }
    text.push('}');
    Ok(one(&text))
}

/// Appends all objects of a kind (only open ones for tasks), and the unreadable elements of the same list.
fn push_list(connection: &Connection, text: &mut String, kind: Kind, odd: &str) -> Sql<()> {
    let which = if kind == Kind::Task { "likely(kind = ?1) and state = 'open'" } else { "kind = ?1" };
    let query = format!("select json from object join raw using (num) where {which} order by num");
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query([kind.name()])?;
    text.push('[');
    while let Some(row) = rows.next()? {
        text.push_str(row.get_ref(0)?.as_str()?);
        text.push(',');
    }
    let odd = meta(connection, &format!("odd {odd}"))?.unwrap_or_default();
    text.push_str(odd.trim_start_matches('[').trim_end_matches(']'));
    if text.ends_with(',') {
        text.pop();
    }
    text.push(']');
    Ok(())
}

/// Passes on the text of each object of a kind.
pub(super) fn texts(connection: &Connection, kind: Kind, mut take: impl FnMut(&str)) -> Sql<()> {
    let query = "select json from object join raw using (num) where kind = ?1 order by num";
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([kind.name()])?;
    while let Some(row) = rows.next()? {
        take(row.get_ref(0)?.as_str()?);
    }
    Ok(())
}

/// Returns the text of one object.
pub(super) fn json(connection: &Connection, kind: Kind, id: &str) -> Sql<Option<String>> {
    let query = "select json from object join raw using (num) where kind = ?1 and id = ?2";
    connection.query_row(query, params![kind.name(), id], |row| row.get(0)).optional()
}

/// Returns one object.
pub(super) fn object<T: DeserializeOwned>(connection: &Connection, kind: Kind, id: &str) -> Sql<Option<T>> {
    Ok(json(connection, kind, id)?.and_then(|json| one(&json)))
}

/// Returns the objects whose rows match a condition, in the order that it specifies.
pub(super) fn objects<T: DeserializeOwned>(connection: &Connection, which: &str, of: impl Params) -> Sql<Vec<T>> {
    selected(connection, &format!("select json from object join raw using (num) where {which}"), of)
}

/// Returns the objects whose texts a statement selects.
pub(super) fn selected<T: DeserializeOwned>(connection: &Connection, select: &str, of: impl Params) -> Sql<Vec<T>> {
    let mut statement = connection.prepare(select)?;
    let rows = statement.query_map(of, |row| row.get::<_, String>(0))?;
    let mut objects = Vec::new();
    for json in rows {
        objects.extend(one(&json?));
    }
    Ok(objects)
}

/// Decodes an object. Keeps members that do not fit its type aside.
pub(super) fn one<T: DeserializeOwned>(json: &str) -> Option<T> {
    decode(json.as_bytes()).ok().or_else(|| Some(decode_lenient(json.as_bytes()).ok()?.value))
}
