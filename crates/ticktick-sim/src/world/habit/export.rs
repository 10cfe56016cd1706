//! How often the habits may be exported.

use jiff::Timestamp;

use crate::world::account::Account;
use crate::world::denial::Denial;

/// Exports per day; the real number is unknown, and small.
const A_DAY: u32 = 5;

impl Account {
    /// Counts an export of the habits, of which there may be a few a day.
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
