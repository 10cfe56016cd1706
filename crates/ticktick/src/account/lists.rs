//! Projects, folders, tags and filters of a snapshot.

use ticktick_models::{AsId, Filter, FilterId, Folder, FolderId, Project, ProjectId, Tag, TagName};

use super::Account;
use crate::tag::resource::resolve;
use crate::workaround::sync_leaves_out_the_inbox;

impl Account {
    /// Returns the projects without the inbox, including archived ones.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let archived = account.projects().iter().find(|project| project.is_archived());
    /// assert_eq!(archived.map(|project| project.name()), Some("Old flat"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.rest.project_profiles
    }

    /// Returns the project with this id, except for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// # let task = account.tasks().iter().find(|task| task.title == "Flight to Tokyo").expect("part of the demo");
    /// assert!(account.project(&task.project_id).is_some_and(|project| project.name == "✈️ Trip to Japan"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn project(&self, id: impl AsId<ProjectId>) -> Option<&Project> {
        find(self.projects(), &id.as_id())
    }

    /// Returns the inbox as a project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.inbox().is_some_and(|inbox| inbox.is_inbox()));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn inbox(&self) -> Option<Project> {
        self.inbox_id().cloned().map(sync_leaves_out_the_inbox::project)
    }

    /// Returns the id of the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let in_inbox = account.tasks().iter().filter(|task| account.inbox_id() == Some(&task.project_id)).count();
    /// assert_eq!(in_inbox, 7);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn inbox_id(&self) -> Option<&ProjectId> {
        self.rest.inbox_id.get()
    }

    /// Returns the folders.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let names = account.folders().iter().filter_map(|folder| folder.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Office", "Private"]);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn folders(&self) -> &[Folder] {
        &self.rest.project_groups
    }

    /// Returns the folder with this id.
    ///
    /// A project may refer to a missing folder, either because the folder was deleted or because the next delta brings
    /// it. Treat such a project as having no folder.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// # let work = account.projects().iter().find(|project| project.name == "💼 Work").expect("part of the demo");
    /// let folder = work.folder().and_then(|id| account.folder(id));
    /// assert!(folder.is_some_and(|folder| folder.name == "Office"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn folder(&self, id: impl AsId<FolderId>) -> Option<&Folder> {
        find(self.folders(), &id.as_id())
    }

    /// Returns the tags.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let names = account.tags().iter().filter_map(|tag| tag.label.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Errands", "Focus", "Deep", "Money", "Waiting"]);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn tags(&self) -> &[Tag] {
        &self.rest.tags
    }

    /// Returns the tag with this name, in any case.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.tag("errands").is_some_and(|tag| tag.label == "Errands"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn tag(&self, name: impl AsId<TagName>) -> Option<&Tag> {
        resolve(self.tags(), &name.as_id()).ok()
    }

    /// Returns the saved filters.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let names = account.filters().iter().filter_map(|filter| filter.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Burning"]);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        &self.rest.filters
    }

    /// Returns the saved filter with this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let id = &account.filters()[0].id;
    /// assert!(account.filter(id).is_some_and(|filter| filter.name == "Burning"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn filter(&self, id: impl AsId<FilterId>) -> Option<&Filter> {
        find(self.filters(), &id.as_id())
    }
}

fn find<'a, K: PartialEq, T: AsRef<K>>(list: &'a [T], key: &K) -> Option<&'a T> {
    list.iter().find(|one| one.as_ref() == key)
}
