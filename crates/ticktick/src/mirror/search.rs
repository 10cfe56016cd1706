//! Full-text search.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use ticktick_models::{Object, Task};

use super::members::Members;
use super::read;
use super::store::{Sql, UNPLACE};
use super::words::{queries, spaced};

/// The first place of open tasks. Places of other tasks are the minute of their last change, which is lower.
const OPEN: i64 = 1 << 40;

/// The text of a task in the index.
struct Texts {
    title: String,
    content: String,
    items: String,
    comments: String,
}

/// Brings the index up to date. Returns how many tasks were indexed.
pub(super) fn index(connection: &Connection) -> Sql<usize> {
    let pending = pending(connection)?;
    let [words, place] = UNPLACE;
    let mut remove = [connection.prepare(words)?, connection.prepare(place)?];
    let mut taken = connection.prepare("select 1 from place where place = ?1")?;
    let mut keep = connection.prepare("insert into place (num, place) values (?1, ?2)")?;
    let mut insert =
        connection.prepare("insert into words (rowid, title, content, items, comments) values (?1, ?2, ?3, ?4, ?5)")?;
    let mut last = i64::MIN;
    for (num, wanted) in &pending {
        let Some(texts) = texts(connection, *num)? else { continue };
        // Several tasks may have been changed in the same minute. The old place of this one counts as taken, so that it
        // moves behind them.
        let mut place = last.saturating_add(1).max(*wanted);
        while taken.exists([place])? {
            place += 1;
        }
        for remove in &mut remove {
            remove.execute([num])?;
        }
        last = place;
        keep.execute([*num, place])?;
        insert.execute(params![place, texts.title, texts.content, texts.items, texts.comments])?;
    }
    connection.execute("delete from unindexed", [])?;
    Ok(pending.len())
}

/// Returns the tasks that are not in the index yet, and the places that they should have, in the order of the places.
fn pending(connection: &Connection) -> Sql<Vec<(i64, i64)>> {
    let task = "select case o.kind when 'task' then o.num else (select t.num from object t \
                where t.kind = 'task' and t.id = o.owner) end from unindexed join object o using (num)";
    let place = format!("max(coalesce(modified_at, 0), 0) / 60000 + case state when 'open' then {OPEN} else 0 end");
    let tasks = format!("select num, {place} as place from object where num in ({task}) order by place, num");
    let mut statement = connection.prepare(&tasks)?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Returns the tasks that contain all words, best match first.
///
/// The place of a task in the index is its rank among the matches of a query. A rank that is computed for each match, as
/// that of FTS5, takes twenty times as long for a frequent word.
pub(super) fn tasks(connection: &Connection, text: &str, limit: usize) -> Sql<Vec<Task>> {
    let (mut places, mut found) = (Vec::new(), HashSet::new());
    let mut find = connection.prepare("select rowid from words where words match ?1 order by rowid desc limit ?2")?;
    for query in queries(text) {
        // What was found already may be found again.
        let most = i64::try_from(limit.saturating_add(places.len())).unwrap_or(i64::MAX);
        for place in find.query_map(params![query, most], |row| row.get::<_, i64>(0))? {
            let place = place?;
            if places.len() < limit && found.insert(place) {
                places.push(place);
            }
        }
        if places.len() == limit {
            break;
        }
    }
    let mut read = connection.prepare("select json from place join raw using (num) where place = ?1")?;
    let texts = places.iter().map(|place| read.query_row([place], |row| row.get::<_, String>(0)));
    texts.filter_map(|json| json.map(|json| read::one(&json)).transpose()).collect()
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

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::super::Mirror;
    use super::super::kind::Kind;
    use super::super::store::{Source, Store};

    /// A task of a state that was changed at a minute of an hour.
    fn task(number: usize, (title, content, status, minute): (&str, &str, i32, i32)) -> String {
        format!(
            r#"{{"id":"{number}","projectId":"p","title":"{title}","content":"{content}","status":{status},"modifiedTime":"2026-03-01T10:{minute}:00.000+0000"}}"#
        )
    }

    #[test]
    fn whole_words_come_before_beginnings_and_titles_before_other_texts() {
        let directory = tempfile::tempdir().unwrap();
        let mirror = Mirror::open(directory.path().join("mirror.db")).unwrap();
        let texts = [
            ("Letter", "with a milkshake", 0, 50),
            ("Milkshake", "", 0, 40),
            ("Shopping", "milk", 0, 30),
            ("Milk, done", "", 2, 59),
            ("Milk, old", "", 0, 10),
            ("Milk, new", "", 0, 20),
            ("Milk, also new", "", 0, 20),
        ];
        let put = |tx: &_| {
            let zone = TimeZone::UTC;
            let mut store = Store::new(tx, &zone, 0)?;
            for (number, text) in texts.into_iter().enumerate() {
                store.put(Kind::Task, &task(number, text), Source::Sync)?;
            }
            Ok(())
        };
        mirror.write(|tx| put(tx)).unwrap();
        let found = |text: &str, limit: usize| -> Vec<String> {
            mirror.search(text, limit).unwrap().iter().map(|task| task.title().to_owned()).collect()
        };
        let wanted = ["Milk, also new", "Milk, new", "Milk, old", "Milk, done", "Shopping", "Milkshake", "Letter"];
        for limit in 0..=wanted.len() {
            assert_eq!(found("MILK", limit), wanted[..limit], "{limit}");
        }
        assert_eq!(found("milk", usize::MAX), wanted);
        assert_eq!(found("mil new", 10), wanted[..2]);
        assert_eq!(found("let mil", 10), ["Letter"]);
        assert_eq!(found("milk letter shake", 10), [""; 0]);
    }
}
