//! `ticktick focus`.

use clap::{ArgMatches, FromArgMatches, Subcommand};

use super::focus_stats;
use crate::args::{FocusCommand, Globals};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::output::Output;
use crate::runtime::wait;

pub(crate) const FOCUS: Entry =
    Entry::group(Section::Objects, "focus", "Everything about focus sessions", FocusCommand::augment_subcommands, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    match FocusCommand::from_arg_matches(matches)? {
        FocusCommand::Stats(args) => wait(focus_stats::run(globals, &args, Output::new(globals))),
    }
}
