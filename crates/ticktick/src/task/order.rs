//! The order of tasks in a project.

use std::collections::BTreeMap;

use ticktick_models::{AsId, ProjectId, Task, TaskId};

use super::TaskManager;
use super::draft::End;
use crate::order::{self, Place};
use crate::resource::take;
use crate::turn::Claim;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Moves a task directly above another open task of its project and returns the updated task.
    ///
    /// The order is that of the whole project, so it is correct both in a list and in each column. Use
    /// [`patch`](Self::patch) to change the column. If no position is free between the neighbors, they get new
    /// positions in the same call. A task that is already there is not changed.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] unless both tasks are open and in the project of `neighbor`.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let second = client.task().move_before(&second, &first).await?;
    /// assert!(second.sort_order < client.task().get(&first).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_before(self, task: impl AsId<TaskId>, neighbor: impl AsId<TaskId>) -> Result<Task, Error> {
        let (task, project) = (id::of(task)?, neighbor.known_project());
        let neighbor = id::of(neighbor)?;
        self.reorder(&task, &self.project_of(&neighbor, project).await?, Place::Before(&neighbor)).await
    }

    /// Moves a task directly below another open task of its project and returns the updated task.
    ///
    /// Otherwise like [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let first = client.task().move_after(&first, &second).await?;
    /// assert!(first.sort_order > client.task().get(&second).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_after(self, task: impl AsId<TaskId>, neighbor: impl AsId<TaskId>) -> Result<Task, Error> {
        let (task, project) = (id::of(task)?, neighbor.known_project());
        let neighbor = id::of(neighbor)?;
        self.reorder(&task, &self.project_of(&neighbor, project).await?, Place::After(&neighbor)).await
    }

    /// Moves an open task to the top of its project and returns the updated task.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the task is not open, or is no longer in that project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let second = client.task().move_to_top(&second).await?;
    /// assert!(second.sort_order < client.task().get(&first).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_top(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        self.move_to_end(task, End::Top).await
    }

    /// Moves an open task to the bottom of its project and returns the updated task.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_to_top`](Self::move_to_top).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let first = client.task().move_to_bottom(&first).await?;
    /// assert!(first.sort_order > client.task().get(&second).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_bottom(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        self.move_to_end(task, End::Bottom).await
    }

    pub(super) async fn move_to_end(self, task: impl AsId<TaskId>, end: End) -> Result<Task, Error> {
        let place = match end {
            End::Top => Place::Top,
            End::Bottom => Place::Bottom,
        };
        let project = task.known_project();
        let task = id::of(task)?;
        self.reorder(&task, &self.project_of(&task, project).await?, place).await
    }

    /// Returns the position of a new task at an end of a project, or `None` if no number is left there.
    pub(super) async fn position_at(
        self,
        end: End,
        project: &ProjectId,
        ends: &mut Ends,
    ) -> Result<Option<i64>, Error> {
        let known = match ends.known.get(project) {
            Some(known) => *known,
            None => {
                let tasks = self.list_in(project).await?;
                let positions = tasks.iter().map(order::rank);
                (positions.clone().min(), positions.max())
            }
        };
        let (position, known) = reach(end, known);
        ends.known.insert(project.clone(), known);
        Ok(position)
    }

    async fn reorder(self, id: &TaskId, project: &ProjectId, place: Place<'_, TaskId>) -> Result<Task, Error> {
        let neighbor = place.neighbor_of(id)?;
        let _turn = self.client.turn(Claim::all::<Task>()).await;
        let mut tasks = self.list_in(project).await?;
        if let Some(absent) =
            [Some(id), neighbor].into_iter().flatten().find(|id| tasks.iter().all(|task| task.id != **id))
        {
            return Err(Error::invalid_input(format!(
                "no open task {absent} in project {project}\nhint: both tasks must be open and in the same project"
            )));
        }
        let read = take(&mut tasks, id)?;
        order::store(self.client, read.clone(), read, tasks.into_inner(), place).await
    }
}

/// First and last used position.
type Span = (Option<i64>, Option<i64>);

/// The ends of projects. Each is read once and extended by every task that is added there.
#[derive(Default)]
pub(super) struct Ends {
    known: BTreeMap<ProjectId, Span>,
}

/// Returns the next position at an end, and the range of used positions afterwards.
fn reach(end: End, (first, last): Span) -> (Option<i64>, Span) {
    let position = match end {
        End::Top => order::between(None, first),
        End::Bottom => order::between(last, None),
    };
    match position {
        None => (None, (first, last)),
        Some(new) => (position, (Some(first.map_or(new, |first| first.min(new))), last.max(position))),
    }
}
