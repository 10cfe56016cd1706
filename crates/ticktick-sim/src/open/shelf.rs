//! Where the Open API finds what other resources of the web API keep, in the form that they keep it in.

use crate::account::Account;
use crate::store::Table;

/// Habits.
pub(super) fn habits(account: &mut Account) -> &mut Table {
    &mut account.habits
}

/// Check-ins, one a habit and day.
pub(super) fn checkins(account: &mut Account) -> &mut Table {
    &mut account.checkins
}

/// Focus sessions of both kinds that are over.
pub(super) fn focuses(account: &mut Account) -> &mut Table {
    &mut account.focuses
}

/// Comments on tasks.
pub(super) fn comments(account: &mut Account) -> &mut Table {
    &mut account.comments
}

/// Countdowns.
pub(super) fn countdowns(account: &mut Account) -> &mut Table {
    &mut account.countdowns
}
