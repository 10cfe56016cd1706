//! `ticktick doctor`.

use crate::args::DoctorArgs;
use crate::drift;
use crate::error::Error;
use crate::generated::cli::{Drift, DriftList};
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};

pub(crate) fn run(args: &DoctorArgs, output: Output) -> Result<(), Error> {
    if !args.drift {
        return Err(Error::usage("no report selected").hint("ticktick doctor --drift"));
    }
    if args.clear {
        drift::clear()?;
        return if output.json {
            output.document(&DriftList::from(Vec::new()))
        } else {
            output.done("Cleared the saved drift")
        };
    }
    let seen = drift::read()?;
    if output.json {
        return output.document(&DriftList::from(seen));
    }
    if seen.is_empty() {
        return output.lines(["All answers so far fit the contract."]);
    }
    output.lines(table(&seen).render(width()))
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
