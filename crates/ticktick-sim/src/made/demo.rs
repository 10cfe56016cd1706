//! The demo account: 40 open tasks in the inbox and five projects, an archived project, a few closed tasks and one
//! in the trash; habits with check-ins, focus sessions, saved timers and a linked calendar.

mod calendar;
mod focus;
mod habits;
mod sketch;
mod tasks;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::made::demo::sketch::{Sketch, Today};
use crate::world::account::Account;
use crate::world::fields::{Fields, object};

/// Time zone of the account by default.
pub(crate) const ZONE: &str = "Europe/London";

/// Distance between the positions of projects, folders and columns.
const STEP: i64 = 1 << 40;

/// The folders.
const FOLDERS: &[&str] = &["Office", "Private"];

/// The projects: name, folder, color, view, kind, and whether the project is archived.
const PROJECTS: &[(&str, &str, &str, &str, &str, bool)] = &[
    ("💼 Work", "Office", "#4772FA", "list", "TASK", false),
    ("🚀 Website launch", "Office", "#FFD324", "kanban", "TASK", false),
    ("🏡 Home", "Private", "#35D870", "list", "TASK", false),
    ("✈️ Trip to Japan", "Private", "#FF6161", "timeline", "TASK", false),
    ("📚 Notes", "", "#9B9B9B", "list", "NOTE", false),
    ("Old flat", "", "", "list", "TASK", true),
];

/// The columns of the board.
const COLUMNS: &[&str] = &["To do", "Doing", "Waiting"];

/// The tags: label, parent and color.
const TAGS: &[(&str, &str, &str)] = &[
    ("Errands", "", "#FFD324"),
    ("Focus", "", "#4772FA"),
    ("Deep", "focus", "#E070FF"),
    ("Money", "", "#35D870"),
    ("Waiting", "", ""),
];

/// Fills an empty account. The ids depend on the seed of the account, the dates on the clock.
pub(crate) fn fill(account: &mut Account, zone: &str, now: Timestamp) {
    account.zone = zone.into();
    let folders = folders(account, now);
    let projects = projects(account, &folders, now);
    let columns = columns(account, &projects[1].1, now);
    for (label, parent, color) in TAGS {
        let tag = json!({ "name": label.to_lowercase(), "label": label, "parent": parent, "color": color_of(color) });
        drop(account.add_tag(&object(&tag), now));
    }
    let rule = r#"{"and":[{"conditionName":"priority","conditionType":1,"or":[5]},{"conditionName":"dueDate","conditionType":1,"or":["overdue","today"]}],"type":0,"version":1}"#;
    drop(account.add_filter(&object(&json!({ "name": "Burning", "rule": rule })), now));
    let today = Today::new(now, zone);
    for sketch in tasks::all(&today) {
        place(account, sketch, &projects, &columns, now);
    }
    account.seed_templates(now);
    // Other objects follow the tasks, so that the ids of tasks do not change.
    habits::fill(account, &today, now);
    focus::fill(account, &today, now);
    calendar::fill(account, &today, now);
    calendar::notify(account, &today, now);
}

/// The ids of created objects, by name.
type Named = Vec<(String, String)>;

fn folders(account: &mut Account, now: Timestamp) -> Named {
    let mut made = Named::new();
    for (order, name) in (0..).zip(FOLDERS) {
        let folder = json!({ "name": name, "showAll": true, "sortOrder": order * STEP });
        if let Ok((id, _)) = account.add_group(&object(&folder), now) {
            made.push(((*name).into(), id));
        }
    }
    made
}

fn projects(account: &mut Account, folders: &Named, now: Timestamp) -> Named {
    let mut made = Named::new();
    for (order, (name, folder, color, view, kind, archived)) in (0..).zip(PROJECTS) {
        let project = json!({
            "name": name,
            "groupId": find(folders, folder),
            "color": color_of(color),
            "viewMode": view,
            "kind": kind,
            "closed": archived,
            "sortOrder": order * STEP,
        });
        if let Ok((id, _)) = account.add_project(&object(&project), now) {
            made.push(((*name).into(), id));
        }
    }
    made
}

fn columns(account: &mut Account, project: &str, now: Timestamp) -> Named {
    let mut made = Named::new();
    for (order, name) in (0..).zip(COLUMNS) {
        let column = json!({ "projectId": project, "name": name, "sortOrder": order * STEP });
        if let Ok((id, _)) = account.add_column(&object(&column), now) {
            made.push(((*name).into(), id));
        }
    }
    made
}

