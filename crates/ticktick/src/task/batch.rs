//! [`TaskBatch`]: many writes of tasks in few requests.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use ticktick_models::{ProjectId, Task, TaskId, TaskStatus};

use super::order::Ends;
use super::report::{BatchAction, BatchItem, BatchReport};
use super::step::Step;
use super::{TaskDraft, TaskManager};
use super::{send, series};
use crate::workaround::{completed_time_by_client, repeat_needs_start};
use crate::{Client, Error};

/// Many writes of tasks, carried out in their order in as few requests as keep it. From [`TaskManager::batch`].
#[derive(Clone, Debug)]
#[must_use = "a batch does nothing until it is sent"]
pub struct TaskBatch<'a> {
    client: &'a Client,
    orders: Vec<Order>,
}

/// What the caller wants done with a task.
#[derive(Clone, Debug)]
enum Order {
    Create(Box<TaskDraft>),
    Update(Box<Task>),
    Complete(Box<Task>),
    Delete(Box<Task>),
    Move(Box<Task>, ProjectId),
}

/// An order, looked at before anything is sent.
enum Prepared {
    Step(Step),
    /// Nothing is to be sent.
    Settled(TaskId, Result<Task, Error>),
}

impl<'a> TaskManager<'a> {
    /// Begins a batch: many writes in few requests.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// # let old = client.task().list().await?;
    /// let drafts = ["Milk", "Bread", "Eggs"].map(TaskDraft::new);
    /// let report = client.task().batch().create(drafts).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// assert_eq!(report.created().count(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch(self) -> TaskBatch<'a> {
        TaskBatch { client: self.client, orders: Vec::new() }
    }
}

impl TaskBatch<'_> {
    /// Creates tasks.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::TaskDraft;
    ///
    /// let drafts = (1..=1_000).map(|number| TaskDraft::new(format!("Page {number}")));
    /// let tasks = client.task().batch().create(drafts).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(self, drafts: impl IntoIterator<Item = TaskDraft>) -> Self {
        self.with(drafts.into_iter().map(|draft| Order::Create(Box::new(draft))))
    }

    /// Replaces tasks by what is in hand, whole. One that recurs without a date is refused as an item.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let mut tasks = client.task().list().await?;
    /// for task in &mut tasks {
    ///     task.priority = ticktick::Priority::Low.into();
    /// }
    /// client.task().batch().update(&tasks).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.with(owned(tasks).map(Order::Update))
    }

    /// Completes tasks, as they are in hand.
    ///
    /// What is completed already stays as it is. Of a series the present occurrence is completed, as by
    /// [`TaskManager::complete`]: what comes back is the finished copy. One whose next date cannot be computed is refused
    /// as an item. A series is read anew first, for one that has moved on meanwhile would be moved back.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tasks: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// let done = tasks.iter().filter(|task| task.tags.contains(&"done".into()));
    /// let report = client.task().batch().complete(done).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn complete<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.with(owned(tasks).map(Order::Complete))
    }

    /// Moves tasks to the trash.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, old: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// client.task().batch().delete(&old).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.with(owned(tasks).map(Order::Delete))
    }

    /// Moves tasks to a project; the id `inbox` is the inbox of any account.
    ///
    /// Moves these tasks and no others: children come along only if they are among them, and a child whose parent is
    /// not among them is better moved by [`TaskManager::move_to`], which takes it out from under the parent first.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tasks: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// use ticktick::ProjectId;
    ///
    /// client.task().batch().move_to(&tasks, ProjectId::from("inbox")).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn move_to<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>, project: impl AsRef<ProjectId>) -> Self {
        let to = project.as_ref().clone();
        self.with(owned(tasks).map(|task| Order::Move(task, to.clone())))
    }

    /// Carries it all out in the order in which it was added, and tells what became of each item.
    ///
    /// Tasks are written as given, except that a series is read again before it is completed. A request holds at most
    /// 200 tasks, so 1,000 are created in five requests; a series that is completed counts as two. Consecutive creates,
    /// updates and deletes share requests; moves have their own. If an answer is lost, creates are sent again, because
    /// the client chose their ids. What is stored of all other items is read first, with one sync for all of them and
    /// up to three more calls for closed and deleted tasks.
    ///
    /// A request that fails gives its items the error, and the next one is sent all the same. Only where that would
    /// fail too (the session has ended, there were too many requests, nothing can be reached) the rest is not sent and
    /// gets the same error.
    ///
    /// `GET /api/v2/project/{projectId}/tasks` for each project in which a draft goes to an end; then
    /// `POST /api/v2/batch/task` and `POST /api/v2/batch/taskProject`, one for each 200 tasks
    ///
    /// # Errors
    ///
    /// [`Error`] if something that is needed first is missing, such as the account's inbox or zone, or a draft does not
    /// make sense; nothing was sent then. What became of an item is in the report.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(
    /// #     client: ticktick::Client,
    /// #     (drafts, done, old): (Vec<ticktick::TaskDraft>, Vec<ticktick::Task>, Vec<ticktick::Task>),
    /// # ) -> Result<(), ticktick::Error> {
    /// let report = client.task().batch().create(drafts).complete(&done).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(self) -> Result<BatchReport, Error> {
        let mut items: BTreeMap<usize, BatchItem> = BTreeMap::new();
        let (mut steps, mut sent) = (Vec::new(), Vec::new());
        let mut ends = Ends::default();
        let mut finished: BTreeSet<TaskId> = BTreeSet::new();
        for (at, order) in self.orders.into_iter().enumerate() {
            let action = order.action();
            match order.prepare(self.client, &mut ends).await? {
                // What is in hand is the same occurrence once more.
                Prepared::Step(step) if step.is_finish() && !finished.insert(step.task.id.clone()) => {
                    let result =
                        Err(Error::build("this series is completed in the batch already; read it anew first."));
                    items.insert(at, BatchItem { action, id: step.task.id, result });
                }
                Prepared::Step(step) => {
                    sent.push((at, action, step.task.id.clone()));
                    steps.push(step);
                }
                Prepared::Settled(id, result) => {
                    items.insert(at, BatchItem { action, id, result });
                }
            }
        }
        let outcomes = send::all(self.client, steps).await;
        for ((at, action, id), result) in sent.into_iter().zip(outcomes) {
            items.insert(at, BatchItem { action, id, result });
        }
        Ok(BatchReport::new(items.into_values().collect()))
    }

    fn with(mut self, orders: impl Iterator<Item = Order>) -> Self {
        self.orders.extend(orders);
        self
    }
}

