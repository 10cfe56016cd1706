//! The command-line arguments.
//!
//! The arguments of a command are deferred: only those of the given command are built, so that the program starts
//! quickly however many commands there are.

mod api;
mod calendar;
mod column;
mod comment;
mod countdown;
mod doctor;
mod due;
mod exchange;
mod filter;
mod focus;
mod habit;
mod mirror;
mod noun;
mod output;
mod project;
mod select;
mod serve;
mod tag;
mod task;
mod user;
mod verify;

use clap::{Arg, ArgAction, Args, Command, ValueEnum};
use ticktick_profile::Settings;

pub(crate) use api::{ApiArgs, ApiCommand, CheckArgs};
pub(crate) use calendar::{
    CalendarArgs, CalendarCommand, CalendarTasks, FocusByArg, FocusStatsArgs, GroupArg, HabitCalendarArgs, LogArgs,
    PeriodArgs, ProjectShowArgs, ReportArgs, ShowArgs, StatsArgs, StatsCommand, WeekArgs,
};
pub(crate) use column::{
    ColumnArgs, ColumnCommand, ColumnCreateArgs, ColumnDeleteArgs, ColumnListArgs, ColumnMoveArgs, ColumnProjectArgs,
    ColumnRenameArgs,
};
pub(crate) use comment::{
    AttachmentArgs, AttachmentCommand, CommentAddArgs, CommentCommand, CommentDeleteArgs, CommentEditArgs,
    DownloadArgs, UploadArgs,
};
pub(crate) use countdown::{
    CountdownCommand, CountdownCreateArgs, CountdownEditArgs, CountdownFields, CountdownKindArg,
};
pub(crate) use doctor::DoctorArgs;
pub(crate) use due::{DueWord, days_from_today};
pub(crate) use exchange::{ExportArgs, ImportArgs};
pub(crate) use filter::{FilterCommand, FilterCreateArgs, FilterEditArgs, RuleArgs};
pub(crate) use focus::{
    FocusAddArgs, FocusCommand, FocusEditArgs, FocusListArgs, FocusStartArgs, ModeArg, RecordArgs, SubjectArgs,
    TimerCommand, TimerCreateArgs, TimerEditArgs, TimerFields,
};
pub(crate) use habit::{
    CheckInArgs, CheckInsArgs, HabitCommand, HabitCreateArgs, HabitEditArgs, HabitExportArgs, HabitFields,
    HabitMoveArgs, ReminderArg, SectionCommand,
};
pub(crate) use mirror::{HistoryArgs, MirrorOptions, SqlArgs, SyncArgs, UndoArgs, duration};
pub(crate) use noun::{ArchivedArgs, NewArgs, RenameArgs, SomeArgs, ViewArg, named};
pub(crate) use output::{ColorArg, FormatArg, OutputOptions, WriteOptions};
pub(crate) use project::{
    FolderCommand, ProjectCommand, ProjectCreateArgs, ProjectEditArgs, ProjectFields, ProjectKindArg, ProjectMoveArgs,
};
pub(crate) use select::{PriorityArg, Selection, SortArg, StatusArg};
pub(crate) use serve::ServeArgs;
pub(crate) use tag::{TagColorArgs, TagCommand, TagCompletedArgs, TagCreateArgs, TagPairArgs};
pub(crate) use task::{
    AddArgs, AssignArgs, ConvertArgs, EditArgs, Fields, ItemArgs, KindArg, ListArgs, MoveArgs, OrderArgs, RemindArgs,
    RestoreArgs, SearchArgs, TaskArgs,
};
pub(crate) use user::{LimitsArgs, SettingsCommand, SettingsGetArgs, SettingsSetArgs, UserCommand};
pub(crate) use verify::VerifyArgs;

const AFTER_HELP: &str = "\
Try it without an account: ticktick --demo
More: ticktick COMMAND --help, and ticktick help TOPIC (quick-add, dates, filters, formatting, json,
      exit-codes, environment, agents)";

/// The end of the help of each command.
const COMMON: &str = "\
All commands also accept the options of `ticktick --help`, such as --json, --output, --dry-run and --demo.";

/// Returns the end of the help of a command if it lacks it, because clap built the command.
pub(crate) fn missing_end(help: &str) -> String {
    let help = help.trim_end();
    if help.ends_with(COMMON) || help.ends_with(AFTER_HELP) { String::new() } else { format!("\n{COMMON}\n") }
}

/// Builds a command without its arguments. Its help ends with a word on the options that all commands have.
pub(crate) fn command(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).disable_help_subcommand(true).help_template(format!(
        "{{before-help}}{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{{all-args}}{{after-help}}\n\n{COMMON}\n"
    ))
}

/// Builds the program without its commands. The options that all commands have are only shown in its own help.
pub(crate) fn program(overview: String, shows_options: bool) -> Command {
    let top = Command::new("ticktick")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Manage your TickTick tasks from the terminal")
        .disable_help_subcommand(true)
        // The program may be built without its commands.
        .override_usage("ticktick [OPTIONS] [COMMAND]")
        .help_template(format!(
            "{{about}}\n\n{{usage-heading}} {{usage}}\n       ticktick          what is due today\n{overview}\n{{options}}\n\n{AFTER_HELP}\n"
        ));
    // Help and errors would name the program `ticktick.exe`.
    let top = if cfg!(windows) { top.bin_name("ticktick") } else { top };
    Globals::augment_args(top).mut_args(|option| repeatable(option).hide(!shows_options))
}

/// Allows a flag to be given twice, because an alias of the shell may have it already.
fn repeatable(option: Arg) -> Arg {
    let id = option.get_id().clone();
    if matches!(option.get_action(), ArgAction::SetTrue) { option.overrides_with(id) } else { option }
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Account")]
pub(crate) struct Globals {
    /// Use a local demo account; nothing is sent to TickTick
    #[arg(long, global = true, env = "TICKTICK_DEMO", hide_env = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) demo: bool,
    /// Profile to use; `ticktick profile list` lists them
    #[arg(long, global = true, value_name = "PROFILE")]
    pub(crate) profile: Option<String>,
    /// Send requests to this server, such as one started by `ticktick serve`
    #[arg(long, global = true, value_name = "URL", hide_short_help = true)]
    pub(crate) base_url: Option<String>,
    /// Service region of the account: ticktick (ticktick.com), or dida365 (dida365.com, in China) [default: ticktick]
    #[arg(long, global = true, value_name = "REGION", hide_short_help = true, hide_possible_values = true)]
    pub(crate) region: Option<RegionArg>,
    #[command(flatten)]
    pub(crate) mirror: MirrorOptions,
    #[command(flatten)]
    pub(crate) output: OutputOptions,
    #[command(flatten)]
    pub(crate) write: WriteOptions,
    /// Log calls to standard error; repeat (-vv) for more detail
    #[arg(short = 'v', long, global = true, action = ArgAction::Count, hide_short_help = true)]
    pub(crate) verbose: u8,
    /// The options that set a setting, by its name. The options themselves are completed from other sources.
    #[arg(skip)]
    pub(crate) given: Vec<(&'static str, String)>,
    /// Whether the mirror is refreshed, however young it is.
    #[arg(skip)]
    pub(crate) refreshes: bool,
    /// The settings, once they are read.
    #[arg(skip)]
    pub(crate) settled: Option<Result<Settings, ticktick_profile::Error>>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionArg {
    Ticktick,
    Dida365,
}
