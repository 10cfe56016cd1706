//! Words for the generated texts.

/// Time zones of dates. The first one is the zone of the account.
pub(super) const ZONES: &[&str] =
    &["Europe/Istanbul", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Lisbon", "UTC"];

/// Rules of series.
pub(super) const RULES: &[&str] = &[
    "RRULE:FREQ=DAILY;INTERVAL=1",
    "RRULE:FREQ=DAILY;INTERVAL=1;TT_SKIP=WEEKEND",
    "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE,FR",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15",
    "RRULE:FREQ=MONTHLY;INTERVAL=1;TT_WORKDAY=-1",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=6;BYMONTHDAY=1",
];

pub(super) const FOLDERS: &[&str] = &["Office", "Private", "Clubs", "🏗️ Building", "Später", "Reading"];

pub(super) const PROJECTS: &[&str] = &[
    "Offers",
    "🏡 House",
    "Letters",
    "Garden",
    "Travel",
    "Fahrräder",
    "Books",
    "家族",
    "Accounts",
    "Ideas",
    "Repairs",
];

pub(super) const COLUMNS: &[&str] = &["To do", "Doing", "Waiting", "Done"];

pub(super) const COLORS: &[&str] = &["#4772FA", "#FFD324", "#35D870", "#FF6161", "#E070FF", "#9B9B9B"];

/// Tags. Every third one is the parent of the next two.
pub(super) const TAGS: &[&str] = &[
    "Work",
    "Call",
    "Mail",
    "Home",
    "Kitchen",
    "Cellar",
    "Errands",
    "Market",
    "Post",
    "Money",
    "Tax",
    "Invoice",
    "Health",
    "Sport",
    "Doctor",
    "Learn",
    "Français",
    "日本語",
    "Waiting",
    "Friends",
    "Office",
    "Focus",
    "Deep",
    "Short",
];

pub(super) const FILTERS: &[(&str, &str)] = &[
    (
        "Burning",
        r#"{"and":[{"conditionName":"priority","conditionType":1,"or":[5]},{"conditionName":"dueDate","conditionType":1,"or":["overdue","today"]}],"type":0,"version":1}"#,
    ),
    ("Errands", r#"{"and":[{"conditionName":"tag","conditionType":1,"or":["errands"]}],"type":0,"version":1}"#),
    ("This week", r#"{"and":[{"conditionName":"dueDate","conditionType":1,"or":["thisweek"]}],"type":0,"version":1}"#),
];

/// Habits, each with its daily goal. The first one is archived.
pub(super) const HABITS: &[(&str, f64)] =
    &[("Swim", 1.0), ("Walk", 1.0), ("Drink water", 8.0), ("Read", 1.0), ("Français", 1.0), ("Tea, not coffee", 3.0)];

pub(super) const VERBS: &[&str] =
    &["Call about", "Write down", "Order", "Look into", "Repair", "Prepare", "Compare", "Pay for", "Sort", "Return"];

pub(super) const THINGS: &[&str] = &[
    "the offer",
    "the heating",
    "new tyres",
    "the café's invoice",
    "tickets to Kraków",
    "the minutes",
    "the \"blue\" folder",
    "seeds 🌱",
    "the insurance",
    "the printer",
    "grandma's recipe",
];

pub(super) const SENTENCES: &[&str] = &[
    "Ask for the price, and when it can be here.",
    "The number is on the back of the last letter.",
    "See [the page](https://example.com/a?b=1&c=2) before.",
    "- first the left side\n- then the right one\n",
    "It was **urgent** last year, too.",
    "Nobody is there before ten o'clock on weekdays.",
    "Das Formular liegt im zweiten Fach.",
    "Takes about an hour, without the way there and back.",
];
