//! Searches: by words or by conditions, at the service or in a snapshot.
//!
//! All calls start at [`Client::search`](crate::Client::search). Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! use ticktick::task::{Priority, TaskDraft, TaskQuery};
//!
//! client.task().create(TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! let urgent = client.search().filter_tasks(&TaskQuery::new().priority(Priority::High)).await?;
//! assert_eq!(urgent[0].title(), "Call Ada");
//! # Ok(())
//! # }
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
    /// Searches tasks, at the service and in a snapshot. From [`Client::search`](crate::Client::search).
    ///
    /// The service also finds completed and trashed tasks, and looks at comments; it may need seconds until
    /// it finds what was just written. A snapshot knows open tasks and notes, and is as fresh as its sync.
    SearchManager
}

impl SearchManager<'_> {
    /// Searches at the service, and returns all that it tells: tasks, hits, comments.
    ///
    /// Completed and trashed tasks are among them; `status` and `deleted` tell. What was just written may be
    /// missing for seconds: see [`everywhere`](Self::everywhere).
    ///
    /// `GET /api/v2/search/all`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if there is no word in the text.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::search::SearchAnswer;
    ///
    /// if let SearchAnswer::Results(found) = client.search().all("meeting notes").await? {
    ///     println!("{} tasks, {} comments", found.tasks.len(), found.comments.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn all(self, text: &str) -> Result<SearchAnswer, Error> {
        if text.trim().is_empty() {
            return Err(Error::invalid_input("a search needs a word to look for; give it one."));
        }
        Ok(raw::search::all(self.client.wire(), text).await?)
    }

    /// Searches at the service, and returns the tasks in its order, whatever the shape of the answer.
    ///
    /// `GET /api/v2/search/all`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if there is no word in the text; [`Error::Unsupported`] if the answer has a shape
    /// that nobody has seen yet.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let found = client.search().search_tasks("tennis").await?;
    /// let open = found.iter().filter(|task| task.is_open() && !task.is_deleted()).count();
    /// # Ok(())
    /// # }
    /// ```
    pub async fn search_tasks(self, text: &str) -> Result<Vec<Task>, Error> {
        search_shapes::tasks(self.all(text).await?)
    }

    /// Searches a snapshot: open tasks and notes that hold every word in title, body or checklist.
    ///
    /// Nothing is asked of the service.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let account = client.sync().full().await?;
    /// for task in client.search().local(&account, "meeting notes") {
    ///     println!("{}", task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn local<'a>(self, account: &'a Account, text: &str) -> Vec<&'a Task> {
        ticktick_models::search_tasks(account.tasks(), text)
    }

    /// Searches at the service and among the open tasks of a full sync, and returns each task once.
    ///
    /// What was just written is found, too. First come the tasks that the service found, in its order, then
    /// the others. An open task is as the sync has it; the rest is as the service's index has it.
    ///
    /// `GET /api/v2/search/all`, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// As [`search_tasks`](Self::search_tasks).
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

    /// Lists the open tasks and the notes that are as asked for, by a full sync.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::{Priority, TaskQuery};
    ///
    /// let high = client.search().filter_tasks(&TaskQuery::new().priority(Priority::High)).await?;
    /// let urgent = client.search().filter_tasks(&TaskQuery::new().tag("urgent").project("proj_id")).await?;
    /// let with_due_dates = client.search().filter_tasks(&TaskQuery::new().has_due_date(true)).await?;
    /// # Ok(())
    /// # }
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
