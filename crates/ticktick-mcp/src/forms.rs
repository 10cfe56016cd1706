//! Tags, repeat rules and reminders, read and printed in the same forms.

use ticktick::Due;
use ticktick::models::{RepeatFrom, Trigger};
use ticktick::quick_add::QuickReminder;

use crate::text::clean;

/// How a repeat rule can be written, for the text of an error.
pub(crate) const REPEATS: &str =
    "Write it as every week, every 2 days, every mon and thu, every month on the 1st, or an RRULE.";
/// How reminders can be written.
pub(crate) const REMINDERS: &str =
    "Write them as 30m, 1h or 1d before a time, and as 9:00 or 1d 18:00 for an all-day task.";

/// Prints a repeat rule, and whether the next date counts from the completion.
pub(crate) fn repeat(rule: &str, from: Option<&RepeatFrom>) -> String {
    let from = if from == Some(&RepeatFrom::Completion) { " from completion" } else { "" };
    clean(rule) + from
}

pub(crate) fn is_none(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("none")
}

/// Returns the names of tags without their signs. A single `none` is no tag.
pub(crate) fn tags(given: &[String]) -> Vec<String> {
    if let [one] = given
        && is_none(one)
    {
        return Vec::new();
    }
    let bare = given.iter().map(|tag| tag.trim().trim_start_matches('#').to_owned());
    bare.filter(|tag| !tag.is_empty()).collect()
}

/// Prints tags.
pub(crate) fn hashes(tags: &[String]) -> String {
    tags.iter().map(|tag| format!("#{}", clean(tag))).collect::<Vec<_>>().join(" ")
}

pub(crate) fn is_all_day(due: &Due) -> bool {
    matches!(due, Due::Day { .. } | Due::Days { .. })
}

/// Prints a reminder as `30m` or `1d`, or as `1d 18:00` for an all-day task.
pub(crate) fn reminder(trigger: &Trigger, is_all_day: bool) -> String {
    let on_day = || trigger.day().filter(|_| is_all_day).map(|(days, at)| QuickReminder::OnDay { days, at });
    let before = || {
        let minutes = u32::try_from(-trigger.offset()?.as_mins()).ok()?;
        let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
        Some(QuickReminder::Before { days, hours, minutes })
    };
    on_day().or_else(before).map_or_else(|| clean(trigger.as_str()), |reminder| reminder.to_string())
}

/// Joins the reminders of a call. `None` if there are none, or one of them is `none`.
pub(crate) fn given(reminders: &[String]) -> Option<String> {
    (!reminders.is_empty() && !reminders.iter().any(|one| is_none(one))).then(|| reminders.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_short() {
        for (trigger, is_all_day, wanted) in [
            ("TRIGGER:-PT30M", false, "30m"),
            ("TRIGGER:PT0S", false, "0m"),
            ("TRIGGER:-PT90M", false, "1h30m"),
            ("TRIGGER:-PT24H", false, "1d"),
            ("TRIGGER:P0DT9H0M0S", true, "09:00"),
            ("TRIGGER:-P0DT6H0M0S", true, "1d 18:00"),
            ("TRIGGER:PT5M", false, "TRIGGER:PT5M"),
            ("soon\nundo: 1", false, "soon undo: 1"),
        ] {
            assert_eq!(reminder(&Trigger::from(trigger), is_all_day), wanted, "{trigger}");
        }
        assert_eq!(repeat("RRULE:FREQ=DAILY", Some(&RepeatFrom::Completion)), "RRULE:FREQ=DAILY from completion");
        assert_eq!(given(&["30m".into(), "1d".into()]).as_deref(), Some("30m, 1d"));
        assert_eq!(given(&["None ".into()]), None);
    }
}
