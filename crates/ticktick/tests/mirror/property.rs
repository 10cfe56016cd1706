//! Whatever is written here and elsewhere, a mirror becomes what a fresh full sync is.

use jiff::SignedDuration;
use proptest::prelude::*;
use ticktick::date::Clock;
use ticktick::mirror::Mirror;
use ticktick::raw::op;
use ticktick::{Client, Error, FilterDraft, Priority, ProjectDraft, TagDraft, TaskDraft, TaskPatch};
use ticktick_sim::{DEMO_USER, Fault, Service, SimClock, Simulator, UpdateMode};

use crate::holdings::holdings;

/// The clock of the service, so that all share one time.
struct Shared(SimClock);

impl Clock for Shared {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }
}

/// A client and its mirror, which end and begin again.
struct Device {
    service: Service,
    directory: tempfile::TempDir,
    open: Option<(Mirror, Client)>,
}

impl Device {
    fn new(service: &Service) -> Self {
        let mut device = Self { service: service.clone(), directory: tempfile::tempdir().unwrap(), open: None };
        device.restart();
        device
    }

    fn restart(&mut self) {
        self.open = None;
        let clock = || Shared(self.service.clock().clone());
        let mirror = Mirror::open_at(self.directory.path().join("mirror.db"), clock()).unwrap();
        assert_eq!(mirror.set_aside(), None);
        let client = client(&self.service).mirror(&mirror).build().unwrap();
        self.open = Some((mirror, client));
    }

    fn mirror(&self) -> &Mirror {
        &self.open.as_ref().unwrap().0
    }

    fn client(&self) -> &Client {
        &self.open.as_ref().unwrap().1
    }
}

fn client(service: &Service) -> ticktick::ClientBuilder {
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(Shared(service.clock().clone()));
    builder.base_url("http://127.0.0.1:1")
}

fn pick<T>(list: &[T], at: usize) -> Option<&T> {
    list.get(at.checked_rem(list.len())?)
}

/// Writes what two numbers choose.
async fn write(client: &Client, kind: u8, at: usize) -> Result<(), Error> {
    let account = client.sync().full().await?;
    let (Some(task), Some(other)) = (pick(account.tasks(), at), pick(account.tasks(), at / 7)) else { return Ok(()) };
    let tasks = client.task();
    match kind % 17 {
        0 => drop(tasks.create(TaskDraft::new(format!("new {at}")).tag("a").item("one")).await?),
        1 => drop(tasks.create(TaskDraft::new("elsewhere").project(&other.project_id)).await?),
        2 => drop(tasks.complete(task).await?),
        3 => tasks.delete(task).await?,
        4 => drop(tasks.move_to(task, &other.project_id).await?),
        5 => drop(tasks.set_parent(task, other).await?),
        6 => drop(tasks.unset_parent(task).await?),
        7 => drop(tasks.patch(task, TaskPatch::new().title(format!("title {at}")).priority(Priority::High)).await?),
        8 => drop(client.filter().create(FilterDraft::new("f", ticktick::filter::FilterRule::normal())).await?),
        9 => drop(client.project().create(ProjectDraft::new(format!("list {at}"))).await?),
        10 => drop(client.tag().create(TagDraft::new(format!("tag{at}"))).await?),
        11 => {
            if let Some(project) = pick(account.projects(), at) {
                drop(client.project().rename(project, format!("name {at}")).await?);
            }
        }
        12 => drop(tasks.patch(task, TaskPatch::new().clear_due().content("body")).await?),
        13 => {
            if let Some(project) = pick(account.projects(), at) {
                client.project().delete(project).await?;
            }
        }
        14 => {
            if let Some(tag) = pick(account.tags(), at) {
                client.tag().delete(tag).await?;
            }
        }
        15 => {
            if let Some(tag) = pick(account.tags(), at) {
                drop(client.tag().rename(tag, format!("tag {at}")).await?);
            }
        }
        _ => drop(tasks.pin(task).await?),
    }
    Ok(())
}

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Here(u8, usize),
    Elsewhere(u8, usize),
    LoseAnswer(u8, usize),
    Refresh,
    Full,
    Restart,
    Undo,
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    let what = || (any::<u8>(), 0..1000_usize);
    prop_oneof![
        4 => what().prop_map(|(kind, at)| Step::Here(kind, at)),
        4 => what().prop_map(|(kind, at)| Step::Elsewhere(kind, at)),
        1 => what().prop_map(|(kind, at)| Step::LoseAnswer(kind, at)),
        4 => Just(Step::Refresh),
        1 => Just(Step::Full),
        1 => Just(Step::Restart),
        2 => Just(Step::Undo),
        1 => Just(Step::Wait),
    ]
}

async fn run(mode: UpdateMode, late: bool, steps: &[Step]) {
    let clock = ticktick::date::FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let builder = Simulator::builder().demo().clock(clock).update_mode(mode);
    let service = if late { builder.late_sync().build() } else { builder.build() };
    let mut device = Device::new(&service);
    let elsewhere = client(&service).build().unwrap();
    device.mirror().refresh(device.client()).await.unwrap();
    for step in steps {
        // The service refuses circles and the like; undo refuses what was changed since.
        match *step {
            Step::Here(kind, at) => drop(write(device.client(), kind, at).await),
            Step::Elsewhere(kind, at) => drop(write(&elsewhere, kind, at).await),
            Step::LoseAnswer(kind, at) => {
                service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
                drop(write(device.client(), kind, at).await);
                service.faults().clear();
            }
            Step::Refresh => drop(device.mirror().refresh(device.client()).await.unwrap()),
            Step::Full => drop(device.mirror().refresh_full(device.client()).await.unwrap()),
            Step::Restart => device.restart(),
            Step::Undo => drop(device.mirror().undo_latest(device.client()).await),
            Step::Wait => service.clock().advance(SignedDuration::from_secs(20)),
        }
    }
    // Early answers are over by then, and what is late comes with the next but one.
    service.clock().advance(SignedDuration::from_mins(2));
    for _ in 0..3 {
        device.mirror().refresh(device.client()).await.unwrap();
    }
    let fresh = elsewhere.sync().full().await.unwrap();
    assert_eq!(holdings(&device.mirror().account().unwrap()), holdings(&fresh), "{mode:?} late {late}");
    let open = device.mirror().journal(1000).unwrap().into_iter();
    let open: Vec<_> = open.filter(|entry| entry.outcome == ticktick::mirror::Outcome::Unknown).collect();
    assert!(open.is_empty(), "{open:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mirror_becomes_what_a_fresh_full_sync_is(
        steps in proptest::collection::vec(step(), 1..24), merge: bool, late: bool,
    ) {
        let mode = if merge { UpdateMode::Merge } else { UpdateMode::Replace };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(mode, late, &steps));
    }
}
