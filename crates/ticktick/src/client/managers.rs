//! The ways from a client to its managers.

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
    /// Works with tasks and notes.
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

    /// Works with projects, which the app calls lists.
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

    /// Works with folders of projects.
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

    /// Works with columns of projects, which other views show as sections.
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

    /// Works with tags.
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

    /// Works with saved filters.
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

    /// Works with habits and their check-ins.
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

    /// Works with focus sessions: records, statistics, and the one that runs.
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

    /// Reads scores and counts.
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

    /// Works with countdowns.
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

    /// Reads calendars that are linked or subscribed to.
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

    /// Searches tasks, at the service and in a snapshot.
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

    /// Reads what belongs to the user: profile, status, settings, limits, notifications.
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

    /// Reads the whole account, or what changed in it.
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
