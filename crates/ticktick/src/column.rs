//! Columns of a board; other views of a project show them as sections.
//!
//! All calls start at [`Client::column`](crate::Client::column). See [`error`](crate::error) for the errors that all
//! calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! let board = client.project().create(ticktick::ProjectDraft::new("Board")).await?;
//! let doing = client.column().create(&board.id, "Doing").await?;
//! client.task().create(ticktick::TaskDraft::new("Paint").project(&board.id).column(&doing.id)).await?;
//! assert_eq!(client.column().list_by_project(&board.id).await?[0].id, doing.id);
//! # Ok(())
//! # });
//! ```

mod delete;
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

/// Start time of a request for all columns.
const START: EpochMillis = EpochMillis(0);

manager! {
    /// Manages columns of projects, which other views show as sections. Returned by
    /// [`Client::column`](crate::Client::column).
    ///
    /// A new board has no columns; the app starts with one called `Not Sectioned`. A task refers to its column in
    /// `column_id`. If that is missing or unknown, the task is in no column.
    ColumnManager
}

impl ColumnManager<'_> {
    /// Lists the columns of all projects, in no particular order.
    ///
    /// `GET /api/v2/column`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let columns = client.column().list().await?;
    /// let names = columns.iter().filter_map(|column| column.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["To do", "Doing", "Waiting"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Vec<Column>, Error> {
        Ok(raw::column::list_since(self.client.wire(), &START).await?.update.into_vec())
    }

    /// Lists the columns of one project, from left to right. The id `inbox` names the inbox of any account.
    ///
    /// `GET /api/v2/column/project/{projectId}`; if the response is empty, also `GET /api/v2/projects`, because the
    /// service returns an empty list for a project that does not exist
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let board = projects.iter().find(|project| project.name == "🚀 Website launch").expect("part of the demo");
    /// let columns = client.column().list_by_project(board).await?;
    /// assert_eq!(columns.len(), 3);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_by_project(self, project: impl AsId<ProjectId>) -> Result<Answer<Vec<Column>>, Error> {
        let project = self.client.project_id(project).await?;
        let columns = resource::list(self.client, &project).await?;
        check_empty(self.client, &project, &columns).await?;
        Ok(columns)
    }

    /// Creates a column at the right end of a project and returns it.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the column twice. If the call
    /// fails, look for the error's [`id`](Error::id) before you repeat it.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank, and [`Error::Batch`] if the service refuses the column,
    /// for example because the project has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let board = client.project().create(ticktick::ProjectDraft::new("Board")).await?;
    /// for name in ["To do", "Doing", "Done"] {
    ///     client.column().create(&board, name).await?;
    /// }
    /// assert_eq!(client.column().list_by_project(&board).await?[2].name, "Done");
    /// # Ok(())
    /// # });
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
    /// The stored column is read first, so that changes made elsewhere are not overwritten.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored column has changed since the given one was read,
    /// and [`Error::InvalidInput`] if its name is blank or its project differs: a column cannot leave its project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut column = client.column().list().await?.remove(0);
    /// column.name = "Ideas".into();
    /// let column = client.column().update(&column).await?;
    /// assert_eq!(column.name, "Ideas");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, column: &Column) -> Result<Column, Error> {
        self.replace(column, Newer::Refuse).await
    }

    /// Replaces the stored column with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut mine = client.column().list().await?.remove(0);
    /// client.column().rename(&mine, "Ideas").await?;
    ///
    /// mine.name = "Backlog".into();
    /// let column = client.column().overwrite(&mine).await?;
    /// assert_eq!(column.name, "Backlog");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, column: &Column) -> Result<Column, Error> {
        self.replace(column, Newer::Overwrite).await
    }

    /// Renames a column and returns the updated column.
    ///
    /// The column is read first, so that changes made elsewhere are not undone.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let column = client.column().list().await?.remove(0);
    /// let column = client.column().rename(&column, "Ideas").await?;
    /// assert_eq!(column.name, "Ideas");
    /// # Ok(())
    /// # });
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

    /// Moves a column directly before another one of the project and returns the updated column.
    ///
    /// If no position is free between the neighbors, they get new positions in the same call.
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the columns belong to different projects or are the same.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let columns = client.column().list().await?;
    /// client.column().move_before(&columns[2], &columns[0]).await?;
    /// assert_eq!(client.column().list_by_project(&columns[0].project_id).await?[0].name, "Waiting");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_before(
        self,
        column: impl AsId<ColumnId>,
        neighbor: impl AsId<ColumnId>,
    ) -> Result<Column, Error> {
        let (column, neighbor) = (self.find(column).await?, self.find(neighbor).await?);
        self.place(&column, &neighbor, Place::Before(&neighbor.0)).await
    }

    /// Moves a column directly after another one of the project and returns the updated column.
    ///
    /// Otherwise like [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/column`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let columns = client.column().list().await?;
    /// client.column().move_after(&columns[0], &columns[2]).await?;
    /// assert_eq!(client.column().list_by_project(&columns[0].project_id).await?[2].name, "To do");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_after(self, column: impl AsId<ColumnId>, neighbor: impl AsId<ColumnId>) -> Result<Column, Error> {
        let (column, neighbor) = (self.find(column).await?, self.find(neighbor).await?);
        self.place(&column, &neighbor, Place::After(&neighbor.0)).await
    }

    /// Deletes a column and keeps its tasks, which are then in no column.
    ///
    /// The tasks still refer to the deleted column in `column_id`, and it cannot be restored. To keep them in a column,
    /// use [`delete_into`](Self::delete_into).
    ///
    /// `GET /api/v2/column/project/{projectId}`, `POST /api/v2/column`, then `GET /api/v2/column/project/{projectId}`
    /// if the response does not name it
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotApplied`] if the column still exists afterwards.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let columns = client.column().list().await?;
    /// client.column().delete(&columns[0]).await?;
    /// assert_eq!(client.column().list().await?.len(), 2);
    /// # Ok(())
    /// # });
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
        // Unlike for other kinds of objects, the response names a deleted column.
        if answer.id2etag.contains_key(id.as_str()) || is_gone().await? {
            Ok(())
        } else {
            Err(Error::NotApplied { operation: op::COLUMN_SAVE.id, id: id.to_string() })
        }
    }

    async fn replace(self, column: &Column, newer: Newer) -> Result<Column, Error> {
        match write::replace(self.client, column.clone(), newer).await {
            // The column may belong to another project than the given one says.
            Err(error @ Error::NotFound { .. }) => match take(&mut self.list().await?, &column.id) {
                Ok(stored) if stored.project_id != column.project_id => Err(Error::invalid_input(format!(
                    "column {} cannot leave project {}\nhint: create a column in the other project instead",
                    stored.id, stored.project_id
                ))),
                _ => Err(error),
            },
            stored => stored,
        }
    }

    /// Returns the id and project of a column. If the project is unknown, all columns are read.
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
        place.neighbor_of(column)?;
        if project != other {
            return Err(Error::invalid_input(
                "the columns belong to different projects, and a column cannot leave its project",
            ));
        }
        let _turn = self.client.turn(Claim::all::<Column>()).await;
        let mut others = resource::list(self.client, project).await?;
        let read = take(&mut others, column)?;
        order::store(self.client, read.clone(), read, others.into_inner(), place).await
    }
}
