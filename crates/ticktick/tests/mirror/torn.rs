//! A process that ends while it writes leaves the old or the new state, wherever it was.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ticktick::mirror::{Mirror, SqlLimits};
use ticktick::{ProjectDraft, TaskDraft, TaskPatch};

use crate::world::{World, clock, objects};

/// Everything in a file that can be seen.
fn state(path: &Path) -> BTreeSet<String> {
    let mirror = Mirror::open_at(path, clock(crate::world::NOW)).unwrap();
    assert_eq!(mirror.set_aside(), None, "the file is whole");
    let mut state = objects(&mirror.account().unwrap());
    let journal = mirror.sql("select * from writes", SqlLimits::default()).unwrap();
    state.insert(format!("{:?} {:?}", journal.rows, mirror.changes().unwrap()));
    state
}

/// Cuts the write-ahead log after every few bytes, which is all that a process that ends can do to it.
fn cut_everywhere(world: &World, old: &BTreeSet<String>) -> usize {
    let new = {
        let directory = tempfile::tempdir().unwrap();
        state(&copied(world, directory.path(), None))
    };
    assert_ne!(*old, new);
    let length = fs::metadata(world.path().with_extension("db-wal")).unwrap().len();
    let step = usize::try_from(length / 110).unwrap().max(1);
    let (mut kills, mut seen) = (0, [false; 2]);
    for cut in (0..usize::try_from(length).unwrap()).step_by(step) {
        let directory = tempfile::tempdir().unwrap();
        let found = state(&copied(world, directory.path(), Some(cut)));
        assert!(found == *old || found == new, "cut at {cut} of {length}");
        seen[usize::from(found == new)] = true;
        kills += 1;
    }
    assert!(seen[0]);
    kills
}

/// Copies the files of an open mirror, with this much of the log.
fn copied(world: &World, to: &Path, cut: Option<usize>) -> std::path::PathBuf {
    let path = to.join("mirror.db");
    fs::copy(world.path(), &path).unwrap();
    let log = fs::read(world.path().with_extension("db-wal")).unwrap();
    fs::write(to.join("mirror.db-wal"), &log[..cut.unwrap_or(log.len())]).unwrap();
    path
}

/// Opens the file anew, so that its log is empty.
fn reopened(world: World) -> World {
    let World { service, mirror, client, directory } = world;
    let path = mirror.path().to_owned();
    drop((mirror, client));
    let mirror = Mirror::open_at(path, clock(crate::world::NOW)).unwrap();
    let client = crate::world::builder(&service).mirror(&mirror).build().unwrap();
    World { service, mirror, client, directory }
}

#[tokio::test]
async fn a_process_that_ends_while_it_writes_leaves_the_old_or_the_new_state() {
    let mut kills = 0;
    // A delta with its checkpoint.
    let world = reopened(World::refreshed().await);
    let old = {
        let directory = tempfile::tempdir().unwrap();
        fs::copy(world.path(), directory.path().join("mirror.db")).unwrap();
        state(&directory.path().join("mirror.db"))
    };
    let elsewhere = world.elsewhere();
    let project = elsewhere.project().create(ProjectDraft::new("Flat")).await.unwrap();
    for number in 0..20 {
        elsewhere.task().create(TaskDraft::new(format!("Task {number}")).project(&project)).await.unwrap();
    }
    world.mirror.refresh(&world.client).await.unwrap();
    kills += cut_everywhere(&world, &old);

    // A full sync over it.
    let world = reopened(world);
    let directory = tempfile::tempdir().unwrap();
    fs::copy(world.path(), directory.path().join("mirror.db")).unwrap();
    let old = state(&directory.path().join("mirror.db"));
    let task = elsewhere.task().create(TaskDraft::new("One more")).await.unwrap();
    elsewhere.task().patch(&task, TaskPatch::new().title("Changed")).await.unwrap();
    world.mirror.refresh_full(&world.client).await.unwrap();
    kills += cut_everywhere(&world, &old);
    assert!(kills >= 200, "{kills}");
}
