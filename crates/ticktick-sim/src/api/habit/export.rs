//! The export of habits and check-ins as CSV.

use jiff::Timestamp;

use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::fields::Fields;

/// Returns the file. The number of exports per day is limited.
pub(super) fn file(account: &mut Account, now: Timestamp) -> Answer {
    account.count_export(now)?;
    let mut reply = Reply::empty()
        .with_header("Content-Type", "text/csv;charset=UTF-8")
        .with_header("Content-Disposition", "attachment; filename=\"habits.csv\"");
    reply.body = table(account).into();
    Ok(reply)
}

/// Formats one row per check-in, and one for a habit without check-ins.
fn table(account: &Account) -> String {
    let mut out = String::from("\"Habit\",\"Schedule\",\"Day\",\"Value\",\"Goal\",\"Unit\",\"Status\"\r\n");
    for row in account.habit.habits.live() {
        let habit = row.object();
        let text = |key| habit.text(key).unwrap_or_default();
        let mut line = |day: String, value: String, goal: String, status: &str| {
            let cells = [&text("name"), &text("repeatRule"), &day, &value, &goal, &text("unit"), status];
            out.push_str(&cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(","));
            out.push_str("\r\n");
        };
        let mut check_ins: Vec<_> =
            account.habit.check_ins.live().filter(|check_in| check_in.head.habit == row.id).collect();
        check_ins.sort_by_key(|check_in| check_in.head.stamp);
        for check_in in &check_ins {
            let stored = check_in.object();
            let number = |key| stored.read::<f64>(key).unwrap_or_default().to_string();
            let status = match stored.int("status") {
                Some(2) => "Done",
                Some(1) => "Undone",
                _ => "In progress",
            };
            line(check_in.head.stamp.to_string(), number("value"), number("goal"), status);
        }
        if check_ins.is_empty() {
            line(String::new(), String::new(), habit.read::<f64>("goal").unwrap_or(1.0).to_string(), "");
        }
    }
    out
}
