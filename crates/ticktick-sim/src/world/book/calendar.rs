//! Calendars of other services.

use crate::world::part::Part;
use crate::world::store::Table;

/// The calendars of an account.
pub(crate) struct CalendarBook {
    pub(crate) accounts: Table,
    /// Connections to services that offer more than calendars.
    pub(crate) connects: Table,
    pub(crate) subscriptions: Table,
    /// The calendars with their events, each with the account or subscription that it belongs to.
    pub(crate) feeds: Table,
    /// Events that the user archived.
    pub(crate) archived: Table,
}

impl CalendarBook {
    /// Lists the parts of a dump.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { accounts, connects, subscriptions, feeds, archived } = self;
        vec![
            ("calendarAccounts", accounts),
            ("calendarConnects", connects),
            ("calendarSubscriptions", subscriptions),
            ("calendarFeeds", feeds),
            ("calendarArchived", archived),
        ]
    }

    pub(crate) fn new() -> Self {
        Self {
            accounts: Table::new("id"),
            connects: Table::new("id"),
            subscriptions: Table::new("id"),
            feeds: Table::new("id"),
            archived: Table::new("eventId"),
        }
    }
}
