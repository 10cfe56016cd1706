//! Habits, their check-ins and their sections.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ticktick_models::Object;

use crate::world::fields::{Fields, object, wire};
use crate::world::part::Part;
use crate::world::store::{Head, Table};

/// The `status` of a check-in that reached the goal of the day.
pub(crate) const DONE: i64 = 2;

/// The facts about a check-in that queries use.
pub(crate) struct CheckinHead {
    pub(crate) habit: Box<str>,
    /// The day as `YYYYMMDD`.
    pub(crate) stamp: i64,
    pub(crate) done: bool,
}

impl Head for CheckinHead {
    fn of(check_in: &Object) -> Self {
        Self {
            habit: check_in.text("habitId").unwrap_or_default().into(),
            stamp: check_in.int("checkinStamp").unwrap_or_default(),
            done: check_in.int("status") == Some(DONE),
        }
    }
}

/// The habits of an account.
pub(crate) struct HabitBook {
    pub(crate) habits: Table,
    pub(crate) check_ins: Table<CheckinHead>,
    pub(crate) sections: Table,
    /// The notes on check-ins. No API call that writes them is known.
    pub(crate) notes: Table,
    pub(crate) exports: Exports,
}

impl HabitBook {
    /// Lists the parts of a dump.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { habits, check_ins, sections, notes, exports } = self;
        vec![
            ("habits", habits),
            ("habitCheckins", check_ins),
            ("habitSections", sections),
            ("habitNotes", notes),
            ("habitExports", exports),
        ]
    }

    /// Creates the tables with the built-in sections and without habits.
    pub(crate) fn new(user_id: i64, registered: jiff::Timestamp) -> Self {
        Self {
            habits: Table::new("id"),
            check_ins: Table::new("id"),
            sections: built_in(user_id, registered),
            notes: Table::new("id"),
            exports: Exports::default(),
        }
    }
}

/// The number of exports on a day.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Exports {
    pub(crate) day: Option<Date>,
    pub(crate) count: u32,
}

/// Distance between the positions of sections.
const STEP: i64 = 1 << 40;

/// The built-in sections of every account. Clients translate the names.
const BUILT_IN: &[&str] = &["_morning", "_afternoon", "_night"];

/// Creates the built-in sections, with ids that depend only on the account.
fn built_in(user_id: i64, registered: Timestamp) -> Table {
    let mut table = Table::new("id");
    for (place, name) in (0..).zip(BUILT_IN) {
        let section = json!({
            "id": format!("{:08x}{user_id:010x}{place:06x}", registered.as_second()),
            "name": name,
            "sortOrder": place * STEP,
            "createdTime": wire(registered),
            "modifiedTime": wire(registered),
            "etag": format!("{:08x}", user_id + place),
        });
        table.put(&object(&section), 0);
    }
    table
}
