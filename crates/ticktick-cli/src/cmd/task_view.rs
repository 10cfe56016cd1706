//! How tasks are shown to people and scripts.

use std::collections::{HashMap, HashSet};

use anstyle::Style;
use jiff::{Timestamp, ZonedDateTime};
use ticktick::mirror::TaskRow;
use ticktick::task::{ChecklistItem, TaskKind, TaskStatus};
use ticktick::{Account, Priority, Task};

use crate::cmd::project_view::ProjectView;
use crate::generated::cli;
use crate::output::{BOLD, DIM, RED, YELLOW};
use crate::table::{Cell, Table};
use crate::when::{Urgency, When};

/// The deepest level that is indented further than the one above it, so that a long chain of parents costs no more than a
/// list.
const DEEPEST: usize = 20;

/// A task, with what its place in a list depends on.
#[derive(Clone, Debug)]
pub(crate) struct TaskView {
    /// The task in the JSON of the command line, which is stable even if the service renames its members.
    pub(crate) task: cli::Task,
    /// Its project, with the folder.
    pub(crate) project_path: String,
    pub(crate) when: Option<When>,
    /// How many parents it has in the same list.
    depth: usize,
    pub(crate) sort_order: i64,
    /// How many items of the checklist are done, and how many there are.
    items: (usize, usize),
}

impl TaskView {
    /// Reads a task; its date is omitted if the current time is unknown.
    pub(crate) fn new(task: &Task, project: &ProjectView, now: Option<&ZonedDateTime>) -> Self {
        let mut view = Self::without_texts(task, project, now);
        // A checklist stores its text in another member.
        let texts = [&task.content, &task.desc].map(|text| text.as_deref().unwrap_or_default());
        view.task.content = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned();
        view.task.items = task.items.iter().map(item).collect();
        view.task.reminders = task.reminders.iter().map(|reminder| reminder.trigger.to_string()).collect();
        view
    }

    /// Reads a task without its content, checklist and reminders, which are most of it.
    pub(crate) fn without_texts(task: &Task, project: &ProjectView, now: Option<&ZonedDateTime>) -> Self {
        let when = now.and_then(|now| When::of(task, now));
        let due = when.as_ref().and_then(When::view);
        let sort_order = task.sort_order.get().copied().unwrap_or(0);
        let items = (task.items.iter().filter(|item| item.is_done()).count(), task.items.len());
        Self { task: described(task, project, due), project_path: project.path(), when, depth: 0, sort_order, items }
    }

    /// Reads a row of the mirror. Without its texts, the content and the checklist are left out.
    pub(crate) fn of_row(row: TaskRow, project: &ProjectView, now: &ZonedDateTime) -> Self {
        let when = row.due.and_then(|due| When::new(due, now.time_zone()));
        let due = when.as_ref().and_then(When::view);
        let texts = row.texts.unwrap_or_default();
        let is_open = row.status == TaskStatus::Open;
        let task = cli::Task {
            id: row.id.to_string(),
            title: row.title,
            project: cli::ProjectName { id: project.id.clone(), name: project.name.clone() },
            status: match row.status {
                TaskStatus::Open => cli::TaskStatus::Open,
                TaskStatus::WontDo => cli::TaskStatus::WontDo,
                _ => cli::TaskStatus::Completed,
            },
            kind: row.kind.as_str().to_lowercase(),
            priority: priority(&row.priority),
            due,
            next: None,
            score: None,
            unknown_zone: row.unknown_zone,
            tags: row.tags.iter().map(ToString::to_string).collect(),
            content: texts.content,
            items: texts.items.iter().map(item).collect(),
            repeats: row.repeat,
            parent: row.parent.map(|id| id.to_string()),
            created: texts.created,
            modified: row.modified,
            completed: row.completed.filter(|_| !is_open),
            column: row.column.map(|id| id.to_string()),
            pinned: row.pinned,
            reminders: texts.reminders.iter().map(ToString::to_string).collect(),
        };
        let items = (row.items_done, row.items);
        Self { task, project_path: project.path(), when, depth: 0, sort_order: row.sort_order, items }
    }

