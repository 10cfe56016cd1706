//! [`BoundEventList`]: the events of linked and subscribed calendars.

use ticktick_models::{CalendarAccountId, CalendarEvent, Private};

/// An event and its calendar.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BoundEvent {
    /// Linked account or subscription, if the service names it.
    pub account: Option<CalendarAccountId>,
    /// Key of the calendar, if the service names it.
    pub calendar: Option<Private>,
    /// The event.
    pub event: CalendarEvent,
}

/// The events of all calendars, and the calendars that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BoundEventList {
    /// The events, in no particular order.
    pub events: Vec<BoundEvent>,
    /// Keys of accounts or calendars whose events are missing, because the service could not read them.
    pub failed: Vec<Private>,
}
