//! `ticktick doctor`.

use clap::{ArgMatches, Args, FromArgMatches};

use crate::answer::Answer;
use crate::args::{DoctorArgs, Globals};
use crate::drift;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::Drift;
use crate::output::{DIM, GREEN, width};
use crate::table::{Cell, Table};

pub(crate) const DOCTOR: Entry = Entry::leaf(
    Section::Program,
    "doctor",
    "Show answers of the service that do not fit the contract",
    |command| DoctorArgs::augment_args(command).arg_required_else_help(true),
    run,
);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = DoctorArgs::from_arg_matches(matches)?;
    if !args.drift {
        return Err(Error::usage("no report selected").hint("ticktick doctor --drift"));
    }
    if args.clear {
        drift::clear()?;
        return Answer::<Drift>::new(Vec::new())
            .print(globals, |_| [format!("{GREEN}✓{GREEN:#} Cleared the saved drift")].into());
    }
    Answer::new(drift::read()?).print(globals, |seen| match seen {
        [] => vec!["All answers so far fit the contract.".to_owned()],
        seen => table(seen).render(width()),
    })
}

fn table(seen: &[Drift]) -> Table {
    let mut table = Table::new();
    for Drift { operation, path, expected, found, understood, last_seen } in seen {
        let kinds = format!("{found} instead of {expected}");
        table.row(vec![
            Cell::new(operation),
            Cell::new(path),
            Cell::new(if *understood { format!("{kinds}, understood") } else { kinds }),
            Cell::new(last_seen.to_string()).style(DIM),
        ]);
    }
    table
}
