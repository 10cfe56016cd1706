//! Stores objects as JSON text, with the facts that queries use.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use ticktick_models::Object;

use crate::world::part::Part;

/// Facts about an object that are stored in addition to its text.
pub(crate) trait Head {
    fn of(object: &Object) -> Self;

    /// Returns the group in which the table counts the object.
    fn group(&self) -> Option<&str> {
        None
    }
}

impl Head for () {
    fn of(_: &Object) {}
}

/// A stored or deleted object.
pub(crate) struct Row<H> {
    pub(crate) id: Box<str>,
    /// The object, or its last version if it is deleted. A load computes the facts from it.
    pub(crate) text: Box<str>,
    pub(crate) head: H,
    /// Checkpoint of the last change.
    pub(crate) changed: i64,
    /// Whether it is permanently deleted. The row remains for deltas.
    pub(crate) gone: bool,
}

impl<H> Row<H> {
    pub(crate) fn object(&self) -> Object {
        // The text was serialized from an object.
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// Objects of one kind, in the order of their creation.
pub(crate) struct Table<H = ()> {
    key: &'static str,
    rows: Vec<Row<H>>,
    places: HashMap<Box<str>, usize>,
    /// Number of live rows in each group.
    counts: HashMap<Box<str>, usize>,
    changed: i64,
}

impl<H: Head> Table<H> {
    /// Creates a table whose objects are identified by a member.
    pub(crate) fn new(key: &'static str) -> Self {
        Self { key, rows: Vec::new(), places: HashMap::new(), counts: HashMap::new(), changed: 0 }
    }

    /// Returns the checkpoint of the last change.
    pub(crate) fn changed(&self) -> i64 {
        self.changed
    }

    /// Stores an object, which replaces the one with the same key.
    pub(crate) fn put(&mut self, object: &Object, stamp: i64) {
        let id = crate::world::fields::Fields::text(object, self.key).unwrap_or_default();
        let text = serde_json::to_string(object).unwrap_or_default();
        let row = Row { id: id.as_str().into(), text: text.into(), head: H::of(object), changed: stamp, gone: false };
        self.changed = stamp;
        if let Some(group) = row.head.group() {
            *self.counts.entry(group.into()).or_default() += 1;
        }
        match self.places.get(id.as_str()) {
            Some(&place) => {
                self.uncount(place);
                self.rows[place] = row;
            }
            None => {
                self.places.insert(row.id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    /// Permanently deletes an object and returns whether it existed.
    pub(crate) fn remove(&mut self, id: &str, stamp: i64) -> bool {
        let Some(&place) = self.places.get(id) else { return false };
        if self.rows[place].gone {
            return false;
        }
        self.uncount(place);
        let row = &mut self.rows[place];
        row.gone = true;
        row.changed = stamp;
        self.changed = stamp;
        true
    }

    /// Removes a row from the count of its group.
    fn uncount(&mut self, place: usize) {
        let row = &self.rows[place];
        let Some(group) = row.head.group().filter(|_| !row.gone) else { return };
        if let Some(count) = self.counts.get_mut(group) {
            *count -= 1;
        }
    }

    /// Counts the live objects of a group.
    pub(crate) fn count(&self, group: &str) -> usize {
        self.counts.get(group).copied().unwrap_or_default()
    }

    /// Returns the row of an object that is not deleted.
    pub(crate) fn row(&self, id: &str) -> Option<&Row<H>> {
        let row = &self.rows[*self.places.get(id)?];
        (!row.gone).then_some(row)
    }

    /// Returns an object that is not deleted.
    pub(crate) fn get(&self, id: &str) -> Option<Object> {
        Some(self.row(id)?.object())
    }

    /// Returns all rows, including those of deleted objects.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Row<H>> {
        self.rows.iter()
    }

    /// Returns the rows of objects that are not deleted.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Row<H>> {
        self.rows.iter().filter(|row| !row.gone)
    }

    /// Returns the texts of objects that are not deleted.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.live().map(|row| &*row.text)
    }

    pub(crate) fn len(&self) -> usize {
        self.live().count()
    }

    /// Lists the keys of the live objects that match a test.
    pub(crate) fn ids(&self, mut pick: impl FnMut(&Row<H>) -> bool) -> Vec<String> {
        self.live().filter(|row| pick(row)).map(|row| row.id.to_string()).collect()
    }
}

/// A row in a dump.
#[derive(Deserialize)]
struct Carried<'a> {
    id: Box<str>,
    changed: i64,
    #[serde(default)]
    gone: bool,
    #[serde(borrow)]
    object: &'a RawValue,
}

/// A table in a dump.
#[derive(Deserialize)]
struct CarriedTable<'a> {
    changed: i64,
    #[serde(borrow)]
    rows: Vec<Carried<'a>>,
}

impl<H: Head> Part for Table<H> {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"changed\":");
        self.changed.write(out);
        out.extend_from_slice(b",\"rows\":[");
        for (place, row) in self.rows.iter().enumerate() {
            out.extend_from_slice(if place > 0 { b",\n{\"id\":" } else { b"\n{\"id\":" });
            row.id.write(out);
            out.extend_from_slice(b",\"changed\":");
            row.changed.write(out);
            if row.gone {
                out.extend_from_slice(b",\"gone\":true");
            }
            out.extend_from_slice(b",\"object\":");
            out.extend_from_slice(row.text.as_bytes());
            out.push(b'}');
        }
        out.extend_from_slice(b"]}");
    }

    fn read(&mut self, json: &RawValue) -> Result<(), serde_json::Error> {
        let carried: CarriedTable<'_> = serde_json::from_str(json.get())?;
        let mut table = Self::new(self.key);
        for row in carried.rows {
            let object: Object = serde_json::from_str(row.object.get())?;
            if table.places.insert(row.id.clone(), table.rows.len()).is_some() {
                return Err(serde::de::Error::custom(format!("the key `{}` occurs twice", row.id)));
            }
            let (text, head) = (row.object.get().into(), H::of(&object));
            if let Some(group) = head.group().filter(|_| !row.gone) {
                *table.counts.entry(group.into()).or_default() += 1;
            }
            table.rows.push(Row { id: row.id, text, head, changed: row.changed, gone: row.gone });
        }
        table.changed = carried.changed;
        *self = table;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Color(String);

    impl Head for Color {
        fn of(object: &Object) -> Self {
            Self(crate::world::fields::Fields::text(object, "color").unwrap_or_default())
        }

        fn group(&self) -> Option<&str> {
            Some(&self.0)
        }
    }

    #[test]
    fn groups_are_counted() {
        let mut table = Table::<Color>::new("id");
        let mut put = |id: &str, color: &str| {
            table.put(&Object::encode(&json!({ "id": id, "color": color })).unwrap(), 1);
        };
        put("a", "red");
        put("b", "red");
        put("a", "blue");
        assert_eq!(table.count("red"), 1);
        assert_eq!(table.count("blue"), 1);
        assert_eq!(table.count("green"), 0);
        assert!(table.remove("b", 2) && !table.remove("b", 3));
        assert_eq!(table.count("red"), 0);
        table.put(&Object::encode(&json!({ "id": "b", "color": "red" })).unwrap(), 4);
        assert_eq!(table.count("red"), 1, "what comes back is counted once");
    }
}
