//! Positions of tasks in their project.

use std::collections::BTreeMap;

use ticktick_models::{ProjectId, Task, TaskId};

use super::draft::End;
use super::{read, resource};
use crate::order::{self, Place};
use crate::resource::take;
use crate::turn::Claim;
use crate::{Client, Error};

/// The first and the last used position of a project.
#[derive(Clone, Copy, Default)]
struct Span {
    first: Option<i64>,
    last: Option<i64>,
}

/// The ends of projects. Each is read once and extended by every task that is added there.
#[derive(Default)]
pub(super) struct Ends {
    known: BTreeMap<ProjectId, Span>,
}

impl Ends {
    /// Returns the position of a new task at an end of a project, or `None` if no number is left there.
    pub(super) async fn position(
        &mut self,
        client: &Client,
        end: End,
        project: &ProjectId,
    ) -> Result<Option<i64>, Error> {
        let mut span = match self.known.get(project) {
            Some(span) => *span,
            None => {
                let tasks = read::list_in(client, project).await?;
                let positions = tasks.iter().map(order::rank);
                Span { first: positions.clone().min(), last: positions.max() }
            }
        };
        let position = span.extend(end);
        self.known.insert(project.clone(), span);
        Ok(position)
    }
}

impl Span {
    /// Takes the next position at an end, if there is one.
    fn extend(&mut self, end: End) -> Option<i64> {
        let new = match end {
            End::Top => order::between(None, self.first),
            End::Bottom => order::between(self.last, None),
        }?;
        self.first = Some(self.first.map_or(new, |first| first.min(new)));
        self.last = self.last.max(Some(new));
        Some(new)
    }
}

impl From<End> for Place<'_, TaskId> {
    fn from(end: End) -> Self {
        match end {
            End::Top => Self::Top,
            End::Bottom => Self::Bottom,
        }
    }
}

/// Moves a task among the open tasks of a project: that of its neighbor, or its own.
///
/// Reads the project's id from a task if it is unknown.
pub(super) async fn reorder(
    client: &Client,
    id: &TaskId,
    project: Option<ProjectId>,
    place: Place<'_, TaskId>,
) -> Result<Task, Error> {
    let neighbor = place.neighbor_of(id)?;
    let project = resource::project_of(client, neighbor.unwrap_or(id), project).await?;
    let _turn = client.turn(Claim::all::<Task>()).await;
    let mut tasks = read::list_in(client, &project).await?;
    let is_absent = |id: &&TaskId| tasks.iter().all(|task| task.id != **id);
    if let Some(absent) = [Some(id), neighbor].into_iter().flatten().find(is_absent) {
        return Err(Error::invalid_input(format!(
            "no open task {absent} in project {project}\nhint: both tasks must be open and in the same project"
        )));
    }
    let read = take(&mut tasks, id)?;
    order::store(client, read.clone(), read, tasks.into_inner(), place).await
}
