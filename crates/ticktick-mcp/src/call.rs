//! [`Call`]: one call of a tool, and what all tools share.

use jiff::Timestamp;
use ticktick::{Client, Project, ProjectId, Task};

use crate::answer::{Answer, Failure};
use crate::refs;
use crate::source::Account;
use crate::state::State;
use crate::text::{plural, title};
use crate::view::View;

/// One call of a tool.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a State,
    pub(crate) account: &'a Account,
    /// Whether the tool reads only.
    pub(crate) reads: bool,
}

/// What a call is about to change.
#[derive(Default)]
pub(crate) struct Plan {
    /// The changes, one per line.
    pub(crate) lines: Vec<String>,
    /// The tasks that change.
    pub(crate) tasks: Vec<Task>,
    /// Number of tasks that are new.
    pub(crate) new: usize,
    /// Why the change needs a confirmation in any case.
    pub(crate) because: Option<String>,
}

impl Call<'_> {
    pub(crate) fn client(&self) -> &Client {
        &self.account.client
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.account.now()
    }

    /// Returns the account as it is now: always refreshed before a write, and if it is old before a read.
    pub(crate) async fn view(&self) -> Result<View, Failure> {
        let mirror = &self.account.mirror;
        let age = mirror.age()?.filter(|age| !age.is_negative());
        let is_fresh = age.is_some_and(|age| age.unsigned_abs() < self.state.options.max_age) && !mirror.is_stale()?;
        let mut stale = None;
        if !self.reads || !is_fresh {
            match mirror.refresh(self.client()).await {
                Ok(_) => {}
                Err(error) if self.reads && age.is_some() && error.is_retryable() => {
                    let minutes = age.map_or(0, |age| age.as_mins());
                    stale = Some(format!("TickTick cannot be reached: this is from {minutes} minutes ago."));
                }
                Err(error) => return Err(error.into()),
            }
        }
        let account = mirror.account()?;
        let now = self.now().to_zoned_datetime(account.zone().clone());
        Ok(View::new(account, now, stale, &self.state.listed()))
    }

    /// Returns the answer that ends the call before anything is written: a preview, or a request for confirmation.
    pub(crate) fn check(
        &self,
        plan: &Plan,
        view: &View,
        dry_run: bool,
        confirm: Option<&str>,
    ) -> Result<Option<Answer>, Failure> {
        self.refuse_protected(plan, view)?;
        let preview = |head: &str| {
            let mut lines = vec![head.to_owned()];
            lines.extend(plan.lines.iter().cloned());
            Answer::lines(lines)
        };
        if dry_run {
            return Ok(Some(preview("Dry run: nothing was changed. The call would do this:")));
        }
        let (now, count) = (self.now(), plan.tasks.len() + plan.new);
        let because = plan.because.clone().or_else(|| self.state.confirmations.needed(count, now));
        let Some(because) = because else {
            self.state.confirmations.count(count, now);
            return Ok(None);
        };
        let set = plan.set();
        let remark = match confirm.map(|token| self.state.confirmations.open(token, &set, now)) {
            Some(Ok(())) => {
                self.state.confirmations.count(count, now);
                return Ok(None);
            }
            Some(Err(why)) => format!("Not confirmed: {why}. "),
            None => String::new(),
        };
        let token = self.state.confirmations.seal(&set, now);
        let mut answer = preview(&format!(
            "{remark}Nothing was changed yet, because {because}. Ask the user. If they agree, repeat the call with confirm set \
             to the token below, which is good once, for ten minutes and for exactly this:"
        ));
        if let Some(token) = &token {
            answer.text += &format!("\nconfirm: {token}");
        }
        answer.confirm = token;
        Ok(Some(answer))
    }

    fn refuse_protected(&self, plan: &Plan, view: &View) -> Result<(), Failure> {
        for name in &self.state.options.protect {
            let protected = self.project(name, view)?;
            if let Some(task) = plan.tasks.iter().find(|task| task.project_id == protected.0) {
                let (task, project) = (title(task.title()), protected.1);
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

    /// Finds a project, and returns its id and name.
    pub(crate) fn project(&self, name: &str, view: &View) -> Result<(ProjectId, String), Failure> {
        let inbox = view.account.inbox();
        let lower = name.trim().to_lowercase();
        let is_inbox = lower == "inbox" || inbox.as_ref().is_some_and(|inbox| inbox.id == lower.as_str());
        if let (true, Some(inbox)) = (is_inbox, &inbox) {
            return Ok((inbox.id.clone(), "Inbox".to_owned()));
        }
        let found: &Project =
            refs::named("project", name, view.account.projects(), |one| (one.id.as_str(), one.name()))?;
        Ok((found.id.clone(), view.project_name(&found.id)))
    }

    /// Finds open tasks.
    pub(crate) fn open_tasks(&self, names: &[String], view: &View) -> Result<Vec<Task>, Failure> {
        let all: Vec<&Task> = view.account.tasks().iter().collect();
        Ok(refs::tasks(names, &all, view)?.into_iter().cloned().collect())
    }

    /// Finds an open task.
    pub(crate) fn open_task(&self, name: &str, view: &View) -> Result<Task, Failure> {
        let all: Vec<&Task> = view.account.tasks().iter().collect();
        refs::task(name, &all, view).cloned()
    }
}

impl Plan {
    pub(crate) fn of(tasks: Vec<Task>, lines: Vec<String>) -> Self {
        Self { lines, tasks, ..Self::default() }
    }

    /// Returns what a confirmation is good for: the changes, and the versions of the tasks.
    fn set(&self) -> String {
        let versions = self.tasks.iter().map(|task| {
            let version = task.etag.get().map_or("", |etag| etag.as_str());
            format!("{}@{version}", task.id)
        });
        self.lines.iter().cloned().chain(versions).collect::<Vec<_>>().join("\n")
    }
}

/// Returns the head of an answer to a write.
pub(crate) fn done(verb: &str, count: usize) -> String {
    format!("{verb} {}:", plural(count, "task"))
}
