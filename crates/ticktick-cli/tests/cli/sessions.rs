//! Signing in to a server that runs in another process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use snapbox::cmd::OutputAssert;

use crate::support::{bin, json, send, stdout, ticktick};

/// `ticktick serve`, until it is dropped.
pub(crate) struct Served {
    child: Child,
    address: String,
    config: String,
}

impl Served {
    /// Starts one; sessions are kept in a folder of this name.
    pub(crate) fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    /// Starts one with more arguments.
    pub(crate) fn start_with(name: &str, args: &[&str]) -> Self {
        let mut child = Command::new(bin())
            .args(["serve", "--account", "me@example.com:secret"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{line}");
        let config = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
        drop(std::fs::remove_dir_all(&config));
        Self { child, address, config }
    }

    /// Prepares a run with the folder of this server, without its address.
    pub(crate) fn prepared(&self, args: &[&str]) -> snapbox::cmd::Command {
        ticktick(args).env("TICKTICK_CONFIG_DIR", &self.config)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn run(&self, args: &[&str], input: &str) -> OutputAssert {
        self.prepared(args).args(["--base-url", self.address.as_str()]).stdin(input.to_owned()).assert()
    }

    /// Runs it with a token from the environment.
    pub(crate) fn run_with_token(&self, args: &[&str], token: &str) -> OutputAssert {
        let run = ticktick(args).args(["--base-url", &self.address]).env("TICKTICK_CONFIG_DIR", &self.config);
        run.env("TICKTICK_TOKEN", token).assert()
    }

    /// Signs in.
    pub(crate) fn sign_in(&self, username: &str) {
        self.run(&["auth", "login", "-u", username, "--password-stdin"], "secret").success();
    }

    /// Stops the server, so that its address is unreachable.
    pub(crate) fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Returns the folder of the session and of the mirror.
    pub(crate) fn folder(&self) -> &Path {
        Path::new(&self.config)
    }

    /// Prepares a run on a terminal, which goes to this server.
    #[cfg(unix)]
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(bin());
        command.args(args).args(["--base-url", &self.address]).env_clear().env("TICKTICK_CONFIG_DIR", &self.config);
        command.env("NO_COLOR", "1").env("TICKTICK_SESSION_STORE", "file");
        command
    }

    /// Calls a control route of the server and returns the body of the response.
    pub(crate) fn control(&self, method: &str, target: &str, body: &str) -> String {
        let answer = send(self.address.strip_prefix("http://").unwrap(), method, target, body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    fn kept(&self) -> String {
        std::fs::read_to_string(format!("{}/session.json", self.config)).unwrap()
    }

    pub(crate) fn token(&self) -> String {
        let kept: serde_json::Value = serde_json::from_str(&self.kept()).unwrap();
        kept["sessions"]["default"][&self.address]["session"]["token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
    }
}

#[test]
fn a_session_lasts_from_login_to_logout() {
    let served = Served::start("lasts");
    let login = ["auth", "login", "-u", "me@example.com", "--password-stdin"];
    served.run(&login, "secret\n").success();
    let status = json(&served.run(&["auth", "status", "--verify", "--json"], "").success());
    assert_eq!(status["data"][0]["username"], "me@example.com");
    assert_eq!(status["data"][0]["source"], "file");

    let id = stdout(&served.run(&["task", "add", "Buy milk", "-q"], "").success());
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), id);
    served.run(&["task", "done", "buy"], "").success();
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), "");

    assert!(!served.kept().contains("secret"));
    served.run(&["auth", "logout"], "").success();
    served.run(&["task", "list"], "").code(4);
}

#[test]
fn the_device_stays_the_same() {
    let served = Served::start("device");
    let device = || serde_json::from_str::<serde_json::Value>(&served.kept()).unwrap()["device"].clone();
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    let first = device();
    served.run(&["auth", "logout"], "").success();
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    assert_eq!(device(), first);
}

#[test]
fn a_wrong_password_and_a_lost_network_are_different_errors() {
    let served = Served::start("wrong");
    let fault =
        json(&served.run(&["--json", "auth", "login", "-u", "me@example.com", "--password-stdin"], "no").code(4));
    assert_eq!(fault["error"]["code"], "auth");
    assert!(!std::path::Path::new(&served.config).join("session.json").exists() || !served.kept().contains("token"));
}

#[test]
fn a_token_signs_in_too_and_one_in_the_environment_wins() {
    let served = Served::start("token");
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    let token = served.token();

    let elsewhere = format!("{}-elsewhere", served.config);
    drop(std::fs::remove_dir_all(&elsewhere));
    let run = |args: &[&str]| {
        let run = ticktick(args).args(["--base-url", &served.address]).env("TICKTICK_CONFIG_DIR", &elsewhere);
        run.env("TICKTICK_TOKEN", &token)
    };
    let status = json(&run(&["auth", "status", "--verify", "--json"]).assert().success());
    assert_eq!(status["data"][0]["source"], "environment");
    assert_eq!(status["data"][0]["verified"], true);

    run(&["auth", "login", "--token-stdin"]).env_remove("TICKTICK_TOKEN").stdin("wrong").assert().code(4);
    run(&["auth", "login", "--token-stdin"]).env_remove("TICKTICK_TOKEN").stdin(token.clone()).assert().success();
    run(&["task", "list"]).env_remove("TICKTICK_TOKEN").assert().success();
    run(&["task", "list"]).env("TICKTICK_TOKEN", "wrong").assert().code(4);
}

#[test]
fn logs_tell_calls_and_no_secrets() {
    let served = Served::start("logs");
    let assert = served.run(&["-vv", "auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    let log = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(log.contains("auth.sign_on"), "{log}");
    for secret in ["secret", "me@example.com", &served.token()] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_server_cleanly() {
    let mut served = Served::start("ctrl-c");
    let id = served.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(served.child.wait().unwrap().success());
}

#[test]
fn a_server_needs_a_whole_account() {
    for account in ["me", "me:", ":secret"] {
        ticktick(&["serve", "--account", account]).assert().code(2);
    }
}

#[test]
fn a_wrong_type_in_the_session_file_does_not_quote_the_token() {
    let served = Served::start("quoted");
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    let token = served.token();
    // An object was expected: such an error of serde quotes the text that it found.
    let mut broken: serde_json::Value = serde_json::from_str(&served.kept()).unwrap();
    broken["sessions"]["default"][&served.address]["session"] = token.as_str().into();
    std::fs::write(format!("{}/session.json", served.config), broken.to_string()).unwrap();
    let assert = served.run(&["task", "list", "--json"], "").code(1);
    let output = assert.get_output();
    for text in [&output.stdout, &output.stderr] {
        assert!(!String::from_utf8_lossy(text).contains(&token));
    }
}

#[test]
fn a_lock_out_is_remembered_between_commands() {
    let served = Served::start("locked");
    let login = ["--json", "auth", "login", "-u", "me@example.com", "--password-stdin"];
    let tries = (0..20).map(|_| json(&served.run(&login, "wrong").code(4)));
    let messages: Vec<String> = tries.map(|fault| fault["error"]["message"].as_str().unwrap().to_owned()).collect();
    let refused_here = |message: &&String| message.contains("nothing was sent");
    let sent = messages.len() - messages.iter().filter(refused_here).count();
    assert!((1..=10).contains(&sent), "{messages:?}");
    // The correct password is not sent either, because it could prolong the lock.
    let fault = json(&served.run(&login, "secret").code(4));
    assert!(fault["error"]["message"].as_str().unwrap().contains("nothing was sent"), "{fault}");
}

#[test]
fn that_nothing_can_be_kept_is_known_before_signing_on() {
    let served = Served::start("no-lock");
    // There is no session file to read, and none can be written.
    std::fs::create_dir_all(format!("{}/session.lock", served.config)).unwrap();
    let assert = served.run(&["-vv", "auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").code(1);
    assert!(!String::from_utf8_lossy(&assert.get_output().stderr).contains("auth.sign_on"));
}

#[test]
fn the_token_of_the_environment_goes_to_no_other_server() {
    let run = |server: Option<&str>| {
        let run = ticktick(&["task", "list", "--base-url", "https://ticktick.invalid"]).env("TICKTICK_TOKEN", "s3cret");
        match server {
            Some(server) => run.env("TICKTICK_TOKEN_SERVER", server),
            None => run,
        }
    };
    run(None).assert().code(2);
    run(Some("https://other.invalid")).assert().code(2);
    // The host does not exist, so the error shows that the request would have been sent.
    run(Some("https://ticktick.invalid")).assert().code(8);
}

#[cfg(unix)]
#[test]
fn a_token_that_is_no_text_is_an_error() {
    use std::os::unix::ffi::OsStrExt;

    let token = std::ffi::OsStr::from_bytes(b"s3cret\xff");
    let assert = ticktick(&["task", "list"]).env("TICKTICK_TOKEN", token).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("not valid UTF-8") && !told.contains("s3cret"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_session_that_others_can_read_is_corrected_and_reported() {
    use std::os::unix::fs::PermissionsExt;

    let served = Served::start("readable");
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret").success();
    let path = format!("{}/session.json", served.config);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let assert = served.run(&["task", "list"], "").success();
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("others could read"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}
