//! How checked writes read and send columns.

use ticktick_models::{Answer, BatchAnswer, Column, ColumnId, ProjectId, SaveColumns};
use ticktick_raw::{self as raw, Operation, op};

use crate::order;
use crate::resource::{Found, Resource, by_key, keyed_by, take, touched};
use crate::workaround::batch_double_body;
use crate::{Client, Error, check};

impl Resource for Column {
    keyed_by!(id: ColumnId);

    const WHAT: &'static str = "column";
    const BATCH: Operation = op::COLUMN_SAVE;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        take(&mut list(client, &self.project_id).await?.into_inner(), &self.id)
    }

    async fn read_many(client: &Client, columns: &[&Self]) -> Result<Found<Self>, Error> {
        // Columns that change together belong to one project.
        Ok(by_key(list(client, &columns[0].project_id).await?))
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut body = SaveColumns::default();
        body.add.extend(add);
        body.update.extend(update);
        save(client, &body).await
    }
}

/// Sends columns to store and columns to delete.
pub(super) async fn save(client: &Client, body: &SaveColumns) -> Result<BatchAnswer, raw::Error> {
    let stored = body.add.iter().chain(&body.update).map(|column| column.id.as_str());
    let ids: Vec<&str> = stored.chain(body.delete.iter().map(|column| column.column_id.as_str())).collect();
    batch_double_body::named_half(raw::column::save(client.wire(), body).await, &ids)
}

/// Reads the columns of a project, from left to right.
pub(super) async fn list(client: &Client, project: &ProjectId) -> Result<Answer<Vec<Column>>, Error> {
    let answer = raw::column::list_by_project(client.wire(), project).await;
    let mut columns = answer.map_err(|error| Error::missing(error, "project", project))?;
    order::sort(&mut columns);
    Ok(columns)
}
