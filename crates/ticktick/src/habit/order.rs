//! The order of habits.

use ticktick_models::{AsId, Habit, HabitId};

use super::HabitManager;
use super::reorder::{self, Side};
use crate::{Error, id};

impl HabitManager<'_> {
    /// Moves a habit before another one and returns the updated habit.
    ///
    /// If no position is free between the neighbors, all habits get new positions in the same call.
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch` unless it is there already
    ///
    /// Returns [`Error::InvalidInput`] if both are the same habit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().active().await?;
    /// let habit = client.habit().move_before(&habits[2], &habits[0]).await?;
    /// assert!(habit.sort_order < habits[0].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_before(self, habit: impl AsId<HabitId>, next: impl AsId<HabitId>) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        let next = id::of(next)?;
        reorder::move_beside(self.client, &habit, Side::Before, &next).await
    }

    /// Moves a habit after another one and returns the updated habit.
    ///
    /// Otherwise like [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/habits`, then `POST /api/v2/habits/batch` unless it is there already
    ///
    /// Returns [`Error::InvalidInput`] if both are the same habit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().active().await?;
    /// let habit = client.habit().move_after(&habits[0], &habits[2]).await?;
    /// assert!(habit.sort_order > habits[2].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_after(self, habit: impl AsId<HabitId>, previous: impl AsId<HabitId>) -> Result<Habit, Error> {
        let habit = id::of(habit)?;
        let previous = id::of(previous)?;
        reorder::move_beside(self.client, &habit, Side::After, &previous).await
    }
}
