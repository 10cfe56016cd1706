//! Random histories, read in small pages from the simulator.

mod capped;

use std::cmp::Reverse;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use ticktick_models::{BatchProjects, BatchTasks, Project, TaskId, TaskStatus};
use ticktick_raw::Transport;
use ticktick_sim::{Service, Simulator};

use super::*;

const USER: &str = "me@example.com";
/// The first second in which anything is closed.
const START: i64 = 1_772_000_000;

/// Runs what never waits.
fn now<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the simulator in the same process answers at once"),
    }
}

/// Makes an account with tasks closed the given number of milliseconds after the start; those that won't be done are marked.
fn service(closed: &[(i64, bool)]) -> Service {
    service_of(closed, &["inbox"])
}

/// Makes such an account with the tasks in several projects in turn.
fn service_of(closed: &[(i64, bool)], projects: &[&str]) -> Service {
    let service = Simulator::builder().account(USER, "secret").build();
    let wire: &dyn Transport = &service.signed_on(USER);
    let mut made = BatchProjects::default();
    for id in projects.iter().filter(|id| **id != "inbox") {
        let mut project = Project::new(*id);
        project.name = (*id).into();
        made.add.push(project);
    }
    now(ticktick_raw::project::batch(wire, &made)).unwrap();
    let mut batch = BatchTasks::default();
    for (number, (at, is_abandoned)) in closed.iter().enumerate() {
        let mut task = Task::new(format!("{number:024x}"), projects[number % projects.len()]);
        task.status = if *is_abandoned { TaskStatus::WontDo } else { TaskStatus::Completed }.into();
        let at = Timestamp::from_millisecond(START * 1_000 + at).unwrap();
        task.completed_time = ticktick_models::Timestamp::from(at).into();
        batch.add.push(task);
    }
    let answer = now(ticktick_raw::task::batch(wire, &batch)).unwrap();
    assert_eq!(answer.id2etag.len(), closed.len());
    service
}

fn client(service: &Service) -> Client {
    Client::builder().transport(service.signed_on(USER)).base_url("http://127.0.0.1:1").build().unwrap()
}

/// Returns the ids of what was closed within a range, newest first.
fn wanted(closed: &[(i64, bool)], range: impl RangeBounds<i64>) -> Vec<TaskId> {
    let mut wanted: Vec<_> = closed.iter().enumerate().filter(|(_, (at, _))| range.contains(at)).collect();
    wanted.sort_by_key(|(number, (at, _))| (Reverse(*at), *number));
    wanted.iter().map(|(number, _)| TaskId::from(format!("{number:024x}"))).collect()
}

fn moment(at: i64) -> Timestamp {
    Timestamp::from_millisecond(START * 1_000 + at).unwrap()
}

fn check(closed: &[(i64, bool)], range: (Bound<i64>, Bound<i64>), page: usize) {
    let service = service(closed);
    let client = client(&service);
    let bounds = (range.0.map(moment), range.1.map(moment));
    let tasks = now(History::new(&client, None, bounds, page).all()).unwrap();
    let times: Vec<_> = tasks.iter().map(|task| task.completed_time.get().unwrap().instant().unwrap()).collect();
    assert!(times.is_sorted_by_key(|at| Reverse(*at)), "newest first");
    let sorted = |mut ids: Vec<TaskId>| {
        ids.sort();
        ids
    };
    let read = tasks.into_iter().map(|task| task.id).collect();
    assert_eq!(sorted(read), sorted(wanted(closed, range)), "no gaps and no repeats");
}

fn bound(most: i64) -> impl Strategy<Value = Bound<i64>> {
    prop_oneof![Just(Bound::Unbounded), (0..most).prop_map(Bound::Included), (0..most).prop_map(Bound::Excluded)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_missing_and_nothing_comes_twice(
        closed in prop::collection::vec((0_i64..12_000, any::<bool>()), 0..60),
        range in (bound(12_000), bound(12_000)),
        page in 1_usize..8,
    ) {
        check(&closed, range, page);
    }

    #[test]
    fn many_in_the_same_second_are_no_obstacle(
        closed in prop::collection::vec(prop_oneof![Just(5_000_i64), 5_000_i64..5_999, 3_000_i64..9_000], 0..60),
        page in 1_usize..8,
    ) {
        let closed: Vec<_> = closed.into_iter().map(|at| (at, false)).collect();
        check(&closed, (Bound::Unbounded, Bound::Unbounded), page);
    }
}

#[test]
fn pages_that_end_with_a_second_go_on() {
    for count in [1, 2, 3, 4, 5, 8, 9] {
        let closed: Vec<_> = (0..count).map(|number| (number / 3 * 1_000, number % 2 == 0)).collect();
        check(&closed, (Bound::Unbounded, Bound::Unbounded), 2);
    }
}
