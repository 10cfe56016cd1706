//! `ticktick doctor`.

use serde_json::json;

use crate::args::DoctorArgs;
use crate::drift::{self, Seen};
use crate::error::Error;
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};

pub(crate) fn run(args: &DoctorArgs, output: Output) -> Result<(), Error> {
    if !args.drift {
        return Err(Error::usage("nothing to look at was named").hint("ticktick doctor --drift"));
    }
    if args.clear {
        drift::clear()?;
        return if output.json {
            output.data::<Seen>(&[], json!({}))
        } else {
            output.done("Forgot what earlier commands saw")
        };
    }
    let seen = drift::read()?;
    if output.json {
        return output.data(&seen, json!({}));
    }
    if seen.is_empty() {
        return output.lines(["No command has seen an answer that does not fit the contract."]);
    }
    output.lines(table(&seen).render(width()))
}

fn table(seen: &[Seen]) -> Table {
    let mut table = Table::new();
    for Seen { place, understood, last_seen } in seen {
        let kinds = format!("{} in place of {}", place.found, place.expected);
        table.row(vec![
            Cell::new(&place.operation),
            Cell::new(&place.path),
            Cell::new(if *understood { format!("{kinds}, understood") } else { kinds }),
            Cell::new(last_seen.to_string()).style(DIM),
        ]);
    }
    table
}
