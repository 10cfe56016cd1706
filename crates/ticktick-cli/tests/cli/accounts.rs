//! Profiles, sessions and tokens.

use serde_json::Value;

use crate::sessions::Served;
use crate::support::{demo, json, stderr, stdout, ticktick};

#[test]
fn profiles_have_their_own_session_and_mirror() {
    let served = Served::start_with("profiles", &["--account", "you@example.com:hush"]);
    served.run(&["profile", "add", "other"], "").success();
    served.sign_in("me@example.com");
    served.run(&["--profile", "other", "task", "list"], "").code(4);
    served.run(&["--profile", "other", "auth", "login", "-u", "you@example.com", "--password-stdin"], "hush").success();
    served.run(&["task", "add", "Mine"], "").success();
    let list = |args: &[&str]| stdout(&served.run(&[args, &["task", "list"]].concat(), "").success());
    assert!(list(&[]).contains("Mine") && !list(&["--profile", "other"]).contains("Mine"));
    let status = json(&served.run(&["--profile", "other", "auth", "status", "--json"], "").success());
    assert_eq!(
        (&status["data"][0]["username"], &status["meta"]["profile"]),
        (&"you@example.com".into(), &"other".into())
    );
    let mirrors =
        std::fs::read_dir(served.folder()).unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    assert_eq!(mirrors.filter(|name| name.starts_with("mirror-") && name.ends_with(".db")).count(), 2);

    let refused = served.run(&["profile", "remove", "other"], "").code(2);
    assert!(stderr(&refused).contains("still signed in"), "{}", stderr(&refused));
    served.run(&["--profile", "other", "auth", "logout"], "").success();
    assert!(list(&[]).contains("Mine"));
}

#[test]
fn a_read_only_profile_refuses_every_write() {
    let served = Served::start("read-only");
    served.sign_in("me@example.com");
    served.run(&["config", "set", "read-only", "true"], "").success();
    let refused = served.run(&["task", "add", "Milk"], "").failure();
    assert!(stderr(&refused).contains("read-only") || stderr(&refused).contains("read only"), "{}", stderr(&refused));
    served.run(&["api", "task.batch", "-d", "{}"], "").failure();
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), "");
    served.run(&["config", "unset", "read-only"], "").success();
    served.run(&["--read-only", "task", "add", "Milk"], "").failure();
    served.run(&["task", "add", "Milk"], "").success();
}

#[test]
fn a_read_that_is_sent_by_post_is_not_a_write() {
    let served = Served::start("post-reads");
    served.sign_in("me@example.com");
    let range = r#"{"begin": "2026-11-01T00:00:00.000+0000", "end": "2026-12-01T00:00:00.000+0000"}"#;
    served.run(&["api", "calendar.bound_events_between", "-d", range, "--read-only"], "").success();
    assert_eq!(stdout(&served.run(&["history", "-q"], "").success()), "");
}

#[test]
fn a_token_file_works_like_the_variable() {
    let served = Served::start("token-file");
    served.sign_in("me@example.com");
    let path = served.folder().join("token");
    std::fs::write(&path, served.token()).unwrap();
    let status = || {
        let command = ticktick(&["auth", "status", "--verify", "--json", "--base-url", served.address()]);
        command.env("TICKTICK_TOKEN_FILE", &path).assert()
    };
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let found = json(&status().success());
    assert_eq!(
        (&found["data"][0]["source"], &found["data"][0]["place"]),
        (&"environment".into(), &"TICKTICK_TOKEN_FILE".into())
    );
    #[cfg(unix)]
    {
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        let refused = json(&status().code(2));
        assert!(refused["error"]["hint"].as_str().unwrap().starts_with("chmod 600 "), "{refused}");
    }
}

