//! The command-line arguments.
//!
//! Groups of commands are deferred: only the commands of the given group are built, so that the program
//! starts quickly however many commands there are.

mod mirror;
mod serve;
mod verify;

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand, ValueEnum};

pub(crate) use mirror::{Format, HistoryArgs, MirrorOptions, SqlArgs, SyncArgs, UndoArgs};
pub(crate) use serve::ServeArgs;
pub(crate) use verify::VerifyArgs;

const AFTER_HELP: &str = "\
Exit status: 0 done, 1 failed, 2 wrong usage, 3 not found or ambiguous, 4 not signed in or not \
allowed to sign in, 5 no answer from the network, 6 refused or rate limited by the service, 7 \
changed elsewhere in the meantime, 10 changed, but the output could not be written.

Environment: TICKTICK_TOKEN is used in place of the saved session, at a server of your own only if \
TICKTICK_TOKEN_SERVER names it; TICKTICK_BASE_URL is --base-url, \
TICKTICK_MAX_AGE is --max-age, \
TICKTICK_CONFIG_DIR is the folder of the saved session and of the mirror, NO_COLOR switches colours off.

Try it without an account: ticktick --demo task list";

const AUTH_ABOUT: &str = "Sign in, sign out, show who is signed in";
const TASK_ABOUT: &str = "List, add and complete tasks";
const PROJECT_ABOUT: &str = "List projects";
const SYNC_ABOUT: &str = "Refresh the copy of the account on this machine";
const SQL_ABOUT: &str = "Query the account in SQL";
const HISTORY_ABOUT: &str = "List what was written from this machine";
const UNDO_ABOUT: &str = "Undo what was written from this machine";
const SERVE_ABOUT: &str = "Run a local TickTick server for tests and demos";
const DOCTOR_ABOUT: &str = "Show answers of the service that do not fit the contract";
const API_ABOUT: &str =
    "Call any operation of the API, or check the contract against recorded JSON or the live service";

/// Builds the command line with empty groups.
pub(crate) fn command() -> Command {
    let top = Command::new("ticktick")
        .version(env!("CARGO_PKG_VERSION"))
        .about("TickTick from the terminal")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(group("auth", AUTH_ABOUT).defer(AuthCommand::augment_subcommands))
        .subcommand(group("task", TASK_ABOUT).defer(TaskCommand::augment_subcommands))
        .subcommand(group("project", PROJECT_ABOUT).defer(ProjectCommand::augment_subcommands))
        .subcommand(Command::new("sync").about(SYNC_ABOUT).defer(SyncArgs::augment_args))
        .subcommand(Command::new("sql").about(SQL_ABOUT).defer(SqlArgs::augment_args))
        .subcommand(Command::new("history").about(HISTORY_ABOUT).defer(HistoryArgs::augment_args))
        .subcommand(Command::new("undo").about(UNDO_ABOUT).defer(UndoArgs::augment_args))
        .subcommand(Command::new("serve").about(SERVE_ABOUT).defer(ServeArgs::augment_args))
        .subcommand(Command::new("doctor").about(DOCTOR_ABOUT).defer(doctor))
        .subcommand(Command::new("api").about(API_ABOUT).defer(api));
    Globals::augment_args(top)
}

fn group(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).subcommand_required(true).arg_required_else_help(true)
}

fn api(command: Command) -> Command {
    ApiArgs::augment_args(command).arg_required_else_help(true).subcommand_negates_reqs(true)
}

fn doctor(command: Command) -> Command {
    DoctorArgs::augment_args(command).arg_required_else_help(true)
}

/// The parsed arguments.
pub(crate) enum Parsed {
    Auth(AuthCommand),
    Task(TaskCommand),
    Project(ProjectCommand),
    Sync(SyncArgs),
    Sql(SqlArgs),
    History(HistoryArgs),
    Undo(UndoArgs),
    Serve(ServeArgs),
    Doctor(DoctorArgs),
    Api(ApiArgs),
}

