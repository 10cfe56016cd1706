//! Runs the code blocks of `docs/simulator.md`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::bin;

/// Runs pytest-style tests without pytest.
const RUNNER: &str = include_str!("pytest_runner.py");

fn guide() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/simulator.md")).unwrap()
}

/// Writes the files of the guide, whose first line is their name, into a folder.
fn unpack(mark: &str) -> tempfile::TempDir {
    let guide = guide();
    let folder = tempfile::tempdir().unwrap();
    for block in guide.split("\n```").skip(1).step_by(2) {
        let Some((_, code)) = block.split_once('\n') else { continue };
        let first = code.lines().next().unwrap_or_default();
        if let Some(name) = first.strip_prefix(mark).filter(|name| !name.contains(' ')) {
            std::fs::write(folder.path().join(name), format!("{code}\n")).unwrap();
        }
    }
    folder
}

/// Prepares a run of another program that can find ours by name.
fn other(program: &str, folder: &Path) -> Command {
    let ours = bin();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(ours.parent().unwrap().to_owned()).chain(std::env::split_paths(&paths));
    let paths: OsString = std::env::join_paths(paths.collect::<Vec<PathBuf>>()).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).env("PATH", paths).env("PYTHONDONTWRITEBYTECODE", "1").env_remove("NODE_OPTIONS");
    command
}

/// Returns whether a program can be started. If not, prints a note.
#[allow(clippy::print_stderr)]
fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

#[track_caller]
fn passes(mut command: Command, says: &str) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success() && text.contains(says), "{text}");
}

/// Returns the seeds of the guide.
pub(crate) fn seeds() -> Vec<String> {
    let text = guide();
    let seeds = text.split("\n```json\n").skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect();
    assert_eq!(Vec::len(&seeds), 2);
    seeds
}

#[test]
fn the_seeds_are_taken() {
    for seed in seeds() {
        let sim = ticktick_sim::Simulator::builder().seed_json(seed.clone()).open().unwrap();
        assert!(sim.dump().contains("\"title\":\"Buy milk\""), "{seed}");
    }
}

#[test]
fn the_pytest_fixture_works() {
    if !is_there("python3") {
        return;
    }
    let folder = unpack("# ");
    let has_pytest = other("python3", folder.path()).args(["-c", "import pytest"]).output().unwrap().status.success();
    let mut tests = other("python3", folder.path());
    if has_pytest {
        tests.args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_client.py"]);
    } else {
        std::fs::write(folder.path().join("pytest.py"), RUNNER).unwrap();
        tests.args(["pytest.py", "test_client.py"]);
    }
    passes(tests, "5 passed");
}

#[test]
fn the_node_helper_works() {
    if !is_there("node") {
        return;
    }
    let folder = unpack("// ");
    let mut tests = other("node", folder.path());
    tests.args(["--test", "--test-reporter", "tap", "client.test.mjs"]);
    passes(tests, "# pass 3");
}
