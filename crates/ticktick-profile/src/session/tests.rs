use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use ticktick::Secret;

use super::*;
use crate::secret_store::SecretStore;

/// A keyring in memory, which answers only if it is unlocked.
#[derive(Default)]
struct Memory {
    entries: Mutex<HashMap<String, Secret>>,
    locked: Mutex<bool>,
}

impl Memory {
    fn answer<T>(&self, work: impl FnOnce(&mut HashMap<String, Secret>) -> T) -> Result<T, String> {
        if *self.locked.lock().unwrap() {
            Err("it is locked".to_owned())
        } else {
            Ok(work(&mut self.entries.lock().unwrap()))
        }
    }
}

impl SecretStore for Memory {
    fn describe(&self) -> String {
        "memory".to_owned()
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, String> {
        self.answer(|entries| entries.get(name).cloned())
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), String> {
        self.answer(|entries| drop(entries.insert(name.to_owned(), secret.clone())))
    }

    fn remove(&self, name: &str) -> Result<(), String> {
        self.answer(|entries| drop(entries.remove(name)))
    }
}

const TICKTICK: &Region = &Region::TickTick;

fn default() -> ProfileName {
    ProfileName::default()
}

fn open(folder: &Path) -> Sessions {
    Sessions::open_in(folder, Secrets::File).unwrap()
}

fn save(sessions: &mut Sessions, region: &Region, token: &str) -> Saved {
    sessions.save(&default(), region, &Session::new(token), Some("me@example.com")).unwrap()
}

fn token(sessions: &Sessions, region: &Region) -> Option<String> {
    let session = sessions.session(&default(), region).unwrap();
    session.map(|session| session.token.expose().to_owned())
}

#[test]
fn sessions_are_kept_by_profile_and_server_and_the_device_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (other, work): (Region, ProfileName) = ("http://127.0.0.1:9".parse().unwrap(), "work".parse().unwrap());
    let mut sessions = open(folder.path());
    save(&mut sessions, TICKTICK, "a");
    save(&mut sessions, &other, "b");
    sessions.save(&work, TICKTICK, &Session::new("c"), None).unwrap();

    let mut again = open(folder.path());
    assert_eq!(again.device(), sessions.device());
    assert_eq!(token(&again, TICKTICK).as_deref(), Some("a"));
    assert_eq!(token(&again, &other).as_deref(), Some("b"));
    assert_eq!(again.session(&work, TICKTICK).unwrap(), Some(Session::new("c")));
    assert!(again.find(&default(), &Region::Dida365).is_none() && again.find(&work, &other).is_none());
    assert_eq!(again.servers(&default()), ["http://127.0.0.1:9", "ticktick"]);

    again.forget(&default(), TICKTICK).unwrap();
    let again = open(folder.path());
    assert!(again.find(&default(), TICKTICK).is_none());
    assert!(again.find(&default(), &other).is_some() && again.find(&work, TICKTICK).is_some());
}

#[test]
fn nothing_is_lost_when_a_file_of_the_first_format_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let device = serde_json::to_value(Device::with_id("66a1b2c3d4e5f60718293a4b")).unwrap();
    let session = serde_json::json!({ "token": "a", "csrf_token": "b", "region": "ticktick" });
    let first = serde_json::json!({
        "version": 1,
        "device": device,
        "sessions": {
            "ticktick": { "session": session, "username": "me@example.com", "mirrored": true },
            "http://127.0.0.1:9": { "session": { "token": "c" } },
        },
        "locked": { "ticktick": { "you@example.com": "2026-03-01T12:30:00Z" } },
    });
    fs::write(folder.path().join(FILE), first.to_string()).unwrap();
    private::repair(folder.path(), &folder.path().join(FILE)).unwrap();

    let mut sessions = open(folder.path());
    // The first change writes the new format.
    sessions.prepare().unwrap();
    let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
    assert!(text.contains("\"version\": 2"), "{text}");
    let sessions = open(folder.path());
    assert_eq!(sessions.device().id, "66a1b2c3d4e5f60718293a4b");
    let kept = sessions.session(&default(), TICKTICK).unwrap().unwrap();
    assert_eq!(serde_json::to_value(&kept).unwrap(), session);
    let saved = sessions.find(&default(), TICKTICK).unwrap();
    assert_eq!((saved.username.as_deref(), saved.mirrored), (Some("me@example.com"), true));
    assert_eq!(token(&sessions, &"http://127.0.0.1:9".parse().unwrap()).as_deref(), Some("c"));
    assert!(sessions.locked_until(TICKTICK, "You@example.com").is_some());
}

