//! [`Call`]: one call of a tool, with what all tools share.

use std::time::Duration;

use jiff::{Timestamp, ZonedDateTime};
use ticktick::mirror::{TaskQuery, TaskRow};
use ticktick::{Client, ProjectId, Task, TaskId};

use crate::account::Account;
use crate::answer::Answer;
use crate::caller::{Caller, Consent};
use crate::failure::Failure;
use crate::item::Printer;
use crate::refs;
use crate::state::State;
use crate::text::{plural, title};
use crate::view::View;

/// How long a read waits for changes before it uses the mirror as it is.
const HASTY: Duration = Duration::from_secs(10);
/// How many changes a question to the user lists.
const LISTED: usize = 30;

/// How fresh the account must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Uses the mirror as it is, without a request.
    Peek,
    /// Refreshes the mirror if it is old and TickTick can be reached.
    Read,
    /// Always refreshes the mirror.
    Write,
}

/// One call of a tool.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a State,
    pub(crate) account: &'a Account,
    pub(crate) access: Access,
    pub(crate) caller: &'a Caller,
    pub(crate) consent: &'a Consent,
    /// The tool and its arguments, for which a confirmation is valid.
    pub(crate) request: &'a str,
}

/// A task that changes.
pub(crate) struct Subject {
    pub(crate) id: TaskId,
    title: String,
    project: ProjectId,
    version: String,
}

/// What a call is about to change.
#[derive(Default)]
pub(crate) struct Plan {
    /// The changes, one per line.
    pub(crate) lines: Vec<String>,
    /// The tasks that change.
    pub(crate) tasks: Vec<Subject>,
    /// Number of tasks that are new.
    pub(crate) new: usize,
    /// Why the change always needs a confirmation.
    pub(crate) because: Option<String>,
}

