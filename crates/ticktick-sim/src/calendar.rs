//! Calendars of other services. No known API call links them, so tests do it with methods of the service.

mod events;
mod link;
#[cfg(test)]
mod tests;

use crate::dump::Part;
use crate::generated::CalendarHandlers;
use crate::reply::Reply;
use crate::state::State;
use crate::store::Table;
use crate::wire::{Members, array};
use crate::{Call, account::Account};

/// The calendars of an account.
pub(crate) struct CalendarBook {
    pub(crate) accounts: Table,
    /// Connections to services that offer more than calendars.
    pub(crate) connects: Table,
    pub(crate) subscriptions: Table,
    /// A calendar and its events, with the account or subscription that it belongs to.
    pub(crate) feeds: Table,
    /// Events that the user archived.
    pub(crate) archived: Table,
}

impl CalendarBook {
    /// Names what a dump carries.
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

impl CalendarHandlers for State {
    fn calendar_third_accounts(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(accounts(account)))
    }

    fn calendar_subscriptions(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.calendar.subscriptions.texts()))))
    }

    fn calendar_bound_events(&self, call: &Call) -> Reply {
        self.with(call, |account| events::around(account, call.now, self.forms.events))
    }

    fn calendar_bound_events_between(&self, call: &Call) -> Reply {
        self.with(call, |account| events::between(account, call, self.forms.events))
    }

    fn calendar_archived_events(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.calendar.archived.texts()))))
    }
}

fn accounts(account: &Account) -> Reply {
    let book = &account.calendar;
    let members =
        Members::new().raw("accounts", &array(book.accounts.texts())).raw("connects", &array(book.connects.texts()));
    Reply::json_text(members.done())
}
