//! What experiments find, in each position of the simulator's switches, and what they leave.

use ticktick_sim::Reading;
use ticktick_verify::EXPERIMENTS;

use crate::support::{USER, account, begin, contents, everything};

/// The experiment that sees a point of the simulator's readings, and its verdicts for both sides.
const SEEN_BY: [(&str, &str, [&str; 2]); 10] = [
    ("update", "update-mode", ["merge", "replace"]),
    ("unpin", "unpin-null", ["pinned", "unpinned"]),
    ("all-day-end", "all-day-end", ["as-sent", "next-day"]),
    ("second-check-in", "second-check-in", ["one", "two"]),
    ("tag-case", "tag-case", ["lower", "kept"]),
    ("column-update", "column-partial-update", ["keep", "reset"]),
    ("column-delete", "column-delete-tasks", ["keep", "clear"]),
    ("comment-edit", "comment-title-alone", ["ignored", "edited"]),
    ("trash-restore", "restore-without-list", ["stays", "inbox"]),
    ("delta", "late-delta", ["prompt", "late"]),
];

/// The reads come first, so that what they learn of the account could be mistaken for what an experiment made.
///
/// All experiments run with each reading, because one reading must not disturb the others' experiments or the clean-up.
#[tokio::test]
async fn experiments_see_each_reading_and_leave_nothing() {
    for reading in Reading::all() {
        let service = account(|builder| builder.reading(reading));
        let before = contents(&service);
        let report = everything(&service.signed_on(USER), |id| id == "task.get").await;
        let (_, id, verdicts) = SEEN_BY.iter().find(|(point, ..)| *point == reading.quirk()).unwrap();
        let found = report.experiments.iter().find(|verdict| verdict.id == *id).unwrap();
        assert_eq!(found.verdict, verdicts[usize::from(!reading.is_default())], "{reading}: {found:?}");
        let unclear = report.experiments.iter().filter(|verdict| verdict.verdict == "unclear");
        assert_eq!(unclear.map(|verdict| &*verdict.id).collect::<Vec<_>>(), Vec::<&str>::new(), "{reading}");
        assert_eq!(contents(&service), before, "{reading}");
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
