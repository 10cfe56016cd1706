//! Reads calendars that are linked or subscribed to.

use crate::manager::manager;

manager! {
    /// Reads calendars that are linked or subscribed to. From [`Client::calendar`](crate::Client::calendar).
    CalendarManager
}
