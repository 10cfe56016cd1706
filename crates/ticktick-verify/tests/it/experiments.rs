//! The verdicts of experiments with each reading of the simulator, and their clean-up.

use std::collections::BTreeSet;

use ticktick_sim::{Builder, Reading};
use ticktick_verify::{EXPERIMENTS, Effect, Experiment, Verdict};

use crate::support::{USER, account, begin, contents, everything};

/// Verdicts that result from readings of other experiments: experiment, verdict, readings.
const ELSEWHERE: &[(&str, &str, &[&str])] =
    &[("parent-unset-delta", "named", &["parent-unset=child"]), ("parent-unset-delta", "late", &["late-delta=late"])];

fn experiment(id: &str) -> &'static Experiment {
    EXPERIMENTS.iter().find(|experiment| experiment.id == id).unwrap_or_else(|| panic!("no experiment {id}"))
}

/// Readings by their texts.
fn taken(builder: Builder, readings: &[&str]) -> Builder {
    readings.iter().fold(builder, |builder, reading| builder.reading(reading.parse().unwrap()))
}

/// Runs one experiment and the clean-up, and returns the verdict.
async fn verdict(id: &str, readings: &[&str]) -> Verdict {
    let service = account(|builder| taken(builder, readings));
    let before = contents(&service);
    let transport = service.signed_on(USER);
    let mut run = begin(&transport);
    let found = run.experiment(experiment(id), |_| {}).await.unwrap();
    run.clean_up().await.unwrap();
    assert_eq!(contents(&service), before, "{readings:?}");
    found
}

#[tokio::test]
async fn each_reading_is_seen_by_its_experiment_and_leaves_nothing() {
    let mut wrong = Vec::new();
    for reading in Reading::all() {
        let (id, text) = (reading.experiment(), reading.to_string());
        let plain = [(reading.is_default(), Vec::new()), (true, vec![text.as_str()])];
        for (_, readings) in plain.into_iter().filter(|(is_wanted, _)| *is_wanted) {
            let found = verdict(id, &readings).await;
            wrong.extend((found.verdict != reading.verdict()).then(|| format!("{reading}, {readings:?}: {found:?}")));
        }
    }
    for (id, expected, readings) in ELSEWHERE {
        let found = verdict(id, readings).await;
        wrong.extend((found.verdict != *expected).then(|| format!("{id}={expected}, {readings:?}: {found:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_verdict_has_a_reading() {
    let readings = Reading::all().map(|reading| (reading.experiment(), reading.verdict()));
    let elsewhere = ELSEWHERE.iter().map(|(id, verdict, _)| (*id, *verdict));
    let verdicts = EXPERIMENTS.iter().flat_map(|it| it.outcomes.iter().map(|outcome| (it.id, outcome.verdict)));
    assert_eq!(readings.chain(elsewhere).collect::<BTreeSet<_>>(), verdicts.collect());
}

/// Defaults follow the quirks, so an experiment must not contradict the quirk with the default.
#[test]
fn each_default_agrees_with_its_quirk() {
    for reading in Reading::all().filter(Reading::is_default) {
        let outcomes = experiment(reading.experiment()).outcomes;
        let outcome = outcomes.iter().find(|outcome| outcome.verdict == reading.verdict()).unwrap();
        assert_ne!(outcome.effect, Effect::Contradicts, "{reading}: {}", outcome.says);
    }
}

/// The reads run first, so that an experiment could mistake their objects for its own.
#[tokio::test]
async fn experiments_do_not_disturb_each_other() {
    let service = account(|builder| builder);
    let before = contents(&service);
    let report = everything(&service.signed_on(USER), |id| id == "task.get").await;
    let found: Vec<_> = report.experiments.iter().map(|found| (&*found.id, &*found.verdict)).collect();
    let defaults = Reading::all().filter(Reading::is_default);
    let expected: BTreeSet<_> = defaults.map(|reading| (reading.experiment(), reading.verdict())).collect();
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(contents(&service), before);
}

/// Objects that an aborted run leaves behind are found by their names.
#[tokio::test]
async fn another_run_cleans_up() {
    let service = account(|builder| builder);
    let before = contents(&service);
    let transport = service.signed_on(USER);
    let mut run = begin(&transport);
    for experiment in EXPERIMENTS {
        run.experiment(experiment, |_| {}).await.unwrap();
    }
    drop(run);
    assert_ne!(contents(&service), before);
    let mut next = begin(&transport);
    let removed = next.clean_up().await.unwrap();
    assert!(removed.projects > 1 && removed.tasks > 20 && removed.others > 5, "{removed:?}");
    assert_eq!(contents(&service), before);
    let again = next.clean_up().await.unwrap();
    assert_eq!(again.projects, 0);
    assert_eq!(again.tasks, 0);
    assert_eq!(again.others, 0);
}

#[test]
fn experiments_are_many_and_named_once() {
    let mut ids: Vec<&str> = EXPERIMENTS.iter().map(|experiment| experiment.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() >= 25 && ids.len() == EXPERIMENTS.len());
}
