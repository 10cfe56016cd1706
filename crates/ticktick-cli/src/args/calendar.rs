//! The arguments of the calendar, statistics, and lists of completed tasks.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CalendarArgs {
    /// A day in the week or month to show [default: today]
    #[arg(value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Show the month
    #[arg(short, long, conflicts_with = "days")]
    pub(crate) month: bool,
    /// Show this many days, starting with the date
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub(crate) days: Option<u16>,
    #[command(flatten)]
    pub(crate) tasks: CalendarTasks,
    #[command(subcommand)]
    pub(crate) command: Option<CalendarCommand>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum CalendarCommand {
    /// List the linked and subscribed calendars
    #[command(visible_alias = "ls")]
    List,
    /// List archived events
    Archived,
}

#[derive(Args, Debug)]
pub(crate) struct WeekArgs {
    /// A day in the week to show [default: today]
    #[arg(value_name = "DATE")]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) tasks: CalendarTasks,
}

// Which entries the calendar shows.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Selection")]
pub(crate) struct CalendarTasks {
    /// Only tasks in this project: name, part of the name, or id; repeatable
    #[arg(short, long = "project", value_name = "PROJECT")]
    pub(crate) projects: Vec<String>,
    /// Only tasks with this tag; if repeated, only tasks with all of them
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
}

impl CalendarTasks {
    /// Returns whether everything is shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.projects.is_empty() && self.tags.is_empty()
    }
}

// The period of statistics and reports.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Period")]
pub(crate) struct PeriodArgs {
    /// First day: yesterday, monday, "last monday", "3 days ago", 2w, week, month, "last month", 2026-03 or 2026-03-01
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<String>,
    /// Last day [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct StatsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<StatsCommand>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum StatsCommand {
    /// Show completed tasks and focus sessions of the last weeks
    Show,
    /// Show statistics by day
    Days(PeriodArgs),
    /// Show statistics by project
    Projects(PeriodArgs),
    /// Show the achievement score, the level and the ranking
    Score,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupArg {
    Day,
    Project,
    Tag,
}

#[derive(Args, Debug)]
pub(crate) struct LogArgs {
    /// Group the tasks; `--output md` prints the groups as lists under headings [default: day]
    #[arg(long, value_name = "BY")]
    pub(crate) group_by: Option<GroupArg>,
    #[command(flatten)]
    pub(crate) period: PeriodArgs,
    #[command(flatten)]
    pub(crate) tasks: CalendarTasks,
}

#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// Write one HTML page to this file; `-` writes to standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) html: PathBuf,
    #[command(flatten)]
    pub(crate) period: PeriodArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Task: number in the last list, id, start of an id, web address, or title
    #[arg(value_name = "TASK")]
    pub(crate) task: String,
}

#[derive(Args, Debug)]
pub(crate) struct ProjectShowArgs {
    /// Project: name, part of the name, or id
    #[arg(value_name = "PROJECT")]
    pub(crate) project: String,
    /// Show its columns side by side
    #[arg(short, long)]
    pub(crate) board: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FocusByArg {
    #[default]
    Day,
    Hour,
    Task,
    Project,
    Tag,
}

#[derive(Args, Debug)]
pub(crate) struct FocusStatsArgs {
    /// What to compare
    #[arg(long, value_name = "WHAT", default_value = "day")]
    pub(crate) by: FocusByArg,
    #[command(flatten)]
    pub(crate) period: PeriodArgs,
}

#[derive(Args, Debug)]
pub(crate) struct HabitCalendarArgs {
    /// Only this habit: name, part of the name, or id
    #[arg(value_name = "HABIT")]
    pub(crate) habit: Option<String>,
    /// How many weeks to show [default: as many as fit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=106))]
    pub(crate) weeks: Option<u8>,
    /// Include archived habits
    #[arg(long)]
    pub(crate) archived: bool,
}