    /// Reads tasks. Those of unknown projects are left out.
    pub(crate) fn all<'a>(
        tasks: impl IntoIterator<Item = &'a Task>,
        projects: &[ProjectView],
        now: &ZonedDateTime,
    ) -> Vec<Self> {
        Self::each(tasks, projects, |task, project| Self::new(task, project, Some(now)))
    }

    /// Reads the open tasks of all projects.
    pub(crate) fn open(account: &Account, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<Self> {
        Self::all(account.tasks().iter().filter(|task| task.is_open()), projects, now)
    }

    /// Reads tasks in a given way. Those of unknown projects are left out.
    pub(crate) fn each<'a>(
        tasks: impl IntoIterator<Item = &'a Task>,
        projects: &[ProjectView],
        view: impl Fn(&Task, &ProjectView) -> Self,
    ) -> Vec<Self> {
        let projects: HashMap<&str, &ProjectView> = projects.iter().map(|one| (one.id.as_str(), one)).collect();
        let view = |task: &Task| Some(view(task, projects.get(task.project_id.as_str())?));
        tasks.into_iter().filter_map(view).collect()
    }

    pub(crate) fn is_note(&self) -> bool {
        self.task.kind == "note"
    }

    pub(crate) fn urgency(&self, now: &ZonedDateTime) -> Urgency {
        self.when.as_ref().map_or(Urgency::NoDate, |when| when.urgency(now))
    }

    pub(crate) fn due_text(&self, now: &ZonedDateTime) -> Option<String> {
        self.when.as_ref().map(|when| when.show(now))
    }

    /// Sorts the most urgent tasks first and children below their parents.
    pub(crate) fn in_order(mut tasks: Vec<Self>, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<Self> {
        let places: HashMap<&str, usize> = projects.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        let start = |task: &Self| task.when.as_ref().map_or(Timestamp::MAX, |when| when.start().timestamp());
        let key = |task: &Self| {
            let place = places.get(task.task.project.id.as_str()).copied();
            (task.urgency(now), start(task), task.task.priority, place, task.sort_order)
        };
        let keys: Vec<_> = tasks.iter().map(key).collect();
        let mut sorted: Vec<usize> = (0..tasks.len()).collect();
        sorted.sort_unstable_by(|&a, &b| (&keys[a], &tasks[a].task.id).cmp(&(&keys[b], &tasks[b].task.id)));
        let order = depth_first(&tasks, &sorted);
        for &(at, depth) in &order {
            tasks[at].depth = depth;
        }
        arrange(&mut tasks, &order);
        tasks
    }

    fn row(&self, number: usize, now: &ZonedDateTime) -> Vec<Cell> {
        let (mark, style) = match self.task.priority {
            cli::Priority::High => ("!!!", RED),
            cli::Priority::Medium => ("!!", YELLOW),
            cli::Priority::Low => ("!", Style::new()),
            cli::Priority::None => ("", Style::new()),
        };
        let urgency = match self.urgency(now) {
            Urgency::Overdue => RED,
            Urgency::Today => YELLOW,
            Urgency::Later | Urgency::NoDate => Style::new(),
        };
        let (date, urgency) = match self.task.completed {
            Some(at) => (crate::when::past(&at.to_zoned_datetime(now.time_zone().clone()), now), DIM),
            None => (self.due_text(now).unwrap_or_default(), urgency),
        };
        vec![
            Cell::new(format!("{number:>3}")).style(DIM),
            Cell::new(mark).style(style),
            Cell::new(self.shown_title()),
            Cell::new(&self.task.project.name).style(DIM),
            Cell::new(date).style(urgency),
            Cell::new(self.marks()).style(DIM),
        ]
    }

    fn shown_title(&self) -> String {
        let branch = match self.depth {
            0 => String::new(),
            depth => format!("{}└ ", "  ".repeat(depth.min(DEEPEST) - 1)),
        };
        let items = match self.items {
            (_, 0) => String::new(),
            (done, all) => format!(" [{done}/{all}]"),
        };
        format!("{branch}{}{items}", self.task.title)
    }

    fn marks(&self) -> String {
        let repeats = self.task.repeats.iter().map(|_| "↻".to_owned());
        let note = self.is_note().then(|| "note".to_owned());
        let zone = self.task.unknown_zone.iter().map(|zone| format!("unknown zone {zone}"));
        let state = match self.task.status {
            cli::TaskStatus::Open => None,
            cli::TaskStatus::Completed => Some("done".to_owned()),
            cli::TaskStatus::WontDo => Some("won't do".to_owned()),
            cli::TaskStatus::Trashed => Some("in the trash".to_owned()),
        };
        let score = self.task.score.map(|score| format!("score {score:.1}"));
        let tags = self.task.tags.iter().map(|tag| format!("#{tag}"));
        score.into_iter().chain(state).chain(repeats).chain(note).chain(zone).chain(tags).collect::<Vec<_>>().join(" ")
    }
}

