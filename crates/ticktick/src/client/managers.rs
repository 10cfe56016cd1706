//! The managers of a client.

use super::Client;
use crate::calendar::CalendarManager;
use crate::column::ColumnManager;
use crate::countdown::CountdownManager;
use crate::filter::FilterManager;
use crate::focus::FocusManager;
use crate::folder::FolderManager;
use crate::habit::HabitManager;
use crate::project::ProjectManager;
use crate::search::SearchManager;
use crate::statistics::StatisticsManager;
use crate::sync::SyncManager;
use crate::tag::TagManager;
use crate::task::TaskManager;
use crate::user::UserManager;

impl Client {
    /// Returns the manager of tasks and notes.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tasks = client.task().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn task(&self) -> TaskManager<'_> {
        TaskManager::new(self)
    }

    /// Returns the manager of projects, which the app calls lists.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let inbox = client.project().inbox().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn project(&self) -> ProjectManager<'_> {
        ProjectManager::new(self)
    }

    /// Returns the manager of folders, which group projects.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let folder = client.folder().create("Office").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn folder(&self) -> FolderManager<'_> {
        FolderManager::new(self)
    }

    /// Returns the manager of columns, which list views show as sections.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let columns = client.column().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn column(&self) -> ColumnManager<'_> {
        ColumnManager::new(self)
    }

    /// Returns the manager of tags.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tags = client.tag().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn tag(&self) -> TagManager<'_> {
        TagManager::new(self)
    }

    /// Returns the manager of saved filters.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let filters = client.filter().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter(&self) -> FilterManager<'_> {
        FilterManager::new(self)
    }

    /// Returns the manager of habits and their check-ins.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let habits = client.habit().active().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn habit(&self) -> HabitManager<'_> {
        HabitManager::new(self)
    }

    /// Returns the manager of focus: records, statistics and the live timer.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let running = client.focus().state().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn focus(&self) -> FocusManager<'_> {
        FocusManager::new(self)
    }

    /// Returns the manager of scores and counts.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let score = client.statistics().general().await?.score;
    /// # Ok(())
    /// # }
    /// ```
    pub fn statistics(&self) -> StatisticsManager<'_> {
        StatisticsManager::new(self)
    }

    /// Returns the manager of countdowns.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let countdowns = client.countdown().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn countdown(&self) -> CountdownManager<'_> {
        CountdownManager::new(self)
    }

    /// Returns the manager of linked and subscribed calendars.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let events = client.calendar().events().await?.events;
    /// # Ok(())
    /// # }
    /// ```
    pub fn calendar(&self) -> CalendarManager<'_> {
        CalendarManager::new(self)
    }

    /// Returns the manager of searches, on the service and in a snapshot.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tasks = client.search().search_tasks("Ada").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn search(&self) -> SearchManager<'_> {
        SearchManager::new(self)
    }

    /// Returns the manager of the user's profile, status, settings, limits and notifications.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let profile = client.user().profile().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn user(&self) -> UserManager<'_> {
        UserManager::new(self)
    }

    /// Returns the manager of sync, which reads the whole account or what has changed in it.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let account = client.sync().full().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn sync(&self) -> SyncManager<'_> {
        SyncManager::new(self)
    }
}
