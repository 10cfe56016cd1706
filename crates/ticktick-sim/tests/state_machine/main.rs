//! Random journeys of two concurrent devices must end in the state that a plain model predicts.
//!
//! [`plain`] contains the rules in the simplest form, [`device`] is a client with its own copy of the account,
//! [`trouble`] is a fault of a call, and a [`Step`] is one event of a journey.
#![allow(clippy::unwrap_used)]

mod device;
mod plain;
mod trouble;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;

use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ticktick_models::{FixedClock, Task};
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Rule, Service, Simulator, UpdateMode};

use device::{Device, Intent};
use plain::{Action, Plain, PlainTask};
use trouble::Trouble;

const CASES: u32 = 96;
const LONGEST: usize = 140;
/// How often each kind of event must have an effect.
const OFTEN: usize = 20;

/// One event of a journey.
#[derive(Clone, Debug)]
enum Step {
    /// A device acts on its copy; the numbers select the object.
    Do { who: usize, intent: Intent, picks: [usize; 2] },
    /// A device repeats a call without a usable response, not knowing whether it was carried out.
    Again { who: usize },
    /// A device fetches changes.
    Sync { who: usize },
    /// Makes the next call of any device fail, unless it already has a fault.
    Trouble(Trouble),
    /// Time passes.
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    let picks = any::<[u8; 2]>().prop_map(|picks| picks.map(usize::from));
    let intent =
        (0..2usize, select(Intent::ALL), picks).prop_map(|(who, intent, picks)| Step::Do { who, intent, picks });
    prop_oneof![
        6 => intent,
        3 => (0..2usize).prop_map(|who| Step::Sync { who }),
        2 => (0..2usize).prop_map(|who| Step::Again { who }),
        2 => select(Trouble::ALL).prop_map(Step::Trouble),
        1 => Just(Step::Wait),
    ]
}

/// How often each kind of event had an effect, over all journeys.
#[derive(Default)]
struct Tally {
    /// Intents that changed something.
    intents: BTreeMap<Intent, usize>,
    /// Troubles of actions that would otherwise change something.
    actions: BTreeMap<Trouble, usize>,
    /// Troubles after which an action was repeated.
    again: BTreeMap<Trouble, usize>,
    /// Troubles of syncs with changes.
    syncs: BTreeMap<Trouble, usize>,
}

/// An action in trouble.
#[derive(Clone, Debug)]
struct Unconfirmed {
    intent: Intent,
    action: Action,
    trouble: Trouble,
}

