//! Journeys of two devices at once: what they do at random leaves the state that a plain model predicts.
//!
//! [`plain`] holds the rules in as few words as possible, [`device`] is a client with its own copy of the account,
//! and a [`Step`] is what happens next. A new kind of trouble is one more step.
#![allow(clippy::unwrap_used)]

mod device;
mod plain;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ticktick_models::{FixedClock, Task};
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Service, Simulator, UpdateMode};

use device::{Deed, Device};
use plain::{Plain, PlainTask};

const CASES: u32 = 96;
const LONGEST: usize = 100;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// A device does something to what it believes to be there; the numbers choose among that.
    Do { who: usize, deed: Deed, picks: [usize; 2] },
    /// A device fetches what is new.
    Sync { who: usize },
    /// Time goes by.
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    let picks = any::<[u8; 2]>().prop_map(|picks| picks.map(usize::from));
    let deed = (0..2usize, select(Deed::ALL), picks).prop_map(|(who, deed, picks)| Step::Do { who, deed, picks });
    prop_oneof![
        6 => deed,
        3 => (0..2usize).prop_map(|who| Step::Sync { who }),
        1 => Just(Step::Wait),
    ]
}

/// How often each deed changed something, over all journeys.
type Tally = BTreeMap<Deed, usize>;

struct Journey {
    sim: Service,
    devices: [Device; 2],
    plain: Plain,
}

impl Journey {
    async fn begin(mode: UpdateMode) -> Self {
        let clock = FixedClock("2026-03-01T12:00:00Z".parse().unwrap());
        let builder = Simulator::builder().account(DEMO_USER, DEMO_PASSWORD).clock(clock);
        let sim = builder.update_mode(mode).build();
        let mut devices = [0, 1].map(|number| Device::new(number, sim.signed_on(DEMO_USER)));
        for device in &mut devices {
            device.sync().await.unwrap();
        }
        let plain = Plain::new(mode, "inbox120000001");
        Self { sim, devices, plain }
    }

    async fn take(&mut self, step: &Step, tally: &mut Tally) {
        match step {
            Step::Do { who, deed, picks } => {
                let Some(action) = self.devices[*who].choose(*deed, *picks) else { return };
                // What the service refuses changes nothing, in the plain model as well.
                drop(self.devices[*who].send(&action).await);
                if self.plain.apply(&action) {
                    *tally.entry(*deed).or_default() += 1;
                }
            }
            Step::Sync { who } => self.devices[*who].sync().await.unwrap(),
            Step::Wait => self.sim.clock().advance(SignedDuration::from_millis(1500)),
        }
        assert_eq!(self.stored(), self.plain, "the store after {step:?}");
    }

    /// Holds what each device has come to know against the plain model.
    async fn end(&mut self) {
        for device in &mut self.devices {
            device.sync().await.unwrap();
            assert_eq!(device.seen(&self.plain), self.plain.visible());
        }
    }

    /// Returns what the simulator holds, in the form of the plain model.
    fn stored(&self) -> Plain {
        let texts = |collection, key: &str| {
            let objects = self.sim.objects(DEMO_USER, collection);
            objects.iter().map(|object| object.get(key).unwrap().decode().unwrap()).collect()
        };
        let tasks = self.sim.objects(DEMO_USER, Collection::Tasks);
        let tasks = tasks.iter().map(|task| task.decode::<Task>().unwrap());
        Plain {
            lists: texts(Collection::Projects, "id"),
            tags: texts(Collection::Tags, "name"),
            tasks: tasks.map(|task| (task.id.to_string(), PlainTask::from(&task))).collect(),
            ..self.plain.clone()
        }
    }
}

fn journeys(mode: UpdateMode) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tally = RefCell::new(Tally::new());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(step(), 1..LONGEST), |steps| {
        let mut tally = tally.borrow_mut();
        runtime.block_on(async {
            let mut journey = Journey::begin(mode).await;
            for step in &steps {
                journey.take(step, &mut tally).await;
            }
            journey.end().await;
        });
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    // A journey on which nothing happens proves nothing.
    for deed in Deed::ALL {
        assert!(tally.borrow().get(deed).is_some_and(|times| *times >= 20), "{deed:?}: {:?}", tally.borrow());
    }
}

#[test]
fn two_devices_agree_where_updates_merge() {
    journeys(UpdateMode::Merge);
}

#[test]
fn two_devices_agree_where_updates_replace() {
    journeys(UpdateMode::Replace);
}
