//! `ticktick doctor`.

use clap::{ArgMatches, Args, FromArgMatches};

use super::auth;
use crate::answer::Answer;
use crate::args::{DoctorArgs, Globals};
use crate::drift;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::Drift;
use crate::output::{DIM, GREEN, width};
use crate::runtime::wait;
use crate::table::{Cell, Table};

pub(crate) const DOCTOR: Entry = Entry::leaf(
    Section::Program,
    "doctor",
    "Check settings, sign-in and connection, and say how to fix each problem",
    DoctorArgs::augment_args,
    run,
);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = DoctorArgs::from_arg_matches(matches)?;
    if !args.drift {
        return wait(auth::doctor::run(globals));
    }
    if args.clear {
        drift::clear()?;
        return Answer::<Drift>::new(Vec::new())
            .print(globals, |_| [format!("{GREEN}✓{GREEN:#} Cleared the saved drift")].into());
    }
    Answer::new(drift::read()?).print(globals, |seen| match seen {
        [] => vec!["All responses so far match the contract.".to_owned()],
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
