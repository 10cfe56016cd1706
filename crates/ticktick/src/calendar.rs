//! Calendars of other services that are linked to the account, and their events.
//!
//! All calls start at [`Client::calendar`](crate::Client::calendar) and are read-only. See [`error`](crate::error) for
//! the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! for account in client.calendar().accounts().await?.accounts {
//!     println!("{} with {} calendars", account.site, account.calendars.len());
//! }
//! assert!(client.calendar().events().await?.events.is_empty());
//! # Ok(())
//! # });
//! ```

pub(crate) mod bound;

use std::ops::RangeBounds;

use jiff::Timestamp;
use ticktick_models::{Answer, EventRange};
use ticktick_raw as raw;

pub use self::bound::{BoundEvent, BoundEventList};
use crate::manager::manager;
use crate::workaround::{calendar_bound_events_shapes, calendar_subscription_shapes};
use crate::{Error, range};
#[doc(inline)]
pub use ticktick_models::{
    ArchivedCalendarEvent, Calendar, CalendarAccess, CalendarAccount, CalendarAccountId, CalendarAccounts,
    CalendarConnect, CalendarEvent, CalendarEventId, CalendarShow, CalendarSite, CalendarSubscription,
};

manager! {
    /// Reads linked and subscribed calendars. Returned by [`Client::calendar`](crate::Client::calendar).
    CalendarManager
}

impl CalendarManager<'_> {
    /// Returns the linked accounts of other services with their calendars.
    ///
    /// `GET /api/v2/calendar/third/accounts`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let linked = client.calendar().accounts().await?;
    /// let names = linked.accounts[0].calendars.iter().filter_map(|calendar| calendar.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Work calendar", "Family"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn accounts(self) -> Result<CalendarAccounts, Error> {
        Ok(raw::calendar::third_accounts(self.client.wire()).await?)
    }

    /// Lists the calendars that are subscribed to by URL.
    ///
    /// `GET /api/v2/calendar/subscription`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the response contains no list.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let subscriptions = client.calendar().subscriptions().await?;
    /// assert_eq!(subscriptions[0].name, "Holidays");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn subscriptions(self) -> Result<Answer<Vec<CalendarSubscription>>, Error> {
        calendar_subscription_shapes::list(raw::calendar::subscriptions(self.client.wire()).await?)
    }

    /// Returns the events of all calendars in a range around now, which the service chooses.
    ///
    /// An event whose `uid` ends in `@calendar.ticktick.com` is a TickTick task.
    ///
    /// `GET /api/v2/calendar/bind/events/all`
    ///
    /// # Errors
    ///
    /// Returns an error of the class [`Premium`](crate::error::ErrorClass::Premium) if the account's plan does not include
    /// calendars.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let bound = client.calendar().events().await?;
    /// assert!(bound.events.iter().any(|bound| bound.event.title == "School play"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn events(self) -> Result<BoundEventList, Error> {
        calendar_bound_events_shapes::flatten(raw::calendar::bound_events(self.client.wire()).await?)
    }

    /// Returns the events of all calendars in a time range.
    ///
    /// An event whose `uid` ends in `@calendar.ticktick.com` is a TickTick task.
    ///
    /// `POST /api/v2/calendar/bind/events/all`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the range ends before it starts or has an open end, and an error of the class
    /// [`Premium`](crate::error::ErrorClass::Premium) if the account's plan does not include calendars.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::jiff::Timestamp;
    ///
    /// let (from, to): (Timestamp, Timestamp) = ("2026-03-01T00:00:00Z".parse()?, "2026-04-01T00:00:00Z".parse()?);
    /// let march = client.calendar().events_between(from..to).await?;
    /// assert!(march.failed.is_empty(), "every calendar could be read");
    /// assert!(march.events.iter().any(|bound| bound.event.title == "Sprint review"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn events_between(self, range: impl RangeBounds<Timestamp>) -> Result<BoundEventList, Error> {
        let (from, to) = range::times(&range, (None, None))?;
        let range = EventRange::new(from, to);
        calendar_bound_events_shapes::flatten(raw::calendar::bound_events_between(self.client.wire(), &range).await?)
    }

    /// Lists the events that the user has checked off.
    ///
    /// `GET /api/v2/calendar/archivedEvent`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let archived = client.calendar().archived_events().await?;
    /// assert_eq!(archived[0].title, "Parents' evening");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archived_events(self) -> Result<Answer<Vec<ArchivedCalendarEvent>>, Error> {
        Ok(raw::calendar::archived_events(self.client.wire()).await?)
    }
}
