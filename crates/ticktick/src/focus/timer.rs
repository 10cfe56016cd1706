//! Saved timers.

use ticktick_models::{Answer, AsId, Timer, TimerId, TimerOverview};
use ticktick_raw as raw;

use super::FocusManager;
use super::draft::TimerDraft;
use crate::resource::get;
use crate::write::Newer;
use crate::{Error, id, write};

impl FocusManager<'_> {
    /// Lists the saved timers. [`state`](Self::state) returns the one that is running.
    ///
    /// `GET /api/v2/timer`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let timers = client.focus().timers().await?;
    /// let names = timers.iter().filter_map(|timer| timer.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Deep work", "Reading"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn timers(self) -> Result<Answer<Vec<Timer>>, Error> {
        Ok(raw::focus::list_timers(self.client.wire()).await?)
    }

    /// Creates a saved timer and returns it as stored.
    ///
    /// `POST /api/v2/timer`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if its name, length or color is invalid, and [`Error::Batch`] if the service
    /// refuses the timer, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::focus::TimerDraft;
    ///
    /// let timer = client.focus().create_timer(TimerDraft::pomodoro("Deep work", 50)).await?;
    /// assert_eq!(timer.pomodoro_time, 50);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create_timer(self, draft: TimerDraft) -> Result<Timer, Error> {
        let has_id = draft.has_id();
        let timer = draft.into_timer(&mut self.client.ids(), self.client.now())?;
        write::create_drafted(self.client, timer, has_id).await
    }

    /// Replaces the stored timer with the given one and returns it with its new etag.
    ///
    /// The stored timer is read first, so that changes made elsewhere are not overwritten.
    ///
    /// `GET /api/v2/timer`, then `POST /api/v2/timer`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored timer has changed since the given one was read, and
    /// [`Error::InvalidInput`] if its name, color or length is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut timer = client.focus().timers().await?.remove(0);
    /// timer.pomodoro_time = 45.into();
    /// let timer = client.focus().update_timer(&timer).await?;
    /// assert_eq!(timer.pomodoro_time, 45);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update_timer(self, timer: &Timer) -> Result<Timer, Error> {
        write::replace(self.client, timer.clone(), Newer::Refuse).await
    }

    /// Replaces the stored timer with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/timer`, then `POST /api/v2/timer`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update_timer`](Self::update_timer) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let mut mine = client.focus().timers().await?.remove(0);
    /// mine.pomodoro_time = 45.into();
    /// let timer = client.focus().overwrite_timer(&mine).await?;
    /// assert_eq!(timer.pomodoro_time, 45);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite_timer(self, timer: &Timer) -> Result<Timer, Error> {
        write::replace(self.client, timer.clone(), Newer::Overwrite).await
    }

    /// Deletes a saved timer. Its sessions are kept.
    ///
    /// `GET /api/v2/timer`, then `POST /api/v2/timer`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let timers = client.focus().timers().await?;
    /// client.focus().delete_timer(&timers[0]).await?;
    /// assert_eq!(client.focus().timers().await?.len(), timers.len() - 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete_timer(self, timer: impl AsId<TimerId>) -> Result<(), Error> {
        write::delete::<Timer>(self.client, &id::of(timer)?).await
    }

    /// Returns how much a saved timer was used, in days and (presumably) minutes.
    ///
    /// `GET /api/v2/timer/overview/{timerId}`; then `GET /api/v2/timer` if the timer was never used
    ///
    /// Returns [`Error::NotFound`] if the timer does not exist. The sessions of a deleted timer remain, so that its use can
    /// still be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let timers = client.focus().timers().await?;
    /// let overview = client.focus().timer_overview(&timers[0]).await?;
    /// assert!(overview.total > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn timer_overview(self, timer: impl AsId<TimerId>) -> Result<TimerOverview, Error> {
        let id = &id::of(timer)?;
        let answer = raw::focus::timer_overview(self.client.wire(), id).await;
        let overview = answer.map_err(|error| Error::missing(error, "timer", id))?;
        let times = [&overview.days, &overview.today, &overview.total];
        if times.iter().all(|time| time.get().is_none_or(|time| *time == 0)) {
            get::<Timer>(self.client, id).await?;
        }
        Ok(overview)
    }
}
