//! The order of tasks in a project.

use ticktick_models::{BatchAnswer, ProjectId, Task, TaskId};

use super::TaskManager;
use super::draft::Place;
use super::position::{self, Room};
use crate::resource::Resource;
use crate::workaround::{batch_empty_maps, batch_item_errors};
use crate::{Error, write};

/// Where a task is to stand.
#[derive(Clone, Copy)]
enum Spot<'a> {
    End(Place),
    Before(&'a TaskId),
    After(&'a TaskId),
}

impl TaskManager<'_> {
    /// Moves a task to just above another open task of its project, and returns it as it is now.
    ///
    /// The whole project counts, so that the order is right in a list and in each column; the column itself is
    /// changed by [`patch`](Self::patch). Where neighbours stand too close, they are given new positions in the same
    /// call. A task that stands there already stays as it is.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if the two are not both open in the project of `neighbour`.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, first: ticktick::Task, second: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().move_before(&second, &first).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_before(self, task: impl AsRef<TaskId>, neighbour: &Task) -> Result<Task, Error> {
        self.reorder(task.as_ref(), &neighbour.project_id, Spot::Before(&neighbour.id)).await
    }

    /// Moves a task to just below another open task of its project, and returns it as it is now.
    ///
    /// More of it with [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Those of [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, first: ticktick::Task, second: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().move_after(&first, &second).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_after(self, task: impl AsRef<TaskId>, neighbour: &Task) -> Result<Task, Error> {
        self.reorder(task.as_ref(), &neighbour.project_id, Spot::After(&neighbour.id)).await
    }

    /// Moves an open task to the top of its project, and returns it as it is now.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if it is not open, or in another project by now.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().move_to_top(&task).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_to_top(self, task: &Task) -> Result<Task, Error> {
        self.move_to_end(task, Place::Top).await
    }

    /// Moves an open task to the bottom of its project, and returns it as it is now.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Those of [`move_to_top`](Self::move_to_top).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().move_to_bottom(&task).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_to_bottom(self, task: &Task) -> Result<Task, Error> {
        self.move_to_end(task, Place::Bottom).await
    }

    pub(super) async fn move_to_end(self, task: &Task, place: Place) -> Result<Task, Error> {
        self.reorder(&task.id, &task.project_id, Spot::End(place)).await
    }

    /// Returns the position of a new task at an end of a project, or nothing where no number is left there.
    pub(super) async fn position_at(self, place: Place, project: &ProjectId) -> Result<Option<i64>, Error> {
        let mut order = positions(&self.list_by_project(project).await?);
        order.sort_unstable();
        let at = if place == Place::Top { 0 } else { order.len() };
        let Room { positions, .. } = position::room(&order, at);
        Ok((positions.len() == 1).then_some(positions[0]))
    }

    async fn reorder(self, id: &TaskId, project: &ProjectId, spot: Spot<'_>) -> Result<Task, Error> {
        let mut tasks = self.list_by_project(project).await?;
        tasks.sort_by_key(sort_order);
        let from = find(&tasks, id, project)?;
        let mut task = tasks.remove(from);
        let at = match spot {
            Spot::End(Place::Top) => 0,
            Spot::End(Place::Bottom) => tasks.len(),
            Spot::Before(other) => find(&tasks, other, project)?,
            Spot::After(other) => find(&tasks, other, project)? + 1,
        };
        let order = positions(&tasks);
        if position::stands(&order, at, sort_order(&task)) {
            return Ok(task);
        }
        let Room { first, positions } = position::room(&order, at);
        if let [position] = positions[..] {
            task.sort_order = position.into();
            return write::update(self.client, task).await;
        }
        tasks.insert(at, task);
        let mut placed: Vec<Task> = tasks.drain(first..first + positions.len()).collect();
        for (task, position) in placed.iter_mut().zip(positions) {
            task.sort_order = position.into();
        }
        self.place_all(&mut placed, project).await?;
        Ok(placed.swap_remove(at - first))
    }

    /// Stores new positions of several tasks in one call.
    async fn place_all(self, tasks: &mut [Task], project: &ProjectId) -> Result<(), Error> {
        tasks.iter_mut().for_each(|task| task.touch(self.client.now()));
        let sent = &*tasks;
        let send = || Task::send(self.client, Vec::new(), sent.to_vec());
        let answer = write::perform(self.client, send, || self.are_placed(sent, project)).await?;
        batch_item_errors::check(&Task::BATCH, &answer)?;
        for task in tasks {
            task.set_etag(batch_empty_maps::stored(&Task::BATCH, &answer, task.id.as_str())?);
            if self.client.verifies_writes() {
                write::verify(task, &task.read(self.client).await?)?;
            }
        }
        Ok(())
    }

    /// Finds out what became of positions whose answer was lost: an answer where they are stored, nothing where no
    /// task was touched, and else an error.
    async fn are_placed(self, sent: &[Task], project: &ProjectId) -> Result<Option<BatchAnswer>, Error> {
        let stored = self.list_by_project(project).await?;
        let mut answer = BatchAnswer::default();
        for task in sent {
            let now = &stored[find(&stored, &task.id, project)?];
            match now.etag.get() {
                Some(etag) if now.sort_order == task.sort_order => {
                    answer.id2etag.insert(task.id.to_string(), etag.to_string());
                }
                etag if etag == task.etag.get() => return Ok(None),
                _ => return Err(Error::NotApplied { operation: Task::BATCH.id, id: task.id.to_string() }),
            }
        }
        Ok(Some(answer))
    }
}

fn sort_order(task: &Task) -> i64 {
    task.sort_order.copied().unwrap_or_default()
}

fn positions(tasks: &[Task]) -> Vec<i64> {
    tasks.iter().map(sort_order).collect()
}

fn find(tasks: &[Task], id: &TaskId, project: &ProjectId) -> Result<usize, Error> {
    tasks.iter().position(|task| task.id == *id).ok_or_else(|| {
        Error::build(format!(
            "there is no other open task {id} in project {project}; order needs two tasks that are open in one project"
        ))
    })
}