/// Returns the places of the sorted tasks with their depth, each parent before its children.
fn depth_first(tasks: &[TaskView], sorted: &[usize]) -> Vec<(usize, usize)> {
    let places: HashMap<&str, usize> = tasks.iter().enumerate().map(|(at, task)| (task.task.id.as_str(), at)).collect();
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut waiting = Vec::new();
    for &at in sorted.iter().rev() {
        match tasks[at].task.parent.as_deref().and_then(|parent| places.get(parent)) {
            Some(&parent) => children.entry(parent).or_default().push(at),
            None => waiting.push((at, 0)),
        }
    }
    let mut ordered = Vec::with_capacity(tasks.len());
    while let Some((at, depth)) = waiting.pop() {
        ordered.push((at, depth));
        waiting.extend(children.remove(&at).unwrap_or_default().into_iter().map(|child| (child, depth + 1)));
    }
    // Tasks that are each other's children have no root, and are still shown.
    if !children.is_empty() {
        let lost: HashSet<usize> = children.into_values().flatten().collect();
        ordered.extend(sorted.iter().filter(|at| lost.contains(at)).map(|&at| (at, 0)));
    }
    ordered
}

/// Puts the tasks into an order in place, because copies of thousands of tasks take longer than everything else.
fn arrange(tasks: &mut [TaskView], order: &[(usize, usize)]) {
    let mut places = vec![0; order.len()];
    for (place, &(at, _)) in order.iter().enumerate() {
        places[at] = place;
    }
    for at in 0..places.len() {
        while places[at] != at {
            let place = places[at];
            tasks.swap(at, place);
            places.swap(at, place);
        }
    }
}

/// Describes a task without its content, checklist and reminders.
fn described(task: &Task, project: &ProjectView, due: Option<cli::Due>) -> cli::Task {
    cli::Task {
        id: task.id.to_string(),
        title: task.title.as_deref().unwrap_or_default().to_owned(),
        project: cli::ProjectName { id: project.id.clone(), name: project.name.clone() },
        status: status(task),
        kind: task.kind.get().unwrap_or(&TaskKind::Text).as_str().to_lowercase(),
        priority: task.priority.get().map_or(cli::Priority::None, priority),
        due,
        next: None,
        score: None,
        unknown_zone: task.unknown_zone().map(str::to_owned),
        tags: task.tags.iter().map(ToString::to_string).collect(),
        content: String::new(),
        items: Vec::new(),
        repeats: task.repeat_flag.get().filter(|rule| !rule.is_empty()).cloned(),
        parent: task.parent_id.get().map(ToString::to_string).filter(|id| !id.is_empty()),
        created: task.created_time.get().and_then(ticktick::models::Timestamp::instant),
        modified: task.modified_time.get().and_then(ticktick::models::Timestamp::instant),
        completed: task.completed_time.get().filter(|_| !task.is_open()).and_then(ticktick::models::Timestamp::instant),
        column: task.column_id.get().map(ToString::to_string).filter(|id| !id.is_empty()),
        pinned: task.is_pinned(),
        reminders: Vec::new(),
    }
}

fn item(item: &ChecklistItem) -> cli::Item {
    cli::Item { title: item.title.as_deref().unwrap_or_default().to_owned(), done: item.is_done() }
}

fn priority(level: &Priority) -> cli::Priority {
    match level {
        Priority::High => cli::Priority::High,
        Priority::Medium => cli::Priority::Medium,
        Priority::Low => cli::Priority::Low,
        _ => cli::Priority::None,
    }
}

fn status(task: &Task) -> cli::TaskStatus {
    if task.is_deleted() {
        cli::TaskStatus::Trashed
    } else if task.is_wont_do() {
        cli::TaskStatus::WontDo
    } else if task.is_open() {
        cli::TaskStatus::Open
    } else {
        cli::TaskStatus::Completed
    }
}

