//! What the service answered that the contract does not expect, said once at the end of a command.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use ticktick::{ClientBuilder, Drift};

use crate::output::Output;

/// How many places are named.
const NAMED: usize = 3;

/// Every place where something was found; a command may make more than one client.
static PLACES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Has a client tell what it finds.
pub(crate) fn watch(builder: ClientBuilder) -> ClientBuilder {
    builder.on_drift(|drift| {
        let Drift { operation, path, .. } = drift;
        PLACES.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{operation} {path}"));
    })
}

/// Says where something was found, if anywhere.
pub(crate) fn report(output: Output) {
    let places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = told(&places) {
        output.note("note", &text);
    }
}

fn told(places: &BTreeSet<String>) -> Option<String> {
    let named: Vec<&str> = places.iter().take(NAMED).map(String::as_str).collect();
    let more = match places.len().saturating_sub(NAMED) {
        _ if named.is_empty() => return None,
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("TickTick answered something new at {}{more}; it was kept", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_places_are_named() {
        let places = |count: usize| told(&(0..count).map(|n| format!("task.get $.m{n}")).collect());
        assert_eq!(places(0), None);
        let one = "TickTick answered something new at task.get $.m0; it was kept";
        assert_eq!(places(1).as_deref(), Some(one));
        let five =
            "TickTick answered something new at task.get $.m0, task.get $.m1, task.get $.m2 and 2 more; it was kept";
        assert_eq!(places(5).as_deref(), Some(five));
    }
}