#[test]
fn two_that_sign_in_at_once_lose_no_session() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<Sessions> = (0..8).map(|_| open(folder.path())).collect();
    std::thread::scope(|scope| {
        for (at, mut sessions) in all.into_iter().enumerate() {
            scope.spawn(move || save(&mut sessions, &format!("http://127.0.0.1:{}", at + 1).parse().unwrap(), "a"));
        }
    });
    assert_eq!(open(folder.path()).servers(&default()).len(), 8);
}

#[test]
fn a_renewed_session_does_not_undo_a_sign_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut sessions = open(folder.path());
    save(&mut sessions, TICKTICK, "a");
    let used = sessions.find(&default(), TICKTICK).unwrap().clone();
    sessions.renew(&default(), TICKTICK, &used, &Session::new("b")).unwrap();
    assert_eq!(token(&open(folder.path()), TICKTICK).as_deref(), Some("b"));

    open(folder.path()).forget(&default(), TICKTICK).unwrap();
    sessions.renew(&default(), TICKTICK, &used, &Session::new("c")).unwrap();
    assert!(open(folder.path()).find(&default(), TICKTICK).is_none());

    save(&mut sessions, TICKTICK, "d");
    sessions.renew(&default(), TICKTICK, &used, &Session::new("c")).unwrap();
    assert_eq!(token(&open(folder.path()), TICKTICK).as_deref(), Some("d"));
}

#[test]
fn a_new_sign_in_does_not_trust_the_mirror() {
    let folder = tempfile::tempdir().unwrap();
    let mut sessions = open(folder.path());
    let found = || open(folder.path()).find(&default(), TICKTICK).unwrap().clone();
    save(&mut sessions, TICKTICK, "a");
    let first = found();
    sessions.set_mirrored(&default(), TICKTICK, &first).unwrap();
    assert!(found().mirrored);
    sessions.renew(&default(), TICKTICK, &first, &Session::new("b")).unwrap();
    assert!(found().mirrored);
    save(&mut sessions, TICKTICK, "c");
    sessions.set_mirrored(&default(), TICKTICK, &first).unwrap();
    assert!(!found().mirrored);
}

#[test]
fn a_lock_out_is_remembered_until_somebody_signs_in() {
    let folder = tempfile::tempdir().unwrap();
    let until: Timestamp = "2026-03-01T12:30:00Z".parse().unwrap();
    let mut sessions = open(folder.path());
    sessions.lock(TICKTICK, " Me@Example.com", until).unwrap();
    let mut again = open(folder.path());
    assert_eq!(again.locked_until(TICKTICK, "me@example.com"), Some(until));
    assert_eq!(again.locked_until(&Region::Dida365, "me@example.com"), None);
    assert_eq!(again.locks(TICKTICK, "2026-03-01T12:29:59Z".parse().unwrap()), [until]);
    assert!(again.locks(TICKTICK, until).is_empty());
    save(&mut again, TICKTICK, "a");
    assert_eq!(again.locked_until(TICKTICK, "me@example.com"), None);
}

