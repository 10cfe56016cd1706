use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::tz::TimeZone;
use ticktick_models::{DeletedState, FixedClock, Object, Project, Tag, Task, TaskKind, TaskStatus};
use ticktick_raw::op;

use crate::server::testing::{PASSWORD, USER};
use crate::{Builder, Collection, Plan, Service, Simulator};

fn builder(tasks: usize, seed: u64) -> Builder {
    let now: jiff::Timestamp = "2026-07-01T10:00:00Z".parse().unwrap();
    Simulator::builder().clock(FixedClock(now)).account(USER, PASSWORD).synthetic(tasks, seed)
}

fn full_sync(sim: &Service) -> Vec<u8> {
    let call = ticktick_raw::Call::new(&op::SYNC_CHECK).path("checkpoint", "0");
    let transport = sim.signed_on(USER);
    let answer = call.send(&transport);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(answer).unwrap().body
}

fn hash(sim: &Service) -> u64 {
    let mut hasher = DefaultHasher::new();
    full_sync(sim).hash(&mut hasher);
    hasher.finish()
}

fn tasks(sim: &Service) -> Vec<Task> {
    sim.objects(USER, Collection::Tasks).iter().map(|task| task.decode().unwrap()).collect()
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let first = hash(&builder(500, 7).build());
    assert_eq!(hash(&builder(500, 7).seed(9).build()), first, "the simulator's own seed does not matter");
    assert_ne!(hash(&builder(500, 8).build()), first);
    assert_ne!(hash(&builder(501, 7).build()), first);
}

#[test]
fn everything_fits_the_contract() {
    let check = (op::SYNC_CHECK.returns.check)(&full_sync(&builder(300, 1).build()));
    assert!(check.decodes && check.lossless && check.unknown.is_empty(), "{check:?}");
}

#[test]
fn tasks_are_of_ordinary_size_and_kind() {
    let sim = builder(4_000, 3).build();
    let objects = sim.objects(USER, Collection::Tasks);
    let bytes: usize = objects.iter().map(|task| serde_json::to_string(task).unwrap().len()).sum();
    let members: usize = objects.iter().map(Object::len).sum();
    assert!((850..1_100).contains(&(bytes / objects.len())), "{} bytes each", bytes / objects.len());
    assert!((29..=36).contains(&(members / objects.len())), "{} members each", members / objects.len());
    let tasks = tasks(&sim);
    let share = |test: fn(&Task) -> bool| tasks.iter().filter(|task| test(task)).count() * 1000 / tasks.len();
    let is_open = |task: &Task| task.status == TaskStatus::Open && task.deleted == DeletedState::Live;
    assert_eq!(tasks.len(), 4_200);
    assert_eq!(tasks.iter().filter(|task| is_open(task)).count(), 4_000);
    assert!((50..=100).contains(&share(|task| task.kind == TaskKind::Checklist)));
    assert!(share(|task| task.parent_id.get().is_some()) > 50);
    assert!(share(|task| task.repeat_flag.get().is_some_and(|rule| !rule.is_empty())) > 40);
    assert!(share(|task| task.is_all_day == true) > 200);
    assert!(share(|task| !task.tags.is_empty()) > 400);
    assert!(share(|task| task.column_id.get().is_some()) > 50);
}

#[test]
fn relatives_name_each_other() {
    let tasks = tasks(&builder(2_000, 5).build());
    let by_id: HashMap<_, _> = tasks.iter().map(|task| (&task.id, task)).collect();
    assert_eq!(by_id.len(), tasks.len(), "ids are unique");
    let mut grandchildren = 0;
    for task in &tasks {
        if let Some(parent) = task.parent_id.get() {
            assert_eq!(by_id[parent].project_id, task.project_id);
            assert!(by_id[parent].child_ids.contains(&task.id));
            grandchildren += usize::from(by_id[parent].parent_id.get().is_some());
        }
        assert!(task.child_ids.iter().all(|child| by_id[child].parent_id.get() == Some(&task.id)));
    }
    assert!(grandchildren > 10);
}

#[test]
fn all_day_is_local_midnight_in_many_zones() {
    let tasks = tasks(&builder(1_000, 2).build());
    let mut zones = HashSet::new();
    for task in tasks.iter().filter(|task| task.is_all_day == true) {
        let zone = task.time_zone.get().unwrap();
        let start = task.start_date.get().unwrap().instant().unwrap();
        let local = start.to_zoned_datetime(TimeZone::get(zone).unwrap());
        assert_eq!(local.start_of_day().unwrap().timestamp(), start, "{zone}");
        zones.insert(zone.clone());
    }
    assert!(zones.len() >= 5, "{zones:?}");
}

#[test]
fn projects_tags_filters_and_columns_are_there() {
    let sim = builder(3_000, 1).build();
    let projects: Vec<Project> =
        sim.objects(USER, Collection::Projects).iter().map(|project| project.decode().unwrap()).collect();
    assert_eq!(projects.len(), 10);
    assert!(projects.iter().any(|project| project.closed == true));
    assert!(projects.iter().any(|project| project.group_id.get().is_some()));
    assert!(!sim.objects(USER, Collection::Columns).is_empty());
    assert!(!sim.objects(USER, Collection::Filters).is_empty());
    let tags: Vec<Tag> = sim.objects(USER, Collection::Tags).iter().map(|tag| tag.decode().unwrap()).collect();
    assert!(tags.iter().filter(|tag| tag.parent.get().is_some()).count() > 10);
}

#[test]
fn habits_and_focus_records_are_there() {
    let sim = builder(1_000, 1).build();
    let count = |collection| sim.objects(USER, collection).len();
    assert_eq!(count(Collection::Habits), 6);
    assert_eq!(count(Collection::FocusRecords), 21);
    assert!(count(Collection::HabitCheckins) > 200);
    let other = builder(1_000, 1).seed(9).build();
    for collection in [Collection::Habits, Collection::HabitCheckins, Collection::FocusRecords] {
        assert_eq!(sim.objects(USER, collection), other.objects(USER, collection), "{collection:?}");
    }
}

#[test]
fn small_accounts_and_plans_are_enough() {
    assert_eq!(tasks(&builder(0, 1).build()).len(), 0);
    assert_eq!(tasks(&builder(1, 1).build()).len(), 1);
    let free = builder(3_000, 1).plan(Plan::Free).build();
    assert_eq!(free.objects(USER, Collection::Projects).len(), 9);
}

#[test]
fn the_clock_is_not_overtaken() {
    let sim = builder(2_000, 1).build();
    let text = String::from_utf8(full_sync(&sim)).unwrap();
    let checkpoint: i64 = text.rsplit(':').next().unwrap().trim_end_matches('}').parse().unwrap();
    assert!(checkpoint - sim.clock().now().as_millisecond() < 3_000);
}
