//! Faults of the file that need a look behind the public methods.

use std::time::Duration;

use rusqlite::ffi;

use super::meta::set_meta;
use super::*;

fn mirror(directory: &tempfile::TempDir) -> Mirror {
    Mirror::open(directory.path().join("mirror.db")).unwrap()
}

#[test]
fn a_newer_file_is_refused_and_not_touched() {
    let directory = tempfile::tempdir().unwrap();
    let first = mirror(&directory);
    first.opened().connection.execute_batch("pragma user_version = 99").unwrap();
    drop(first);
    let error = Mirror::open(directory.path().join("mirror.db")).unwrap_err();
    assert_eq!(error.kind, MirrorErrorKind::Newer);
    assert!(error.to_string().contains("format 99"), "{error}");
    assert_eq!(
        std::fs::read_dir(directory.path())
            .unwrap()
            .filter(|entry| { entry.as_ref().unwrap().file_name().to_string_lossy().contains("aside") })
            .count(),
        0
    );
}

#[test]
fn views_of_another_version_are_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let first = mirror(&directory);
    first.opened().connection.execute_batch("drop view tasks; update meta set value = '' where key = 'views'").unwrap();
    drop(first);
    let rows = mirror(&directory).sql("select * from tasks", SqlLimits::default()).unwrap();
    assert!(rows.columns.contains(&"due".to_owned()));
}

#[test]
fn a_file_with_the_tables_of_an_unreleased_version_is_set_aside() {
    for change in
        ["update meta set value = '7' where key = 'tables'", "delete from meta where key = 'tables'", "drop table meta"]
    {
        let directory = tempfile::tempdir().unwrap();
        let first = mirror(&directory);
        first.opened().connection.execute_batch(change).unwrap();
        drop(first);
        let second = mirror(&directory);
        assert!(second.set_aside().is_some_and(|aside| aside.exists()), "{change}");
        assert!(second.list(&TaskQuery::new()).unwrap().is_empty(), "{change}");
        drop(second);
        assert_eq!(mirror(&directory).set_aside(), None, "{change}");
    }
}

#[test]
fn readers_do_not_wait_for_a_writer_and_writers_give_up_in_time() {
    let directory = tempfile::tempdir().unwrap();
    let (one, other) = (mirror(&directory), mirror(&directory));
    one.write(|tx| set_meta(tx, "zone", "Europe/Berlin")).unwrap();
    other.opened().connection.busy_timeout(Duration::ZERO).unwrap();
    one.write(|tx| {
        set_meta(tx, "zone", "Asia/Tokyo")?;
        assert_eq!(other.zone().unwrap().iana_name(), Some("Europe/Berlin"));
        let error = other.write(|tx| set_meta(tx, "zone", "UTC")).unwrap_err();
        assert_eq!(error.kind, MirrorErrorKind::Locked);
        Ok(())
    })
    .unwrap();
    assert_eq!(other.zone().unwrap().iana_name(), Some("Asia/Tokyo"));
}

#[test]
fn a_full_disk_leaves_the_old_state() {
    let directory = tempfile::tempdir().unwrap();
    let mirror = mirror(&directory);
    mirror.write(|tx| set_meta(tx, "zone", "Europe/Berlin")).unwrap();
    mirror.opened().connection.execute_batch("pragma max_page_count = 1").unwrap();
    let error = mirror
        .write(|tx| {
            set_meta(tx, "zone", "UTC")?;
            set_meta(tx, "rest", &"x".repeat(1_000_000))
        })
        .unwrap_err();
    assert_eq!(error.kind, MirrorErrorKind::Full);
    assert_eq!(mirror.zone().unwrap().iana_name(), Some("Europe/Berlin"));
}

