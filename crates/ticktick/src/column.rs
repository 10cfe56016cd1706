//! Columns of a board; other views of a project show them as sections.
//!
//! All calls start at [`Client::column`](crate::Client::column). Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! let board = client.project().create(ticktick::ProjectDraft::new("Board")).await?;
//! let doing = client.column().create(&board.id, "Doing").await?;
//! client.task().create(ticktick::TaskDraft::new("Paint").project(&board.id).column(&doing.id)).await?;
//! assert_eq!(client.column().list_by_project(&board.id).await?[0].id, doing.id);
//! # Ok(())
//! # }
//! ```

mod resource;

use ticktick_models::{Answer, AsId, DeleteColumn, EpochMillis, ProjectId, SaveColumns};
use ticktick_raw::{self as raw, op};

use crate::manager::manager;
use crate::order::{self, Ordered, Place};
use crate::project::resource::check_empty;
use crate::resource::take;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Error, check, id, write};
#[doc(inline)]
pub use ticktick_models::{Column, ColumnId};

/// The moment since which all columns are asked for.
const START: EpochMillis = EpochMillis(0);

manager! {
    /// Works with columns of projects, which other views show as sections. From [`Client::column`](crate::Client::column).
    ///
    /// A new board has none; the app begins with one called `Not Sectioned`. A task names its column in `column_id`;
    /// one that names none, or none that is there, stands in no column.
    ColumnManager
}

