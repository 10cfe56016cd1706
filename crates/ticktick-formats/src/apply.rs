//! Creates the tasks of a plan in an account.

mod build;
mod found;
mod place;
mod projects;

use std::collections::BTreeMap;

use ticktick::models::{BatchTasks, ItemError, SetParent, TaskId};
use ticktick::raw::task as raw_task;
use ticktick::{Client, Error, ProjectId, Task};

pub(crate) use self::build::id_of;
use self::build::{Target, keys};
use self::found::Found;
use self::projects::Projects;
use crate::{Context, Plan};

/// Maximum number of tasks in one request, and of parents.
const TASKS: usize = 200;
const PARENTS: usize = 500;

/// Maximum level of subtasks, starting at 0.
const DEEPEST: usize = 4;

/// Options of [`apply`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ApplyOptions {
    /// Name of a project for all tasks, instead of their own.
    pub project: Option<String>,
}

/// The outcome of a task of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The task was created.
    Created,
    /// An earlier import created it, or it is the task that was exported.
    Exists,
    /// The task could not be created, or only in part.
    Failed(String),
}

/// The outcome of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowOutcome {
    /// Number of the row in the file.
    pub row: usize,
    /// Title of the task.
    pub title: String,
    /// Id of the task.
    pub id: String,
    /// What happened.
    pub outcome: Outcome,
    /// What was changed or omitted.
    pub remarks: Vec<String>,
}

/// The result of an import.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The outcome of each task, in the order of the plan.
    pub rows: Vec<RowOutcome>,
    /// Names of the projects, folders, columns and tags that were created.
    pub made: Vec<String>,
}

impl Applied {
    /// Returns how many tasks were created.
    #[must_use]
    pub fn created(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome == Outcome::Created).count()
    }

    /// Returns how many tasks already existed.
    #[must_use]
    pub fn existing(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome == Outcome::Exists).count()
    }

    /// Returns how many tasks failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.rows.len() - self.created() - self.existing()
    }
}

/// Creates the tasks of a plan, and the projects, folders, columns and tags that they need.
///
/// The id of each task is computed from its key in the file, so a second run adds nothing and an interrupted run can be
/// repeated. Parents are set after all tasks exist. `progress` is called with the number of finished tasks and of all tasks.
///
/// `GET /api/v3/batch/check/0`; if a task does not exist yet, `GET /api/v2/project/all/closed` and the trash; then
/// `POST /api/v2/batch/task`, one for each 200 tasks, and `POST /api/v2/batch/taskParent`, one for each 500 parents
///
/// # Errors
///
/// Fails if the account cannot be read or a project cannot be created. The errors of single tasks are in the result.
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// use ticktick_formats::{ApplyOptions, Context, Format, apply, read};
///
/// let context = Context::new("2026-03-01T12:30[Europe/London]".parse()?);
/// let plan = read(Format::TodoTxt, b"(A) Book the band +Wedding", "todo", &context)?;
/// let options = ApplyOptions::default();
/// let done = apply(&client, &plan, &context, &options, &mut |done, all| println!("{done} of {all}")).await?;
/// assert_eq!(done.created(), 1);
///
/// let again = apply(&client, &plan, &context, &options, &mut |_, _| {}).await?;
/// assert_eq!(again.created(), 0);
/// # Ok(())
/// # });
/// ```
pub async fn apply(
    client: &Client,
    plan: &Plan,
    context: &Context,
    options: &ApplyOptions,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Applied, Error> {
    let account = client.sync().full().await?;
    let inbox = account.inbox_id().cloned().unwrap_or_else(|| ProjectId::from("inbox"));
    let keys = keys(plan);
    let ids: Vec<String> = keys.iter().map(|key| id_of(&["import", inbox.as_str(), key])).collect();
    let mut found = Found::of(&account);
    found.look_for(client, &ids).await?;
    let mut applied = Applied::default();
    let parents = parents(plan, &mut applied);
    let mut projects = Projects::new(client, &account, inbox);
    projects.make(plan, options, &mut applied.made).await?;
    let mut tasks = Vec::new();
    for (index, record) in plan.records.iter().enumerate() {
        let own = record.ticktick_id.as_deref().filter(|id| found.has(id));
        let id = own.unwrap_or(&ids[index]).to_owned();
        applied.rows[index].id.clone_from(&id);
        if found.has(&id) {
            applied.rows[index].outcome = Outcome::Exists;
            continue;
        }
        let top = top(&parents, index);
        let (project, column) = projects.place(&plan.records[top], record, options);
        let target = Target { id, sort_order: projects.next_order(&project), project, column };
        let (task, remarks) = build::task(record, target, context);
        applied.rows[index].remarks.extend(remarks);
        tasks.push((index, task));
    }
    send(client, &tasks, &mut applied, progress).await;
    link(client, &parents, &tasks, &found, &mut applied).await;
    Ok(applied)
}

/// Returns the parent of each task, no deeper than the service allows, and starts the report.
fn parents(plan: &Plan, applied: &mut Applied) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = plan.records.iter().map(|record| record.parent).collect();
    for (index, record) in plan.records.iter().enumerate() {
        let mut row = RowOutcome {
            row: record.row,
            title: record.title.clone(),
            id: String::new(),
            outcome: Outcome::Failed("not sent".to_owned()),
            remarks: Vec::new(),
        };
        row.remarks.extend(record.warning.clone());
        let notes = plan.remarks.iter().filter(|remark| !remark.skipped && remark.row == record.row && remark.row > 0);
        row.remarks.extend(notes.map(|remark| remark.text.clone()));
        // From the top-level task to the task itself.
        let mut above: Vec<usize> = std::iter::successors(record.parent, |at| plan.records[*at].parent).collect();
        above.reverse();
        if above.len() > DEEPEST {
            parents[index] = Some(above[DEEPEST - 1]);
            row.remarks.push("tasks nest five levels deep; moved up".to_owned());
        }
        applied.rows.push(row);
    }
    parents
}

