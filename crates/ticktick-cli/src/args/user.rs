//! The arguments of `ticktick user`.

use clap::{Args, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum UserCommand {
    /// Show the profile of the account
    Profile,
    /// Show the plan of the account
    Status,
    /// Show or change the settings of the account
    Settings(SettingsArgs),
    /// Show the limits of the plan
    Limits(LimitsArgs),
    /// List notifications
    Notifications,
    /// Count the unread notifications
    Unread,
    /// Show the preferences for the daily reminder
    DailyReminder,
    /// Show the preferences for focus sessions
    Pomodoro,
    /// Show the other preferences of the apps
    Preferences,
}

#[derive(Args, Debug)]
pub(crate) struct SettingsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<SettingsCommand>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum SettingsCommand {
    /// Show settings
    Get(SettingsGetArgs),
    /// Change a setting
    Set(SettingsSetArgs),
}

#[derive(Args, Debug)]
pub(crate) struct SettingsGetArgs {
    /// Names of settings [default: all]
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct SettingsSetArgs {
    /// Name of the setting
    pub(crate) name: String,
    /// New value; `none` clears it
    #[arg(allow_hyphen_values = true)]
    pub(crate) value: String,
}

#[derive(Args, Debug)]
pub(crate) struct LimitsArgs {
    /// Show the limits of all plans
    #[arg(long)]
    pub(crate) all: bool,
}
