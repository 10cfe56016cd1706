//! The tasks that a saved filter finds.

use ticktick_models::{AsId, Filter, FilterId, Task};

use super::TaskManager;
use crate::resource::Resource;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Lists the open tasks and the notes that a saved filter finds, ordered as the views of
    /// [`Account`](crate::Account).
    ///
    /// The service has no such call: its stored rule comes with a full sync and is evaluated here, as
    /// [`Account::matching`](crate::Account::matching) does with a rule of your own. The account's zone is
    /// asked for once.
    ///
    /// `GET /api/v2/user/preferences/settings` the first time, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no such filter; [`Error::Unsupported`] if its rule has a part whose
    /// meaning is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for filter in client.filter().list().await? {
    ///     println!("{}: {} tasks", filter.name, client.task().list_by_filter(&filter).await?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_by_filter(self, filter: impl AsId<FilterId>) -> Result<Vec<Task>, Error> {
        let filter = id::of(filter)?;
        let days = self.client.days().await?;
        let account = crate::Account::with_days(self.client.sync().everything().await?, days);
        let id = &filter;
        let filter = account.filter(id).ok_or_else(|| Error::not_found(Filter::WHAT, id))?;
        Ok(account.matching(filter)?.into_iter().cloned().collect())
    }
}
