//! Listing the tasks that match a saved filter.

use ticktick_models::{AsId, Filter, FilterId, Task};

use super::TaskManager;
use crate::resource::Resource;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Lists the open tasks and notes that match a saved filter, in the order of the views of
    /// [`Account`](crate::Account).
    ///
    /// The service cannot evaluate filters, so the client reads the stored rule in a full sync and evaluates it, like
    /// [`Account::matching`](crate::Account::matching) does with a rule of your own. The account's zone is read once
    /// and cached.
    ///
    /// `GET /api/v2/user/preferences/settings` the first time, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if a part of the filter's rule has an unknown meaning.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let filters = client.filter().list().await?;
    /// let tasks = client.task().list_by_filter(&filters[0]).await?;
    /// assert!(tasks.iter().any(|task| task.title == "Call the dentist"));
    /// # Ok(())
    /// # });
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