/// Reads the matches of clap.
pub(crate) fn read(matches: &ArgMatches) -> Result<(Globals, Parsed), Error> {
    let mut globals = Globals::from_arg_matches(matches)?;
    let parsed = match matches.subcommand() {
        Some(("auth", matches)) => Parsed::Auth(AuthCommand::from_arg_matches(matches)?),
        Some(("task", matches)) => Parsed::Task(TaskCommand::from_arg_matches(matches)?),
        Some(("project", matches)) => Parsed::Project(ProjectCommand::from_arg_matches(matches)?),
        Some(("sync", matches)) => Parsed::Sync(SyncArgs::from_arg_matches(matches)?),
        Some(("sql", matches)) => Parsed::Sql(SqlArgs::from_arg_matches(matches)?),
        Some(("history", matches)) => Parsed::History(HistoryArgs::from_arg_matches(matches)?),
        Some(("undo", matches)) => Parsed::Undo(UndoArgs::from_arg_matches(matches)?),
        Some(("serve", matches)) => Parsed::Serve(ServeArgs::from_arg_matches(matches)?),
        Some(("doctor", matches)) => Parsed::Doctor(DoctorArgs::from_arg_matches(matches)?),
        Some(("api", matches)) => Parsed::Api(ApiArgs::from_arg_matches(matches)?),
        _ => return Err(command().error(clap::error::ErrorKind::MissingSubcommand, "no command given")),
    };
    globals.json |= matches!(&parsed, Parsed::Sql(args) if args.output == Format::Json);
    Ok((globals, parsed))
}