impl Call<'_> {
    pub(crate) fn client(&self) -> &Client {
        &self.account.client
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.account.now()
    }

    /// Reports progress. Fails if the client has canceled the call.
    pub(crate) async fn step(&self, message: impl Into<String>) -> Result<(), Failure> {
        if self.caller.is_cancelled() {
            return Err(Failure::new("Canceled. History shows what was done before."));
        }
        self.caller.step(message).await;
        Ok(())
    }

    /// Brings the mirror up to date: always before a write, and before a read if it is old. If it is still old, returns why.
    pub(crate) async fn refresh(&self) -> Result<Option<String>, Failure> {
        let mirror = &self.account.mirror;
        let age = mirror.age()?.filter(|age| !age.is_negative() && self.account.owns_mirror());
        let is_fresh = age.is_some_and(|age| age.unsigned_abs() < self.max_age()) && !mirror.is_stale()?;
        if self.access == Access::Peek || (self.access == Access::Read && is_fresh) {
            return Ok(None);
        }
        self.step("Reading the account").await?;
        let Some(age) = age.filter(|_| self.access == Access::Read) else {
            self.account.refresh(false).await?;
            return Ok(None);
        };
        let stale = || Ok(Some(format!("TickTick cannot be reached: this is from {} minutes ago.", age.as_mins())));
        if self.account.is_unreachable(self.max_age()) {
            return stale();
        }
        let refreshed = tokio::time::timeout(HASTY, self.account.refresh(false)).await;
        self.account.answered(matches!(&refreshed, Ok(Ok(()))));
        match refreshed {
            Ok(Ok(())) => Ok(None),
            Ok(Err(error)) if !error.is_retryable() => Err(error.into()),
            _ => stale(),
        }
    }

    fn max_age(&self) -> Duration {
        self.state.options.max_age.unwrap_or(self.account.preferences.max_age)
    }

    /// Returns the account as it is now.
    pub(crate) async fn view(&self) -> Result<View, Failure> {
        self.view_of(&TaskQuery::new()).await
    }

    /// Returns the account as it is now, with the texts of the tasks.
    pub(crate) async fn view_with_texts(&self) -> Result<View, Failure> {
        self.view_of(&TaskQuery::new().with_texts()).await
    }

    async fn view_of(&self, query: &TaskQuery) -> Result<View, Failure> {
        let stale = self.refresh().await?;
        let mirror = &self.account.mirror;
        let now = self.now().to_zoned_datetime(mirror.zone()?);
        let tasks = mirror.list(query)?;
        let printer = self.printer(now, stale, tasks.iter().map(|task| task.id.as_str()).collect());
        let (projects, inbox, week_start) = (mirror.projects()?, mirror.inbox_id()?, mirror.week_start()?);
        let quick_add = self.account.preferences.quick_add(&printer.now, week_start);
        let listed = self.state.listed();
        Ok(View { printer, tasks, projects, inbox, quick_add, listed })
    }

    /// Creates a printer for the open tasks with these ids.
    pub(crate) fn printer(&self, now: ZonedDateTime, stale: Option<String>, ids: Vec<&str>) -> Printer {
        let listed = self.state.listed();
        Printer::new(now, stale, ids.into_iter().chain(listed.iter().map(String::as_str)))
    }

    /// Returns the answer that ends the call before anything is written: a preview, or a request for confirmation.
    pub(crate) async fn check(
        &self,
        plan: &Plan,
        view: &View,
        dry_run: bool,
        confirm: Option<&str>,
    ) -> Result<Option<Answer>, Failure> {
        self.refuse_protected(plan, view)?;
        if dry_run {
            return Ok(Some(plan.preview("Dry run: nothing was changed. The call would do this:")));
        }
        let now = self.now();
        let because = plan.because.clone().or_else(|| self.state.confirmations.needed(plan.count(), now));
        if let Some(because) = because
            && let Some(preview) = self.confirm(plan, &because, confirm)
        {
            return Ok(Some(preview));
        }
        self.step("Sending the change").await?;
        if !self.caller.begin() {
            return Err(Failure::new("Canceled. Nothing was changed."));
        }
        self.state.confirmations.count(plan.count(), now);
        Ok(None)
    }

    /// Returns a preview with a token, unless the change is confirmed.
    fn confirm(&self, plan: &Plan, because: &str, confirm: Option<&str>) -> Option<Answer> {
        let (set, now) = (plan.set(self.request), self.now());
        let given = match self.consent {
            Consent::Given(token) => Some(token.as_str()),
            _ => confirm.map(str::trim).filter(|token| !token.is_empty()),
        };
        let refused = match (given.map(|token| self.state.confirmations.open(token, &set, now)), self.consent) {
            (Some(Ok(())), _) => return None,
            (Some(Err(why)), _) => Some(why),
            (None, Consent::Refused(why)) => Some(*why),
            (None, _) => None,
        };
        let remark = refused.map_or_else(String::new, |why| format!("Not confirmed: {why}. "));
        let token = self.state.confirmations.seal(&set, now);
        let mut answer = plan.preview(&format!(
            "{remark}Nothing was changed yet, because {because}. Ask the user. If they agree, repeat the call with confirm set \
             to the token below. It is valid once, within ten minutes, and only for this:"
        ));
        answer.question = remark.is_empty().then(|| plan.question(because));
        answer.confirm = token;
        Some(answer)
    }

    fn refuse_protected(&self, plan: &Plan, view: &View) -> Result<(), Failure> {
        for name in &self.state.options.protect {
            let protected = self.project(name, view)?;
            if let Some(task) = plan.tasks.iter().find(|task| task.project == protected.0) {
                let (task, project) = (title(&task.title), protected.1);
                return Err(Failure::new(format!(
                    "\"{task}\" is in {project}, which this server must not change. Nothing was changed."
                )));
            }
        }
        Ok(())
    }

    /// Refuses to change a protected project.
    pub(crate) fn refuse_project(&self, id: &ProjectId, view: &View) -> Result<(), Failure> {
        for name in &self.state.options.protect {
            if self.project(name, view)?.0 == *id {
                let name = title(name);
                return Err(Failure::new(format!(
                    "This server must not change the project {name}. Nothing was changed."
                )));
            }
        }
        Ok(())
    }

    /// Finds a project and returns its id and name.
    pub(crate) fn project(&self, name: &str, view: &View) -> Result<(ProjectId, String), Failure> {
        let lower = name.trim().to_lowercase();
        let inbox = view.inbox.as_ref();
        if let Some(inbox) = inbox.filter(|inbox| inbox.as_str() == lower || ["inbox", "收集箱"].contains(&&*lower))
        {
            return Ok((inbox.clone(), "Inbox".to_owned()));
        }
        let others = view.projects.iter().map(|one| (&one.id, one.name()));
        let all: Vec<(&ProjectId, &str)> = inbox.map(|id| (id, "Inbox")).into_iter().chain(others).collect();
        let (id, _) = refs::named("project", name, &all, |(id, name)| (id.as_str(), name))?;
        Ok(((*id).clone(), view.project_name(id)))
    }

    /// Finds open tasks and reads all of their fields.
    pub(crate) fn open_tasks(&self, names: &[String], view: &View) -> Result<Vec<Task>, Failure> {
        refs::tasks(names, &view.tasks, view)?.into_iter().map(|row| self.whole(row)).collect()
    }

    /// Finds an open task and reads all of its fields.
    pub(crate) fn open_task(&self, name: &str, view: &View) -> Result<Task, Failure> {
        self.whole(refs::task(name, &view.tasks, view)?)
    }

    /// Returns the closed or deleted task with a code or an id from an earlier answer.
    pub(crate) fn listed(&self, name: &str) -> Option<TaskId> {
        let listed = self.state.listed();
        let mut ids = listed.iter().filter(|id| refs::is_code_of(name.trim(), id));
        ids.next().filter(|_| ids.next().is_none()).map(|id| id.as_str().into())
    }

    /// Reads all fields of an open task.
    pub(crate) fn whole(&self, row: &TaskRow) -> Result<Task, Failure> {
        let gone = || Failure::new("The task has just been closed by another program. Nothing was changed.");
        self.account.mirror.task(&row.id)?.ok_or_else(gone)
    }
}

