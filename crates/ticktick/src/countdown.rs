//! Countdowns: the days until or since a date.
//!
//! All calls start at [`Client::countdown`](crate::Client::countdown). See [`error`](crate::error) for the errors that
//! all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::countdown::CountdownDraft;
//! use ticktick::jiff::civil::date;
//!
//! let holidays = client.countdown().create(CountdownDraft::new("Holidays", date(2026, 7, 1))).await?;
//! assert_eq!(holidays.days_left(date(2026, 6, 1)), Some(30));
//! # Ok(())
//! # });
//! ```

mod draft;
mod resource;

use ticktick_models::{AsId, Timestamp};

pub use self::draft::{CountdownDraft, CountdownPatch};
use crate::manager::manager;
use crate::resource::Listed;
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{Countdown, CountdownDaysOption, CountdownId, CountdownKind, CountdownTimerMode};

manager! {
    /// Manages countdowns. Returned by [`Client::countdown`](crate::Client::countdown).
    CountdownManager
}

impl CountdownManager<'_> {
    /// Lists all countdowns, including archived ones.
    ///
    /// `GET /api/v2/countdown/list`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use jiff::civil::date;
    /// # use ticktick::countdown::CountdownDraft;
    /// # client.countdown().create(CountdownDraft::new("Holiday", date(2026, 7, 1))).await?;
    /// let countdowns = client.countdown().list().await?;
    /// assert_eq!(countdowns[0].name, "Holiday");
    /// assert_eq!(countdowns[0].days_left(date(2026, 6, 30)), Some(1));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Vec<Countdown>, Error> {
        Countdown::list(self.client).await
    }

    /// Returns a countdown. The service has no call for a single one, so the client reads all of them.
    ///
    /// `GET /api/v2/countdown/list`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use jiff::civil::date;
    /// # use ticktick::countdown::CountdownDraft;
    /// let holiday = client.countdown().create(CountdownDraft::new("Holiday", date(2026, 7, 1))).await?;
    /// assert_eq!(client.countdown().get(&holiday.id).await?.name, "Holiday");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        crate::resource::get::<Countdown>(self.client, &countdown).await
    }

    /// Creates a countdown and returns it as stored.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the countdown twice. To repeat the
    /// call yourself after an error, first set the draft's [`id`](CountdownDraft::id).
    ///
    /// `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is empty, the color is invalid or the year is before 1000.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::date;
    /// use ticktick::countdown::CountdownDraft;
    ///
    /// let trip = client.countdown().create(CountdownDraft::new("Trip", date(2026, 7, 1))).await?;
    /// assert_eq!(trip.days_left(date(2026, 6, 28)), Some(3));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: CountdownDraft) -> Result<Countdown, Error> {
        let has_id = draft.has_id();
        let countdown = draft.into_countdown(&mut self.client.ids(), self.client.now())?;
        write::create_drafted(self.client, countdown, has_id).await
    }

    /// Replaces the stored countdown with the given one and returns it with its new etag.
    ///
    /// The stored countdown is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored countdown has changed since the given one was read,
    /// and [`Error::InvalidInput`] if its name, day, color or rule is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let mut holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// holiday.name = "Holidays".into();
    /// let holiday = client.countdown().update(&holiday).await?;
    /// assert_eq!(holiday.name, "Holidays");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, countdown: &Countdown) -> Result<Countdown, Error> {
        write::replace(self.client, countdown.clone(), Newer::Refuse).await
    }

    /// Replaces the stored countdown with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::{CountdownDraft, CountdownPatch};
    /// # let mut mine = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// # client.countdown().patch(&mine, CountdownPatch::new().name("Vacation")).await?;
    /// mine.name = "Holidays".into();
    /// let countdown = client.countdown().overwrite(&mine).await?;
    /// assert_eq!(countdown.name, "Holidays");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, countdown: &Countdown) -> Result<Countdown, Error> {
        write::replace(self.client, countdown.clone(), Newer::Overwrite).await
    }

    /// Changes single fields of a countdown and returns the updated countdown.
    ///
    /// The countdown is read first, so that changes made elsewhere are not undone. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the new name, day or color is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// use jiff::civil::date;
    /// use ticktick::countdown::CountdownPatch;
    ///
    /// let holiday = client.countdown().patch(&holiday, CountdownPatch::new().day(date(2026, 7, 2))).await?;
    /// assert_eq!(holiday.days_left(date(2026, 7, 1)), Some(1));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, countdown: impl AsId<CountdownId>, patch: CountdownPatch) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        patch.check()?;
        write::change_listed(self.client, &countdown, |countdown| patch.apply(countdown)).await
    }

    /// Archives a countdown and returns the updated countdown.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch` unless the countdown is already archived
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// let holiday = client.countdown().archive(&holiday).await?;
    /// assert!(holiday.archived_time.is_some());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archive(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        let now = Timestamp::from(self.client.now());
        let archive = |countdown: &mut Countdown| {
            if countdown.archived_time.get().is_none() {
                countdown.archived_time.set(now);
            }
        };
        write::change_listed(self.client, &countdown, archive).await
    }

    /// Restores an archived countdown and returns the updated countdown.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch` unless the countdown is already active
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// # client.countdown().archive(&holiday).await?;
    /// let holiday = client.countdown().unarchive(&holiday).await?;
    /// assert!(holiday.archived_time.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unarchive(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        let unarchive = |countdown: &mut Countdown| {
            if countdown.archived_time.get().is_some() {
                countdown.archived_time.clear();
            }
        };
        write::change_listed(self.client, &countdown, unarchive).await
    }

    /// Deletes a countdown.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1))).await?;
    /// client.countdown().delete(&holiday).await?;
    /// assert!(client.countdown().list().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, countdown: impl AsId<CountdownId>) -> Result<(), Error> {
        write::delete::<Countdown>(self.client, &id::of(countdown)?).await
    }
}
