//! Saved filters and the rules that they evaluate.
//!
//! All calls start at [`Client::filter`](crate::Client::filter). A rule can also be evaluated locally, on tasks that
//! you already have. See [`error`](crate::error) for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::filter::{FilterDraft, build_rule};
//! use ticktick::task::Priority;
//!
//! let rule = build_rule(&[], &[Priority::High], &[]);
//! let urgent = client.filter().create(FilterDraft::new("Urgent", &rule)).await?;
//! client.task().create(ticktick::TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! assert_eq!(client.task().list_by_filter(&urgent.id).await?.len(), 1);
//! # Ok(())
//! # });
//! ```

mod change;
mod draft;
mod patch;
mod resource;

use ticktick_models::AsId;

pub use self::draft::FilterDraft;
pub use self::patch::FilterPatch;
use crate::manager::manager;
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{
    Filter, FilterCondition, FilterDate, FilterField, FilterId, FilterRule, FilterRuleKind, FilterValue, NotEvaluable,
    RuleContext, RuleError, build_rule,
};

manager! {
    /// Manages saved filters. Returned by [`Client::filter`](crate::Client::filter).
    ///
    /// To get the tasks that match a filter, use [`TaskManager::list_by_filter`](crate::task::TaskManager::list_by_filter),
    /// or [`Account::matching`](crate::Account::matching) on a snapshot.
    FilterManager
}

impl FilterManager<'_> {
    /// Lists the saved filters, using a full sync.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let filters = client.filter().list().await?;
    /// assert_eq!(filters[0].name, "Burning");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Vec<Filter>, Error> {
        Ok(self.client.sync().everything().await?.filters.into_vec())
    }

    /// Returns a filter. The service has no call for a single one, so the client reads all of them.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let id = client.filter().list().await?.remove(0).id;
    /// let rule = client.filter().get(&id).await?.rule_tree()?;
    /// assert_eq!(rule.and.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, filter: impl AsId<FilterId>) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        crate::resource::get::<Filter>(self.client, &filter).await
    }

    /// Creates a filter and returns it as stored, including its id.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the filter twice. To repeat the
    /// call yourself after an error, first set the draft's [`id`](FilterDraft::id).
    ///
    /// The client checks the rule first, because the service stores any text.
    ///
    /// `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank or the rule is invalid, and [`Error::Batch`] if the service
    /// refuses the filter, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::{FilterDraft, Priority};
    /// use ticktick::filter::FilterRule;
    /// use ticktick::project::ViewMode;
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High]).tags(["urgent"]);
    /// let draft = FilterDraft::new("High priority, urgent", rule).view_mode(ViewMode::Kanban);
    /// let filter = client.filter().create(draft).await?;
    /// assert!(client.task().list_by_filter(&filter).await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: FilterDraft) -> Result<Filter, Error> {
        let has_id = draft.has_id();
        let mut filter = draft.into_filter(&mut self.client.ids(), self.client.now())?;
        change::name_inbox(self.client, &mut filter).await?;
        write::create_drafted(self.client, filter, has_id).await
    }

    /// Replaces the stored filter with the given one and returns it with its new etag.
    ///
    /// The stored filter is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored filter has changed since the given one was read,
    /// and [`Error::InvalidInput`] if its name is blank or its rule is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::FilterDraft;
    /// # use ticktick::filter::FilterRule;
    /// # let mut filter = client.filter().create(FilterDraft::new("Errands", FilterRule::normal().tags(["errands"]))).await?;
    /// let mut rule = filter.rule_tree()?;
    /// rule.and[0].or.push("home".into());
    /// filter.set_rule_tree(&rule);
    /// let filter = client.filter().update(&filter).await?;
    /// assert_eq!(filter.rule_tree()?, FilterRule::normal().tags(["errands", "home"]));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, filter: &Filter) -> Result<Filter, Error> {
        change::replace(self.client, filter, Newer::Refuse).await
    }

    /// Replaces the stored filter with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut mine = client.filter().list().await?.remove(0);
    /// client.filter().rename(&mine, "Urgent").await?;
    ///
    /// mine.name = "Now".into();
    /// let filter = client.filter().overwrite(&mine).await?;
    /// assert_eq!(filter.name, "Now");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, filter: &Filter) -> Result<Filter, Error> {
        change::replace(self.client, filter, Newer::Overwrite).await
    }

    /// Changes single fields of a filter and returns the updated filter.
    ///
    /// The filter is read first, so that changes made elsewhere are not undone. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the new name is blank or the new rule is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let filter = client.filter().list().await?.remove(0);
    /// use ticktick::filter::FilterPatch;
    /// use ticktick::project::ViewMode;
    ///
    /// let patch = FilterPatch::new().name("Now").view_mode(ViewMode::List);
    /// let filter = client.filter().patch(&filter, patch).await?;
    /// assert_eq!(filter.name, "Now");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, filter: impl AsId<FilterId>, patch: FilterPatch) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        patch.check()?;
        change::patch(self.client, &filter, patch).await
    }

    /// Renames a filter and returns the updated filter.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the new name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let filter = client.filter().list().await?.remove(0);
    /// let filter = client.filter().rename(&filter, "Now").await?;
    /// assert_eq!(filter.name, "Now");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename(self, filter: impl AsId<FilterId>, name: impl Into<String>) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        self.patch(filter, FilterPatch::new().name(name)).await
    }

    /// Permanently deletes a filter, but not the tasks that match it.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let filter = client.filter().list().await?.remove(0);
    /// client.filter().delete(&filter).await?;
    /// assert!(client.filter().list().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, filter: impl AsId<FilterId>) -> Result<(), Error> {
        write::delete::<Filter>(self.client, &id::of(filter)?).await
    }
}
