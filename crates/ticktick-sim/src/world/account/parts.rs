//! The parts of an account in a dump.

use crate::world::account::Account;
use crate::world::part::Part;

impl Account {
    /// Lists all parts of a dump. Does not compile if a member of the account is missing here.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self {
            user_id,
            username,
            password,
            totp,
            inbox_id,
            zone,
            plan,
            mode,
            registered,
            settings,
            is_limited,
            comments,
            files,
            countdowns,
            templates,
            // After a load, the index is up to date.
            search: _,
            history,
            pins,
            sharing,
            late,
            tasks,
            projects,
            groups,
            columns,
            tags,
            filters,
            habit,
            focus,
            calendar,
            user,
            // Rendered again when it is needed.
            snapshot: _,
            // Belong to the simulator.
            readings: _,
            top,
            maker,
            changed,
            stamp,
        } = self;
        let mut parts: Vec<(&'static str, &mut dyn Part)> = vec![
            ("userId", user_id),
            ("username", username),
            ("password", password),
            ("totp", totp),
            ("inboxId", inbox_id),
            ("zone", zone),
            ("plan", plan),
            ("mode", mode),
            ("registered", registered),
            ("settings", settings),
            ("isLimited", is_limited),
            ("tasks", tasks),
            ("projects", projects),
            ("groups", groups),
            ("columns", columns),
            ("tags", tags),
            ("filters", filters),
            ("comments", comments),
            ("countdowns", countdowns),
            ("files", files),
            ("history", history),
            ("pins", pins),
            ("sharing", sharing),
            ("top", top),
            ("maker", maker),
            ("changed", changed),
            ("stamp", stamp),
        ];
        for book in [templates.parts(), late.parts(), habit.parts(), focus.parts(), calendar.parts(), user.parts()] {
            parts.extend(book);
        }
        parts
    }
}
