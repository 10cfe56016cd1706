//! Saved filters and the rules that they evaluate.
//!
//! All calls start at [`Client::filter`](crate::Client::filter). A rule can also be evaluated locally, against tasks that are
//! already there. Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! use ticktick::filter::{FilterDraft, build_rule};
//! use ticktick::task::Priority;
//!
//! let rule = build_rule(&[], &[Priority::High], &[]);
//! let urgent = client.filter().create(FilterDraft::new("Urgent", &rule)).await?;
//! client.task().create(ticktick::TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! assert_eq!(client.task().list_by_filter(&urgent.id).await?.len(), 1);
//! # Ok(())
//! # }
//! ```

mod draft;
mod patch;
mod resource;

use ticktick_models::{AsId, BatchFilters};
use ticktick_raw::{self as raw, op};

pub use self::draft::FilterDraft;
pub use self::patch::FilterPatch;
use crate::manager::manager;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{
    Filter, FilterCondition, FilterDate, FilterField, FilterId, FilterRule, FilterRuleKind, FilterValue, NotEvaluable,
    RuleContext, RuleError, build_rule,
};

manager! {
    /// Works with saved filters. From [`Client::filter`](crate::Client::filter).
    ///
    /// Which tasks one finds: [`TaskManager::list_by_filter`](crate::task::TaskManager::list_by_filter), or
    /// [`Account::matching`](crate::Account::matching) on a snapshot.
    FilterManager
}

impl FilterManager<'_> {
    /// Lists the saved filters, by a full sync.
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
    /// for filter in client.filter().list().await? {
    ///     println!("{}: {}", filter.name, filter.rule);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Filter>, Error> {
        Ok(self.client.sync().everything().await?.filters.into_vec())
    }

    /// Returns a filter; the service has no call for a single one.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::filter::FilterId) -> Result<(), Box<dyn std::error::Error>> {
    /// let rule = client.filter().get(&id).await?.rule_tree()?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, filter: impl AsId<FilterId>) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        crate::resource::get::<Filter>(self.client, &filter).await
    }

    /// Creates a filter and returns it, with the id under which it is stored.
    ///
    /// The client chooses its id, so that a retry after a lost answer never stores it twice. To repeat the call yourself
    /// after an error, give the draft an [`id`](FilterDraft::id) first.
    ///
    /// The service stores any text as a rule, so the rule is read here first.
    ///
    /// `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the name is blank or the rule is not one; [`Error::Batch`] if it is refused, such
    /// as for want of room; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// use ticktick::{FilterDraft, Priority};
    /// use ticktick::filter::FilterRule;
    /// use ticktick::project::ViewMode;
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High]).tags(["urgent"]);
    /// let draft = FilterDraft::new("High priority, urgent", rule).view_mode(ViewMode::Kanban);
    /// let filter = client.filter().create(draft).await?;
    /// assert!(client.task().list_by_filter(&filter).await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create(self, draft: FilterDraft) -> Result<Filter, Error> {
        let has_id = draft.has_id();
        let mut filter = draft.into_filter(&mut self.client.ids(), self.client.now())?;
        self.name_inbox(&mut filter).await?;
        write::create_drafted(self.client, filter, has_id).await
    }

    /// Replaces the stored filter with the given one and returns it with its new etag.
    ///
    /// It is read first, so that nothing is lost that was changed elsewhere since the given one was read. To change
    /// single fields of any version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with both versions if it was changed since the given one was read; [`Error::NotFound`] if it
    /// does not exist; [`Error::InvalidInput`] if its name is blank or its rule cannot be read, because no app could use it.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::filter::FilterId) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut filter = client.filter().get(&id).await?;
    /// let mut rule = filter.rule_tree()?;
    /// rule.and[0].or.push("home".into());
    /// filter.set_rule_tree(&rule);
    /// client.filter().update(&filter).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(self, filter: &Filter) -> Result<Filter, Error> {
        self.replace(filter, Newer::Refuse).await
    }

    /// Replaces the stored filter with the given one, also if it was changed elsewhere since it was read.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update), except for [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, filter: ticktick::Filter) -> Result<(), ticktick::Error> {
    /// let filter = client.filter().overwrite(&filter).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn overwrite(self, filter: &Filter) -> Result<Filter, Error> {
        self.replace(filter, Newer::Overwrite).await
    }

    /// Changes members of a filter, which is read anew, and returns it as it is stored.
    ///
    /// If nothing differs, nothing is written.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the new name is blank or the new rule is not one; [`Error::NotFound`] if the
    /// filter is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::filter::FilterId) -> Result<(), ticktick::Error> {
    /// use ticktick::filter::FilterPatch;
    /// use ticktick::project::ViewMode;
    ///
    /// let patch = FilterPatch::new().name("At home").view_mode(ViewMode::List);
    /// let filter = client.filter().patch(&id, patch).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn patch(self, filter: impl AsId<FilterId>, patch: FilterPatch) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        patch.check()?;
        let _turn = self.client.turn(Claim::one::<Filter>(&filter)).await;
        let stored = self.get(filter).await?;
        let mut changed = stored.clone();
        patch.apply(&mut changed);
        self.name_inbox(&mut changed).await?;
        write::store(self.client, stored, changed).await
    }

    /// Renames a filter and returns it as it is stored.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the new name is blank; [`Error::NotFound`] if the filter is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::filter::FilterId) -> Result<(), ticktick::Error> {
    /// client.filter().rename(&id, "At home").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rename(self, filter: impl AsId<FilterId>, name: impl Into<String>) -> Result<Filter, Error> {
        let filter = id::of(filter)?;
        self.patch(filter, FilterPatch::new().name(name)).await
    }

    /// Deletes a filter, for good; the tasks that it finds stay.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/filter`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it does not exist; [`Error::Batch`] if it is refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::filter::FilterId) -> Result<(), ticktick::Error> {
    /// client.filter().delete(&id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, filter: impl AsId<FilterId>) -> Result<(), Error> {
        let id = &id::of(filter)?;
        let mut batch = BatchFilters::default();
        batch.delete.push(id.clone());
        write::delete(
            self.client,
            (Claim::one::<Filter>(id), id.as_str()),
            &op::FILTER_BATCH,
            || crate::resource::get::<Filter>(self.client, id),
            || raw::filter::batch(self.client.wire(), &batch),
        )
        .await
    }

    async fn replace(self, filter: &Filter, newer: Newer) -> Result<Filter, Error> {
        let mut filter = filter.clone();
        self.name_inbox(&mut filter).await?;
        write::replace(self.client, filter, newer).await
    }

    /// Puts the id of the inbox in the place of the word for it, which nobody else understands in a rule.
    async fn name_inbox(self, filter: &mut Filter) -> Result<(), Error> {
        if let Ok(mut rule) = filter.rule_tree()
            && rule.names_inbox()
        {
            rule.set_inbox(&self.client.inbox_id().await?);
            filter.set_rule_tree(&rule);
        }
        Ok(())
    }
}
