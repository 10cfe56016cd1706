//! What experiments find, in each position of the simulator's switches, and what they leave.

use ticktick_sim::{Builder, UpdateMode};
use ticktick_verify::{EXPERIMENTS, Experiment};

use crate::support::{USER, account, begin, contents, everything, verdict};

type Switch = fn(Builder) -> Builder;

const MERGE: Switch = |builder| builder.update_mode(UpdateMode::Merge);
const REPLACE: Switch = |builder| builder.update_mode(UpdateMode::Replace);
const LATE: Switch = |builder| builder.late_sync();

fn find(id: &str) -> &'static Experiment {
    EXPERIMENTS.iter().find(|experiment| experiment.id == id).unwrap()
}

/// The reads come first, so that what they learn of the account could be mistaken for what an experiment made.
#[tokio::test]
async fn no_experiment_is_unclear_and_nothing_is_left() {
    for switch in [MERGE, REPLACE] {
        let service = account(switch);
        let before = contents(&service);
        let report = everything(&service.signed_on(USER)).await;
        let unclear = report.experiments.iter().filter(|verdict| verdict.verdict == "unclear");
        assert_eq!(unclear.map(|verdict| &*verdict.id).collect::<Vec<_>>(), Vec::<&str>::new());
        assert_eq!(contents(&service), before);
    }
}

#[tokio::test]
async fn experiments_see_which_way_a_switch_is() {
    let cases: &[(&str, Switch, &str)] = &[
        ("update-mode", MERGE, "merge"),
        ("update-mode", REPLACE, "replace"),
        ("late-delta", MERGE, "prompt"),
        ("late-delta", LATE, "late"),
    ];
    for (id, switch, expected) in cases {
        let service = account(switch);
        let before = contents(&service);
        let found = verdict(&service.signed_on(USER), find(id)).await;
        assert_eq!(found.verdict, *expected, "{id}: {found:?}");
        assert_eq!(contents(&service), before, "{id}");
    }
}

/// What is left when a run ends in the middle is found by its names.
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
    assert!(removed.lists > 1 && removed.tasks > 20 && removed.others > 5, "{removed:?}");
    assert_eq!(contents(&service), before);
    let again = next.clean_up().await.unwrap();
    assert_eq!((again.lists, again.tasks, again.others), (0, 0, 0));
}

#[test]
fn experiments_are_many_and_named_once() {
    let mut ids: Vec<&str> = EXPERIMENTS.iter().map(|experiment| experiment.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() >= 25 && ids.len() == EXPERIMENTS.len());
}
