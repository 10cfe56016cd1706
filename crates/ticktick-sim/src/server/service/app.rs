//! Actions of users in the app for which no API call is known.

use ticktick_models::{CalendarAccount, CalendarEvents, CalendarSubscription, Notification, Object};

use crate::server::service::Service;
use crate::world::fields::Fields;

impl Service {
    /// Links an account of a calendar service, with the events of its calendars.
    ///
    /// ```
    /// use ticktick_models::{CalendarAccount, CalendarEvent, CalendarEvents, Timestamp};
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// let sim = Simulator::builder().demo().build();
    /// let mut event = CalendarEvent::new("66aabbccddeeff0011223344");
    /// event.due_start.set(Timestamp::from("2026-03-01T09:00:00.000+0000"));
    /// let mut calendar = CalendarEvents::default();
    /// calendar.id.set("private");
    /// calendar.events = vec![event].into();
    /// sim.link_calendar(DEMO_USER, &CalendarAccount::new("66aabbccddeeff0011223345"), &[calendar]);
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[track_caller]
    pub fn link_calendar(&self, user: &str, linked: &CalendarAccount, events: &[CalendarEvents]) {
        let now = self.clock().now();
        let linked = Object::encode(linked).unwrap_or_default();
        let events = events.iter().map(|feed| Object::encode(feed).unwrap_or_default()).collect();
        self.change(user, |account| account.link_calendar(&linked, events, now));
    }

    /// Subscribes to a calendar by its address, with its events.
    ///
    /// ```
    /// use ticktick_models::{CalendarEvents, CalendarSubscription};
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// let sim = Simulator::builder().demo().build();
    /// let feed = CalendarSubscription::new("66aabbccddeeff0011223344");
    /// sim.subscribe_calendar(DEMO_USER, &feed, &CalendarEvents::default());
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[track_caller]
    pub fn subscribe_calendar(&self, user: &str, subscription: &CalendarSubscription, events: &CalendarEvents) {
        let now = self.clock().now();
        let subscription = Object::encode(subscription).unwrap_or_default();
        let mut events = Object::encode(events).unwrap_or_default();
        for key in ["id", "name", "color"] {
            if let Some(value) = subscription.get(key) {
                events.fill(key, value);
            }
        }
        self.change(user, |account| account.subscribe_calendar(&subscription, events, now));
    }

    /// Sends a notification to an account, unread by default.
    ///
    /// ```
    /// use ticktick_models::{Notification, UnreadNotifications};
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().account("me", "secret").build();
    /// sim.notify("me", &Notification::new("66aabbccddeeff0011223344"));
    /// let unread = ticktick_raw::user::unread_notifications(&sim.signed_on("me")).await?;
    /// assert_eq!(unread, UnreadNotifications::Count(1));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[track_caller]
    pub fn notify(&self, user: &str, notification: &Notification) {
        let now = self.clock().now();
        let notification = Object::encode(notification).unwrap_or_default();
        self.change(user, |account| account.notify(notification, now));
    }
}
