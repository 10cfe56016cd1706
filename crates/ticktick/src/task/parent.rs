//! Parents and subtasks.

use ticktick_models::{AsId, Task, TaskId};

use super::draft::TaskDraft;
use super::{TaskManager, below, parent_link};
use crate::turn::Claim;
use crate::workaround::parent_unset_by_old_parent;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Lists the open direct subtasks of a task, in order.
    ///
    /// If the task is not among the open tasks of its project, it is read again, because it may have been moved.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`; for a task that is closed or was moved, then `GET /api/v2/task/{taskId}`
    /// and, if it was moved, the first request again
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let tasks = client.task().list().await?;
    /// # let flight = tasks.iter().find(|task| task.title == "Flight to Tokyo").expect("part of the demo");
    /// let children = client.task().children(flight).await?;
    /// assert_eq!(children[0].title, "Passport");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn children(self, task: impl AsId<TaskId>) -> Result<Vec<Task>, Error> {
        let (known, task) = (task.known_project(), id::of(task)?);
        below::children(self.client, &task, known).await
    }

    /// Makes a task the subtask of another one, together with its own subtasks, and returns the updated task.
    ///
    /// The task leaves its previous parent. If the new parent is in another project, the task is moved there first.
    /// Cycles and more than five levels are rejected before anything is sent. If the task already has this parent, it
    /// is not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/taskParent`. For a
    /// parent in another project also `GET /api/v2/task/{taskId}` and, if it is a child itself,
    /// `GET /api/v2/project/{projectId}/tasks` for it, and the writes of [`move_to`](Self::move_to)
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] for a cycle or too many levels, and [`Error::Unfinished`] if the task was moved
    /// but is not below its parent.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use ticktick::TaskDraft;
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// let move_house = client.task().create(TaskDraft::new("Move house")).await?;
    /// let boxes = client.task().create(TaskDraft::new("Get boxes")).await?;
    /// let boxes = client.task().set_parent(&boxes, &move_house).await?;
    /// assert_eq!(boxes.parent_id, move_house.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn set_parent(self, task: impl AsId<TaskId>, parent: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let parent = id::of(parent)?;
        let claim = Claim::one::<Task>(&task).and::<Task>(&parent);
        let _turn = self.client.turn(claim).await;
        below::set_parent(self.client, &task, &parent).await
    }

    /// Detaches a task from its parent and returns the updated task.
    ///
    /// A task without a parent is not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/taskParent`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let tasks = client.task().list().await?;
    /// # let passport = tasks.iter().find(|task| task.title == "Passport").expect("part of the demo");
    /// let task = client.task().unset_parent(passport).await?;
    /// assert!(task.parent().is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unset_parent(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let _turn = self.client.turn(Claim::one::<Task>(&task)).await;
        let mut task = self.get(task).await?;
        if let Some(link) = parent_unset_by_old_parent::leave(&task) {
            let link = parent_link::send(self.client, &link).await?;
            parent_link::set_parent(&mut task, &link);
        }
        Ok(task)
    }

    /// Creates a subtask and returns it.
    ///
    /// The subtask goes to the parent's project; the draft's project is ignored. The service cannot create a subtask in
    /// one call, so the client creates the task and then sets its parent. If only the first step succeeds, the error
    /// contains the id of the task, which is then a top-level task of the project.
    ///
    /// `GET /api/v2/task/{taskId}`, `POST /api/v2/batch/task`, then `POST /api/v2/batch/taskParent`; below a child first
    /// `GET /api/v2/project/{projectId}/tasks`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] before anything is stored if the parent does not exist or is in the trash,
    /// [`Error::InvalidInput`] for more than five levels, [`Error::Unfinished`] if the task was created but is not
    /// below its parent, and the errors of [`create`](Self::create).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let trip = client.task().create("Trip".into()).await?;
    /// let hotel = client.task().create_under(&trip, "Book a hotel".into()).await?;
    /// assert_eq!(hotel.parent(), Some(&trip.id));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create_under(self, parent: impl AsId<TaskId>, draft: TaskDraft) -> Result<Task, Error> {
        below::create(self.client, &id::of(parent)?, draft.without_project()).await
    }
}