fn owned<T: Borrow<Task>>(tasks: impl IntoIterator<Item = T>) -> impl Iterator<Item = Box<Task>> {
    tasks.into_iter().map(|task| Box::new(task.borrow().clone()))
}

impl Order {
    fn action(&self) -> BatchAction {
        match self {
            Self::Create(_) => BatchAction::Create,
            Self::Update(_) => BatchAction::Update,
            Self::Complete(_) => BatchAction::Complete,
            Self::Delete(_) => BatchAction::Delete,
            Self::Move(..) => BatchAction::Move,
        }
    }

    async fn prepare(self, client: &Client, ends: &mut Ends) -> Result<Prepared, Error> {
        let step = match self {
            Self::Create(draft) => Step::create(client.task().make(*draft, ends).await?),
            Self::Update(task) => match repeat_needs_start::check_task(&task) {
                Ok(()) => Step::update(client, *task),
                Err(error) => return Ok(Prepared::refused(&task, error)),
            },
            Self::Complete(task) if task.is_completed() => return Ok(Prepared::kept(*task)),
            Self::Complete(mut task) => match series::finish_anew(client, &mut task).await {
                Ok(Some(step)) => step,
                Ok(None) if task.is_completed() => return Ok(Prepared::kept(*task)),
                Ok(None) => {
                    completed_time_by_client::close(
                        &mut task,
                        TaskStatus::Completed,
                        client.now(),
                        client.known_user_id(),
                    );
                    Step::update(client, *task)
                }
                Err(error) => return Ok(Prepared::refused(&task, error)),
            },
            Self::Delete(task) => Step::delete(*task),
            Self::Move(task, to) => match client.real_id(&to).await? {
                to if to == task.project_id => return Ok(Prepared::kept(*task)),
                to => Step::relocate(*task, to),
            },
        };
        Ok(Prepared::Step(step))
    }
}

impl Prepared {
    /// Leaves a task alone that is already as it is wanted.
    fn kept(task: Task) -> Self {
        Self::Settled(task.id.clone(), Ok(task))
    }

    /// Leaves a task alone with which the order makes no sense.
    fn refused(task: &Task, why: Error) -> Self {
        Self::Settled(task.id.clone(), Err(why))
    }
}
