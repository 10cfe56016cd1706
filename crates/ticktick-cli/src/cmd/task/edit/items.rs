//! Changes to a checklist that was edited as text.

use jiff::Timestamp;
use ticktick::models::Field;
use ticktick::task::{ChecklistItem, ChecklistItemId, ChecklistStatus};
use ticktick::{Client, Error, Task};

use super::super::item::in_order;

/// The distance between two new positions.
const STEP: i64 = 1 << 20;

/// Stores a checklist. Items keep their ids and dates if their title or position is the same.
pub(super) async fn store(client: &Client, task: Task, items: &[(bool, String)]) -> Result<Task, Error> {
    let mut task = task;
    if task.items.is_empty() {
        // The first item turns a text into a checklist.
        let Some((_, first)) = items.first() else { return Ok(task) };
        task = client.task().add_item(&task, first.as_str()).await?;
    }
    let new_id = || ChecklistItemId::from(client.task().new_id().as_str());
    let old: Vec<ChecklistItem> = in_order(&task).into_iter().cloned().collect();
    let edited = edited(&old, items, new_id, crate::mirror::moment());
    task.items = edited.into();
    client.task().update(&task).await
}

/// Returns the edited items.
fn edited(
    old: &[ChecklistItem],
    items: &[(bool, String)],
    new_id: impl Fn() -> ChecklistItemId,
    now: Timestamp,
) -> Vec<ChecklistItem> {
    let title = |item: &ChecklistItem| item.title.as_deref().unwrap_or_default().to_owned();
    let mut free: Vec<Option<&ChecklistItem>> = old.iter().map(Some).collect();
    let mut take = |matches: &dyn Fn(&ChecklistItem) -> bool| {
        free.iter_mut().find(|item| item.is_some_and(matches)).and_then(Option::take)
    };
    let mut kept: Vec<Option<&ChecklistItem>> =
        items.iter().map(|(_, wanted)| take(&|item: &ChecklistItem| title(item) == *wanted)).collect();
    // The remaining items were renamed, in order.
    for slot in kept.iter_mut().filter(|slot| slot.is_none()) {
        *slot = take(&|_: &ChecklistItem| true);
    }
    let mut edited: Vec<ChecklistItem> = items
        .iter()
        .zip(kept)
        .map(|((done, title), kept)| {
            let mut item = kept.cloned().unwrap_or_else(|| ChecklistItem::new(new_id()));
            if item.title.as_deref() != Some(title) {
                item.title.set(title.clone());
            }
            if item.is_done() != *done {
                item.status = if *done { ChecklistStatus::Done } else { ChecklistStatus::Open }.into();
                item.completed_time = if *done { ticktick::models::Timestamp::from(now).into() } else { Field::Null };
            }
            item
        })
        .collect();
    let places: Vec<Option<i64>> = edited.iter().map(|item| item.sort_order.get().copied()).collect();
    let is_sorted = places.iter().all(Option::is_some) && places.windows(2).all(|pair| pair[0] < pair[1]);
    if !is_sorted {
        for (place, item) in (0..).zip(&mut edited) {
            item.sort_order = (place * STEP).into();
        }
    }
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, title: &str, place: i64) -> ChecklistItem {
        let mut item = ChecklistItem::new(id);
        item.title.set(title);
        item.sort_order = place.into();
        item
    }

    fn summary(old: &[ChecklistItem], items: &[(bool, &str)]) -> Vec<String> {
        let items: Vec<(bool, String)> = items.iter().map(|(done, title)| (*done, (*title).to_owned())).collect();
        let now = "2026-11-23T08:50:00Z".parse().unwrap();
        let edited = edited(old, &items, || "new".into(), now);
        let places: Vec<i64> = edited.iter().map(|item| item.sort_order.copied().unwrap()).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        let text = |item: &ChecklistItem| {
            format!("{} {} {}", item.id, item.title.as_deref().unwrap(), if item.is_done() { "done" } else { "open" })
        };
        edited.iter().map(text).collect()
    }

    #[test]
    fn items_keep_their_ids() {
        let old = [item("a", "Milk", 1), item("b", "Bread", 2), item("c", "Eggs", 3)];
        assert_eq!(summary(&old, &[(true, "Milk"), (false, "Bread"), (false, "Eggs")])[0], "a Milk done");
        assert_eq!(summary(&old, &[(false, "Eggs"), (false, "Milk")]), ["c Eggs open", "a Milk open"]);
        let renamed = summary(&old, &[(false, "Milk"), (false, "Rye"), (false, "Eggs"), (false, "Salt")]);
        assert_eq!(renamed, ["a Milk open", "b Rye open", "c Eggs open", "new Salt open"]);
        assert!(summary(&old, &[]).is_empty());
    }
}
