//! Calendars of other services. They are linked from outside: no call that does it is known.

mod events;
mod link;
#[cfg(test)]
mod tests;

use crate::generated::CalendarHandlers;
use crate::reply::Reply;
use crate::state::State;
use crate::store::Table;
use crate::wire::{Members, array};
use crate::{Call, account::Account};

/// What an account has of calendars.
pub(crate) struct CalendarBook {
    pub(crate) accounts: Table,
    /// Connections to services that are more than calendars.
    pub(crate) connects: Table,
    pub(crate) subscriptions: Table,
    /// A calendar and its events, with the account or subscription that it belongs to.
    pub(crate) feeds: Table,
    /// Events that the person ticked off.
    pub(crate) archived: Table,
}

impl CalendarBook {
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
