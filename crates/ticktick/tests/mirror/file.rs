//! What can go wrong with the file.

use std::fs;

use ticktick::mirror::{Mirror, MirrorErrorKind, SqlLimits};

use crate::world::World;

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