fn top(parents: &[Option<usize>], index: usize) -> usize {
    std::iter::successors(Some(index), |at| parents[*at]).last().unwrap_or(index)
}

/// Creates tasks. If a request fails and the next one would fail, too, the rest is not sent.
async fn send(
    client: &Client,
    tasks: &[(usize, Task)],
    applied: &mut Applied,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) {
    let mut done = applied.existing();
    progress(done, applied.rows.len());
    let mut fatal: Option<String> = None;
    for chunk in tasks.chunks(TASKS) {
        let outcomes = match &fatal {
            Some(message) => vec![Outcome::Failed(message.clone()); chunk.len()],
            None => match create(client, chunk).await {
                Ok(outcomes) => outcomes,
                Err(error) => {
                    let message = error.to_string();
                    fatal = is_final(&error).then(|| message.clone());
                    vec![Outcome::Failed(message); chunk.len()]
                }
            },
        };
        for ((index, _), outcome) in chunk.iter().zip(outcomes) {
            applied.rows[*index].outcome = outcome;
        }
        done += chunk.len();
        progress(done, applied.rows.len());
    }
}

/// Returns whether the next request would fail as well.
fn is_final(error: &Error) -> bool {
    error.is_auth() || error.is_rate_limited() || error.is_retryable()
}

async fn create(client: &Client, chunk: &[(usize, Task)]) -> Result<Vec<Outcome>, Error> {
    let mut batch = BatchTasks::default();
    batch.add = chunk.iter().map(|(_, task)| task.clone()).collect::<Vec<_>>().into();
    let answer = raw_task::batch(client.transport(), &batch).await?;
    let outcome = |task: &Task| match answer.id2error.get(task.id.as_str()) {
        Some(error) => Outcome::Failed(refusal(error)),
        None if answer.id2etag.contains_key(task.id.as_str()) => Outcome::Created,
        None => Outcome::Failed("the service did not store the task".to_owned()),
    };
    Ok(chunk.iter().map(|(_, task)| outcome(task)).collect())
}

/// Explains why the service refused an item, without the service's text, which may repeat what the user wrote.
pub(crate) fn refusal(error: &ItemError) -> String {
    let code = match error {
        ItemError::Code(code) => Some(code),
        ItemError::Detail(detail) => detail.code.get(),
        _ => None,
    };
    code.map_or_else(|| "refused by the service".to_owned(), |code| format!("refused by the service: {code}"))
}

/// Sets the parents of tasks without one: new tasks, and those that an interrupted import left without a parent.
async fn link(
    client: &Client,
    parents: &[Option<usize>],
    tasks: &[(usize, Task)],
    found: &Found,
    applied: &mut Applied,
) {
    let projects: BTreeMap<usize, ProjectId> =
        tasks.iter().map(|(index, task)| (*index, task.project_id.clone())).collect();
    let mut links: Vec<(usize, SetParent)> = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        let Some(parent) = *parent else { continue };
        let is_there = |at: usize| !matches!(applied.rows[at].outcome, Outcome::Failed(_));
        let project = projects.get(&index).cloned().or_else(|| found.orphan(&applied.rows[index].id));
        let Some(project) = project.filter(|_| is_there(index)) else { continue };
        if !is_there(parent) {
            applied.rows[index].remarks.push("its parent could not be created".to_owned());
            continue;
        }
        let (child, above) = (applied.rows[index].id.as_str(), applied.rows[parent].id.as_str());
        let mut link = SetParent::new(TaskId::from(child), project);
        link.parent_id.set(TaskId::from(above));
        links.push((index, link));
    }
    for chunk in links.chunks(PARENTS) {
        let body: Vec<SetParent> = chunk.iter().map(|(_, link)| link.clone()).collect();
        let answer = raw_task::set_parents(client.transport(), &body).await.map_err(Error::from);
        for (index, link) in chunk {
            let failure = match &answer {
                Ok(answer) => answer.id2error.get(link.task_id.as_str()).map(refusal),
                Err(error) => Some(error.to_string()),
            };
            if let Some(failure) = failure {
                applied.rows[*index].outcome = Outcome::Failed(format!("created, but without its parent: {failure}"));
            }
        }
    }
}
