//! The arguments of `ticktick focus`.

use clap::{Args, Subcommand, ValueEnum};

use super::FocusStatsArgs;
use super::noun::{OneArgs, SomeArgs, color};

#[derive(Subcommand, Debug)]
pub(crate) enum FocusCommand {
    /// List past sessions
    #[command(visible_alias = "ls")]
    List(FocusListArgs),
    /// Show a past session
    Show(RecordArgs),
    /// Add a past session
    Add(FocusAddArgs),
    /// Change the times or the note of a past session
    Edit(FocusEditArgs),
    /// Delete a past session
    #[command(visible_alias = "rm")]
    Delete(RecordArgs),
    /// Show the running session
    #[command(visible_alias = "status")]
    Current,
    /// Start a session
    Start(FocusStartArgs),
    /// Pause the session
    Pause,
    /// Resume a paused session
    Resume,
    /// Finish the session and keep its time
    #[command(visible_alias = "stop")]
    Finish,
    /// Abandon the session
    Drop,
    /// Show when and how long you focused, and on what
    Stats(FocusStatsArgs),
    /// Manage saved timers
    #[command(subcommand)]
    Timer(TimerCommand),
}

#[derive(Subcommand, Debug)]
pub(crate) enum TimerCommand {
    /// List saved timers
    #[command(visible_alias = "ls")]
    List,
    /// Show a timer and its focus time
    Show(OneArgs),
    /// Save a timer
    #[command(visible_alias = "new")]
    Create(TimerCreateArgs),
    /// Change a timer
    Edit(TimerEditArgs),
    /// Delete timers; their sessions are kept
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
}

#[derive(Args, Debug)]
pub(crate) struct FocusListArgs {
    /// First day: yesterday, monday, "last monday", "3 days ago", 2w, week, month, "last month", 2026-03 or 2026-03-01
    /// [default: 7 days ago]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<String>,
    /// Last day [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
    /// All sessions on this task: number in the last list, id, or title
    #[arg(long, value_name = "TASK", conflicts_with_all = ["since", "until", "all"])]
    pub(crate) task: Option<String>,
    /// All sessions, newest first
    #[arg(long, conflicts_with_all = ["since", "until"])]
    pub(crate) all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RecordArgs {
    /// Session: its id, or `last`
    #[arg(value_name = "SESSION")]
    pub(crate) record: String,
}

// The subject of a session.
#[derive(Args, Debug)]
#[group(multiple = false)]
pub(crate) struct SubjectArgs {
    /// Task to focus on: number in the last list, id, or title
    #[arg(long, value_name = "TASK")]
    pub(crate) task: Option<String>,
    /// Habit to focus on
    #[arg(long, value_name = "HABIT")]
    pub(crate) habit: Option<String>,
    /// Saved timer to use
    #[arg(long, value_name = "TIMER")]
    pub(crate) timer: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct FocusAddArgs {
    /// Start: a time such as 09:00, or a day and a time, such as "yesterday 09:00"
    pub(crate) start: String,
    /// End: a time on the same day, or a day and a time
    pub(crate) end: String,
    /// Minutes spent paused
    #[arg(long, value_name = "MINUTES", default_value_t = 0)]
    pub(crate) paused: u32,
    /// Record a stopwatch session instead of a pomodoro
    #[arg(long)]
    pub(crate) stopwatch: bool,
    /// Note
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) subject: SubjectArgs,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("change").args(["start", "end", "note"]).multiple(true).required(true))]
pub(crate) struct FocusEditArgs {
    #[command(flatten)]
    pub(crate) record: RecordArgs,
    /// New start
    #[arg(long, value_name = "TIME")]
    pub(crate) start: Option<String>,
    /// New end
    #[arg(long, value_name = "TIME")]
    pub(crate) end: Option<String>,
    /// New note; `none` removes it
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct FocusStartArgs {
    /// Length of the pomodoro in minutes [default: that of the timer, or 25]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=720))]
    pub(crate) minutes: Option<u32>,
    /// Use a stopwatch instead of a pomodoro
    #[arg(long, conflicts_with = "minutes")]
    pub(crate) stopwatch: bool,
    /// Note
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) subject: SubjectArgs,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModeArg {
    Pomodoro,
    Stopwatch,
}

// The fields of a timer other than its name.
#[derive(Args, Debug)]
pub(crate) struct TimerFields {
    /// How the timer measures time
    #[arg(long, value_name = "MODE")]
    pub(crate) mode: Option<ModeArg>,
    /// Length of a pomodoro in minutes
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=720))]
    pub(crate) minutes: Option<u32>,
    /// Color, such as 4772FA
    #[arg(long, value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: Option<String>,
    /// Name of a built-in icon
    #[arg(long, value_name = "ICON")]
    pub(crate) icon: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct TimerCreateArgs {
    /// Name of the timer
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) fields: TimerFields,
}

#[derive(Args, Debug)]
pub(crate) struct TimerEditArgs {
    /// Timer: name, part of the name, or id
    pub(crate) timer: String,
    /// New name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) fields: TimerFields,
}
