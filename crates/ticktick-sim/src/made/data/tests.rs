use std::io::ErrorKind;
use std::time::Duration;

use serde_json::json;

use super::*;
use crate::made::data::DataFile;
use crate::server::testing::{PASSWORD, Tester, USER, tester_with};
use crate::{Plan, Simulator, UpdateMode};

fn path(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("account.json")
}

fn kept(path: &Path) -> Tester {
    tester_with(|builder| builder.data(path))
}

#[test]
fn accounts_go_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = path(&folder);
    let first = kept(&path);
    let task = first.add(&json!({ "title": "Milk" }));
    let session = first.get("/api/v2/user/sessions")[0]["id"].clone();
    let dump = first.service.dump();
    drop(first);
    assert_eq!(fs::read_to_string(&path).unwrap(), dump);
    let second = kept(&path);
    assert_eq!(second.task(task["id"].as_str().unwrap()), task);
    assert_eq!(second.get("/api/v2/user/sessions")[0]["id"], session);
}

#[test]
fn changes_after_a_restart_are_after_every_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let first = kept(&path(&folder));
    first.add(&json!({ "title": "a" }));
    let since = first.get("/api/v2/batch/check/0")["checkPoint"].as_i64().unwrap();
    drop(first);
    let second = kept(&path(&folder));
    second.add(&json!({ "title": "b" }));
    let delta = second.get(&format!("/api/v2/batch/check/{since}"));
    assert_eq!(delta["syncTaskBean"]["update"].as_array().unwrap().len(), 1);
}

#[test]
fn what_the_builder_says_goes_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    drop(kept(&path(&folder)));
    let builder = || Simulator::builder().data(path(&folder));
    let again = builder().account(USER, "new").account("b", "x").plan(Plan::Free).build();
    again.load(&again.dump()).unwrap();
    drop(again);
    let last = builder().update_mode(UpdateMode::Replace).build();
    let dump: serde_json::Value = serde_json::from_str(&last.dump()).unwrap();
    let (first, second) = (&dump["accounts"][0], &dump["accounts"][1]);
    assert_eq!(first["password"], json!("new"));
    assert_eq!(first["plan"], json!("free"));
    assert_eq!(first["mode"], json!("replace"));
    assert_eq!(second["username"], json!("b"));
    assert_eq!(second["userId"], json!(120_000_002));
}

#[test]
fn a_damaged_file_is_refused_and_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = path(&folder);
    drop(kept(&path));
    let whole = fs::read(&path).unwrap();
    for damaged in [&whole[..whole.len() / 2], b"", b"[]", b"{\"accounts\":[]}", b"\xff\xfe"] {
        fs::write(&path, damaged).unwrap();
        let error = Simulator::builder().demo().data(&path).open().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
        let text = error.to_string();
        assert!(text.contains("account.json") && text.contains("damaged") && !text.contains(PASSWORD), "{text}");
        assert_eq!(fs::read(&path).unwrap(), damaged);
    }
    fs::write(&path, &whole).unwrap();
    kept(&path);
}

#[test]
fn one_simulator_has_a_file_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = path(&folder);
    let first = kept(&path);
    let error = DataFile::open_within(&path, Duration::ZERO).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::ResourceBusy);
    assert_eq!(error.to_string().as_str(), "another simulator uses the file");
    drop(first);
    DataFile::open_within(&path, Duration::ZERO).unwrap();
}

#[cfg(unix)]
#[test]
fn other_names_of_a_file_are_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = path(&folder);
    drop(kept(&path));
    let name = |name: &str| folder.path().join(name);
    fs::hard_link(&path, name("before.json")).unwrap();
    std::os::unix::fs::symlink(&path, name("symbolic.json")).unwrap();
    let first = kept(&path);
    first.add(&json!({ "title": "a" }));
    first.service.save().unwrap();
    fs::hard_link(&path, name("since.json")).unwrap();
    for other in ["account.json", "before.json", "symbolic.json", "since.json"] {
        let error = DataFile::open_within(&name(other), Duration::ZERO).err().expect(other);
        assert_eq!(error.kind(), ErrorKind::ResourceBusy, "{other}");
    }
    drop(first);
    DataFile::open_within(&name("since.json"), Duration::ZERO).unwrap();
}

#[test]
fn what_a_killed_simulator_left_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    for name in [".account.json.x1.part", ".other.json.x1.part"] {
        fs::write(folder.path().join(name), "{").unwrap();
    }
    drop(kept(&path(&folder)));
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".other.json.x1.part", "account.json", "account.json.lock"]);
}

#[test]
fn a_folder_that_is_not_there_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let error = Simulator::builder().demo().data(folder.path().join("no/such.json")).open().unwrap_err();
    assert!(error.to_string().contains("such.json"), "{error}");
}

// Windows does not remove a folder with open files.
#[cfg(unix)]
#[test]
fn a_failed_save_is_reported_and_retried() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let tester = kept(&inner.join("account.json"));
    fs::remove_dir_all(&inner).unwrap();
    tester.add(&json!({ "title": "a" }));
    assert!(tester.service.save().is_err());
    let health =
        |tester: &Tester| tester.send_with(Vec::new(), "GET", "/_sim/health", "").value(200)["saveError"].clone();
    assert!(health(&tester).as_str().unwrap().contains("account.json"));
    fs::create_dir(&inner).unwrap();
    tester.service.save().unwrap();
    assert!(health(&tester).is_null());
    assert!(inner.join("account.json").exists());
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_and_an_old_one_stays_as_it_is() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (path(&folder), folder.path().join("link.json"));
    drop(kept(&path));
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    let tester = kept(&link);
    tester.add(&json!({ "title": "a" }));
    drop(tester);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nothing is left behind: {names:?}");
    assert_eq!(kept(&path).service.objects(USER, crate::Collection::Tasks).len(), 1);
}