#[test]
fn a_session_in_the_keyring_is_not_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Arc::new(Memory::default());
    let mut sessions = Sessions::open_in(folder.path(), Secrets::Custom(keyring.clone())).unwrap();
    assert_eq!(save(&mut sessions, TICKTICK, "s3cret"), Saved::InKeyring("memory".into()));
    sessions.save_token(&default(), TICKTICK, &"tp_s3cret".into(), None).unwrap();
    assert_eq!(keyring.entries.lock().unwrap().len(), 2);
    assert!(!fs::read_to_string(sessions.path()).unwrap().contains("s3cret"));

    let mut again = Sessions::open_in(folder.path(), Secrets::Custom(keyring.clone())).unwrap();
    assert_eq!(token(&again, TICKTICK).as_deref(), Some("s3cret"));
    assert_eq!(again.token(&default(), TICKTICK).unwrap(), Some("tp_s3cret".into()));
    let used = again.find(&default(), TICKTICK).unwrap().clone();
    again.renew(&default(), TICKTICK, &used, &Session::new("s3cret-b")).unwrap();
    assert_eq!(token(&again, TICKTICK).as_deref(), Some("s3cret-b"));
    assert!(!fs::read_to_string(again.path()).unwrap().contains("s3cret"));

    assert_eq!(again.forget(&default(), TICKTICK).unwrap(), None);
    assert!(keyring.entries.lock().unwrap().is_empty());
}

#[test]
fn a_keyring_that_does_not_answer_is_replaced_by_the_file_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Arc::new(Memory::default());
    let mut sessions = Sessions::open_in(folder.path(), Secrets::Custom(keyring.clone())).unwrap();
    save(&mut sessions, TICKTICK, "a");
    *keyring.locked.lock().unwrap() = true;
    let error = sessions.session(&default(), TICKTICK).unwrap_err();
    assert!(error.message.contains("keyring: it is locked") && error.hint.is_some(), "{error}");

    assert_eq!(save(&mut sessions, TICKTICK, "b"), Saved::InFile(Some("it is locked".into())));
    assert_eq!(token(&sessions, TICKTICK).as_deref(), Some("b"));

    *keyring.locked.lock().unwrap() = false;
    keyring.entries.lock().unwrap().clear();
    save(&mut sessions, TICKTICK, "c");
    keyring.entries.lock().unwrap().clear();
    let error = sessions.session(&default(), TICKTICK).unwrap_err();
    assert!(error.message.contains("no longer in the keyring"), "{error}");
}

#[test]
fn a_file_that_cannot_be_used_is_left_alone_and_never_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let wrong_type = r#"{"version":1,"device":"s3cret","sessions":{}}"#;
    let newer = r#"{"version":3,"device":{"id":"","version":1,"os":"","browser":""},"token":"s3cret"}"#;
    for text in ["{", "s3cret", wrong_type, newer] {
        fs::write(folder.path().join(FILE), text).unwrap();
        let error = Sessions::open_in(folder.path(), Secrets::File).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
    }
}

#[test]
fn secrets_are_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut sessions = open(folder.path());
    save(&mut sessions, TICKTICK, "s3cret");
    sessions.save_token(&default(), TICKTICK, &"s3cret".into(), None).unwrap();
    assert!(!format!("{sessions:?}").contains("s3cret"));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let dotfiles = tempfile::tempdir().unwrap();
    let target = dotfiles.path().join("ticktick.json");
    let link = folder.path().join(FILE);
    std::os::unix::fs::symlink(&target, &link).unwrap();
    save(&mut open(folder.path()), TICKTICK, "a");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("sessions"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("new").join("ticktick");
    open(&inner).prepare().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner.join(FILE)), 0o600);
    assert_eq!(mode(&inner.join(LOCK)), 0o600);
    assert_eq!(mode(&inner), 0o700);

    fs::set_permissions(inner.join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    let repaired = open(&inner).repaired;
    assert_eq!(mode(&inner.join(FILE)), 0o600);
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(repaired.len(), 2, "{repaired:?}");
}
