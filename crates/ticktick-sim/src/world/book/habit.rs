//! Habits, their check-ins and their sections.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ticktick_models::Object;

use crate::world::fields::{Fields, object, wire};
use crate::world::part::Part;
use crate::world::store::{Head, Table};

/// The goal of the day is reached.
pub(crate) const DONE: i64 = 2;

/// Facts about a check-in that queries ask for.
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

/// What an account has of habits.
pub(crate) struct HabitBook {
    pub(crate) habits: Table,
    pub(crate) check_ins: Table<CheckinHead>,
    pub(crate) sections: Table,
    /// Notes on check-ins. No call that writes them is known.
    pub(crate) notes: Table,
    pub(crate) exports: Exports,
}

impl HabitBook {
    /// Names what a dump carries.
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

    /// Creates a book without habits; the sections that every account has are there.
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

/// How often somebody fetched the file.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Exports {
    pub(crate) day: Option<Date>,
    pub(crate) count: u32,
}

/// How far apart sections are placed.
const STEP: i64 = 1 << 40;

/// Sections that every account has; clients translate the names.
const BUILT_IN: &[&str] = &["_morning", "_afternoon", "_night"];

/// Creates the sections that every account has, under ids that depend on the account alone.
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
