//! Saved timers.

use ticktick_models::{Answer, AsId, BatchTimers, Timer, TimerId, TimerOverview};
use ticktick_raw::{self as raw, op};

use super::FocusManager;
use super::draft::TimerDraft;
use crate::turn::Claim;
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for timer in client.focus().timers().await? {
    ///     println!("{}: {} minutes", timer.name, timer.pomodoro_time);
    /// }
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::focus::TimerDraft;
    ///
    /// let timer = client.focus().create_timer(TimerDraft::pomodoro("Deep work", 50)).await?;
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client, mut timer: ticktick::focus::Timer) -> Result<(), ticktick::Error> {
    /// timer.pomodoro_time = 45.into();
    /// let timer = client.focus().update_timer(&timer).await?;
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client, timer: ticktick::focus::Timer) -> Result<(), ticktick::Error> {
    /// let timer = client.focus().overwrite_timer(&timer).await?;
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client, timer: ticktick::focus::Timer) -> Result<(), ticktick::Error> {
    /// client.focus().delete_timer(&timer).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete_timer(self, timer: impl AsId<TimerId>) -> Result<(), Error> {
        let id = id::of(timer)?;
        let mut batch = BatchTimers::default();
        batch.delete.push(id.clone());
        write::delete(
            self.client,
            (Claim::one::<Timer>(&id), id.as_str()),
            &op::FOCUS_BATCH_TIMERS,
            || crate::resource::get::<Timer>(self.client, &id),
            || raw::focus::batch_timers(self.client.wire(), &batch),
        )
        .await
    }

    /// Returns how much a saved timer was used, in days and (presumably) minutes.
    ///
    /// `GET /api/v2/timer/overview/{timerId}`
    ///
    /// Returns [`Error::NotFound`] if the service reports that the timer does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, timer: ticktick::focus::Timer) -> Result<(), ticktick::Error> {
    /// println!("{} minutes today", client.focus().timer_overview(&timer).await?.today);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn timer_overview(self, timer: impl AsId<TimerId>) -> Result<TimerOverview, Error> {
        let id = &id::of(timer)?;
        let answer = raw::focus::timer_overview(self.client.wire(), id).await;
        answer.map_err(|error| Error::missing(error, "timer", id))
    }
}
