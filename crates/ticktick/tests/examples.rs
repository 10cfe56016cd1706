//! The examples run, against the simulator alone, whatever the environment says.
// Their `main` is for the command line.
#![allow(clippy::duplicate_mod, clippy::unwrap_used, dead_code)]

#[path = "../examples/bulk_operations.rs"]
mod bulk_operations;
#[path = "../examples/daily_review.rs"]
mod daily_review;
#[path = "../examples/habits.rs"]
mod habits;
#[path = "../examples/kanban.rs"]
mod kanban;
#[path = "../examples/quick_start.rs"]
mod quick_start;
#[path = "../examples/record.rs"]
mod record;
#[path = "../examples/support/mod.rs"]
mod support;

#[tokio::test]
async fn bulk_operations_run() {
    bulk_operations::run(&support::simulated().unwrap()).await.unwrap();
}

#[tokio::test]
async fn daily_review_runs() {
    daily_review::run(&support::simulated().unwrap()).await.unwrap();
}

#[tokio::test]
async fn habits_run() {
    habits::run(&support::simulated().unwrap()).await.unwrap();
}

#[tokio::test]
async fn kanban_runs() {
    kanban::run(&support::simulated().unwrap()).await.unwrap();
}

#[tokio::test]
async fn quick_start_runs() {
    quick_start::run(&support::simulated().unwrap()).await.unwrap();
}

#[tokio::test]
async fn record_runs_and_sees_each_request_once() {
    let lines = record::run(support::simulated_builder().unwrap()).await.unwrap();
    assert_eq!(lines, ["user.status: 200", "task.batch: 200", "task.get: 200", "task.batch: 200"]);
}
