//! A process that is killed while it writes leaves the old or the new state.
//!
//! The system kills a process that writes behind the limit for the size of files, in the middle of the write. Each test
//! runs a process with every limit, so that it is killed at each write.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::{env, fs};

use ticktick::mirror::{Mirror, MirrorErrorKind, SqlLimits};
use ticktick::raw::{Call, Error, Pending, Request, Response, Transport, op};
use ticktick::{Client, TaskDraft};
use ticktick_sim::Simulator;

use crate::world::{NOW, World, clock, objects};

/// Names the work of a process that may be killed.
const WORK: &str = "TICKTICK_MIRROR_WORK";

/// At each write: a page of the file is 8 KB, and a block is 512 bytes or 1 KB.
const EACH: usize = 3;

const ID: &str = "65f0c1d2a3b4c5d6e7f80912";

/// Answers with the files in a directory.
struct Recorded(PathBuf);

impl Transport for Recorded {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let body = match request.operation.id {
            "sync.check" if request.path.ends_with("/0") => fs::read(self.0.join("full.json")).unwrap(),
            "sync.check" => fs::read(self.0.join("delta.json")).unwrap(),
            "task.batch" => format!(r#"{{"id2etag":{{"{ID}":"etag"}},"id2error":{{}}}}"#).into_bytes(),
            "user.status" => fs::read(self.0.join("status.json")).unwrap(),
            _ => br#"{"timeZone":"Europe/Berlin"}"#.to_vec(),
        };
        Box::pin(async { Ok(Response::new(200, body)) })
    }
}

/// Records what the service answers before and after some changes. If the first answer is `long`, its tasks are read on
/// another thread.
async fn record(to: &Path, long: bool) {
    let world = World::on(Simulator::builder().demo().clock(clock(NOW)).build());
    let answer = |since: i64| Call::new(&op::SYNC_CHECK).path("checkpoint", &since);
    let full = answer(0).bytes(world.client.transport()).await.unwrap();
    let account = world.client.sync().full().await.unwrap();
    let (since, inbox) = (account.checkpoint(), account.inbox_id().unwrap());
    for number in 0..20 {
        world.client.task().create(TaskDraft::new(format!("Task {number}"))).await.unwrap();
    }
    let mut full = String::from_utf8(full).unwrap();
    if long {
        let task =
            |number| format!(r#"{{"id":"{number:024}","projectId":"p","content":"{}"}},"#, "text ".repeat(7_000));
        let update = r#""update":["#;
        full = full.replacen(update, &format!("{update}{}", (0..30).map(task).collect::<String>()), 1);
        assert!(full.len() > 1_000_000);
    }
    fs::write(to.join("full.json"), full).unwrap();
    fs::write(to.join("delta.json"), answer(since).bytes(world.client.transport()).await.unwrap()).unwrap();
    fs::write(to.join("status.json"), format!(r#"{{"userId":"1","username":"me","inboxId":"{inbox}"}}"#)).unwrap();
}

/// Does one piece of work on the mirror in a directory, with the answers in another one.
async fn work(kind: &str, directory: &Path, recorded: &Path) {
    let mirror = Mirror::open_at(directory.join("mirror.db"), clock(NOW)).unwrap();
    let builder = Client::builder().transport(Recorded(recorded.to_owned())).mirror(&mirror);
    let client = builder.clock(clock(NOW)).build().unwrap();
    match kind {
        "write" => {
            let body = format!(r#"{{"add":[{{"id":"{ID}","projectId":"inbox1","title":"Milk"}}]}}"#);
            Call::new(&op::TASK_BATCH).raw_body(body).nothing(client.transport()).await.unwrap();
        }
        _ => drop(mirror.refresh(&client).await.unwrap()),
    }
}

/// What can be seen in a mirror: the objects, and how the last write ended.
fn state(directory: &Path) -> (BTreeSet<String>, String) {
    let mirror = Mirror::open_at(directory.join("mirror.db"), clock(NOW)).unwrap();
    assert_eq!(mirror.set_aside(), None, "the file is whole");
    let objects = match mirror.account() {
        Ok(account) => objects(&account),
        Err(error) if error.kind == MirrorErrorKind::Empty => BTreeSet::new(),
        Err(error) => panic!("{error}"),
    };
    let writes = mirror.sql("select outcome, title from writes", SqlLimits::default()).unwrap();
    (objects, format!("{:?} {:?}", writes.rows, mirror.changes().unwrap()))
}

/// Runs a process that does the work and may write this many blocks into each file.
fn run(kind: &str, directory: &Path, recorded: &Path, blocks: usize) -> ExitStatus {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -c 0; ulimit -f \"$0\"; exec \"$@\"", &blocks.to_string()]);
    command.arg(env::current_exe().unwrap()).args(["--exact", "killed::a_process_that_may_be_killed", "--quiet"]);
    command.env(WORK, kind).current_dir(directory).env("RECORDED", recorded);
    command.output().unwrap().status
}

/// Kills the work after every `step` blocks. Returns how many times.
async fn kill_everywhere(kind: &str, before: &[&str], step: usize) -> usize {
    let (old, recorded) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    record(recorded.path(), step > EACH).await;
    for kind in before {
        work(kind, old.path(), recorded.path()).await;
    }
    let copy = || {
        let directory = tempfile::tempdir().unwrap();
        if let Ok(file) = fs::read(old.path().join("mirror.db")) {
            fs::write(directory.path().join("mirror.db"), file).unwrap();
        }
        directory
    };
    let new = copy();
    work(kind, new.path(), recorded.path()).await;
    let mut allowed = vec![state(copy().path()), state(new.path())];
    if kind == "write" {
        // The write was recorded, but not its answer.
        allowed.push((allowed[0].0.clone(), allowed[1].1.replace("done", "sent")));
    }
    let mut kills = 0;
    for blocks in (0..).step_by(step) {
        let directory = copy();
        let status = run(kind, directory.path(), recorded.path(), blocks);
        let found = state(directory.path());
        assert!(allowed.contains(&found), "{kind}, {blocks} blocks, {status}: {found:?}");
        match status.signal() {
            Some(_) => kills += 1,
            None => {
                assert!(status.success() && found == allowed[1], "{kind}, {blocks} blocks, {status}");
                break;
            }
        }
    }
    kills
}

#[test]
fn a_process_that_may_be_killed() {
    let (Ok(kind), Ok(recorded)) = (env::var(WORK), env::var("RECORDED")) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work(&kind, Path::new("."), Path::new(&recorded)));
}

#[tokio::test]
async fn a_first_refresh_that_is_killed_leaves_an_empty_file_or_a_full_one() {
    assert!(kill_everywhere("refresh", &[], EACH).await > 100);
}

#[tokio::test]
async fn a_first_refresh_of_a_long_answer_that_is_killed_leaves_an_empty_file_or_a_full_one() {
    assert!(kill_everywhere("refresh", &[], 40).await > 20);
}

#[tokio::test]
async fn a_refresh_that_is_killed_leaves_the_old_or_the_new_state() {
    assert!(kill_everywhere("refresh", &["refresh"], EACH).await > 100);
}

#[tokio::test]
async fn a_write_that_is_killed_is_in_the_journal_or_was_not_sent() {
    assert!(kill_everywhere("write", &["refresh"], EACH).await > 50);
}
