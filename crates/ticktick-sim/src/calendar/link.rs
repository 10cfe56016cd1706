//! Links calendars to an account, as a user does in the settings of the app.

use jiff::Timestamp;
use ticktick_models::{CalendarAccount, CalendarEvents, CalendarSubscription, Object};

use crate::account::Account;
use crate::fields::Fields;
use crate::service::Service;

impl Account {
    /// Links an account of a calendar service, with the events of its calendars.
    pub(crate) fn link_calendar(&mut self, linked: &Object, events: Vec<Object>, now: Timestamp) {
        let stamp = self.stamp(now);
        self.calendar.accounts.put(linked, stamp);
        let owner = linked.text("id").unwrap_or_default();
        for feed in events {
            self.put_feed(feed, &owner, now);
        }
    }

    /// Subscribes a calendar by its address.
    pub(crate) fn subscribe_calendar(&mut self, subscription: &Object, events: Object, now: Timestamp) {
        let stamp = self.stamp(now);
        self.calendar.subscriptions.put(subscription, stamp);
        let owner = subscription.text("id").unwrap_or_default();
        self.put_feed(events, &owner, now);
    }

    fn put_feed(&mut self, mut feed: Object, owner: &str, now: Timestamp) {
        feed.put("accountId", owner);
        let stamp = self.stamp(now);
        self.calendar.feeds.put(&feed, stamp);
    }

    /// Ticks an event off.
    pub(crate) fn archive_event(&mut self, event: &Object, now: Timestamp) {
        let stamp = self.stamp(now);
        self.calendar.archived.put(event, stamp);
    }
}

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
}
