//! Links calendars to an account, as a user does in the settings of the app.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::Fields;

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

    /// Archives an event.
    pub(crate) fn archive_event(&mut self, event: &Object, now: Timestamp) {
        let stamp = self.stamp(now);
        self.calendar.archived.put(event, stamp);
    }
}