#[test]
fn every_fault_of_the_system_has_its_kind() {
    let path = Path::new("mirror.db");
    for (code, kind) in [
        (ffi::SQLITE_CANTOPEN, MirrorErrorKind::Open),
        (ffi::SQLITE_READONLY, MirrorErrorKind::ReadOnly),
        (ffi::SQLITE_FULL, MirrorErrorKind::Full),
        (ffi::SQLITE_IOERR_SHMSIZE, MirrorErrorKind::Full),
        (ffi::SQLITE_BUSY, MirrorErrorKind::Locked),
        (ffi::SQLITE_PROTOCOL, MirrorErrorKind::NoLocks),
        (ffi::SQLITE_CORRUPT, MirrorErrorKind::Damaged),
        (ffi::SQLITE_NOTADB, MirrorErrorKind::Damaged),
        (ffi::SQLITE_CONSTRAINT, MirrorErrorKind::Damaged),
        (ffi::SQLITE_INTERRUPT, MirrorErrorKind::Timeout),
        (ffi::SQLITE_IOERR, MirrorErrorKind::Other),
    ] {
        let error = MirrorError::of(path, &rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert_eq!(error.kind, kind, "{error}");
    }
    for (of, kind) in [
        (std::io::ErrorKind::StorageFull, MirrorErrorKind::Full),
        (std::io::ErrorKind::Unsupported, MirrorErrorKind::NoLocks),
        (std::io::ErrorKind::NotADirectory, MirrorErrorKind::Open),
    ] {
        assert_eq!(MirrorError::io(path, &of.into()).kind, kind);
    }
}

#[test]
fn a_file_in_place_of_the_directory_is_an_error_that_names_the_mirror() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Mirror::open(file.join("mirror.db")).unwrap_err();
    assert_eq!(error.kind, MirrorErrorKind::Open);
    assert!(error.to_string().contains("mirror.db") && error.to_string().contains("\nhint: "), "{error}");
}

#[test]
fn the_journal_keeps_what_it_should() {
    let directory = tempfile::tempdir().unwrap();
    let mirror = mirror(&directory);
    let plan = plan::Plan::default();
    let write = |at| {
        let write = journal::Write { operation: "task.batch", command: "", run: "1", undoes: None, plan: &plan };
        mirror.write(|tx| journal::begin(tx, at, &write)).unwrap()
    };
    let numbers: Vec<i64> = (0..10).map(write).collect();
    mirror.write(|tx| journal::prune(tx, 5, 7)).unwrap();
    let kept: Vec<i64> = mirror.journal(100).unwrap().into_iter().map(|entry| entry.id).collect();
    assert_eq!(kept, [numbers[9], numbers[8], numbers[7]], "five by number, three by age");
}

#[test]
fn lists_of_a_day_read_only_what_they_return() {
    let directory = tempfile::tempdir().unwrap();
    let mirror = mirror(&directory);
    let day = jiff::civil::date(2026, 3, 1);
    for (query, search) in [
        (TaskQuery::new().due(..=day), "object_day (day>? AND day<?)"),
        // Tasks that begin later are not read.
        (TaskQuery::new().running(day), "object_span (starts<?)"),
    ] {
        let (which, order, values) = query.sql();
        let index = query.index();
        let select = format!("explain query plan select o.card from object o {index} where {which} {order}");
        let plan: String = mirror
            .read(|connection| {
                connection.query_row(&select, rusqlite::params_from_iter(values), |row| row.get("detail"))
            })
            .unwrap();
        assert!(plan.contains(search), "{plan}");
    }
}

#[test]
fn a_full_sync_corrects_columns_that_are_damaged() {
    let directory = tempfile::tempdir().unwrap();
    let mirror = mirror(&directory);
    let json =
        r#"{"checkPoint":1,"syncTaskBean":{"update":[{"id":"a","projectId":"p","title":"Milk","content":"oats"}]}}"#;
    let sync = apply::Sync { json, full: true, zone: &TimeZone::UTC, now: 0 };
    let apply = || mirror.write(|tx| apply::apply(tx, &sync)).unwrap().unwrap().changes;
    apply();
    let row = mirror.list(&TaskQuery::new()).unwrap();
    let damage = "update object set title = 'Malk', state = 'opeo', day = '2026-03-01', card = cast(x'FF' as text)";
    mirror.opened().connection.execute_batch(damage).unwrap();
    assert!(mirror.list(&TaskQuery::new()).unwrap().is_empty());
    apply();
    assert_eq!(mirror.list(&TaskQuery::new()).unwrap(), row);
    assert!(apply().is_empty());
}

#[test]
fn a_snapshot_shows_one_moment_while_another_process_writes() {
    let directory = tempfile::tempdir().unwrap();
    let (reader, writer) = (mirror(&directory), mirror(&directory));
    let write = |number: i64| {
        let json = &format!(r#"{{"checkPoint":{number},"projectProfiles":[{{"id":"p","name":"{number}"}}]}}"#);
        let sync = apply::Sync { json, full: true, zone: &TimeZone::UTC, now: 0 };
        writer.write(|tx| apply::apply(tx, &sync)).map(drop)
    };
    write(1).unwrap();
    std::thread::scope(|scope| {
        let writes = scope.spawn(|| (2..=300).try_for_each(write));
        while !writes.is_finished() {
            let account = reader.account().unwrap();
            assert_eq!(account.projects()[0].name.as_deref(), Some(account.checkpoint().to_string().as_str()));
        }
        writes.join().unwrap().unwrap();
    });
}
