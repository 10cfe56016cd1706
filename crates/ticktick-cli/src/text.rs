//! Wording: names, plurals and ages. Text from other people is in [`ticktick_output::text`].

use jiff::SignedDuration;
pub(crate) use ticktick_output::text::{cut, on_one_line, shown, unbroken, width};

/// Removes the emoji that many names begin with. A name that consists only of emoji is kept.
pub(crate) fn bare(name: &str) -> &str {
    let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { name } else { bare }
}

/// Returns a number with its noun, such as "3 tasks".
pub(crate) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Formats an age, such as "3 hours ago".
pub(crate) fn ago(age: SignedDuration) -> String {
    let seconds = usize::try_from(age.as_secs()).unwrap_or(0);
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", plural(count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_one_unit() {
        for (seconds, text) in [
            (-5, "0 seconds ago"),
            (1, "1 second ago"),
            (59, "59 seconds ago"),
            (119, "1 minute ago"),
            (10_800, "3 hours ago"),
            (172_800, "2 days ago"),
        ] {
            assert_eq!(ago(SignedDuration::from_secs(seconds)), text);
        }
    }
}
