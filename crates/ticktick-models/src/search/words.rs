//! [`search_tasks`]: full-text search.

use super::{Place, texts};
use crate::Task;

/// Returns the tasks that contain every word in title, body or checklist, in any order and ignoring case.
///
/// A word may be part of a longer one. Tasks with all words in the title come first, then those that need
/// the body, then those that need the checklist; otherwise the order is kept. A text without words matches
/// nothing.
///
/// # Examples
///
/// ```
/// use ticktick_models::{Task, search_tasks};
///
/// let mut tasks = [Task::new("a", "p"), Task::new("b", "p"), Task::new("c", "p")];
/// tasks[0].title.set("Notes");
/// tasks[1].title.set("Notes");
/// tasks[1].content.set("of the meeting");
/// tasks[2].title.set("Meeting notes");
/// let found = search_tasks(&tasks, "meeting notes");
/// assert_eq!(found.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["c", "b"]);
/// ```
#[must_use]
pub fn search_tasks<'a>(tasks: impl IntoIterator<Item = &'a Task>, text: &str) -> Vec<&'a Task> {
    let text = text.to_lowercase();
    let words: Vec<_> = text.split_whitespace().collect();
    let mut found: Vec<_> = tasks.into_iter().filter_map(|task| Some((rank(task, &words)?, task))).collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, task)| task).collect()
}

/// Returns the last part that is needed to find every word.
fn rank(task: &Task, words: &[&str]) -> Option<Place> {
    let mut missing = words.to_vec();
    texts(task).find_map(|(place, text)| {
        let text = text.to_lowercase();
        let before = missing.len();
        missing.retain(|word| !text.contains(word));
        (missing.is_empty() && before > 0).then_some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"{id}","projectId":"p",{members}}}"#)).unwrap()
    }

    fn ids(tasks: &[Task], text: &str) -> Vec<String> {
        search_tasks(tasks, text).iter().map(|task| task.id.to_string()).collect()
    }

    #[test]
    fn titles_come_before_bodies_before_items() {
        let tasks = [
            task("item", r#""title":"Call","items":[{"id":"i","title":"ask for MILK"}]"#),
            task("desc", r#""desc":"milk","items":[{"id":"i","title":"call"}],"title":"call""#),
            task("content", r#""content":"Milk calls""#),
            task("title", r#""title":"Milk: call""#),
            task("half", r#""title":"Milk""#),
            task("title too", r#""title":"Call about milk","content":"Milk""#),
        ];
        assert_eq!(ids(&tasks, " call\tmilk "), ["title", "title too", "desc", "content", "item"]);
    }

    #[test]
    fn case_is_that_of_unicode_and_blank_finds_nothing() {
        let tasks = [task("a", r#""title":"ÄRZTE straße""#), task("b", r#""title":null"#)];
        assert_eq!(ids(&tasks, "ärzte STRAßE"), ["a"]);
        assert!(ids(&tasks, "").is_empty() && ids(&tasks, " \n").is_empty());
    }
}
