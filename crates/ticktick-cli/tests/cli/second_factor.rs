//! Second factors and sign-ins in a browser, with a simulator in the process of the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use snapbox::cmd::OutputAssert;
use ticktick_sim::Simulator;

use crate::support::{bin, json, simulated, stderr, system_variables, ticktick};

/// The secret of the authenticator app.
pub(crate) const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn protected() -> String {
    simulated(Simulator::builder().account("me@example.com", "secret").mfa("me@example.com", TOTP))
}

/// Signs in with a fresh configuration.
fn sign_in(address: &str, args: &[&str], input: String) -> OutputAssert {
    let folder = tempfile::tempdir().unwrap();
    let login = ["-vv", "auth", "login", "-u", "me@example.com", "--password-stdin", "--base-url", address];
    ticktick(&login).args(args).env("TICKTICK_CONFIG_DIR", folder.path()).stdin(input).assert()
}

#[test]
fn the_code_is_computed_from_the_secret_of_the_app() {
    let address = protected();
    let piped = sign_in(&address, &["--totp-secret-stdin"], format!("secret\n{TOTP}\n")).success();
    assert!(!stderr(&piped).contains(TOTP), "{}", stderr(&piped));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("totp");
    std::fs::write(&path, format!("{TOTP}\n")).unwrap();
    let args = ["--totp-secret-file", path.to_str().unwrap()];
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = sign_in(&address, &args, "secret\n".into()).code(2);
        assert!(stderr(&refused).contains("hint: chmod 600 "), "{}", stderr(&refused));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    sign_in(&address, &args, "secret\n".into()).success();
}

#[test]
fn a_script_passes_the_code_on_a_second_line() {
    let address = protected();
    let missing = sign_in(&address, &[], "secret\n".into()).code(2);
    assert!(stderr(&missing).contains("pass it on a second line"), "{}", stderr(&missing));
    sign_in(&address, &["--mfa-stdin"], "secret\n000000\n".into()).code(4);
    let wrong = sign_in(&address, &["--totp-secret-stdin"], "secret\ns3cret!\n".into()).code(2);
    assert!(!stderr(&wrong).contains("s3cret"), "{}", stderr(&wrong));
}

#[test]
fn secrets_are_never_arguments() {
    for option in ["--password", "--token", "--totp-secret", "--mfa", "--client-secret"] {
        ticktick(&["auth", "login", option, "s3cret"]).assert().code(2);
    }
}

/// Gets a page and follows its redirect, as a browser does.
fn visit(address: &str) -> String {
    let (host, target) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let next = answer.lines().find_map(|line| line.to_lowercase().starts_with("location: ").then(|| line[10..].trim()));
    next.map_or_else(|| answer.clone(), visit)
}

#[test]
fn access_is_allowed_in_a_browser() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let redirect = format!("http://127.0.0.1:{port}/callback");
    let builder = Simulator::builder().account("me@example.com", "secret").public_oauth_client("cli", &redirect);
    let address = simulated(builder);
    let folder = tempfile::tempdir().unwrap();
    let mut login = Command::new(bin())
        .args(["auth", "login", "--openapi", "--client-id", "cli", "--redirect-uri", &redirect, "--base-url", &address])
        .env_clear()
        .envs(system_variables())
        .env("TICKTICK_CONFIG_DIR", folder.path())
        .env("TICKTICK_SESSION_STORE", "file")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(login.stderr.take().unwrap()).lines().map(Result::unwrap);
    let page = lines.map(|line| line.trim().to_owned()).find(|line| line.starts_with("http://")).unwrap();
    assert!(visit(&page).contains("You can close this page"));
    assert!(login.wait().unwrap().success());

    let run = |args: &[&str]| {
        ticktick(args).args(["--base-url", &address]).env("TICKTICK_CONFIG_DIR", folder.path()).assert()
    };
    run(&["api", "open.list_projects"]).success();
    let status = json(&run(&["auth", "status", "--json"]).success());
    assert!(status["data"][0]["open_api"]["expires"].is_string(), "{status}");
    // The token of this program is revoked.
    let kept = std::fs::read_to_string(folder.path().join("session.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let token = kept["open"]["default"][&address]["token"].as_str().unwrap().to_owned();
    run(&["auth", "logout"]).success();
    let call = format!(
        "GET /open/v1/project HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(call.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}