impl ColumnManager<'_> {
    /// Lists the columns of all projects, in no particular order.
    ///
    /// `GET /api/v2/column`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for column in client.column().list().await? {
    ///     println!("{} in {}", column.name, column.project_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Column>, Error> {
        Ok(raw::column::list_since(self.client.wire(), &START).await?.update.into_vec())
    }

    /// Lists the columns of one project, from left to right; the id `inbox` is the inbox of any account.
    ///
    /// `GET /api/v2/column/project/{projectId}`; if the answer is empty, also `GET /api/v2/projects`, because the service
    /// answers an empty list for a project that does not exist
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, board: ticktick::Project) -> Result<(), ticktick::Error> {
    /// for column in client.column().list_by_project(&board).await? {
    ///     println!("{}", column.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_by_project(self, project: impl AsId<ProjectId>) -> Result<Answer<Vec<Column>>, Error> {
        let project = self.client.project_id(project).await?;
        let columns = resource::list(self.client, &project).await?;
        check_empty(self.client, &project, &columns).await?;
        Ok(columns)
    }

    /// Creates a column at the right end of a project and returns it.
    ///
    /// The client chooses its id, so that a retry after a lost answer never stores it twice. If no answer comes, the
    /// error's [`id`](Error::id) tells what to look for before the call is repeated.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the name is blank; [`Error::Batch`] if it is refused, such as for want of room;
    /// [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// # let board = client.project().create(ticktick::ProjectDraft::new("Board")).await?;
    /// for name in ["To do", "Doing", "Done"] {
    ///     client.column().create(&board, name).await?;
    /// }
    /// assert_eq!(client.column().list_by_project(&board).await?[2].name, "Done");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create(self, project: impl AsId<ProjectId>, name: impl Into<String>) -> Result<Column, Error> {
        let project = id::of(project)?;
        let name = name.into();
        check::name("column", &name)?;
        let project = self.client.real_id(&project).await?;
        let others = resource::list(self.client, &project).await?;
        let mut column = Column::new(ColumnId::new_with(&mut self.client.ids()), project);
        column.name = name.into();
        column.set_position(order::below(others.last().map(order::rank)));
        write::create(self.client, column).await
    }

    /// Replaces the stored column with the given one and returns it with its new etag.
    ///
    /// It is read first, so that nothing is lost that was changed elsewhere since the given one was read.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with both versions if it was changed since the given one was read; [`Error::NotFound`] if it
    /// does not exist; [`Error::InvalidInput`] if its name is blank, or its project was changed: a column cannot leave its
    /// project.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, mut column: ticktick::column::Column) -> Result<(), ticktick::Error> {
    /// column.name = "Shipped".into();
    /// let column = client.column().update(&column).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(self, column: &Column) -> Result<Column, Error> {
        self.replace(column, Newer::Refuse).await
    }

    /// Replaces the stored column with the given one, also if it was changed elsewhere since it was read.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update), except for [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, column: ticktick::column::Column) -> Result<(), ticktick::Error> {
    /// let column = client.column().overwrite(&column).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn overwrite(self, column: &Column) -> Result<Column, Error> {
        self.replace(column, Newer::Overwrite).await
    }

    /// Gives a column another name and returns it as it is now.
    ///
    /// It is read anew first, so that no change made elsewhere is undone.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the name is blank; [`Error::NotFound`] if it is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, column: ticktick::column::Column) -> Result<(), ticktick::Error> {
    /// client.column().rename(&column, "Done").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rename(self, column: impl AsId<ColumnId>, name: impl Into<String>) -> Result<Column, Error> {
        let name = name.into();
        check::name("column", &name)?;
        let rename = |column: &mut Column| {
            column.name = name.into();
            Ok(())
        };
        let (id, project) = self.find(column).await?;
        let read = async { take(&mut resource::list(self.client, &project).await?.into_inner(), &id) };
        write::change(self.client, &id, read, rename).await
    }

    /// Puts a column right before another one of the project, and returns it as it is now.
    ///
    /// Where neighbours stand too close, they are given new positions in the same call.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if they are in two projects, or the same; [`Error::NotFound`] if either is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, board: ticktick::Project) -> Result<(), ticktick::Error> {
    /// let columns = client.column().list_by_project(&board).await?;
    /// client.column().move_before(&columns[2], &columns[0]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_before(
        self,
        column: impl AsId<ColumnId>,
        neighbour: impl AsId<ColumnId>,
    ) -> Result<Column, Error> {
        let (column, neighbour) = (self.find(column).await?, self.find(neighbour).await?);
        self.place(&column, &neighbour, Place::Before(&neighbour.0)).await
    }

    /// Puts a column right after another one of the project, and returns it as it is now.
    ///
    /// In all else it is as [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// As [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, board: ticktick::Project) -> Result<(), ticktick::Error> {
    /// let columns = client.column().list_by_project(&board).await?;
    /// client.column().move_after(&columns[0], &columns[2]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_after(
        self,
        column: impl AsId<ColumnId>,
        neighbour: impl AsId<ColumnId>,
    ) -> Result<Column, Error> {
        let (column, neighbour) = (self.find(column).await?, self.find(neighbour).await?);
        self.place(&column, &neighbour, Place::After(&neighbour.0)).await
    }

    /// Deletes a column; its tasks stay, in no column.
    ///
    /// They go on naming it in `column_id`, and nothing restores it; to keep them in a column, move them first.
    ///
    /// `GET /api/v2/column/project/{projectId}`, `POST /api/v2/column`, then `GET /api/v2/column/project/{projectId}` if
    /// the answer does not name it
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it does not exist; [`Error::NotApplied`] if it is not deleted; [`Error::Batch`] if it is
    /// refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, column: ticktick::column::Column) -> Result<(), ticktick::Error> {
    /// client.column().delete(&column).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, column: impl AsId<ColumnId>) -> Result<(), Error> {
        let (id, project) = self.find(column).await?;
        let mut body = SaveColumns::default();
        body.delete.push(DeleteColumn::new(id.clone(), project.clone()));
        let _turn = self.client.turn(Claim::one::<Column>(&id)).await;
        take(&mut resource::list(self.client, &project).await?.into_inner(), &id)?;
        let is_gone = || async {
            let columns = resource::list(self.client, &project).await?;
            Ok::<_, Error>(columns.iter().all(|other| other.id != id))
        };
        let answer = write::perform(
            self.client,
            || async { resource::save(self.client, &body).await.map(Some) },
            || async { Ok(is_gone().await?.then_some(None)) },
        );
        let Some(answer) = answer.await? else { return Ok(()) };
        write::check_deleted(&op::COLUMN_SAVE, &answer)?;
        // Unlike other deletes, one of a column is named.
        if answer.id2etag.contains_key(id.as_str()) || is_gone().await? {
            Ok(())
        } else {
            Err(Error::NotApplied { operation: op::COLUMN_SAVE.id, id: id.to_string() })
        }
    }

    async fn replace(self, column: &Column, newer: Newer) -> Result<Column, Error> {
        match write::replace(self.client, column.clone(), newer).await {
            // It may be in another project than the given one says.
            Err(error @ Error::NotFound { .. }) => match take(&mut self.list().await?, &column.id) {
                Ok(stored) if stored.project_id != column.project_id => Err(Error::invalid_input(format!(
                    "column {} cannot leave project {}; create one in the other project instead.",
                    stored.id, stored.project_id
                ))),
                _ => Err(error),
            },
            stored => stored,
        }
    }

    /// Returns the id and the project of a column. If the caller does not know the project, all columns are read.
    async fn find(self, column: impl AsId<ColumnId>) -> Result<(ColumnId, ProjectId), Error> {
        let known = column.known_project();
        let id = id::of(column)?;
        match known {
            Some(project) => Ok((id, project)),
            None => {
                let column = take(&mut self.list().await?, &id)?;
                Ok((id, column.project_id))
            }
        }
    }

    async fn place(
        self,
        (column, project): &(ColumnId, ProjectId),
        (_, other): &(ColumnId, ProjectId),
        place: Place<'_, ColumnId>,
    ) -> Result<Column, Error> {
        place.neighbour_of(column)?;
        if project != other {
            return Err(Error::invalid_input("the columns are in two projects; a column cannot leave its own."));
        }
        let _turn = self.client.turn(Claim::all::<Column>()).await;
        let mut others = resource::list(self.client, project).await?;
        let read = take(&mut others, column)?;
        order::store(self.client, read.clone(), read, others.into_inner(), place).await
    }
}
