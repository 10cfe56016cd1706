//! Interactive use on a terminal. These tests wait only for text, never for time.

use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect, Session};

use ticktick_sim::Simulator;

use crate::second_factor::TOTP;
use crate::sessions::Served;
use crate::support::{bin, simulated, stdout};

const VERIFY: [&str; 7] = ["api", "verify", "--write", "--only", "update-mode", "--only", "unpin-null"];

/// A program on its own terminal.
pub(crate) struct Terminal(OsSession);

impl Terminal {
    pub(crate) fn run(command: Command) -> Self {
        let mut session = Session::spawn(command).unwrap();
        // Only a failing test waits this long.
        session.set_expect_timeout(Some(Duration::from_secs(60)));
        Self(session)
    }

    /// Waits for a text and returns what came before it.
    pub(crate) fn see(&mut self, text: &str) -> String {
        let seen = self.0.expect(text).unwrap_or_else(|error| panic!("{text:?} did not come: {error}"));
        String::from_utf8_lossy(seen.before()).into_owned()
    }

    /// Types a line.
    pub(crate) fn send(&mut self, line: &str) {
        self.0.send_line(line).unwrap();
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupt(&mut self) {
        self.0.send(ControlCode::EndOfText).unwrap();
    }

    /// Waits for the end and returns the exit status and what came before.
    pub(crate) fn end(mut self) -> (i32, String) {
        let seen = self.0.expect(Eof).unwrap();
        let text = String::from_utf8_lossy(seen.as_bytes()).into_owned();
        match self.0.get_process().wait().unwrap() {
            WaitStatus::Exited(_, status) => (status, text),
            other => panic!("{other:?}: {text}"),
        }
    }
}

pub(crate) fn signed_in(name: &str) -> Served {
    let served = Served::start(name);
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret\n").success();
    served
}

/// Counts the objects of a kind, including those in the trash.
fn count(served: &Served, kind: &str) -> usize {
    let state: serde_json::Value = serde_json::from_str(&served.control("GET", "/_sim/state", "")).unwrap();
    let rows = state["accounts"][0][kind]["rows"].as_array().unwrap().clone();
    rows.iter().filter(|row| row["gone"] != true).count()
}

#[test]
fn writing_is_agreed_to_on_a_terminal() {
    let served = signed_in("agreed");
    let mut terminal = Terminal::run(served.command(&VERIFY));
    terminal.see("They create:");
    terminal.see("update-mode: a task");
    terminal.see("unpin-null: a task");
    terminal.see("Continue? [y/N] ");
    terminal.0.send_line("n").unwrap();
    let (status, text) = terminal.end();
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("nothing was done"), "{text}");
    assert_eq!(count(&served, "projects"), 0);
    assert_eq!(count(&served, "tasks"), 0);

    let mut terminal = Terminal::run(served.command(&VERIFY));
    terminal.see("Continue? [y/N] ");
    terminal.0.send_line("y").unwrap();
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("2/2 unpin-null") && text.contains("removed: 1 project, 2 tasks"), "{text}");
}

#[test]
fn an_interrupted_run_cleans_up() {
    let served = signed_in("interrupted");
    // The second experiment waits for its first response, which never arrives.
    let fault = r#"{"operation":"task.batch","skip":2,"times":1,"do":{"latency":{"ms":600000}}}"#;
    served.control("POST", "/_sim/faults", fault);
    let mut terminal = Terminal::run(served.command(&VERIFY));
    terminal.see("Continue? [y/N] ");
    terminal.0.send_line("y").unwrap();
    terminal.see("1/2 update-mode");
    assert_eq!(count(&served, "projects"), 1);
    terminal.0.send(ControlCode::EndOfText).unwrap();
    terminal.see("interrupted; removing what was created");
    let (status, text) = terminal.end();
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("removed: 1 project") && text.contains("error: interrupted"), "{text}");
    assert_eq!(count(&served, "projects"), 0);
    assert_eq!(count(&served, "tasks"), 0);
}

#[test]
fn ids_on_a_terminal_are_harmless() {
    let served = signed_in("harmless");
    let id = stdout(&served.run(&["task", "add", "Buy milk", "-q"], "").success());
    let state = served.control("GET", "/_sim/state", "");
    served.control("PUT", "/_sim/state", &state.replace(id.trim_end(), r"a\u001b[31mb\u202e"));
    let (status, text) = Terminal::run(served.command(&["task", "list", "-q", "--no-mirror"])).end();
    assert_eq!(status, 0);
    assert_eq!(text.trim_end(), r"a\u{1b}[31mb\u{202e}");
}

#[test]
fn people_on_a_terminal_see_how_to_undo() {
    let served = signed_in("undo-hint");
    let (status, text) = Terminal::run(served.command(&["task", "add", "Buy milk"])).end();
    assert_eq!(status, 0, "{text}");
    assert!(text.trim_end().ends_with("undo: ticktick undo"), "{text}");
    for args in [&["task", "add", "Bread", "-q"][..], &["task", "add", "Rye", "--no-mirror"]] {
        let (_, text) = Terminal::run(served.command(args)).end();
        assert!(!text.contains("undo"), "{text}");
    }
    let piped = served.run(&["task", "done", "buy"], "").success();
    piped.stderr_eq("undo: ticktick undo\n");
}

#[test]
fn a_password_is_asked_for_and_not_shown() {
    let served = Served::start("prompted");
    let mut terminal = Terminal::run(served.command(&["auth", "login"]));
    terminal.see("User name or e-mail for");
    terminal.0.send_line("me@example.com").unwrap();
    terminal.see("Password: ");
    terminal.0.send_line("secret").unwrap();
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("Signed in to") && !text.contains("secret"), "{text}");
    assert_eq!(Terminal::run(served.command(&["task", "list"])).end().0, 0);

    let (status, text) = Terminal::run(served.command(&["auth", "login", "--no-input"])).end();
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("--no-input"), "{text}");
}

#[test]
fn a_second_factor_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let address = simulated(Simulator::builder().account("me@example.com", "secret").mfa("me@example.com", TOTP));
    let mut command = Command::new(bin());
    command.args(["auth", "login", "-u", "me@example.com", "--base-url", &address]).env_clear();
    command.env("TICKTICK_CONFIG_DIR", folder.path()).env("TICKTICK_SESSION_STORE", "file").env("NO_COLOR", "1");
    let mut terminal = Terminal::run(command);
    terminal.see("Password: ");
    terminal.0.send_line("secret").unwrap();
    terminal.see("Code of the second factor: ");
    terminal.0.send_line("000000").unwrap();
    let (status, text) = terminal.end();
    assert_eq!(status, 4, "{text}");
}

#[test]
fn a_guide_leads_to_the_cookie() {
    let served = signed_in("guide");
    let token = served.token();
    let mut terminal = Terminal::run(served.command(&["auth", "login", "--token-stdin"]));
    terminal.see("copy the value of the cookie `t`");
    terminal.see("Value of the cookie t: ");
    terminal.0.send_line(&token).unwrap();
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert!(!text.contains(&token), "{text}");
}
