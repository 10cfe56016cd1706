//! Searches by words or conditions, on the service or in a snapshot.
//!
//! All calls start at [`Client::search`](crate::Client::search). See [`error`](crate::error) for the errors that all
//! calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::task::{Priority, TaskDraft, TaskQuery};
//!
//! client.task().create(TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! let urgent = client.search().filter_tasks(&TaskQuery::new().priority(Priority::High)).await?;
//! assert_eq!(urgent[0].title(), "Call Ada");
//! # Ok(())
//! # });
//! ```

use std::collections::HashSet;

use ticktick_models::{SyncTasks, Task, TaskId, TaskQuery};
use ticktick_raw as raw;

use crate::manager::manager;
use crate::workaround::search_shapes;
use crate::{Account, Error};
#[doc(inline)]
pub use ticktick_models::{SearchAnswer, SearchHit, SearchResults, search_tasks};

manager! {
    /// Searches tasks, on the service and in a snapshot. Returned by [`Client::search`](crate::Client::search).
    ///
    /// The service also finds completed and deleted tasks and searches comments, but may take seconds to index recent
    /// changes. A snapshot contains open tasks and notes as of its last sync.
    SearchManager
}

impl SearchManager<'_> {
    /// Searches on the service and returns its complete response: tasks, hits and comments.
    ///
    /// The tasks include completed and deleted ones: check `status` and `deleted`. Recent changes may be missing for
    /// some seconds: see [`everywhere`](Self::everywhere).
    ///
    /// `GET /api/v2/search/all`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the text contains no word.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::search::SearchAnswer;
    ///
    /// let answer = client.search().all("dentist").await?;
    /// let SearchAnswer::Results(found) = answer else { panic!("{answer:?}") };
    /// assert_eq!(found.tasks[0].title, "Call the dentist");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn all(self, text: &str) -> Result<SearchAnswer, Error> {
        if text.trim().is_empty() {
            return Err(Error::invalid_input("the search text contains no word\nhint: search for at least one word"));
        }
        Ok(raw::search::all(self.client.wire(), text).await?)
    }

    /// Searches on the service and returns the tasks in the order of the response, whichever shape it has.
    ///
    /// `GET /api/v2/search/all`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the text contains no word, and [`Error::Unsupported`] if the response has an
    /// unknown shape.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let found = client.search().search_tasks("dentist").await?;
    /// let open = found.iter().filter(|task| task.is_open() && !task.is_deleted());
    /// assert_eq!(open.count(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn search_tasks(self, text: &str) -> Result<Vec<Task>, Error> {
        search_shapes::tasks(self.all(text).await?)
    }

    /// Searches a snapshot for open tasks and notes that contain every word in title, text or checklist.
    ///
    /// Does not contact the service.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let account = client.sync().full().await?;
    /// let found = client.search().local(&account, "tokyo flight");
    /// assert_eq!(found[0].title, "Flight to Tokyo");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn local<'a>(self, account: &'a Account, text: &str) -> Vec<&'a Task> {
        ticktick_models::search_tasks(account.tasks(), text)
    }

    /// Searches on the service and among the open tasks of a full sync, and returns each task once.
    ///
    /// Also finds recent changes. The tasks that the service found come first, in its order, followed by the others.
    /// Open tasks come from the sync, all others from the service's search index, which may be outdated.
    ///
    /// `GET /api/v2/search/all`, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`search_tasks`](Self::search_tasks).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let lag = ticktick::jiff::SignedDuration::from_secs(20);
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").search_lag(lag).start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// use ticktick::TaskDraft;
    ///
    /// client.task().create(TaskDraft::new("Play tennis")).await?;
    /// assert_eq!(client.search().everywhere("tennis").await?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn everywhere(self, text: &str) -> Result<Vec<Task>, Error> {
        let mut found = self.search_tasks(text).await?;
        let open = self.open_tasks().await?;
        let local = ticktick_models::search_tasks(&open, text);
        let mut known: HashSet<TaskId> = HashSet::new();
        found.retain(|task| known.insert(task.id.clone()));
        for task in &mut found {
            if let Some(fresh) = open.iter().find(|fresh| fresh.id == task.id) {
                task.clone_from(fresh);
            }
        }
        found.extend(local.into_iter().filter(|task| !known.contains(&task.id)).cloned());
        Ok(found)
    }

    /// Lists the open tasks and notes that match a query, using a full sync.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::{Priority, TaskQuery};
    ///
    /// let high = client.search().filter_tasks(&TaskQuery::new().priority(Priority::High)).await?;
    /// assert!(high.iter().any(|task| task.title == "Call the dentist"));
    ///
    /// let dated_errands = TaskQuery::new().tag("errands").has_due_date(true);
    /// assert!(client.search().filter_tasks(&dated_errands).await?.len() > 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn filter_tasks(self, query: &TaskQuery) -> Result<Vec<Task>, Error> {
        let mut tasks = self.open_tasks().await?;
        tasks.retain(|task| query.matches(task));
        Ok(tasks)
    }

    async fn open_tasks(self) -> Result<Vec<Task>, Error> {
        let lanes: SyncTasks = self.client.sync().everything().await?.sync_task_bean.unwrap_or_default();
        Ok(lanes.update.into_vec())
    }
}
