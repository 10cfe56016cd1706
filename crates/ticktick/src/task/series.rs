//! Series: one occurrence finished, or skipped.

use jiff::tz::TimeZone;
use ticktick_models::{Task, TaskId, TaskStatus};

use super::TaskManager;
use super::step::Step;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::{completed_time_by_client, series_completion};
use crate::{Client, Error, write};

impl TaskManager<'_> {
    /// Skips the present occurrence of a series and returns the series, which is due at the next one.
    ///
    /// Nothing is kept of the skipped occurrence; [`complete`](Self::complete) and [`wont_do`](Self::wont_do) keep a
    /// finished copy. A checklist begins anew.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The account's zone is asked for once, where the task
    /// names none
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::Unsupported`] if it does not repeat or is closed, if this is the last
    /// occurrence, or if the next date cannot be computed; [`Error::NotApplied`] if the service took the call and stored
    /// nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick::{Due, Recurrence, TaskDraft};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// let draft = TaskDraft::new("Water").due(Due::day(date(2026, 3, 1))).repeat(Recurrence::daily().every(2)?);
    /// let task = client.task().create(draft).await?;
    /// let series = client.task().skip(&task).await?;
    /// assert_eq!(series.due(&client.time_zone().await?)?.unwrap().date(), date(2026, 3, 3));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn skip(self, task: impl AsRef<TaskId>) -> Result<Task, Error> {
        let id = task.as_ref();
        self.client.once().run(("skip", id.to_string()), || self.skip_now(id)).await
    }

    async fn skip_now(self, id: &TaskId) -> Result<Task, Error> {
        let _turn = self.client.turn(Claim::one::<Task>(id)).await;
        let task = self.get(id).await?;
        if !task.is_open() || !series_completion::is_series(&task) {
            return Err(unsupported("It does not repeat, or is closed; complete it, or reopen it first."));
        }
        let zone = zone(self.client, &task).await?;
        match series_completion::moved_on(&task, &zone, self.client.now())? {
            Some(moved) => write::update(self.client, &task, moved).await,
            None => Err(unsupported("This is the last occurrence. Complete the task, or delete it.")),
        }
    }
}

fn unsupported(why: &str) -> Error {
    Error::Unsupported { what: "skipping an occurrence of this task", why: why.into() }
}

/// Returns the step that finishes one occurrence; nothing where closing the task itself is meant.
///
/// That is so for a task that does not repeat, and for the last occurrence of one that does.
pub(super) async fn finish(client: &Client, task: &Task, status: TaskStatus) -> Result<Option<Step>, Error> {
    if !task.is_open() || !series_completion::is_series(task) {
        return Ok(None);
    }
    let (zone, now) = (zone(client, task).await?, client.now());
    let Some(moved) = series_completion::moved_on(task, &zone, now)? else { return Ok(None) };
    let mut copy = series_completion::occurrence(task, &mut client.ids());
    completed_time_by_client::close(&mut copy, status, now, client.known_user_id());
    copy.touch(now);
    Ok(Some(Step::finish(client, moved, copy)))
}

/// Returns the account's zone for a task that names none; for others it is not used, and not asked for.
async fn zone(client: &Client, task: &Task) -> Result<TimeZone, Error> {
    match task.time_zone.as_deref() {
        None | Some("") => client.time_zone().await,
        Some(_) => Ok(TimeZone::UTC),
    }
}
