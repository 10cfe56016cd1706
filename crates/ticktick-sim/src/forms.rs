//! Shapes of answers of which sources report more than one.

/// Shape of the events of linked calendars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventsForm {
    /// An object whose `events` are calendars with their events.
    #[default]
    ByCalendar,
    /// A list with one entry an account.
    ByAccount,
}

/// Shape of the unread notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadForm {
    /// How many there are.
    #[default]
    Count,
    /// The notifications.
    List,
    /// An object with both.
    Detail,
}

/// What an account answers where there is a choice.
#[derive(Clone, Copy, Default)]
pub(crate) struct Forms {
    pub(crate) events: EventsForm,
    pub(crate) unread: UnreadForm,
}
