//! How tasks are shown to people and scripts.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use ticktick::task::{ChecklistItem, TaskKind};
use ticktick::{Account, Priority, Task};

use crate::cmd::project_view::ProjectView;
use crate::generated::cli;
use crate::ids::IdMap;
use crate::listed::{Listed, TaskJson};
use crate::when::{Urgency, When};

/// A task, with the data that its position in a list depends on.
#[derive(Clone, Debug)]
pub(crate) struct TaskView {
    /// The task in the JSON of the command line, which is stable even if the service renames its members.
    pub(crate) task: cli::Task,
    /// Its project, with the folder.
    pub(crate) project_path: String,
    pub(crate) when: Option<When>,
    /// How many parents it has in the same list.
    pub(super) depth: usize,
    pub(crate) sort_order: i64,
    /// How many items of the checklist are done, and how many there are.
    pub(super) items: (usize, usize),
}

impl TaskView {
    /// Reads a task; its date is omitted if the current time is unknown.
    pub(crate) fn new(task: &Task, project: &ProjectView, now: Option<&ZonedDateTime>) -> Self {
        let when = now.and_then(|now| When::of(task, now));
        let due = when.as_ref().and_then(When::view);
        let sort_order = task.sort_order.get().copied().unwrap_or(0);
        let items = (task.items.iter().filter(|item| item.is_done()).count(), task.items.len());
        Self { task: described(task, project, due), project_path: project.path(), when, depth: 0, sort_order, items }
    }

    /// Reads tasks. Those in unknown projects are omitted.
    pub(crate) fn all<'a>(
        tasks: impl IntoIterator<Item = &'a Task>,
        projects: &[ProjectView],
        now: &ZonedDateTime,
    ) -> Vec<Self> {
        let projects: IdMap<&str, &ProjectView> = projects.iter().map(|one| (one.id.as_str(), one)).collect();
        let view = |task: &Task| Some(Self::new(task, projects.get(task.project_id.as_str())?, Some(now)));
        tasks.into_iter().filter_map(view).collect()
    }

    /// Reads the open tasks of all projects.
    pub(crate) fn open(account: &Account, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<Self> {
        Self::all(account.tasks().iter().filter(|task| task.is_open()), projects, now)
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
}

impl Listed for TaskView {
    fn id(&self) -> &str {
        &self.task.id
    }

    fn title(&self) -> &str {
        &self.task.title
    }

    fn project(&self) -> &str {
        &self.task.project.id
    }

    fn project_name(&self) -> &str {
        &self.task.project.name
    }

    fn parent(&self) -> Option<&str> {
        self.task.parent.as_deref()
    }

    fn status(&self) -> cli::TaskStatus {
        self.task.status
    }

    fn is_note(&self) -> bool {
        self.task.kind == "note"
    }

    fn is_pinned(&self) -> bool {
        self.task.pinned
    }

    fn priority(&self) -> cli::Priority {
        self.task.priority
    }

    fn repeats(&self) -> bool {
        self.task.repeats.is_some()
    }

    fn unknown_zone(&self) -> Option<&str> {
        self.task.unknown_zone.as_deref()
    }

    fn tags(&self) -> Vec<&str> {
        self.task.tags.iter().map(String::as_str).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let items = self.task.items.iter().map(|item| item.title.as_str());
        std::iter::once(self.task.content.as_str()).chain(items).collect()
    }

    fn items(&self) -> (usize, usize) {
        self.items
    }

    fn created(&self) -> Option<Timestamp> {
        self.task.created
    }

    fn modified(&self) -> Option<Timestamp> {
        self.task.modified
    }

    fn completed(&self) -> Option<Timestamp> {
        self.task.completed
    }

    fn sort_order(&self) -> i64 {
        self.sort_order
    }

    fn score(&self) -> Option<f64> {
        self.task.score
    }

    fn set_score(&mut self, score: f64) {
        self.task.score = Some(score);
    }

    fn depth(&self) -> usize {
        self.depth
    }

    fn set_depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    fn span(&self) -> Option<(Timestamp, (Date, Date))> {
        self.when.as_ref().map(|when| (when.start().timestamp(), when.days().into_inner()))
    }

    fn when(&self) -> Option<Cow<'_, When>> {
        self.when.as_ref().map(Cow::Borrowed)
    }

    fn entity(&self) -> TaskJson<'_> {
        TaskJson::Whole(&self.task)
    }
}

fn described(task: &Task, project: &ProjectView, due: Option<cli::Due>) -> cli::Task {
    // A checklist stores its text in another member.
    let texts = [&task.content, &task.desc].map(|text| text.as_deref().unwrap_or_default());
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
        content: texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned(),
        items: task.items.iter().map(item).collect(),
        repeats: task.repeat_flag.get().filter(|rule| !rule.is_empty()).cloned(),
        parent: task.parent_id.get().map(ToString::to_string).filter(|id| !id.is_empty()),
        created: task.created_time.get().and_then(ticktick::models::Timestamp::instant),
        modified: task.modified_time.get().and_then(ticktick::models::Timestamp::instant),
        completed: task.completed_time.get().filter(|_| !task.is_open()).and_then(ticktick::models::Timestamp::instant),
        column: task.column_id.get().map(ToString::to_string).filter(|id| !id.is_empty()),
        pinned: task.is_pinned(),
        reminders: task.reminders.iter().map(|reminder| reminder.trigger.to_string()).collect(),
    }
}

fn item<'a, S: From<&'a str>>(item: &'a ChecklistItem) -> cli::Item<S> {
    cli::Item { title: item.title.as_deref().unwrap_or_default().into(), done: item.is_done() }
}

pub(super) fn priority(level: &Priority) -> cli::Priority {
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