/// Adds one task, in its project and under its parent.
fn place(account: &mut Account, sketch: Sketch, projects: &Named, columns: &Named, now: Timestamp) {
    let Sketch { project, mut task, column, parent, trashed } = sketch;
    let inbox = account.inbox_id.clone();
    // Projects are identified by a word of their name; no word means the inbox.
    let project = project.and_then(|word| projects.iter().find(|(name, _)| name.contains(word)));
    task.put("projectId", project.map_or(&inbox, |(_, id)| id));
    if let Some(column) = column.and_then(|name| find(columns, name)) {
        task.put("columnId", column);
    }
    let Ok((id, _)) = account.add_task(&task, now) else { return };
    let parent =
        parent.and_then(|title| account.tasks.ids(|row| row.object().text("title").as_deref() == Some(title)).pop());
    if let Some(parent) = parent {
        account.attach(&id, &parent, now);
    }
    if trashed {
        account.trash_task(&id, now);
    }
}

fn find<'a>(named: &'a Named, name: &str) -> Option<&'a String> {
    named.iter().find(|(known, _)| known == name).map(|(_, id)| id)
}

fn color_of(color: &str) -> Value {
    if color.is_empty() { Value::Null } else { color.into() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ticktick_models::{DeletedState, FixedClock, Task, TaskStatus, Timestamp};

    use crate::{Collection, DEMO_USER, Service, Simulator};

    fn demo() -> Service {
        let now: jiff::Timestamp = "2026-07-01T10:00:00Z".parse().unwrap();
        Simulator::builder().demo().clock(FixedClock(now)).build()
    }

    #[test]
    fn the_demo_can_be_in_another_time_zone() {
        // Already the next day in Auckland.
        let now: jiff::Timestamp = "2026-07-01T20:00:00Z".parse().unwrap();
        let service = Simulator::builder().demo_in("Pacific/Auckland").clock(FixedClock(now)).build();
        let due: Vec<String> = service
            .objects(DEMO_USER, Collection::Tasks)
            .iter()
            .map(|task| serde_json::to_string(task).unwrap())
            .collect();
        assert!(due.iter().any(|task| task.contains("Pacific/Auckland")), "{due:?}");
        assert!(due.iter().any(|task| task.contains("2026-07-01T12:00:00.000+0000")), "midnight in Auckland: {due:?}");
    }

    #[test]
    fn forty_tasks_are_open_and_varied() {
        let objects = demo().objects(DEMO_USER, Collection::Tasks);
        let tasks: Vec<Task> = objects.iter().map(|task| task.decode().unwrap()).collect();
        let open: Vec<&Task> =
            tasks.iter().filter(|task| task.status == TaskStatus::Open && task.deleted == DeletedState::Live).collect();
        assert_eq!(open.len(), 40);
        let projects: HashSet<&str> = open.iter().map(|task| task.project_id.as_str()).collect();
        assert_eq!(projects.len(), 6, "the inbox and five projects; the sixth is archived");
        let titles: HashSet<_> = open.iter().filter_map(|task| task.title.get()).collect();
        assert_eq!(titles.len(), 40);
        assert!(open.iter().any(|task| !task.child_ids.is_empty()));
        assert!(open.iter().any(|task| task.items.len() > 1));
        assert!(open.iter().any(|task| task.repeat_flag.get().is_some()));
        assert_eq!(tasks.len(), 46);
    }

    #[test]
    fn the_rest_of_the_account_is_varied() {
        let demo = demo();
        let count = |collection| demo.objects(DEMO_USER, collection).len();
        assert_eq!(count(Collection::Habits), 4);
        assert_eq!(count(Collection::HabitSections), 4);
        assert!(count(Collection::HabitCheckins) > 50);
        assert!(count(Collection::FocusRecords) > 31, "more than a page");
        assert_eq!(count(Collection::Timers), 2);
        let again = self::demo();
        for collection in [Collection::Habits, Collection::HabitCheckins, Collection::FocusRecords] {
            assert_eq!(demo.objects(DEMO_USER, collection), again.objects(DEMO_USER, collection));
        }
    }

    #[test]
    fn the_same_moment_makes_the_same_account() {
        assert_eq!(demo().objects(DEMO_USER, Collection::Tasks), demo().objects(DEMO_USER, Collection::Tasks));
    }

    #[test]
    fn all_day_is_local_midnight() {
        let objects = demo().objects(DEMO_USER, Collection::Tasks);
        let tasks: Vec<Task> = objects.iter().map(|task| task.decode().unwrap()).collect();
        let today = tasks.iter().find(|task| task.title == "Pay the electricity bill");
        assert_eq!(today.unwrap().start_date, Timestamp::from("2026-06-30T23:00:00.000+0000"));
    }
}
