//! Converts tasks between text, checklist and note.

use ticktick_models::{ChecklistItem, ChecklistItemId, ChecklistStatus, IdSource, Task, TaskKind};

use super::body::{make_checklist, move_body, push_line};
use super::item_list;

/// Converts a task to a kind and keeps its text.
pub(super) fn convert(task: &mut Task, kind: TaskKind, ids: &mut IdSource) {
    let from = task.kind.get().cloned().unwrap_or(TaskKind::Text);
    match (from, kind) {
        (from, to) if from == to => {}
        (_, TaskKind::Checklist) => {
            make_checklist(task);
            lines_to_items(task, ids);
        }
        (TaskKind::Checklist, to) => {
            items_to_lines(task);
            move_body(&mut task.desc, &mut task.content);
            task.kind = to.into();
        }
        (_, to) => task.kind = to.into(),
    }
}

fn items_to_lines(task: &mut Task) {
    let mut body = task.desc.as_deref().unwrap_or_default().to_owned();
    for item in item_list::in_order(&task.items) {
        let mark = if item.is_done() { 'x' } else { ' ' };
        // A title becomes a single line.
        let title = item.title.as_deref().unwrap_or_default().replace('\n', " ");
        push_line(&mut body, &format!("- [{mark}] {title}"));
    }
    if !task.items.is_empty() {
        task.desc.set(body);
        task.items.clear();
    }
}

fn lines_to_items(task: &mut Task, ids: &mut IdSource) {
    let body = task.desc.as_deref().unwrap_or_default().to_owned();
    let (checks, rest): (Vec<&str>, Vec<&str>) = body.split('\n').partition(|line| check(line).is_some());
    for (done, title) in checks.iter().filter_map(|line| check(line)) {
        let mut item = ChecklistItem::new(ChecklistItemId::new_with(ids));
        item.title = title.into();
        item.status = if done { ChecklistStatus::Done } else { ChecklistStatus::Open }.into();
        item_list::append(task, item);
    }
    if !checks.is_empty() {
        task.desc.set(rest.join("\n"));
    }
}

/// Reads a line such as `- [x] Milk`.
fn check(line: &str) -> Option<(bool, &str)> {
    let rest = line.trim_start().strip_prefix("- [")?;
    let (done, rest) = match rest.strip_prefix(' ') {
        Some(rest) => (false, rest),
        None => (true, rest.strip_prefix(['x', 'X'])?),
    };
    Some((done, rest.strip_prefix("] ")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b",{members}}}"#)).unwrap()
    }

    fn converted(mut task: Task, kinds: &[TaskKind]) -> Task {
        for kind in kinds {
            convert(&mut task, kind.clone(), &mut IdSource::system());
        }
        task
    }

    #[test]
    fn items_become_lines_and_lines_become_items() {
        let list = task(
            r#""kind":"CHECKLIST","desc":"For *Sunday*","items":[{"id":"2","title":"Bread","status":0,"sortOrder":5},
            {"id":"1","title":"Milk","status":1,"sortOrder":-5}]"#,
        );
        let text = converted(list, &[TaskKind::Text]);
        assert_eq!(text.content, "For *Sunday*\n- [x] Milk\n- [ ] Bread");
        assert_eq!(text.desc.as_deref(), Some(""));
        assert_eq!(text.items.len(), 0);
        assert_eq!(text.kind.get(), Some(&TaskKind::Text));
        let list = converted(text, &[TaskKind::Note, TaskKind::Checklist]);
        assert_eq!(list.desc.as_deref(), Some("For *Sunday*"));
        assert_eq!(list.content.as_deref(), Some(""));
        let items: Vec<_> = list.items.iter().map(|item| (item.title.as_deref().unwrap(), item.is_done())).collect();
        assert_eq!(items, [("Milk", true), ("Bread", false)]);
        assert!(list.items[0].sort_order.get() < list.items[1].sort_order.get());
    }

    #[test]
    fn a_body_that_stood_unseen_is_not_lost() {
        let both = task(r#""kind":"TEXT","content":"new","desc":"old""#);
        assert_eq!(converted(both, &[TaskKind::Checklist]).desc, "old\nnew");
        let same = task(r#""kind":"CHECKLIST","content":"one","desc":"one""#);
        assert_eq!(converted(same, &[TaskKind::Text]).content, "one");
    }

    #[test]
    fn what_is_of_the_kind_already_stays() {
        for kind in [r#""kind":"TEXT""#, r#""kind":null"#, r#""title":"x""#] {
            assert_eq!(converted(task(kind), &[TaskKind::Text]), task(kind));
        }
        let plain = task(r#""kind":"NOTE","content":"- [] no\n-[ ] no\n - [ ]no""#);
        assert!(converted(plain, &[TaskKind::Checklist]).items.is_empty());
    }
}