/// Formats tasks as a table with numbers, and if wanted with a heading for each group of dates.
pub(crate) fn tasks_table(tasks: &[TaskView], is_grouped: bool, now: &ZonedDateTime) -> Table {
    let mut table = Table::new().flexible([(2, 40), (3, 12), (2, 20)]);
    let mut group = None;
    for (at, task) in tasks.iter().enumerate() {
        let urgency = task.urgency(now);
        if is_grouped && task.depth == 0 && group != Some(urgency) {
            group = Some(urgency);
            table.heading(heading(urgency, now));
        }
        table.row(task.row(at + 1, now));
    }
    table
}

fn heading(urgency: Urgency, now: &ZonedDateTime) -> Cell {
    match urgency {
        Urgency::Overdue => Cell::new(" Overdue").style(RED.bold()),
        Urgency::Today => Cell::new(now.strftime(" Today, %a %-d %b").to_string()).style(YELLOW.bold()),
        Urgency::Later => Cell::new(" Later").style(BOLD),
        Urgency::NoDate => Cell::new(" No date").style(BOLD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(id: &str, parent: Option<&str>) -> TaskView {
        let mut task = Task::new(id, "p");
        if let Some(parent) = parent {
            task.parent_id = ticktick::TaskId::from(parent).into();
        }
        let project = ProjectView::named("p", "Home");
        TaskView::new(&task, &project, None)
    }

    #[test]
    fn a_zone_that_is_not_understood_is_shown_beside_the_date() {
        let now: ZonedDateTime = "2026-11-23T08:50[UTC]".parse().unwrap();
        let mut task = Task::new("a", "p");
        task.due_date.set("2026-11-23T16:00:00.000+0000");
        task.time_zone.set("Asia/Beijing");
        let view = TaskView::new(&task, &ProjectView::named("p", "Home"), Some(&now));
        assert_eq!(view.due_text(&now).as_deref(), Some("16:00 (in 7 h)"));
        assert_eq!(view.marks(), "unknown zone Asia/Beijing");
        assert_eq!(serde_json::to_value(&view.task).unwrap()["unknown_zone"], "Asia/Beijing");
        task.time_zone.set("GMT+08:00");
        let view = TaskView::new(&task, &ProjectView::named("p", "Home"), Some(&now));
        assert_eq!(view.due_text(&now).as_deref(), Some("16:00 (in 7 h)"));
        assert_eq!(view.marks().as_str(), "");
    }

    fn order(tasks: Vec<TaskView>) -> Vec<(String, usize)> {
        let now = "2026-11-23T08:50[UTC]".parse().unwrap();
        TaskView::in_order(tasks, &[], &now).into_iter().map(|task| (task.task.id, task.depth)).collect()
    }

    #[test]
    fn children_stand_below_their_parents() {
        let tasks = vec![view("c", Some("b")), view("a", None), view("b", Some("a")), view("d", Some("gone"))];
        let wanted = [("a", 0), ("b", 1), ("c", 2), ("d", 0)].map(|(id, depth)| (id.to_owned(), depth));
        assert_eq!(order(tasks), wanted);
    }

    #[test]
    fn a_long_ring_of_parents_takes_no_longer_than_a_list() {
        let count = 100_000;
        let tasks = (0..count).map(|at| view(&at.to_string(), Some(&((at + 1) % count).to_string()))).collect();
        assert_eq!(order(tasks).len(), count);
    }

    #[test]
    fn a_long_chain_of_parents_is_not_indented_without_end() {
        let mut task = view("a", None);
        let indented = |task: &TaskView| task.shown_title().chars().take_while(|c| *c == ' ').count();
        for (depth, blanks) in [(0, 0), (1, 0), (2, 2), (20, 38), (21, 38), (100_000, 38)] {
            task.depth = depth;
            assert_eq!(indented(&task), blanks, "{depth}");
        }
    }

    #[test]
    fn tasks_that_are_each_others_children_are_not_lost() {
        let tasks = vec![view("a", Some("b")), view("b", Some("a")), view("c", Some("c"))];
        assert_eq!(order(tasks).len(), 3);
    }
}
