//! Calendars of other services. No known API call links them, so tests use methods of `Service`.

mod events;
#[cfg(test)]
mod tests;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::reply::Reply;
use crate::generated::CalendarHandlers;
use crate::world::account::Account;
use crate::world::json::{Members, array};

impl CalendarHandlers for Context {
    fn calendar_third_accounts(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(accounts(account)))
    }

    fn calendar_subscriptions(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.calendar.subscriptions.texts()))))
    }

    fn calendar_bound_events(&self, call: &Call) -> Reply {
        self.in_session(call, |account| events::around(account, call.now, self.forms.events))
    }

    fn calendar_bound_events_between(&self, call: &Call) -> Reply {
        self.in_session(call, |account| events::between(account, call, self.forms.events))
    }

    fn calendar_archived_events(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.calendar.archived.texts()))))
    }
}

fn accounts(account: &Account) -> Reply {
    let book = &account.calendar;
    let members =
        Members::new().raw("accounts", &array(book.accounts.texts())).raw("connects", &array(book.connects.texts()));
    Reply::json_text(members.done())
}