impl Subject {
    pub(crate) fn title(&self) -> &str {
        &self.title
    }
}

impl From<&Task> for Subject {
    fn from(task: &Task) -> Self {
        let version = task.etag.get().map_or_else(String::new, |etag| etag.as_str().to_owned());
        Self { id: task.id.clone(), title: task.title().to_owned(), project: task.project_id.clone(), version }
    }
}

impl From<&TaskRow> for Subject {
    fn from(row: &TaskRow) -> Self {
        let version = row.etag.as_ref().map_or_else(String::new, |etag| etag.as_str().to_owned());
        Self { id: row.id.clone(), title: row.title.clone(), project: row.project_id.clone(), version }
    }
}

impl Plan {
    pub(crate) fn of(tasks: impl IntoIterator<Item = impl Into<Subject>>, lines: Vec<String>) -> Self {
        Self { lines, tasks: tasks.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Returns how many tasks change.
    fn count(&self) -> usize {
        self.tasks.len() + self.new
    }

    fn preview(&self, head: &str) -> Answer {
        Answer::lines(std::iter::once(head.to_owned()).chain(self.lines.iter().cloned()))
    }

    /// Returns the question that a client asks its user.
    fn question(&self, because: &str) -> String {
        let all: Vec<&str> = self.lines.iter().flat_map(|change| change.lines()).collect();
        let more = all.len().saturating_sub(LISTED);
        let head = format!("TickTick: confirm this change, because {because}.");
        let lines = std::iter::once(head).chain(all.into_iter().take(LISTED).map(str::to_owned));
        let lines = lines.chain((more > 0).then(|| format!("… and {more} more")));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Returns what a confirmation covers: the request, the changes and the versions of the tasks.
    fn set(&self, request: &str) -> String {
        let versions = self.tasks.iter().map(|task| format!("{}@{}", task.id, task.version));
        let all = std::iter::once(request.to_owned()).chain(self.lines.iter().cloned()).chain(versions);
        all.collect::<Vec<_>>().join("\n")
    }
}

/// Returns the head of an answer to a write.
pub(crate) fn done(verb: &str, count: usize) -> String {
    format!("{verb} {}:", plural(count, "task"))
}
