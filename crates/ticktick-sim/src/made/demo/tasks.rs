//! The tasks of the demo user.

use crate::made::demo::sketch::{Sketch, Today};

/// Tasks in the order in which they are added.
pub(super) fn all(today: &Today) -> Vec<Sketch> {
    [inbox(today), work(today), website(today), home(today), trip(today), notes(), rest(today)]
        .into_iter()
        .flatten()
        .collect()
}

/// Six tasks.
fn inbox(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::inbox("Call the dentist").high().day(today, -3).tags(&["errands"]),
        Sketch::inbox("Buy groceries").day(today, 0).tags(&["errands"]).items(&[
            "x Milk",
            "x Bread",
            "Tomatoes",
            "Coffee beans",
        ]),
        Sketch::inbox("Idea: a shelf above the desk"),
        Sketch::inbox("Return the library books").medium().day(today, 2).tags(&["errands"]),
        Sketch::inbox("Read the article on sourdough").low().text("<https://example.com/sourdough>"),
        Sketch::inbox("Water the plants")
            .day(today, 0)
            .repeat("RRULE:FREQ=DAILY;INTERVAL=3", "2")
            .remind(&["TRIGGER:P0DT9H0M0S"]),
    ]
}

/// Nine tasks, three of them below one and below each other.
fn work(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::new("Work", "Send the quarterly report").high().at(today, -1, 17, 0).tags(&["focus"]),
        Sketch::new("Work", "Stand-up meeting")
            .at(today, 0, 9, 30)
            .lasting(15)
            .repeat("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR", "0")
            .remind(&["TRIGGER:-PT5M"]),
        Sketch::new("Work", "Review with the Tokyo office")
            .at_in(today, "Asia/Tokyo", 1, 10, 0)
            .lasting(60)
            .remind(&["TRIGGER:-PT30M", "TRIGGER:PT0S"]),
        Sketch::new("Work", "Expense claims")
            .medium()
            .day(today, 5)
            .tags(&["money"])
            .repeat("RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1;TT_WORKDAY=-1", "0"),
        Sketch::new("Work", "Plan the team's offsite").high().day(today, 7).pinned(today),
        Sketch::new("Work", "Find a venue").day(today, 3).under("Plan the team's offsite"),
        Sketch::new("Work", "Collect dietary needs").low().under("Plan the team's offsite"),
        Sketch::new("Work", "Ask the night shift").low().under("Collect dietary needs"),
        Sketch::new("Work", "Write the talk on error messages")
            .at(today, 4, 14, 0)
            .lasting(120)
            .tags(&["focus", "deep"])
            .text("## Outline\n\n1. What went wrong\n2. What to do about it\n"),
    ]
}

/// Seven tasks on a board.
fn website(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::new("Website", "Choose a typeface").column("Doing").medium().day(today, 0),
        Sketch::new("Website", "Write the landing page").column("Doing").high().tags(&["deep"]).at(today, 1, 11, 0),
        Sketch::new("Website", "Legal notice").column("Waiting").tags(&["waiting"]).day(today, 6),
        Sketch::new("Website", "Set up analytics").column("To do").low(),
        Sketch::new("Website", "Accessibility check").column("To do").medium().items(&[
            "Contrast",
            "Keyboard",
            "Screen reader",
        ]),
        Sketch::new("Website", "Launch call with Chicago")
            .column("To do")
            .at_in(today, "America/Chicago", 9, 15, 30)
            .lasting(45),
        Sketch::new("Website", "Launch day").high().days(today, "America/Chicago", 14, 14),
    ]
}

/// Seven tasks.
fn home(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::new("Home", "Pay the electricity bill").high().day(today, 0).tags(&["money"]),
        Sketch::new("Home", "Take out the bins")
            .at(today, 1, 20, 0)
            .repeat("RRULE:FREQ=WEEKLY;INTERVAL=2", "0")
            .remind(&["TRIGGER:PT0S"]),
        Sketch::new("Home", "Fix the dripping tap").medium().day(today, -10),
        Sketch::new("Home", "Change the smoke detector batteries")
            .day(today, 20)
            .repeat("RRULE:FREQ=YEARLY;INTERVAL=1", "1"),
        Sketch::new("Home", "Spring cleaning").low().items(&["x Kitchen", "x Bathroom", "x Windows", "Cellar"]),
        Sketch::new("Home", "Choose a birthday present").day(today, 12).tags(&["errands", "money"]),
        Sketch::new("Home", "Phone grandma").at(today, 0, 18, 0).with("isFloating", true),
    ]
}

/// Six tasks.
fn trip(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::new("Japan", "In Kyoto").days(today, "Asia/Tokyo", 40, 44),
        Sketch::new("Japan", "Flight to Tokyo").high().at(today, 38, 13, 25).lasting(705).remind(&["TRIGGER:-PT3H"]),
        Sketch::new("Japan", "Book the ryokan").medium().day(today, -1).tags(&["money"]),
        Sketch::new("Japan", "Passport").high().day(today, 1).under("Flight to Tokyo"),
        Sketch::new("Japan", "Packing list").items(&["Adapter", "Rain jacket", "Medicine"]).day(today, 37),
        Sketch::new("Japan", "Learn twenty phrases").low(),
    ]
}

/// Three notes.
fn notes() -> Vec<Sketch> {
    vec![
        Sketch::new("Notes", "Books to read").note("- *The Pragmatic Programmer*\n- *Piranesi*\n"),
        Sketch::new("Notes", "Wi-Fi at the office").note("Network `guest`, ask at the desk.").low(),
        Sketch::new("Notes", "Sourdough").note("Feed at 8, fold at 12, bake at 18. 🍞").tags(&["errands"]),
    ]
}

/// Two open tasks of an old flat, five closed ones, and one in the trash.
fn rest(today: &Today) -> Vec<Sketch> {
    vec![
        Sketch::inbox("Get the deposit back").medium().day(today, -30).tags(&["money"]),
        Sketch::new("Home", "Forward the mail").low(),
        Sketch::inbox("Renew the train card").closed(today, 2, 1),
        Sketch::new("Work", "Interview questions").closed(today, 2, 3).tags(&["focus"]),
        Sketch::new("Home", "Learn the ukulele").closed(today, -1, 6),
        Sketch::new("Old flat", "Paint the walls").closed(today, 1, 60),
        Sketch::new("Website", "Register the domain").closed(today, 2, 20),
        Sketch::inbox("Cancel the gym").trashed(),
    ]
}
