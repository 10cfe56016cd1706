//! Prints what a snapshot costs on top of decoding its answer: building it, a first view, and a delta of ten changes.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use ticktick::Account;
use ticktick::date::FixedClock;
use ticktick::jiff::tz::TimeZone;
use ticktick::sync::SyncAnswer;

const ROUNDS: usize = 21;

fn main() {
    for tasks in [10_000, 50_000] {
        measure(tasks);
    }
}

/// The steps are taken in turns, so that whatever slows the machine slows all of them.
fn measure(tasks: usize) {
    let full = answer(&ticktick_benches::tasks(tasks), 1);
    let delta = answer(&ticktick_benches::tasks(10).replace("call about", "write about"), 2);
    let (mut decoded, mut built, mut viewed, mut applied) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, answer) = time(|| serde_json::from_slice::<SyncAnswer>(full.as_bytes()).unwrap());
        decoded.push(took);
        let (took, account) = time(|| account(answer));
        built.push(took);
        let (took, today) = time(|| account.today().len());
        viewed.push(took);
        assert!(today > 0);
        let mut account = account;
        let changes = serde_json::from_slice::<SyncAnswer>(delta.as_bytes()).unwrap();
        let (took, changes) = time(|| account.apply(changes));
        applied.push(took);
        assert_eq!(changes.tasks.changed.len(), 10);
    }
    let [decoded, built, viewed, applied] = [decoded, built, viewed, applied].map(median);
    println!("{tasks} tasks, {:.1} MB, median of {ROUNDS}: decoded in {decoded:.2} ms", full.len() as f64 / 1e6);
    for (what, took) in [("built", built), ("first view", viewed), ("delta of 10", applied)] {
        println!("  {what}: {took:.3} ms, {:.3} of decoding", took / decoded);
    }
}

fn answer(tasks: &str, checkpoint: i64) -> String {
    format!(r#"{{"checkPoint":{checkpoint},"inboxId":"inbox1","syncTaskBean":{{"update":{tasks}}}}}"#)
}

fn account(answer: SyncAnswer) -> Account {
    Account::new(answer, TimeZone::UTC).clock(FixedClock("2026-03-05T12:00:00Z".parse().unwrap()))
}

/// Returns what the work took, in milliseconds, and what it made.
fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64() * 1e3, made)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
