//! What can go wrong with the file.

use std::fs;

use tempfile::TempDir;
use ticktick::mirror::{Mirror, MirrorErrorKind, SqlLimits};
use ticktick::{TaskDraft, TaskPatch};
use ticktick_sim::Service;

use crate::world::{NOW, World, builder, clock};

#[test]
fn a_file_that_is_no_mirror_is_set_aside() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mirror.db");
    fs::write(&path, "my diary, which is not a database at all".repeat(100)).unwrap();
    let mirror = Mirror::open(&path).unwrap();
    let aside = mirror.set_aside().unwrap();
    assert!(fs::read_to_string(aside).unwrap().starts_with("my diary"));
    assert!(mirror.journal(1).unwrap().is_empty());
}

#[test]
fn a_truncated_file_is_set_aside() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mirror.db");
    drop(Mirror::open(&path).unwrap());
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let mirror = Mirror::open(&path).unwrap();
    assert!(mirror.set_aside().is_some());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new/mirror.db");
    let mirror = Mirror::open(&path).unwrap();
    mirror.keep_journal(1, jiff::SignedDuration::from_hours(1));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_made_private_when_it_is_opened() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mirror.db");
    // While it is open, it has a log.
    let open = Mirror::open(&path).unwrap();
    open.journal(1).unwrap();
    let files = ["", "-wal", "-shm"].map(|suffix| directory.path().join(format!("mirror.db{suffix}")));
    for file in &files {
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
    drop(Mirror::open(&path).unwrap());
    let modes = || files.iter().map(|file| fs::metadata(file).unwrap().permissions().mode() & 0o777);
    assert!(modes().all(|mode| mode == 0o600), "{:?}", Vec::from_iter(modes()));
    drop(open);
}

#[tokio::test]
async fn statements_of_users_read_this_file_and_nothing_else() {
    let world = World::refreshed().await;
    let sql = |text: &str| world.mirror.sql(text, SqlLimits::default());
    assert!(!sql("select title, due, project from tasks order by due").unwrap().rows.is_empty());
    for refused in [
        "delete from tasks",
        "update object set title = ''",
        "attach 'other.db' as other",
        "vacuum into 'copy.db'",
        "pragma journal_mode = delete",
        "create temp table x (a)",
        "select 1; select 2",
        "select nonsense from nowhere",
        "",
    ] {
        assert_eq!(sql(refused).unwrap_err().kind, MirrorErrorKind::Statement, "{refused}");
    }
    let mut limits = SqlLimits::default();
    limits.rows = 2;
    let few = world.mirror.sql("select id from tasks", limits).unwrap();
    assert_eq!(few.rows.len(), 2);
    assert!(few.more);
    limits.time = std::time::Duration::from_millis(1);
    let endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";
    assert_eq!(world.mirror.sql(endless, limits).unwrap_err().kind, MirrorErrorKind::Timeout);
}

#[tokio::test]
async fn no_token_is_in_the_file() {
    let world = World::new();
    let client = crate::world::builder(&world.service).token("0123SECRETTOKEN").mirror(&world.mirror).build();
    drop(client);
    world.mirror.refresh(&world.client).await.unwrap();
    for entry in fs::read_dir(world.directory.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(15).any(|part| part == b"0123SECRETTOKEN"));
    }
}

/// Replaces every occurrence of some bytes in the file of a world that nobody uses anymore.
fn overwrite(world: World, bytes: &[u8], with: &[u8]) -> (Service, TempDir) {
    let World { service, mirror, client, directory } = world;
    let path = mirror.path().to_owned();
    drop((mirror, client));
    let mut file = fs::read(&path).unwrap();
    let places: Vec<usize> = (0..file.len()).filter(|at| file[*at..].starts_with(bytes)).collect();
    assert!(!places.is_empty());
    for at in places {
        file[at..at + with.len()].copy_from_slice(with);
    }
    fs::write(&path, file).unwrap();
    (service, directory)
}

/// Opens the file that another process has damaged.
fn opened(service: Service, directory: TempDir) -> World {
    let mirror = Mirror::open_at(directory.path().join("mirror.db"), clock(NOW)).unwrap();
    let client = builder(&service).mirror(&mirror).build().unwrap();
    World { service, mirror, client, directory }
}

#[tokio::test]
async fn a_file_is_replaced_if_a_refresh_finds_a_text_that_is_damaged() {
    let world = World::refreshed().await;
    let task = world.client.task().create(TaskDraft::new("Quinoa")).await.unwrap();
    let (service, directory) = overwrite(world, b"Quinoa", b"Quin\xFF");
    let world = opened(service, directory);
    assert_eq!(world.mirror.account().unwrap_err().kind, MirrorErrorKind::Damaged);
    world.elsewhere().task().patch(&task, TaskPatch::new().title("Rice")).await.unwrap();
    assert!(world.mirror.refresh(&world.client).await.unwrap().full);
    assert!(world.mirror.set_aside().is_some_and(|aside| aside.exists()));
    world.assert_equal().await;
}

#[tokio::test]
async fn a_full_refresh_replaces_a_file_with_a_damaged_search_index() {
    let world = World::refreshed().await;
    world.client.task().create(TaskDraft::new("Xylophone")).await.unwrap();
    assert_eq!(world.mirror.search("xylophone", 1).unwrap().len(), 1);
    // Only the index has the words in lower case.
    let (service, directory) = overwrite(world, b"xylophone", &[0xFF; 40]);
    let world = opened(service, directory);
    assert!(!world.mirror.refresh(&world.client).await.unwrap().full);
    assert_eq!(world.mirror.set_aside(), None);
    world.mirror.refresh_full(&world.client).await.unwrap();
    assert!(world.mirror.set_aside().is_some_and(|aside| aside.exists()));
    assert_eq!(world.mirror.search("xylophone", 1).unwrap().len(), 1);
    world.assert_equal().await;
}