struct Journey {
    sim: Service,
    devices: [Device; 2],
    plain: Plain,
    /// The last call of each device without a usable response.
    unconfirmed: [Option<Unconfirmed>; 2],
    /// Troubles of the next calls.
    troubles: VecDeque<Trouble>,
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
        Self { sim, devices, plain, unconfirmed: [None, None], troubles: VecDeque::new() }
    }

    async fn take(&mut self, step: &Step, tally: &mut Tally) {
        match step {
            Step::Do { who, intent, picks } => {
                if let Some(action) = self.devices[*who].choose(*intent, *picks) {
                    self.act(*who, *intent, &action, tally).await;
                }
            }
            Step::Again { who } => {
                if let Some(Unconfirmed { intent, action, trouble }) = self.unconfirmed[*who].take() {
                    *tally.again.entry(trouble).or_default() += 1;
                    self.act(*who, intent, &action, tally).await;
                }
            }
            Step::Sync { who } => drop(self.sync(*who, tally).await),
            Step::Trouble(trouble) => {
                self.sim.faults().add(Rule::new(trouble.fault()).times(1));
                self.troubles.push_back(*trouble);
            }
            Step::Wait => self.sim.clock().advance(SignedDuration::from_millis(1500)),
        }
        assert_eq!(self.stored(), self.plain, "the store after {step:?}");
    }

    /// Applies an action to the service and to the plain model, unless a trouble prevents it.
    async fn act(&mut self, who: usize, intent: Intent, action: &Action, tally: &mut Tally) {
        // A refused action changes nothing, also in the plain model.
        let outcome = self.devices[who].send(action).await;
        let trouble = self.struck();
        let mut done = self.plain.clone();
        let matters = done.apply(action);
        if let Some(trouble) = trouble {
            match outcome {
                Ok(()) => assert!(trouble.spares(action), "{trouble:?}: {action:?}"),
                Err(error) => {
                    assert!(trouble.explains(&error), "{trouble:?}: {error}");
                    self.unconfirmed[who] = Some(Unconfirmed { intent, action: action.clone(), trouble });
                }
            }
            *tally.actions.entry(trouble).or_default() += usize::from(matters);
        }
        if trouble.is_none_or(Trouble::is_carried_out) {
            self.plain = done;
            *tally.intents.entry(intent).or_default() += usize::from(matters);
        }
    }

    /// Returns whether the device received a response. Without one, its knowledge does not change.
    async fn sync(&mut self, who: usize, tally: &mut Tally) -> bool {
        let known = |device: &Device| (device.checkpoint(), device.seen(&self.plain));
        let before = self.troubles.front().map(|_| known(&self.devices[who]));
        let outcome = self.devices[who].sync().await;
        let Some(trouble) = self.struck() else {
            outcome.unwrap();
            return true;
        };
        let after = (self.devices[who].checkpoint(), self.devices[who].seen(&self.plain));
        assert_eq!(Some(&after), before.as_ref(), "{trouble:?}");
        assert!(outcome.is_err_and(|error| trouble.explains(&error)), "{trouble:?}");
        *tally.syncs.entry(trouble).or_default() += usize::from(after.1 != self.plain.visible());
        false
    }

    /// Returns the trouble of the latest call. The simulator must not have any other faults pending.
    fn struck(&mut self) -> Option<Trouble> {
        let trouble = self.troubles.pop_front();
        assert_eq!(self.sim.faults().list().len(), self.troubles.len(), "{trouble:?}");
        trouble
    }

    /// Compares the copy of each device with the plain model.
    async fn end(&mut self, tally: &mut Tally) {
        for who in [0, 1] {
            while !self.sync(who, tally).await {}
            assert_eq!(self.devices[who].seen(&self.plain), self.plain.visible());
        }
        assert_eq!(self.stored(), self.plain, "the store at the end");
    }

    /// Returns the state of the simulator in the form of the plain model.
    fn stored(&self) -> Plain {
        let texts = |collection, key: &str| {
            let objects = self.sim.objects(DEMO_USER, collection);
            objects.iter().map(|object| object.get(key).unwrap().decode().unwrap()).collect()
        };
        let tasks = self.sim.objects(DEMO_USER, Collection::Tasks);
        let tasks = tasks.iter().map(|task| task.decode::<Task>().unwrap());
        Plain {
            projects: texts(Collection::Projects, "id"),
            tags: texts(Collection::Tags, "name"),
            tasks: tasks.map(|task| (task.id.to_string(), PlainTask::from(&task))).collect(),
            ..self.plain.clone()
        }
    }
}

fn journeys(mode: UpdateMode) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tally = RefCell::new(Tally::default());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(step(), 1..LONGEST), |steps| {
        let mut tally = tally.borrow_mut();
        runtime.block_on(async {
            let mut journey = Journey::begin(mode).await;
            for step in &steps {
                journey.take(step, &mut tally).await;
            }
            journey.end(&mut tally).await;
        });
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    // A journey without effects proves nothing.
    let Tally { intents, actions, again, syncs } = tally.into_inner();
    assert_often(&intents, Intent::ALL);
    assert_often(&actions, Trouble::ALL);
    assert_often(&again, Trouble::ALL);
    assert_often(&syncs, Trouble::ALL);
}

fn assert_often<T: Ord + Debug>(counts: &BTreeMap<T, usize>, all: &[T]) {
    for one in all {
        assert!(counts.get(one).is_some_and(|times| *times >= OFTEN), "{one:?}: {counts:?}");
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
