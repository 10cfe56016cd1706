//! Countdowns: days to look forward to or back at.
//!
//! All calls start at [`Client::countdown`](crate::Client::countdown). Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! use ticktick::countdown::CountdownDraft;
//! use ticktick::jiff::civil::date;
//!
//! let holidays = client.countdown().create(CountdownDraft::new("Holidays", date(2026, 7, 1))).await?;
//! assert_eq!(holidays.days_left(date(2026, 6, 1)), Some(30));
//! # Ok(())
//! # }
//! ```

mod draft;
mod resource;

use ticktick_models::{AsId, BatchCountdowns, Timestamp};
use ticktick_raw::{self as raw, op};

pub use self::draft::{CountdownDraft, CountdownPatch};
use crate::manager::manager;
use crate::resource::Listed;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{Countdown, CountdownDaysOption, CountdownId, CountdownKind, CountdownTimerMode};

manager! {
    /// Works with countdowns. From [`Client::countdown`](crate::Client::countdown).
    CountdownManager
}

impl CountdownManager<'_> {
    /// Lists all countdowns, archived ones included.
    ///
    /// `GET /api/v2/countdown/list`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, today: jiff::civil::Date) -> Result<(), ticktick::Error> {
    /// for countdown in client.countdown().list().await? {
    ///     println!("{}: {:?} days", countdown.name, countdown.days_left(today));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Countdown>, Error> {
        Countdown::list(self.client).await
    }

    /// Returns a countdown; all are read for it.
    ///
    /// `GET /api/v2/countdown/list`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::countdown::CountdownId) -> Result<(), ticktick::Error> {
    /// let countdown = client.countdown().get(id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        crate::resource::get::<Countdown>(self.client, &countdown).await
    }

    /// Creates a countdown and returns it as it is stored.
    ///
    /// The client chooses its id, so that a retry after a lost answer never stores it twice. To repeat the call yourself
    /// after an error, give the draft an [`id`](CountdownDraft::id) first.
    ///
    /// `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if it has no name, a colour that is none, or a year before 1000; [`Error::Batch`] if it is refused.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick::countdown::CountdownDraft;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// let trip = client.countdown().create(CountdownDraft::new("Trip", date(2026, 7, 1))).await?;
    /// assert_eq!(trip.days_left(date(2026, 6, 28)), Some(3));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create(self, draft: CountdownDraft) -> Result<Countdown, Error> {
        let has_id = draft.has_id();
        let countdown = draft.into_countdown(&mut self.client.ids(), self.client.now())?;
        write::create_drafted(self.client, countdown, has_id).await
    }

    /// Replaces the stored countdown with the given one and returns it with its new etag.
    ///
    /// It is read first, so that nothing is lost that was changed elsewhere since the given one was read. To change
    /// single fields of any version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with both versions if it was changed since the given one was read; [`Error::NotFound`] if it
    /// does not exist; [`Error::InvalidInput`] if its name, day, color or rule is not valid.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, mut trip: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// trip.show_age = true.into();
    /// let trip = client.countdown().update(&trip).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(self, countdown: &Countdown) -> Result<Countdown, Error> {
        write::replace(self.client, countdown.clone(), Newer::Refuse).await
    }

    /// Replaces the stored countdown with the given one, also if it was changed elsewhere since it was read.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update), except for [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, countdown: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// let countdown = client.countdown().overwrite(&countdown).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn overwrite(self, countdown: &Countdown) -> Result<Countdown, Error> {
        write::replace(self.client, countdown.clone(), Newer::Overwrite).await
    }

    /// Changes what a patch names, and returns the countdown as it is stored.
    ///
    /// It is read anew first, so that no change made elsewhere is undone; if nothing differs, nothing is written.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::InvalidInput`] if the patch empties its name, or its day or
    /// colour is none.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, trip: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// use jiff::civil::date;
    /// use ticktick::countdown::CountdownPatch;
    ///
    /// client.countdown().patch(&trip, CountdownPatch::new().day(date(2026, 7, 2))).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn patch(self, countdown: impl AsId<CountdownId>, patch: CountdownPatch) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        patch.check()?;
        self.change(&countdown, |countdown| patch.apply(countdown)).await
    }

    /// Archives a countdown, and returns it as it is stored.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch` unless it is archived already
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, trip: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// client.countdown().archive(&trip).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn archive(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        let now = Timestamp::from(self.client.now());
        let archive = |countdown: &mut Countdown| {
            if countdown.archived_time.get().is_none() {
                countdown.archived_time.set(now);
            }
        };
        self.change(&countdown, archive).await
    }

    /// Puts an archived countdown to use again, and returns it as it is stored.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch` unless it is in use already
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, trip: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// client.countdown().unarchive(&trip).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn unarchive(self, countdown: impl AsId<CountdownId>) -> Result<Countdown, Error> {
        let countdown = id::of(countdown)?;
        let unarchive = |countdown: &mut Countdown| {
            if countdown.archived_time.get().is_some() {
                countdown.archived_time.clear();
            }
        };
        self.change(&countdown, unarchive).await
    }

    /// Deletes a countdown.
    ///
    /// `GET /api/v2/countdown/list`, then `POST /api/v2/countdown/batch`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it does not exist; [`Error::Batch`] if it is refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, trip: ticktick::countdown::Countdown) -> Result<(), ticktick::Error> {
    /// client.countdown().delete(&trip).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, countdown: impl AsId<CountdownId>) -> Result<(), Error> {
        let id = id::of(countdown)?;
        let mut batch = BatchCountdowns::default();
        batch.delete.push(id.clone());
        write::delete(
            self.client,
            (Claim::one::<Countdown>(&id), id.as_str()),
            &op::COUNTDOWN_BATCH,
            || crate::resource::get::<Countdown>(self.client, &id),
            || raw::countdown::batch(self.client.wire(), &batch),
        )
        .await
    }

    async fn change(self, id: &CountdownId, change: impl FnOnce(&mut Countdown)) -> Result<Countdown, Error> {
        let change = |countdown: &mut Countdown| {
            change(countdown);
            Ok(())
        };
        write::change(self.client, id, crate::resource::get::<Countdown>(self.client, id), change).await
    }
}
