//! Preferences and notifications of a user.

use crate::world::part::Part;
use crate::world::store::Table;

/// The preferences and notifications of a user.
pub(crate) struct UserBook {
    /// Further preferences, each with the time of its last change.
    pub(crate) ext: Table,
    pub(crate) notifications: Table,
}

impl UserBook {
    /// Lists the parts of a dump.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { ext, notifications } = self;
        vec![("preferencesExt", ext), ("notifications", notifications)]
    }

    pub(crate) fn new() -> Self {
        Self { ext: Table::new("name"), notifications: Table::new("id") }
    }
}

/// Multiplier that spreads small numbers over all digits of a code.
const SPREAD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// Returns the code of a user, which has the form of a UUID of version 4.
pub(crate) fn user_code(user_id: i64) -> String {
    let digits = format!("{:032x}", u128::from(user_id.unsigned_abs()).wrapping_mul(SPREAD));
    format!("{}-{}-4{}-a{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
}
