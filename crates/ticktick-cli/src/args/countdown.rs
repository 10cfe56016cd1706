//! The arguments of `ticktick countdown`.

use clap::{Args, Subcommand, ValueEnum};

use super::noun::{ArchivedArgs, OneArgs, SomeArgs, color};

#[derive(Subcommand, Debug)]
pub(crate) enum CountdownCommand {
    /// List countdowns
    #[command(visible_alias = "ls")]
    List(ArchivedArgs),
    /// Show a countdown
    Show(OneArgs),
    /// Create a countdown
    #[command(visible_alias = "new")]
    Create(CountdownCreateArgs),
    /// Change a countdown
    Edit(CountdownEditArgs),
    /// Archive countdowns
    Archive(SomeArgs),
    /// Restore countdowns from the archive
    Unarchive(SomeArgs),
    /// Delete countdowns
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountdownKindArg {
    Countdown,
    Holiday,
    Birthday,
    Anniversary,
}

// The fields of a countdown other than its name and day.
#[derive(Args, Debug)]
pub(crate) struct CountdownFields {
    /// Kind of day
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<CountdownKindArg>,
    /// Remark; `none` removes it
    #[arg(long, value_name = "TEXT")]
    pub(crate) remark: Option<String>,
    /// Color, such as 4772FA; `none` removes it
    #[arg(long, value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: Option<String>,
    /// Name of a built-in icon
    #[arg(long, value_name = "ICON")]
    pub(crate) icon: Option<String>,
    /// Repeat the day every year
    #[arg(long)]
    pub(crate) yearly: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CountdownCreateArgs {
    /// Name of the countdown
    pub(crate) name: String,
    /// The day: a date such as 2026-12-10, fri or +30d
    #[arg(allow_hyphen_values = true)]
    pub(crate) day: String,
    #[command(flatten)]
    pub(crate) fields: CountdownFields,
    /// Count the days since the day
    #[arg(long)]
    pub(crate) count_up: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CountdownEditArgs {
    /// Countdown: name, part of the name, or id
    pub(crate) countdown: String,
    /// New name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// New day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) day: Option<String>,
    #[command(flatten)]
    pub(crate) fields: CountdownFields,
    /// Do not repeat the day
    #[arg(long, conflicts_with = "yearly")]
    pub(crate) once: bool,
}
