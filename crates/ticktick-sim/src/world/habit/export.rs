//! The limit on exports of habits.

use jiff::Timestamp;

use crate::world::account::Account;
use crate::world::denial::Denial;

/// Maximum number of exports per day. The limit of the service is unknown but small.
const A_DAY: u32 = 5;

impl Account {
    /// Counts an export of the habits, or refuses it if the limit is reached.
    pub(crate) fn count_export(&mut self, now: Timestamp) -> Result<(), Denial> {
        let today = self.today(now);
        let exports = &mut self.habit.exports;
        if exports.day.replace(today) != Some(today) {
            exports.count = 0;
        }
        if exports.count == A_DAY {
            return Err(Denial::ExportedTooOften);
        }
        exports.count += 1;
        Ok(())
    }
}
