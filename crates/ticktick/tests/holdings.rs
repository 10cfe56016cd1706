//! What a snapshot holds, for tests that compare snapshots.

use serde::Serialize;
use ticktick::Account;
use ticktick::models::Object;

/// Returns what a snapshot holds, member by member. The order of objects does not count. A delta shows as null what was
/// cleared, and a full sync leaves it out.
pub(crate) fn holdings(account: &Account) -> Vec<String> {
    let mut all = texts(account.tasks());
    all.extend(texts(account.projects()));
    all.extend(texts(account.folders()));
    all.extend(texts(account.tags()));
    all.extend(texts(account.filters()));
    all.extend(account.inbox_id().map(ToString::to_string));
    all
}

fn texts<T: Serialize>(list: &[T]) -> Vec<String> {
    let text = |one: &T| {
        let object = Object::encode(one).unwrap();
        let set = object.iter().filter(|(_, value)| value.as_str() != "null");
        let mut members: Vec<_> = set.map(|(key, value)| format!("{key}={}", value.as_str())).collect();
        members.sort();
        members.join(" ")
    };
    let mut texts: Vec<_> = list.iter().map(text).collect();
    texts.sort();
    texts
}
