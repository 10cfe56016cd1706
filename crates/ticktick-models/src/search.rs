//! Searching loaded tasks.

mod query;
mod words;

pub use query::TaskQuery;
pub use words::search_tasks;

use crate::{ChecklistItem, Task};

/// Returns the texts of a task with their places: title, body, checklist.
fn texts(task: &Task) -> impl Iterator<Item = (Place, &str)> {
    let body = [task.content.as_deref(), task.desc.as_deref()];
    let items = task.items.iter().map(|item: &ChecklistItem| (Place::Item, item.title.as_deref()));
    let all = [(Place::Title, task.title.as_deref())].into_iter().chain(body.map(|text| (Place::Body, text)));
    all.chain(items).filter_map(|(place, text)| Some((place, text?)))
}

/// The part of a task that contains a text, most relevant first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    Body,
    Item,
}
