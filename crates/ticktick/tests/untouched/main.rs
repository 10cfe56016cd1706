//! A write of the client changes only what it is documented to change, in both update modes of the simulator.
//!
//! Random objects, each with random members that no client knows, and random sequences of every write: after each,
//! every member of every object is to the letter what it was, but for those that the write is about.
#![allow(clippy::unwrap_used)]

mod odd;
mod pick;
mod readings;
mod seed;
mod snapshot;
mod touch;
mod world;
mod writes;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ticktick::Error;
use ticktick_sim::UpdateMode;

use crate::pick::Pick;
use crate::world::World;
use crate::writes::Write;

const MODES: [UpdateMode; 2] = [UpdateMode::Merge, UpdateMode::Replace];

/// Makes what draws the same in each run.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn run<T>(journey: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(journey)
}

/// How a write went.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// Something was written.
    Written,
    /// It was so already.
    Same,
    /// It was refused.
    Refused,
    /// There was nothing to do it to.
    Nothing,
}

/// Does a write and checks that it touched nothing but what it may touch.
async fn check(world: &World, write: &Write, pick: Pick) -> Result<Outcome, String> {
    let before = world.snapshot();
    let Some(done) = (write.run)(world, pick).await else { return Ok(Outcome::Nothing) };
    let is_done = match &done.result {
        Ok(()) => true,
        Err(Error::Unfinished { .. }) => true,
        Err(_) => done.is_partial,
    };
    let allowed = if is_done { done.touch } else { Default::default() };
    let touched = allowed.check(&before, &world.snapshot());
    let touched = touched.map_err(|what| format!("{} ({:?}): {what}", write.name, done.result))?;
    Ok(match (done.result, touched) {
        (Err(_), _) => Outcome::Refused,
        (Ok(()), true) => Outcome::Written,
        (Ok(()), false) => Outcome::Same,
    })
}

#[test]
fn random_writes_touch_nothing_else() {
    let sequence = prop::collection::vec((prop::sample::select(writes::all()), any::<u64>()), 1..24);
    let checked = runner(40).run(&(odd::members(), sequence), |(odd, sequence)| {
        for mode in MODES {
            run(async {
                let world = World::new(mode, &odd).await;
                for (write, seed) in &sequence {
                    check(&world, write, Pick::any(*seed)).await.map_err(TestCaseError::fail)?;
                }
                Ok::<(), TestCaseError>(())
            })?;
        }
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_write_writes_and_touches_nothing_else() {
    let all = writes::all();
    assert_eq!(all.iter().map(|write| write.name).collect::<BTreeSet<_>>().len(), all.len(), "names are unique");
    let odd = odd::members().new_tree(&mut runner(1)).unwrap().current();
    for mode in MODES {
        run(async {
            let world = World::new(mode, &odd).await;
            let start = world.service.dump();
            let mut wrong = Vec::new();
            for write in &all {
                world.service.load(&start).unwrap();
                if let Err(outcome) = writes_once(&world, write).await {
                    wrong.push(format!("{write:?}: {outcome}"));
                }
            }
            assert!(wrong.is_empty(), "{mode:?}\n{}", wrong.join("\n"));
        });
    }
}

/// Does a write to things that it fits until something is written.
async fn writes_once(world: &World, write: &Write) -> Result<(), String> {
    let mut outcome = Outcome::Nothing;
    for seed in 0..16 {
        outcome = check(world, write, Pick::fitting(seed)).await?;
        if outcome == Outcome::Written {
            return Ok(());
        }
    }
    Err(format!("{outcome:?}, however often"))
}
