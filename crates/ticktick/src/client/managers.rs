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
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.task().list().await?;
    /// assert_eq!(tasks.len(), 40);
    /// # Ok(())
    /// # });
    /// ```
    pub fn task(&self) -> TaskManager<'_> {
        TaskManager::new(self)
    }

    /// Returns the manager of projects, which the app calls lists.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let inbox = client.project().inbox().await?;
    /// assert!(inbox.is_inbox());
    /// # Ok(())
    /// # });
    /// ```
    pub fn project(&self) -> ProjectManager<'_> {
        ProjectManager::new(self)
    }

    /// Returns the manager of folders, which group projects.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let folder = client.folder().create("Office").await?;
    /// assert_eq!(client.folder().list().await?[0].id, folder.id);
    /// # Ok(())
    /// # });
    /// ```
    pub fn folder(&self) -> FolderManager<'_> {
        FolderManager::new(self)
    }

    /// Returns the manager of columns, which list views show as sections.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let columns = client.column().list().await?;
    /// assert_eq!(columns[0].name, "To do");
    /// # Ok(())
    /// # });
    /// ```
    pub fn column(&self) -> ColumnManager<'_> {
        ColumnManager::new(self)
    }

    /// Returns the manager of tags.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tags = client.tag().list().await?;
    /// assert_eq!(tags[0].label, "Errands");
    /// # Ok(())
    /// # });
    /// ```
    pub fn tag(&self) -> TagManager<'_> {
        TagManager::new(self)
    }

    /// Returns the manager of saved filters.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let filters = client.filter().list().await?;
    /// assert_eq!(filters[0].name, "Burning");
    /// # Ok(())
    /// # });
    /// ```
    pub fn filter(&self) -> FilterManager<'_> {
        FilterManager::new(self)
    }

    /// Returns the manager of habits and their check-ins.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().active().await?;
    /// assert_eq!(habits[0].name, "Drink water");
    /// # Ok(())
    /// # });
    /// ```
    pub fn habit(&self) -> HabitManager<'_> {
        HabitManager::new(self)
    }

    /// Returns the manager of focus: records, statistics and the live timer.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let running = client.focus().state().await?;
    /// assert!(running.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub fn focus(&self) -> FocusManager<'_> {
        FocusManager::new(self)
    }

    /// Returns the manager of scores and counts.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let statistics = client.statistics().general().await?;
    /// assert!(statistics.total_completed > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub fn statistics(&self) -> StatisticsManager<'_> {
        StatisticsManager::new(self)
    }

    /// Returns the manager of countdowns.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let countdowns = client.countdown().list().await?;
    /// assert!(countdowns.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub fn countdown(&self) -> CountdownManager<'_> {
        CountdownManager::new(self)
    }

    /// Returns the manager of linked and subscribed calendars.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let events = client.calendar().events().await?.events;
    /// assert!(events.iter().any(|bound| bound.event.title == "School play"));
    /// # Ok(())
    /// # });
    /// ```
    pub fn calendar(&self) -> CalendarManager<'_> {
        CalendarManager::new(self)
    }

    /// Returns the manager of searches, on the service and in a snapshot.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.search().search_tasks("dentist").await?;
    /// assert_eq!(tasks[0].title, "Call the dentist");
    /// # Ok(())
    /// # });
    /// ```
    pub fn search(&self) -> SearchManager<'_> {
        SearchManager::new(self)
    }

    /// Returns the manager of the user's profile, status, settings, limits and notifications.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let profile = client.user().profile().await?;
    /// assert_eq!(profile.username.expose(), "me@example.com");
    /// # Ok(())
    /// # });
    /// ```
    pub fn user(&self) -> UserManager<'_> {
        UserManager::new(self)
    }

    /// Returns the manager of sync, which reads the whole account or what has changed in it.
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let account = client.sync().full().await?;
    /// assert_eq!(account.tasks().len(), 40);
    /// # Ok(())
    /// # });
    /// ```
    pub fn sync(&self) -> SyncManager<'_> {
        SyncManager::new(self)
    }
}
