//! Forms of responses for which sources report more than one.

/// Form of the events of linked calendars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventsForm {
    /// An object whose `events` are calendars with their events.
    #[default]
    ByCalendar,
    /// A list with one entry per account.
    ByAccount,
}

/// Form of the unread notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadForm {
    /// Their number.
    #[default]
    Count,
    /// The notifications.
    List,
    /// An object with both.
    Detail,
}

/// The selected forms of responses.
#[derive(Clone, Copy, Default)]
pub(crate) struct Forms {
    pub(crate) events: EventsForm,
    pub(crate) unread: UnreadForm,
}
