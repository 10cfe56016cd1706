//! Everything that an account holds, as texts.

use std::collections::BTreeMap;
use std::fmt::Display;

use ticktick::models::{Json, Object};
use ticktick_sim::{Collection, Service};

/// Kinds of objects, and the member that is their key.
const COLLECTIONS: [(Collection, &str); 13] = [
    (Collection::Tasks, "id"),
    (Collection::Projects, "id"),
    (Collection::ProjectGroups, "id"),
    (Collection::Columns, "id"),
    (Collection::Tags, "name"),
    (Collection::Filters, "id"),
    (Collection::Comments, "id"),
    (Collection::Countdowns, "id"),
    (Collection::Habits, "id"),
    (Collection::HabitCheckins, "id"),
    (Collection::HabitSections, "id"),
    (Collection::FocusRecords, "id"),
    (Collection::Timers, "id"),
];

/// Lists of objects that a client knows: an untouched element of a touched list is seen, and the order of its members is
/// nobody's business.
const LISTS: [&str; 4] = ["items", "reminders", "attachments", "tasks"];

/// The texts of members by their path.
pub(crate) type Members = BTreeMap<String, String>;

/// One stored object.
pub(crate) struct Stored {
    pub(crate) object: Object,
    pub(crate) members: Members,
}

/// Objects by kind and key.
pub(crate) type Snapshot = BTreeMap<String, Stored>;

/// Names an object.
pub(crate) fn name(collection: Collection, key: impl Display) -> String {
    format!("{collection:?}/{key}")
}

/// Reads everything that an account holds.
pub(crate) fn take(service: &Service, user: &str) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for (collection, key) in COLLECTIONS {
        for object in service.objects(user, collection) {
            let key: String = object.get(key).unwrap().decode().unwrap();
            let members = by_id(&object);
            let before = snapshot.insert(name(collection, &key), Stored { object, members });
            assert!(before.is_none(), "{collection:?} {key} is there twice");
        }
    }
    snapshot
}

/// Returns the members of an object; elements of lists go by their ids, and the list itself is their order.
pub(crate) fn by_id(object: &Object) -> Members {
    let mut seen = 0;
    members(object, |element| {
        seen += 1;
        element.get("id").map_or_else(|| format!("#{seen}"), |id| id.decode().unwrap())
    })
}

/// Returns the members of an object; elements of lists go by their places.
pub(crate) fn by_place(object: &Object) -> Members {
    let mut place = 0;
    members(object, |_| {
        place += 1;
        place.to_string()
    })
}

fn members(object: &Object, mut key: impl FnMut(&Object) -> String) -> Members {
    let mut members = Members::new();
    for (path, json) in object.iter() {
        let elements =
            if LISTS.contains(&path) { json.decode::<Vec<Object>>().unwrap_or_default() } else { Vec::new() };
        if elements.is_empty() {
            members.insert(path.to_owned(), written(json));
            continue;
        }
        let keys: Vec<String> = elements.iter().map(&mut key).collect();
        members.insert(path.to_owned(), keys.join(" "));
        for (key, element) in keys.iter().zip(&elements) {
            members.extend(element.iter().map(|(member, json)| (format!("{path}/{key}/{member}"), written(json))));
        }
    }
    members
}

fn written(json: &Json) -> String {
    json.as_str().to_owned()
}
