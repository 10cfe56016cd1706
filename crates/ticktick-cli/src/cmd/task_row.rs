//! [`Row`]: a task of a list, borrowed from its source.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use ticktick::mirror::TaskRow;
use ticktick::tag::TagName;
use ticktick::task::{TaskKind, TaskStatus};

use super::task_view::{TaskView, priority};
use crate::cmd::project_view::ProjectView;
use crate::generated::cli;
use crate::ids::IdMap;
use crate::listed::{Listed, TaskJson};
use crate::when::{self, When};

/// A task of a list. It copies nothing, because a list can have thousands of tasks.
pub(crate) struct Row<'a> {
    task: &'a TaskRow,
    project: &'a ProjectView,
    /// The index of the project among all projects.
    place: usize,
    now: &'a ZonedDateTime,
    span: Option<(Timestamp, (Date, Date))>,
    depth: usize,
    score: Option<f64>,
}

impl<'a> Row<'a> {
    /// Describes a task of a project, which is given with its index.
    pub(crate) fn new(task: &'a TaskRow, (place, project): (usize, &'a ProjectView), now: &'a ZonedDateTime) -> Self {
        let span = task.due.as_ref().and_then(|due| when::span(due, now.time_zone()));
        Self { task, project, place, now, span, depth: 0, score: None }
    }

    /// Describes the task in the JSON of the command line. Texts are borrowed or copied.
    fn described<'t, S: From<Cow<'t, str>> + From<&'t str>>(&'t self) -> cli::Task<S> {
        let task = self.task;
        let (content, items, reminders) = match &task.texts {
            None => ("".into(), Vec::new(), Vec::new()),
            Some(texts) => (
                texts.content.as_str().into(),
                texts
                    .items
                    .iter()
                    .map(|item| cli::Item { title: item.title.as_str().into(), done: item.done })
                    .collect(),
                texts.reminders.iter().map(|reminder| Cow::<str>::Owned(reminder.to_string()).into()).collect(),
            ),
        };
        cli::Task {
            id: self.id().into(),
            title: self.title().into(),
            project: cli::ProjectName { id: self.project().into(), name: self.project_name().into() },
            status: status(task),
            kind: kind(task).into(),
            priority: self.priority(),
            due: task.due.as_ref().filter(|_| self.span.is_some()).and_then(when::view),
            next: None,
            score: self.score,
            unknown_zone: self.unknown_zone().map(S::from),
            tags: task.tags.iter().map(|tag| tag.as_str().into()).collect(),
            content,
            items,
            repeats: task.repeat.as_deref().map(S::from),
            parent: self.parent().map(S::from),
            created: self.created(),
            modified: task.modified,
            completed: self.completed(),
            column: task.column.as_ref().map(|column| column.as_str().into()),
            pinned: task.pinned,
            reminders,
        }
    }

    /// Copies the displayed fields.
    pub(crate) fn view(&self) -> TaskView {
        TaskView {
            task: self.described(),
            project_path: self.project.path(),
            when: self.when().map(Cow::into_owned),
            depth: self.depth,
            sort_order: self.task.sort_order,
            items: self.items(),
        }
    }
}

impl Listed for Row<'_> {
    fn id(&self) -> &str {
        self.task.id.as_str()
    }

    fn title(&self) -> &str {
        &self.task.title
    }

    fn project(&self) -> &str {
        &self.project.id
    }

    fn project_name(&self) -> &str {
        &self.project.name
    }

    fn parent(&self) -> Option<&str> {
        self.task.parent.as_ref().map(AsRef::as_ref)
    }

    fn status(&self) -> cli::TaskStatus {
        status(self.task)
    }

    fn is_note(&self) -> bool {
        self.task.kind == TaskKind::Note
    }

    fn is_pinned(&self) -> bool {
        self.task.pinned
    }

    fn priority(&self) -> cli::Priority {
        priority(&self.task.priority)
    }

    fn repeats(&self) -> bool {
        self.task.repeat.is_some()
    }

    fn unknown_zone(&self) -> Option<&str> {
        self.task.unknown_zone.as_deref()
    }

    fn tags(&self) -> Vec<&str> {
        self.task.tags.iter().map(TagName::as_str).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let Some(texts) = &self.task.texts else { return Vec::new() };
        let items = texts.items.iter().map(|item| item.title.as_str());
        std::iter::once(texts.content.as_str()).chain(items).collect()
    }

    fn items(&self) -> (usize, usize) {
        (self.task.items_done, self.task.items)
    }

    fn created(&self) -> Option<Timestamp> {
        self.task.texts.as_ref().and_then(|texts| texts.created)
    }

    fn modified(&self) -> Option<Timestamp> {
        self.task.modified
    }

    fn completed(&self) -> Option<Timestamp> {
        self.task.completed.filter(|_| self.task.status != TaskStatus::Open)
    }

    fn sort_order(&self) -> i64 {
        self.task.sort_order
    }

    fn score(&self) -> Option<f64> {
        self.score
    }

    fn set_score(&mut self, score: f64) {
        self.score = Some(score);
    }

    fn depth(&self) -> usize {
        self.depth
    }

    fn set_depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    fn place(&self, _: &IdMap<&str, usize>) -> Option<usize> {
        Some(self.place)
    }

    fn span(&self) -> Option<(Timestamp, (Date, Date))> {
        self.span
    }

    fn when(&self) -> Option<Cow<'_, When>> {
        When::new(self.task.due.clone()?, self.now.time_zone()).map(Cow::Owned)
    }

    fn entity(&self) -> TaskJson<'_> {
        TaskJson::Row(self.described())
    }
}

fn status(task: &TaskRow) -> cli::TaskStatus {
    match task.status {
        TaskStatus::Open => cli::TaskStatus::Open,
        TaskStatus::WontDo => cli::TaskStatus::WontDo,
        _ => cli::TaskStatus::Completed,
    }
}

fn kind(task: &TaskRow) -> Cow<'_, str> {
    match task.kind {
        TaskKind::Text => "text".into(),
        TaskKind::Checklist => "checklist".into(),
        TaskKind::Note => "note".into(),
        _ => task.kind.as_str().to_lowercase().into(),
    }
}