#[test]
fn a_token_of_the_open_api_serves_its_operations_only() {
    let served = Served::start_with("open-api", &["--api-token", "tp_s3cret"]);
    served.run(&["auth", "login", "--openapi", "--token-stdin"], "wrong").code(4);
    served.run(&["auth", "login", "--openapi", "--token-stdin"], "tp_s3cret\n").success();
    let created = served.run(&["api", "open.create_task", "-d", r#"{"title":"Milk"}"#], "").success();
    assert_eq!(json(&created)["title"], "Milk");
    let error = stderr(&served.run(&["task", "list"], "").code(4));
    assert!(
        error.contains("a token of the Open API is not enough") && error.contains("ticktick auth login"),
        "{error}"
    );
    let status = json(&served.run(&["auth", "status", "--verify", "--json"], "").success());
    assert_eq!(status["data"][0]["source"], "none");
    assert_eq!(status["data"][0]["open_api"]["source"], "file");
    let requests = served.run(&["--dry-run", "api", "open.create_task", "-d", r#"{"title":"Bread"}"#, "--json"], "");
    assert_eq!(json(&requests.success())["data"][0]["operation"], "open.create_task");
    assert!(!served.control("GET", "/_sim/state", "").contains("Bread"));

    served.run(&["auth", "logout"], "").success();
    served.run(&["api", "open.list_projects"], "").code(4);
    served.run_with_token(&["api", "open.list_projects"], "tp_s3cret").success();
    served.run(&["auth", "login", "--token-stdin"], "tp_s3cret\n").code(2);
}

#[test]
fn a_zone_in_the_time_of_the_demo_is_that_of_the_account() {
    let run = |now: &str| {
        json(&ticktick(&["--demo", "task", "list", "--json"]).env("TICKTICK_DEMO_NOW", now).assert().success())
    };
    assert_eq!(run("2026-11-26T10:00[Europe/Berlin]")["meta"]["now"], "2026-11-26T10:00:00+01:00[Europe/Berlin]");
    assert_eq!(run("2026-11-26T10:00:00Z")["meta"]["now"], "2026-11-26T10:00:00+00:00[Europe/London]");
    ticktick(&["--demo", "task", "list"]).env("TICKTICK_DEMO_NOW", "tomorrow").assert().code(2);
}

#[test]
fn the_open_api_works_in_the_demo() {
    demo(&["api", "open.list_projects"]).success();
}

#[test]
fn the_doctor_names_a_remedy_for_every_failure() {
    let findings = |served: &Served, status: i32| {
        let assert = served.run(&["auth", "doctor", "--json"], "").code(status);
        let rows = json(&assert)["data"].as_array().unwrap().clone();
        for row in rows.iter().filter(|row| row["state"] == "failed") {
            assert!(row["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{row}");
        }
        rows
    };
    let state = |rows: &[Value], check: &str| {
        rows.iter().find(|row| row["check"] == check).map(|row| row["state"].as_str().unwrap().to_owned())
    };
    let mut served = Served::start("doctor");
    let rows = findings(&served, 1);
    assert_eq!(state(&rows, "session").as_deref(), Some("failed"));
    assert_eq!(state(&rows, "connection").as_deref(), Some("ok"));

    served.sign_in("me@example.com");
    let rows = findings(&served, 0);
    for check in ["config", "files", "session", "lock-out", "dns", "connection", "account", "contract"] {
        assert_eq!(state(&rows, check).as_deref(), Some("ok"), "{check}: {rows:?}");
    }
    let elsewhere = ticktick(&["auth", "doctor", "--offline", "--json"]).env("TICKTICK_CONFIG_DIR", served.folder());
    let rows = json(&elsewhere.assert().code(1))["data"].as_array().unwrap().clone();
    let session = rows.iter().find(|row| row["check"] == "session").unwrap();
    assert!(session["remedy"].as_str().unwrap().contains(served.address()), "{session}");

    served.control("DELETE", "/_sim/sessions", "");
    let rows = findings(&served, 1);
    assert_eq!(state(&rows, "account").as_deref(), Some("failed"), "{rows:?}");
    served.stop();
    let rows = findings(&served, 1);
    assert_eq!(state(&rows, "connection").as_deref(), Some("failed"));
    let text = stdout(&served.run(&["auth", "doctor"], "").code(1));
    assert!(text.contains("✗ connection") && text.contains("→ start the server"), "{text}");
    demo(&["auth", "doctor"]).success();
    assert_eq!(stdout(&served.run(&["doctor"], "").code(1)), text, "it is the same command");
    demo(&["doctor"]).success();
}

#[test]
fn no_secret_reaches_output_logs_or_errors() {
    let served = Served::start_with("no-secret", &["--api-token", "tp_hunter2"]);
    let login = ["-vv", "auth", "login", "-u", "me@example.com", "--password-stdin", "--json"];
    let mut all = vec![served.run(&login, "secret\n").success()];
    let token = served.token();
    for args in [
        &["auth", "status", "--verify", "--json"][..],
        &["auth", "doctor"],
        &["auth", "doctor", "--json"],
        &["config", "list", "--origin"],
        &["profile", "list", "--json"],
        &["task", "list"],
        &["-vv", "task", "list", "--no-mirror"],
        &["api", "task.gt"],
    ] {
        all.push(served.run(args, ""));
    }
    let debug = ticktick(&["task", "list", "--no-mirror", "--base-url", served.address()]);
    let debug = debug.env("TICKTICK_DEBUG", "api").env("TICKTICK_TOKEN", &token).assert().success();
    assert!(stderr(&debug).contains("sync.check"), "{}", stderr(&debug));
    all.push(debug);
    all.push(served.run(&["auth", "login", "--openapi", "--token-stdin", "-vv"], "tp_hunter2"));
    all.push(served.run(&["api", "open.list_projects", "-vv"], ""));
    all.push(served.run(&["auth", "login", "--token-stdin", "-vv"], "hunter2-wrong"));
    for output in &all {
        let text = format!("{}{}", stdout(output), stderr(output));
        for secret in ["secret\n", "hunter2", &token] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[test]
fn a_wait_of_one_command_holds_for_the_next() {
    let served = Served::start("shared-limits");
    served.sign_in("me@example.com");
    served.control(
        "POST",
        "/_sim/faults",
        r#"{"operation":"sync.check","times":1,"do":{"too_many_requests":{"retry_after":{"seconds":3600}}}}"#,
    );
    served.run(&["task", "list", "--no-mirror"], "").code(7);
    let log = served.run(&["-v", "task", "list", "--no-mirror"], "").code(7);
    assert!(stderr(&log).contains("not sent"), "{}", stderr(&log));
    let rows = json(&served.run(&["auth", "doctor", "--json"], ""))["data"].clone();
    assert!(rows.as_array().unwrap().iter().any(|row| row["check"] == "limit" && row["state"] == "warning"), "{rows}");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_keyring_the_session_is_in_the_file_and_that_is_said() {
    let served = Served::start("no-keyring");
    let login =
        ticktick(&["auth", "login", "-u", "me@example.com", "--password-stdin", "--base-url", served.address()])
            .env("TICKTICK_CONFIG_DIR", served.folder())
            .env_remove("TICKTICK_SESSION_STORE")
            .stdin("secret")
            .assert()
            .success();
    let path = served.folder().join("session.json");
    let note = stderr(&login);
    assert!(note.starts_with("note: no keyring (") && note.contains(&path.display().to_string()), "{note}");
    served.run(&["task", "list"], "").success();
}

#[test]
fn a_redirect_leads_to_this_machine() {
    let login = ["auth", "login", "--openapi", "--client-id", "x", "--redirect-uri", "https://example.com/"];
    let error = stderr(&ticktick(&login).assert().code(2));
    assert!(error.contains("not on this machine"), "{error}");
}

#[test]
fn new_tasks_go_to_the_usual_project() {
    let served = Served::start("usual-project");
    served.sign_in("me@example.com");
    let home = r#"{"add":[{"id":"65f0c1d2a3b4c5d6e7f80912","name":"Home"}]}"#;
    served.run(&["api", "project.batch", "-d", home], "").success();
    served.run(&["config", "set", "project", "Home"], "").success();
    let project = |args: &[&str]| {
        let added = json(&served.run(&[&["add", "Milk", "--json"], args].concat(), "").success());
        added["data"][0]["project"]["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(project(&[]), "Home");
    assert_eq!(project(&["--project", "inbox"]), "Inbox");
}