impl Parsed {
    /// Returns whether the command sends requests, whatever the options of the mirror are.
    pub(crate) fn needs_service(&self) -> bool {
        match self {
            Self::Auth(AuthCommand::Status(args)) => args.verify,
            Self::Task(TaskCommand::List(_)) | Self::Project(ProjectCommand::List(_)) => false,
            Self::Sync(args) => !args.status,
            Self::Api(ApiArgs { command: Some(ApiCommand::Check(_)), .. }) => false,
            Self::Api(args) => !args.list,
            Self::Auth(_) | Self::Task(_) | Self::Undo(_) => true,
            Self::Sql(_) | Self::History(_) | Self::Serve(_) | Self::Doctor(_) => false,
        }
    }
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// Use a local demo account; nothing is sent to TickTick
    #[arg(long, global = true)]
    pub(crate) demo: bool,
    /// Send requests to this server, such as one started by `ticktick serve`
    #[arg(long, global = true, value_name = "URL", env = "TICKTICK_BASE_URL", hide_env = true)]
    pub(crate) base_url: Option<String>,
    /// Service region of the account: ticktick.com, or dida365.com in China
    #[arg(long, global = true, value_name = "REGION", default_value = "ticktick")]
    pub(crate) region: RegionArg,
    /// Refuse every operation that may change the account
    #[arg(long, global = true)]
    pub(crate) read_only: bool,
    #[command(flatten)]
    pub(crate) mirror: MirrorOptions,
    /// Print JSON: {"version":1,"ok":true,"data":[...],"meta":{...}}
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// When to use colours; `auto` uses them on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorArg,
    /// Log calls to standard error; repeat (-vv) for more detail
    #[arg(short = 'v', long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionArg {
    Ticktick,
    Dida365,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorArg {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub(crate) enum AuthCommand {
    /// Sign in and save the session
    ///
    /// Prompts for missing values. Accounts created through Google or Apple have no password: set one in
    /// the web app, or sign in with --token-stdin.
    Login(LoginArgs),
    /// Sign out and delete the saved session
    Logout,
    /// Show which session is used
    Status(StatusArgs),
}

#[derive(Args, Debug)]
pub(crate) struct LoginArgs {
    /// E-mail address or user name of the account
    #[arg(short, long, value_name = "NAME")]
    pub(crate) username: Option<String>,
    /// Read the password from standard input; the code of the second factor may follow on a second line
    #[arg(long, conflicts_with = "token_stdin", requires = "username")]
    pub(crate) password_stdin: bool,
    /// Read the session from standard input: the value of a browser's `t` cookie
    #[arg(long, conflicts_with = "username")]
    pub(crate) token_stdin: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Ask the service whether the session is still valid
    #[arg(long)]
    pub(crate) verify: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DoctorArgs {
    /// List answers that did not fit the contract: operation, path, kinds and day, never a value
    #[arg(long)]
    pub(crate) drift: bool,
    /// Clear the list
    #[arg(long, requires = "drift")]
    pub(crate) clear: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum TaskCommand {
    /// List open tasks
    #[command(visible_alias = "ls")]
    List(TaskListArgs),
    /// Add a task
    Add(TaskAddArgs),
    /// Complete tasks
    Done(TaskDoneArgs),
}

#[derive(Args, Debug)]
pub(crate) struct TaskListArgs {
    /// Only tasks of this project: name, start of the name, or id
    #[arg(short, long, value_name = "NAME|ID")]
    pub(crate) project: Option<String>,
    /// Only tasks with this tag
    #[arg(short, long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// Only tasks that are overdue or due today
    #[arg(long)]
    pub(crate) today: bool,
    /// Include tasks of archived projects
    #[arg(long)]
    pub(crate) archived: bool,
    /// Print only ids, one per line
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args, Debug)]
pub(crate) struct TaskAddArgs {
    /// Title of the task
    pub(crate) title: String,
    /// Project for the task: name, start of the name, or id [default: the inbox]
    #[arg(short, long, value_name = "NAME|ID")]
    pub(crate) project: Option<String>,
    /// Priority of the task
    #[arg(long, value_name = "LEVEL")]
    pub(crate) priority: Option<PriorityArg>,
    /// Tag for the task; repeatable
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Due date: today, tomorrow, a weekday, +3d or 2026-03-01, optionally with a time: "fri 09:30"
    #[arg(short, long, value_name = "DATE")]
    pub(crate) due: Option<String>,
    /// Body of the task, in Markdown
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) content: Option<String>,
    /// Print only the id
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PriorityArg {
    None,
    Low,
    Medium,
    High,
}

#[derive(Args, Debug)]
pub(crate) struct TaskDoneArgs {
    /// Tasks to complete: id, title, or start of the title; `-` reads them from standard input, one per
    /// line
    #[arg(required = true, value_name = "ID|TITLE")]
    pub(crate) tasks: Vec<String>,
    /// Print only ids, one per line
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ProjectCommand {
    /// List projects
    #[command(visible_alias = "ls")]
    List(ProjectListArgs),
}

#[derive(Args, Debug)]
pub(crate) struct ProjectListArgs {
    /// Include archived projects
    #[arg(long)]
    pub(crate) archived: bool,
    /// Print only ids, one per line
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
An operation is named by its id, or by method and path; the path may be a template or a real one. \
Paths that the contract does not list are called as they are.

  ticktick api --list
  ticktick api tag.list
  ticktick api task.list_by_project -p projectId=65f0c1d2a3b4c5d6e7f80912
  ticktick api GET /api/v2/batch/check/0
  ticktick api task.batch -d @tasks.json
  ticktick api check task.get --response recorded.json")]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ApiArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ApiCommand>,
    /// Operation to call: `tag.list`, or `GET /api/v2/tags`
    #[arg(value_name = "OPERATION", num_args = 1..=2, required_unless_present = "list")]
    pub(crate) operation: Vec<String>,
    /// List all operations of the contract
    #[arg(long, conflicts_with_all = ["operation", "params", "query", "data"])]
    pub(crate) list: bool,
    /// Set a path, query or header parameter
    #[arg(short = 'p', long = "param", value_name = "NAME=VALUE")]
    pub(crate) params: Vec<String>,
    /// Set a query parameter
    #[arg(short = 'q', long = "query", value_name = "NAME=VALUE")]
    pub(crate) query: Vec<String>,
    /// Request body; `@FILE` reads a file, `-` reads standard input
    #[arg(short = 'd', long = "data", value_name = "JSON|@FILE|-")]
    pub(crate) data: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ApiCommand {
    /// Check recorded JSON against the contract
    ///
    /// Prints {"decodes":BOOL,"lossless":BOOL,"unknown":[PATH,...],"differences":[PATH,...]}. The exit
    /// status is 0 only if it decodes and would be written back without loss.
    Check(CheckArgs),
    /// Compare the answers of the live service with the contract
    ///
    /// Calls every operation that only reads and reports answers that do not fit. With --write, also runs
    /// experiments on disputed behaviour, in a separate project that is removed at the end.
    ///
    /// The exit status is 0 if every answer fits or only differs (unknown or odd members), and 1 if
    /// an operation failed or was refused although the contract does not expect it.
    Verify(VerifyArgs),
}

#[derive(Args, Debug)]
#[command(after_help = "  \
  ticktick api check task.get --response recorded.json
  ticktick api check POST /api/v2/batch/task --request -
  ticktick api check --model Task task.json")]
pub(crate) struct CheckArgs {
    /// Operation that the JSON was recorded from; with --model, the file
    #[arg(value_name = "OPERATION|FILE", num_args = 1..=2, required = true)]
    pub(crate) subject: Vec<String>,
    /// Check a response; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    pub(crate) response: Option<PathBuf>,
    /// Check a request body; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Check one object of this model
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["response", "request"])]
    pub(crate) model: Option<String>,
}
