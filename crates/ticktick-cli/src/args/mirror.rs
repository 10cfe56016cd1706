//! The options of the mirror and of its commands.

use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

// Selects where a command reads the account. A doc comment would become the help of the program.
#[derive(Args, Clone, Debug)]
pub(crate) struct MirrorOptions {
    /// Read only the mirror on this machine and send nothing; needs no session
    #[arg(long, global = true, conflicts_with = "no_mirror", hide_short_help = true)]
    pub(crate) offline: bool,
    /// Read only from TickTick; use neither the mirror nor the journal
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_mirror: bool,
    /// Refresh the mirror first if it is older than this, such as 30s, 5m or 1h [default: 30s]
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true, value_parser = checked)]
    pub(crate) max_age: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
The mirror is a copy of the account in an SQLite file. Other commands refresh it when it is older than --max-age.
-q prints the ids of new and changed tasks, and --json lists all changes.")]
pub(crate) struct SyncArgs {
    /// Read the whole account instead of only the changes
    #[arg(long)]
    pub(crate) full: bool,
    /// Show the file, its age and its contents, without sending a request
    #[arg(long, conflicts_with = "full")]
    pub(crate) status: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Statements can only read. docs/mirror.md describes the views.")]
pub(crate) struct SqlArgs {
    /// A `select` statement on the views of the mirror [default: list the views and their columns]
    pub(crate) statement: Option<String>,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) limit: usize,
    /// Maximum run time of the statement
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(crate) timeout: Duration,
}

#[derive(Args, Debug)]
pub(crate) struct HistoryArgs {
    /// Maximum number of writes [default: 20, or all with --since]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Only writes since this day: today, monday, "last monday", "3 days ago", 2w, 2026-03-01
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Undoing a write restores the fields that it changed, deletes the objects that it created, and restores or recreates \
the objects that it deleted. If the same fields have been changed since, nothing is undone and the exit status is \
6. An undo is itself a write: to redo, undo it by its number.")]
pub(crate) struct UndoArgs {
    /// Number of the write in `ticktick history` [default: all writes of the latest command]
    pub(crate) entry: Option<i64>,
}

/// Accepts a time, which is parsed together with those of other sources.
fn checked(text: &str) -> Result<String, String> {
    duration(text).map(|_| text.to_owned())
}

/// Parses a time such as 30s or 1h 30m.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let parsed = text.parse::<SignedDuration>().ok().and_then(|duration| Duration::try_from(duration).ok());
    parsed.ok_or_else(|| "write a number with its unit, such as 30s, 5m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("1h 30m"), Ok(Duration::from_secs(5_400)));
        assert_eq!(duration("0s"), Ok(Duration::ZERO));
        for wrong in ["30", "", "-5s", "soon"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
