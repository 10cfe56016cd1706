//! Recording check-ins.

use ticktick_models::{AsId, Habit, HabitCheckin, HabitId};

use super::check_in::CheckIn;
use super::{HabitManager, check_ins};
use crate::resource::Resource;
use crate::{Error, id};

impl HabitManager<'_> {
    /// Records a check-in and returns it as stored.
    ///
    /// A day has at most one check-in: the first call adds it, and later calls change it. The client also computes the
    /// habit's `totalCheckIns` and `currentStreak` from all check-ins and stores them. If the habit's rule is unknown,
    /// the streak does not change. If the day already has this record, the client sends nothing. The default day is
    /// today in the account's time zone, which the client reads once and caches.
    ///
    /// `GET /api/v2/habits`, `POST /api/v2/habitCheckins/query`, `POST /api/v2/habits/batch` if a counter changes, then
    /// `POST /api/v2/habitCheckins/batch`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the day is in the future, or if an amount is given for a habit without
    /// amounts. Returns [`Error::Unfinished`] if the counters were stored but the check-in was not; repeat the call to
    /// fix this.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let run = client.habit().create(ticktick::HabitDraft::new("Run")).await?;
    /// use jiff::civil::date;
    /// use ticktick::CheckIn;
    ///
    /// client.habit().check_in(&run, CheckIn::done()).await?;
    /// client.habit().check_in(&run, CheckIn::done().on(date(2026, 2, 28))).await?;
    /// assert_eq!(client.habit().history(&run).await?.current_streak(), 2);
    ///
    /// client.habit().check_in(&run, CheckIn::cleared()).await?;
    /// assert_eq!(client.habit().history(&run).await?.total(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn check_in(self, habit: impl AsId<HabitId>, check_in: CheckIn) -> Result<HabitCheckin, Error> {
        let id = id::of(habit)?;
        let recorded = check_ins::record(self.client, vec![(id.clone(), check_in)]).await?;
        recorded.into_iter().next().ok_or_else(|| Error::not_found(Habit::WHAT, &id))
    }

    /// Records several check-ins and returns them in the same order.
    ///
    /// Takes as many requests as [`check_in`](Self::check_in) and works like it.
    ///
    /// `GET /api/v2/habits`, `POST /api/v2/habitCheckins/query`, `POST /api/v2/habits/batch` if a counter changes, then
    /// `POST /api/v2/habitCheckins/batch`
    ///
    /// Returns the errors of [`check_in`](Self::check_in). If one of the check-ins is invalid, nothing is sent.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::CheckIn;
    ///
    /// let habits = client.habit().active().await?;
    /// let check_ins = habits.iter().map(|habit| (habit, CheckIn::done()));
    /// let records = client.habit().check_in_all(check_ins).await?;
    /// assert_eq!(records.len(), habits.len());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn check_in_all(
        self,
        check_ins: impl IntoIterator<Item = (impl AsId<HabitId>, CheckIn)>,
    ) -> Result<Vec<HabitCheckin>, Error> {
        let asked = check_ins.into_iter().map(|(habit, check_in)| Ok((id::of(habit)?, check_in)));
        check_ins::record(self.client, asked.collect::<Result<_, Error>>()?).await
    }
}
