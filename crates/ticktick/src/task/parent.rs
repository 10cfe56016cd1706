//! Parents and subtasks.

use ticktick_models::{AsId, Field, ParentLink, SetParent, Task, TaskId};

use super::create::{self, Known};
use super::draft::TaskDraft;
use super::family::{Family, parent_of};
use super::{TaskManager, parent_link, relocate, resource};
use crate::turn::Claim;
use crate::workaround::{parent_same_list, parent_unset_by_old_parent, task_move_leaves_children};
use crate::{Client, Error, id, tag, write};

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
        let known = task.known_project();
        let task = id::of(task)?;
        let project = resource::project_of(self.client, &task, known).await?;
        let mut family = Family::read(self.client, &project).await?;
        if family.get(&task).is_none() {
            let now = self.get(&task).await?.project_id;
            if now != project {
                family = Family::read(self.client, &now).await?;
            }
        }
        let mut children: Vec<Task> = family.children(&task).cloned().collect();
        children.sort_by_key(|child| child.sort_order.copied());
        Ok(children)
    }

    /// Makes a task the subtask of another one, together with its own subtasks, and returns the updated task.
    ///
    /// The task leaves its previous parent. If the new parent is in another project, the task is moved there first.
    /// Cycles and more than five levels are rejected before anything is sent. A task that already has this parent is
    /// not changed.
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
        let child = self.get(task).await?;
        let family = Family::read(self.client, &child.project_id).await?;
        let parent = match family.get(&parent) {
            Some(parent) => parent.clone(),
            None => self.get(parent).await?,
        };
        if parent_of(&child) == Some(&parent.id) {
            return Ok(child);
        }
        let height = family.height(&child.id);
        if parent.project_id == child.project_id {
            parent_same_list::check(&child.id, &family.line(&parent), height)?;
            return put_below(self.client, child, &parent.id).await;
        }
        let line = line_of(self.client, &parent).await?;
        parent_same_list::check(&child.id, &line, height)?;
        let below = task_move_leaves_children::below_in(self.client, &family, &child).await?;
        let child = relocate::relocate(self.client, child, below, &parent.project_id).await?;
        let id = child.id.clone();
        let linked = put_below(self.client, child, &parent.id).await;
        linked.map_err(|error| error.unfinished(&id, "was moved, but is not below its new parent"))
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
        let task = self.get(task).await?;
        match parent_unset_by_old_parent::leave(&task) {
            Some(link) => Ok(linked(task, parent_link::send(self.client, &link).await?)),
            None => Ok(task),
        }
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
        let parent = id::of(parent)?;
        let chosen = draft.chosen_id().cloned();
        let claim = chosen.iter().fold(Claim::one::<Task>(&parent), Claim::and::<Task>);
        let _turn = self.client.turn(tag::claim(claim, draft.labels())).await;
        let parent = &self.get(parent).await?;
        let draft = draft.project(parent.project_id.clone());
        draft.check()?;
        tag::declare_in_turn(self.client, draft.labels()).await?;
        let task = create::make(self.client, draft, &mut Known::default()).await?;
        parent_same_list::check(&task.id, &line_of(self.client, parent).await?, 1)?;
        let earlier = match &chosen {
            Some(id) => resource::created(self.client, id).await?,
            None => None,
        };
        let task = match earlier {
            Some(task) if parent_of(&task) == Some(&parent.id) => return Ok(task),
            Some(task) => task,
            None => write::create(self.client, task).await?,
        };
        let id = task.id.clone();
        let linked = put_below(self.client, task, &parent.id).await;
        linked.map_err(|error| error.unfinished(&id, "was created, but is not below its parent"))
    }
}

/// Returns a task and its ancestors; reads nothing for a task without a parent.
async fn line_of(client: &Client, task: &Task) -> Result<Vec<TaskId>, Error> {
    match parent_of(task) {
        None => Ok(vec![task.id.clone()]),
        Some(_) => Ok(Family::read(client, &task.project_id).await?.line(task)),
    }
}

/// Makes a task the subtask of another one in its project.
async fn put_below(client: &Client, child: Task, parent: &TaskId) -> Result<Task, Error> {
    let mut link = SetParent::new(child.id.clone(), child.project_id.clone());
    link.parent_id = parent.clone().into();
    link.old_parent_id = Field::or_absent(parent_of(&child).cloned());
    Ok(linked(child, parent_link::send(client, &link).await?))
}

/// Updates parent and etag of a task from a link.
fn linked(mut task: Task, link: ParentLink) -> Task {
    task.parent_id = link.parent_id.into_option().filter(|id| !id.as_str().is_empty()).map_or(Field::Null, Field::from);
    if let Field::Value(etag) = link.etag {
        task.etag = etag.into();
    }
    if let Field::Value(time) = link.modified_time {
        task.modified_time = time.into();
    }
    task
}
