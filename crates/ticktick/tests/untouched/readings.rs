//! With each reading of the simulator, a write has the same result as by default, or it returns an error.

use proptest::strategy::{Strategy, ValueTree};
use ticktick_sim::{Reading, UpdateMode};

use crate::pick::Pick;
use crate::world::World;
use crate::writes::{self, Write};
use crate::{Outcome, check, odd, run, runner};

/// Changes that the service makes by itself with some readings: the experiment, and a part of the text that `check` reports.
const BY_ITSELF: &[(&str, &str)] = &[
    ("all-day-end", "`dueDate`"),
    ("repeat-from-absent", "`repeatFrom`"),
    ("empty-time-zone", "`timeZone`"),
    ("unarchived-project", "`closed`"),
    ("tag-case", "tag.rename"),
    ("column-delete-tasks", "column.delete"),
    ("project-delete-tasks", "project.delete"),
];

/// Each reading is tried with one out of this many writes, because all pairs would take minutes.
const STRIDE: usize = 24;

/// Finds objects and values for each write, so that it writes something.
async fn fitting(world: &World, start: &str) -> Vec<(&'static Write, Pick)> {
    let mut found = Vec::new();
    for write in writes::all() {
        for pick in (0..16).map(Pick::fitting) {
            world.service.load(start).unwrap();
            if check(world, write, pick).await == Ok(Outcome::Written) {
                found.push((write, pick));
                break;
            }
        }
    }
    found
}

fn is_by_itself(reading: Reading, what: &str) -> bool {
    BY_ITSELF.iter().any(|(experiment, part)| *experiment == reading.experiment() && what.contains(part))
}

#[test]
fn every_write_writes_or_is_refused_with_each_reading() {
    let odd = odd::members().new_tree(&mut runner(1)).unwrap().current();
    let mut wrong = Vec::new();
    run(async {
        let usual = World::new(UpdateMode::Merge, &odd).await;
        let start = usual.service.dump();
        let writes = fitting(&usual, &start).await;
        for (at, reading) in Reading::all().filter(|reading| !reading.is_default()).enumerate() {
            let world = World::with(reading, &start);
            for (write, pick) in writes.iter().skip(at % STRIDE).step_by(STRIDE) {
                world.service.load(&start).unwrap();
                match check(&world, write, *pick).await {
                    Ok(Outcome::Written | Outcome::Refused) => {}
                    Err(what) if is_by_itself(reading, &what) => {}
                    other => wrong.push(format!("{reading}, {write:?}: {other:?}")),
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
