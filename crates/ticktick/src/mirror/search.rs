//! Full-text search.

use rusqlite::{Connection, OptionalExtension, params};
use ticktick_models::{Object, Task};

use super::members::Members;
use super::read;
use super::store::Sql;
use super::words::{query, spaced};

/// The text of a task in the index.
struct Texts {
    title: String,
    content: String,
    items: String,
    comments: String,
}

/// Brings the index up to date. Returns how many objects were indexed.
pub(super) fn index(connection: &Connection) -> Sql<usize> {
    let pending: Vec<i64> = {
        let task = "select case o.kind when 'task' then o.num else (select t.num from object t \
                    where t.kind = 'task' and t.id = o.owner) end from unindexed join object o using (num)";
        let mut statement = connection.prepare(&format!("select distinct * from ({task})"))?;
        statement
            .query_map([], |row| row.get::<_, Option<i64>>(0))?
            .filter_map(Result::transpose)
            .collect::<Sql<_>>()?
    };
    let mut delete = connection.prepare("delete from words where rowid = ?1")?;
    let mut insert =
        connection.prepare("insert into words (rowid, title, content, items, comments) values (?1, ?2, ?3, ?4, ?5)")?;
    for num in &pending {
        let Some(texts) = texts(connection, *num)? else { continue };
        delete.execute([num])?;
        insert.execute(params![num, texts.title, texts.content, texts.items, texts.comments])?;
    }
    connection.execute("delete from unindexed", [])?;
    Ok(pending.len())
}

/// Returns the tasks that contain all words, best match first.
pub(super) fn tasks(connection: &Connection, text: &str, limit: usize) -> Sql<Vec<Task>> {
    let Some(query) = query(text) else { return Ok(Vec::new()) };
    // The texts are read of the best matches only. The index has an entry for each task and for nothing else.
    let found = "select json from (select rowid as num, rank from words where words match ?1 order by rank, rowid \
                 limit ?2) join raw using (num) order by rank, num";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    read::selected(connection, found, params![query, limit])
}

fn texts(connection: &Connection, num: i64) -> Sql<Option<Texts>> {
    let row = connection.query_row("select id, json from object join raw using (num) where num = ?1", [num], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    });
    let Some((id, json)) = row.optional()? else { return Ok(None) };
    let object = serde_json::from_str::<Object>(&json).unwrap_or_default();
    let items: Vec<Object> = object.get("items").and_then(|items| items.decode().ok()).unwrap_or_default();
    let items: Vec<String> = items.into_iter().filter_map(|item| Members(item).text("title")).collect();
    let mut comments = connection.prepare("select title from object where kind = 'comment' and owner = ?1")?;
    let comments: Vec<String> = comments
        .query_map([id], |row| row.get::<_, Option<String>>(0))?
        .filter_map(Result::transpose)
        .collect::<Sql<_>>()?;
    let task = Members(object);
    let text = |key| task.text(key).unwrap_or_default();
    Ok(Some(Texts {
        title: spaced(&text("title")),
        content: spaced(&format!("{} {}", text("content"), text("desc"))),
        items: spaced(&items.join("\n")),
        comments: spaced(&comments.join("\n")),
    }))
}
