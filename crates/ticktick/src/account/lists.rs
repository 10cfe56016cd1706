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
    /// # fn example(account: ticktick::Account) {
    /// let archived = account.projects().iter().filter(|project| project.closed == true).count();
    /// # }
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
    /// # fn example(account: ticktick::Account, task: ticktick::Task) {
    /// let name = account.project(&task.project_id).map(|project| &project.name);
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let inbox = account.inbox().map(|inbox| inbox.name);
    /// # }
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
    /// # fn example(account: ticktick::Account, task: ticktick::Task) {
    /// let is_sorted = account.inbox_id() != Some(&task.project_id);
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let names: Vec<_> = account.folders().iter().map(|folder| &folder.name).collect();
    /// # }
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
    /// # fn example(account: ticktick::Account, project: ticktick::Project) {
    /// let folder = project.group_id.get().and_then(|id| account.folder(id));
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let top = account.tags().iter().filter(|tag| tag.parent.get().is_none()).count();
    /// # }
    /// ```
    #[must_use]
    pub fn tags(&self) -> &[Tag] {
        &self.rest.tags
    }

    /// Returns the tag with this name, in lower case.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn example(account: ticktick::Account) {
    /// let label = account.tag(ticktick::tag::TagName::from("work")).map(|tag| &tag.label);
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let names: Vec<_> = account.filters().iter().map(|filter| &filter.name).collect();
    /// # }
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
    /// # fn example(account: ticktick::Account, id: ticktick::filter::FilterId) {
    /// let rule = account.filter(&id).map(|filter| &filter.rule);
    /// # }
    /// ```
    #[must_use]
    pub fn filter(&self, id: impl AsId<FilterId>) -> Option<&Filter> {
        find(self.filters(), &id.as_id())
    }
}

fn find<'a, K: PartialEq, T: AsRef<K>>(list: &'a [T], key: &K) -> Option<&'a T> {
    list.iter().find(|one| one.as_ref() == key)
}
