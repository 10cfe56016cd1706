//! Habits, their check-ins, records and sections.
//!
//! All calls start at [`Client::habit`](crate::Client::habit). A check-in belongs to a day in the account's time zone.
//! See [`error`](crate::error) for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::habit::{CheckIn, CheckinStatus, HabitDraft};
//!
//! let reading = client.habit().create(HabitDraft::new("Read")).await?;
//! let check_in = client.habit().check_in(&reading, CheckIn::done()).await?;
//! assert_eq!(check_in.status, CheckinStatus::Done);
//! # Ok(())
//! # });
//! ```

// Public methods by topic, and the types that they take and return.
mod check_in;
mod draft;
pub(crate) mod history;
mod order;
mod patch;
mod query;
mod record;
mod section;

// What the methods call.
pub(crate) mod check_ins;
mod reorder;
mod resource;
mod schedule;
mod value;

use ticktick_models::{Answer, AsId};
use ticktick_raw as raw;

pub use self::check_in::CheckIn;
pub use self::draft::HabitDraft;
pub use self::history::HabitHistory;
pub use self::patch::HabitPatch;
pub use self::value::MAX_AMOUNT;
use crate::manager::manager;
use crate::workaround::habit_archived_value;
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{
    CheckinId, CheckinStatus, Habit, HabitCheckin, HabitDayCount, HabitId, HabitPreferences, HabitRecord, HabitSection,
    HabitStatus, HabitType, SectionId,
};

manager! {
    /// Manages habits and their check-ins. Returned by [`Client::habit`](crate::Client::habit).
    HabitManager
}

impl HabitManager<'_> {
    /// Lists all habits, including archived ones.
    ///
    /// `GET /api/v2/habits`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().list().await?;
    /// let names = habits.iter().filter_map(|habit| habit.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Drink water", "Read before bed", "Run", "Learn the ukulele"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Answer<Vec<Habit>>, Error> {
        Ok(raw::habit::list(self.client.wire()).await?)
    }

    /// Lists the active habits.
    ///
    /// `GET /api/v2/habits`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().active().await?;
    /// assert_eq!(habits.len(), 3);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn active(self) -> Result<Vec<Habit>, Error> {
        let mut habits = self.list().await?.into_inner();
        habits.retain(|habit| !habit_archived_value::is_archived(habit));
        Ok(habits)
    }

    /// Lists the archived habits.
    ///
    /// A habit that was archived and then restored counts as active.
    ///
    /// `GET /api/v2/habits`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let archived = client.habit().archived().await?;
    /// assert_eq!(archived[0].name, "Learn the ukulele");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archived(self) -> Result<Vec<Habit>, Error> {
        let mut habits = self.list().await?.into_inner();
        habits.retain(habit_archived_value::is_archived);
        Ok(habits)
    }

    /// Returns a habit.
    ///
    /// The service has no call for a single habit, so the client reads all of them.
    ///
    /// `GET /api/v2/habits`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let id = client.habit().active().await?.remove(0).id;
    /// let habit = client.habit().get(&id).await?;
    /// assert_eq!(habit.name, "Drink water");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, habit: impl AsId<HabitId>) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        crate::resource::get::<Habit>(self.client, &habit).await
    }

    /// Creates a habit and returns it as stored.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the habit twice. To repeat the
    /// call yourself after an error, first set the draft's [`id`](HabitDraft::id).
    ///
    /// `POST /api/v2/habits/batch`; before it `GET /api/v2/habitSections` if the draft names a section
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is empty, the goal is not above 0, or the color or the rule is
    /// invalid, [`Error::NotFound`] if the section does not exist, and [`Error::Batch`] if the service refuses the
    /// habit, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::{CheckIn, HabitDraft};
    ///
    /// let habit = client.habit().create(HabitDraft::new("Drink water").amount(8.0, "Cup").step(1.0)).await?;
    /// let record = client.habit().check_in(&habit, CheckIn::amount(3.0)).await?;
    /// assert!(record.value.is_some_and(|amount| amount.as_f64() == 3.0));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: HabitDraft) -> Result<Habit, Error> {
        let has_id = draft.has_id();
        let habit = draft.into_habit(&mut self.client.ids(), self.client.now())?;
        write::create_drafted(self.client, habit, has_id).await
    }

    /// Replaces the stored habit with the given one and returns it with its new etag.
    ///
    /// The stored habit is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch`; between them `GET /api/v2/habitSections` if the section
    /// changes
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored habit has changed since the given one was read, and
    /// [`Error::InvalidInput`] if its name, goal, color, rule or target start is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut habit = client.habit().active().await?.remove(0);
    /// habit.record_enable = true.into();
    /// let habit = client.habit().update(&habit).await?;
    /// assert_eq!(habit.record_enable, true);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, habit: &Habit) -> Result<Habit, Error> {
        write::replace(self.client, habit.clone(), Newer::Refuse).await
    }

    /// Replaces the stored habit with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # use ticktick::habit::HabitPatch;
    /// let mut mine = client.habit().active().await?.remove(0);
    /// client.habit().patch(&mine, HabitPatch::new().name("Drink tea")).await?;
    ///
    /// mine.name = "Drink milk".into();
    /// let habit = client.habit().overwrite(&mine).await?;
    /// assert_eq!(habit.name, "Drink milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, habit: &Habit) -> Result<Habit, Error> {
        write::replace(self.client, habit.clone(), Newer::Overwrite).await
    }

    /// Changes single fields of a habit and returns the updated habit.
    ///
    /// The habit is read first, so that changes made elsewhere are not undone. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch`; between them `GET /api/v2/habitSections` if the section
    /// changes
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the new name, goal, color or rule is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let habit = client.habit().active().await?.remove(0);
    /// use ticktick::habit::HabitPatch;
    ///
    /// let habit = client.habit().patch(&habit, HabitPatch::new().goal(10.0).clear_reminders()).await?;
    /// assert!(habit.goal.is_some_and(|amount| amount.as_f64() == 10.0));
    /// assert!(habit.reminders.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, habit: impl AsId<HabitId>, patch: HabitPatch) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        patch.check()?;
        write::change_listed(self.client, &habit, |habit| patch.apply(habit)).await
    }

    /// Archives a habit and returns the updated habit. Its check-ins are kept.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch` unless the habit is already archived
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let habit = client.habit().active().await?.remove(0);
    /// client.habit().archive(&habit).await?;
    /// assert_eq!(client.habit().archived().await?.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archive(self, habit: impl AsId<HabitId>) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        let now = self.client.now();
        let archive = |habit: &mut Habit| {
            if !habit_archived_value::is_archived(habit) {
                habit_archived_value::archive(habit, now);
            }
        };
        write::change_listed(self.client, &habit, archive).await
    }

    /// Restores an archived habit and returns the updated habit.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch` unless the habit is already active
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let archived = client.habit().archived().await?;
    /// client.habit().unarchive(&archived[0]).await?;
    /// assert!(client.habit().archived().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unarchive(self, habit: impl AsId<HabitId>) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        let unarchive = |habit: &mut Habit| {
            if habit_archived_value::is_archived(habit) {
                habit_archived_value::unarchive(habit);
            }
        };
        write::change_listed(self.client, &habit, unarchive).await
    }

    /// Permanently deletes a habit with its check-ins.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let habit = client.habit().active().await?.remove(0);
    /// client.habit().delete(&habit).await?;
    /// assert_eq!(client.habit().active().await?.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, habit: impl AsId<HabitId>) -> Result<(), Error> {
        write::delete::<Habit>(self.client, &id::of(habit)?).await
    }
}
