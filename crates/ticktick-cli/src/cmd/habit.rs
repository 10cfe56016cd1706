//! `ticktick habit`.

use clap::{ArgMatches, FromArgMatches, Subcommand};

use super::habit_calendar;
use crate::args::{Globals, HabitCommand};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::output::Output;
use crate::runtime::wait;

pub(crate) const HABIT: Entry =
    Entry::group(Section::Objects, "habit", "Everything about habits", HabitCommand::augment_subcommands, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    match HabitCommand::from_arg_matches(matches)? {
        HabitCommand::Calendar(args) => wait(habit_calendar::run(globals, &args, Output::new(globals))),
    }
}
