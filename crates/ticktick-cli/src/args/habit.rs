//! The arguments of `ticktick habit`.

use clap::Subcommand;

use super::HabitCalendarArgs;

#[derive(Subcommand, Debug)]
pub(crate) enum HabitCommand {
    /// Show the last weeks, with streaks
    #[command(visible_alias = "cal")]
    Calendar(HabitCalendarArgs),
}
