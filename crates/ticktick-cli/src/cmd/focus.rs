//! `ticktick focus`.

mod live;
mod record;
mod subject;
mod timer;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use super::focus_stats;
use crate::args::{FocusCommand, Globals};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::output::Output;
use crate::runtime::wait;

pub(crate) use subject::find_task;

pub(crate) const FOCUS: Entry =
    Entry::group(Section::Objects, "focus", "Manage focus sessions", FocusCommand::augment_subcommands, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match FocusCommand::from_arg_matches(matches)? {
        FocusCommand::List(args) => wait(record::list(globals, &args, output)),
        FocusCommand::Show(args) => wait(record::show(globals, &args)),
        FocusCommand::Add(args) => wait(record::add(globals, args, output)),
        FocusCommand::Edit(args) => wait(record::edit(globals, args, output)),
        FocusCommand::Delete(args) => wait(record::delete(globals, &args, output)),
        FocusCommand::Current => wait(live::current(globals)),
        FocusCommand::Start(args) => wait(live::start(globals, args, output)),
        FocusCommand::Pause => wait(live::control(globals, live::Action::Pause, output)),
        FocusCommand::Resume => wait(live::control(globals, live::Action::Resume, output)),
        FocusCommand::Finish => wait(live::control(globals, live::Action::Finish, output)),
        FocusCommand::Drop => wait(live::control(globals, live::Action::Drop, output)),
        FocusCommand::Stats(args) => wait(focus_stats::run(globals, &args, output)),
        FocusCommand::Timer(command) => wait(timer::run(globals, command, output)),
    }
}
