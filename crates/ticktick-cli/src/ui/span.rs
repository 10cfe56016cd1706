//! Short forms of durations.

/// Formats a duration, such as "9 h 40" or "50 min".
pub(crate) fn length(seconds: u64) -> String {
    let minutes = (seconds + 30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) if seconds > 0 => "under 1 min".into(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// Formats a difference of two durations with its sign, such as "+1 h 05".
pub(crate) fn difference(now: u64, before: u64) -> String {
    if now < before { format!("-{}", length(before - now)) } else { format!("+{}", length(now - before)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_to_minutes() {
        for (seconds, text) in [
            (0, "0 min"),
            (20, "under 1 min"),
            (50, "1 min"),
            (3_000, "50 min"),
            (3_600, "1 h"),
            (34_800, "9 h 40"),
            (3_900, "1 h 05"),
        ] {
            assert_eq!(length(seconds), text);
        }
        assert_eq!(difference(7_500, 3_600), "+1 h 05");
        assert_eq!(difference(0, 600), "-10 min");
        assert_eq!(difference(60, 60), "+0 min");
    }
}
