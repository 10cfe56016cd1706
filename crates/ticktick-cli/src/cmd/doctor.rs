//! `ticktick doctor`.

use crate::args::DoctorArgs;
use crate::drift;
use crate::error::Error;
use crate::generated::cli::{Drift, DriftList};
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};

pub(crate) fn run(args: &DoctorArgs, output: Output) -> Result<(), Error> {
    if !args.drift {
        return Err(Error::usage("nothing to look at was named").hint("ticktick doctor --drift"));
    }
    if args.clear {
        drift::clear()?;
        return if output.json {
            output.document(&DriftList::from(Vec::new()))
        } else {
            output.done("Forgot what earlier commands saw")
        };
    }
    let seen = drift::read()?;
    if output.json {
        return output.document(&DriftList::from(seen));
    }
    if seen.is_empty() {
        return output.lines(["No command has seen an answer that does not fit the contract."]);
    }
    output.lines(table(&seen).render(width()))
}

fn table(seen: &[Drift]) -> Table {
    let mut table = Table::new();
    for Drift { operation, path, expected, found, understood, last_seen } in seen {
        let kinds = format!("{found} in place of {expected}");
        table.row(vec![
            Cell::new(operation),
            Cell::new(path),
            Cell::new(if *understood { format!("{kinds}, understood") } else { kinds }),
            Cell::new(last_seen.to_string()).style(DIM),
        ]);
    }
    table
}
