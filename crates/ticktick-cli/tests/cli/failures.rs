//! Error messages for people and scripts.

use crate::sessions::Served;
use crate::support::{demo, golden, json, stderr, stdout, ticktick};

#[test]
fn an_ambiguous_title_names_the_candidates() {
    demo(&["task", "done", "pa"]).code(5).stdout_eq("").stderr_eq(golden("ambiguous.txt"));
    let fault = json(&demo(&["task", "done", "pa", "--json"]).code(5));
    assert_eq!(fault["ok"], false);
    assert_eq!(fault["error"]["code"], "ambiguous");
    assert_eq!(fault["error"]["candidates"].as_array().unwrap().len(), 4);
}

#[test]
fn nothing_is_done_unless_all_is_found() {
    demo(&["task", "done", "call the", "no such task"]).code(3).stdout_eq("").stderr_eq(
        "\
error: no task matches \"no such task\"
hint: `ticktick list` lists the open tasks; `ticktick search` finds closed ones
",
    );
}

#[test]
fn an_unknown_project_is_not_found() {
    demo(&["task", "list", "--project", "moon"]).code(3).stdout_eq("").stderr_eq(
        "\
error: no project matches \"moon\"
hint: `ticktick project list` lists all projects
",
    );
}

#[test]
fn notes_are_never_done() {
    demo(&["task", "done", "books to read"])
        .code(2)
        .stderr_eq("error: \"Books to read\" is a note, which cannot be completed\n");
}

#[test]
fn a_date_that_is_none_is_refused() {
    demo(&["task", "add", "x", "--due", "someday"]).code(2).stderr_eq(golden("no-date.txt"));
    demo(&["task", "add", " "]).code(2);
}

#[test]
fn wrong_usage_is_reported_as_text_and_as_json() {
    ticktick(&["task", "lst"]).assert().code(2).stdout_eq("").stderr_eq(golden("usage.txt"));
    let fault = json(&ticktick(&["task", "lst", "--json"]).assert().code(2));
    assert_eq!(fault["error"]["code"], "usage");
    assert_eq!(fault["error"]["message"], "unrecognized subcommand 'lst'");
    assert_eq!(fault["error"]["hint"], "did you mean list or ls? Otherwise see `ticktick task --help`");
    let fault = json(&ticktick(&["tody", "--json"]).assert().code(2));
    assert_eq!(fault["error"]["hint"], "did you mean today? Otherwise see `ticktick --help`");
    let fault = json(&ticktick(&["list", "--sort", "titel", "--json"]).assert().code(2));
    assert_eq!(fault["error"]["hint"], "did you mean title? Otherwise try --help");
    let fault = json(&ticktick(&["list", "--jsom", "--json"]).assert().code(2));
    assert_eq!(fault["error"]["hint"], "did you mean --json? Otherwise see `ticktick list --help`");
    let fault = json(&ticktick(&["--json"]).assert().code(4));
    assert_eq!(fault["error"]["code"], "not_signed_in");
}

#[test]
fn a_flag_of_all_commands_can_be_repeated_because_an_alias_may_have_it() {
    ticktick(&["--demo", "--json", "tag", "list", "--json", "--demo"]).assert().success();
    ticktick(&["--demo", "-q", "list", "-q", "--no-mirror", "--no-mirror"]).assert().success();
    ticktick(&["--demo", "list", "--limit", "1", "--limit", "2"]).assert().code(2);
}

#[test]
fn a_script_learns_which_arguments_are_missing_or_exclude_each_other() {
    let fault = json(&ticktick(&["tag", "rename", "--json"]).assert().code(2));
    let message = "the following required arguments were not provided: <TAG>, <NEW_NAME>";
    assert_eq!(fault["error"]["message"], message);
    assert_eq!(fault["error"]["hint"], "see `ticktick tag rename --help`");
    let fault = json(&ticktick(&["list", "--json", "-q", "--output", "csv"]).assert().code(2));
    assert_eq!(fault["error"]["message"], "the argument '--json' cannot be used with: --quiet, --output <FORMAT>");
}

#[test]
fn without_a_session_there_is_a_way() {
    ticktick(&["task", "list"]).assert().code(4).stdout_eq("").stderr_eq(
        "\
error: not signed in to ticktick.com
hint: sign in with `ticktick auth login`, or try `ticktick --demo`, which needs no account
",
    );
    ticktick(&["auth", "status", "--region", "dida365"]).assert().code(4);
}

#[test]
fn nobody_can_answer_a_question_of_a_script() {
    ticktick(&["auth", "login"]).stdin("").assert().code(2);
    ticktick(&["auth", "login", "-u", "me", "--password-stdin"]).stdin("").assert().code(2);
    ticktick(&["auth", "login", "--token-stdin"]).stdin("\n").assert().code(2);
    // A password is never an argument.
    ticktick(&["auth", "login", "-u", "me", "--password", "x"]).assert().code(2);
}

#[test]
fn no_answer_is_the_network() {
    // A call that is not repeated, so the test does not wait.
    let nobody = ["api", "POST", "/x", "--base-url", "http://127.0.0.1:1"];
    ticktick(&nobody).env("TICKTICK_TOKEN", "x").assert().code(8);
    let other = ["task", "list", "--base-url", "http://example.com"];
    ticktick(&other).env("TICKTICK_TOKEN", "x").assert().code(2).stderr_eq(
        "error: invalid value of --base-url: the base address is plain HTTP to another machine\nhint: use `https://`\n",
    );
}

#[test]
fn a_reader_who_has_enough_is_no_fault() {
    use std::process::{Command, Stdio};

    let mut child = Command::new(crate::support::bin())
        .args(["api", "--list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn scripts_learn_which_values_are_valid() {
    let fault = json(&ticktick(&["list", "--priority", "x", "--json"]).assert().code(2));
    assert_eq!(fault["error"]["hint"], "use none, low, medium, high");
    let fault = json(&demo(&["list", "--due", "blub", "--json"]).code(2));
    assert!(fault["error"]["hint"].as_str().unwrap().starts_with("write overdue, today"), "{fault}");
    let fault = json(&demo(&["edit", "dentist", "--column", "blub", "--json"]).code(3));
    assert_eq!(fault["error"]["hint"], "the project has no columns; `ticktick column create` adds one");
}

#[test]
fn a_preview_of_a_forbidden_write_says_that_it_is_forbidden() {
    for more in [&[][..], &["--dry-run"]] {
        let fault = json(&demo(&[&["done", "dentist", "--read-only", "--json"][..], more].concat()).code(2));
        let said = fault["error"]["message"].as_str().unwrap();
        assert!(said.ends_with("the command may change the account, which the read-only mode forbids"), "{said}");
        assert!(fault["error"]["hint"].as_str().unwrap().starts_with("leave out --read-only"), "{fault}");
    }
}

#[test]
fn empty_lists_say_how_to_begin() {
    let served = Served::start("empty-lists");
    served.sign_in("me@example.com");
    for (line, wanted) in [
        (&["list"][..], " 0 tasks · `ticktick add` adds one"),
        (&["today"], " 0 tasks · `ticktick next` suggests what to do"),
        (&["today", "--priority", "high"], " 0 tasks"),
        (&["tag", "list"], " 0 tags · `ticktick tag create` adds one"),
        (&["habit", "list"], " 0 habits · `ticktick habit create` adds one"),
    ] {
        let text = stdout(&served.run(&[line, &["-o", "table"]].concat(), "").success());
        assert_eq!(text.lines().next(), Some(wanted), "{line:?}");
    }
}

#[test]
fn a_failed_connection_is_described_without_jargon() {
    let line = ["--base-url", "http://127.0.0.1:1", "today", "--no-mirror"];
    let refused = ticktick(&line).env("TICKTICK_TOKEN", "abc").assert().code(8);
    let said = stderr(&refused);
    assert!(said.starts_with("error: cannot connect to the service: ") && !said.contains("user.settings"), "{said}");
    assert!(said.contains("`ticktick doctor` checks each step"), "{said}");
}

#[test]
fn a_noun_without_a_verb_says_that_a_command_is_missing() {
    for (args, name) in [(&["user", "--json"][..], "user"), (&["--json", "habit", "section"], "habit section")] {
        let fault = json(&ticktick(args).assert().code(2));
        assert_eq!(
            fault["error"]["message"],
            format!("'ticktick {name}' requires a subcommand but one was not provided")
        );
        assert_eq!(fault["error"]["hint"], format!("see `ticktick {name} --help`"));
    }
}

#[test]
fn a_creation_without_a_response_has_an_unknown_outcome() {
    let served = Served::start("unknown-outcome");
    served.sign_in("me@example.com");
    for (title, fault) in [("Milk", r#""do": "lose_answer""#), ("Bread", r#""status": 500"#)] {
        let rule = format!("{{\"operation\": \"task.batch\", {fault}}}");
        served.control("POST", "/_sim/faults", &rule);
        let failed = json(&served.run(&["add", title, "--json"], "").code(8));
        assert_eq!(failed["error"]["code"], "unknown_outcome", "{failed}");
        assert_eq!(failed["error"]["retryable"], false, "repeating it may add a second task");
        served.control("DELETE", "/_sim/faults", "");
    }
    assert_eq!(stdout(&served.run(&["list", "--max-age", "0s", "-q"], "").success()).lines().count(), 1);
    let history = json(&served.run(&["history", "--json"], "").success());
    let milk = history["data"].as_array().unwrap().iter().find(|entry| entry["changes"][0]["title"] == "Milk").unwrap();
    assert_eq!(milk["outcome"], "done");
}

#[test]
fn several_tasks_that_fail_alike_have_the_status_of_their_failure() {
    let served = Served::start("fail-alike");
    served.sign_in("me@example.com");
    served.run(&["add", "Milk"], "").success();
    served.run(&["add", "Bread"], "").success();
    let rule = r#"{"operation": "task.batch", "do": {"too_many_requests": {"retry_after": {"seconds": 600}}}}"#;
    served.control("POST", "/_sim/faults", rule);
    let failed = json(&served.run(&["done", "milk", "bread", "--json"], "").code(7));
    assert_eq!(failed["error"]["code"], "rate_limited");
    assert_eq!(failed["error"]["data"], serde_json::Value::Null);
}

#[test]
fn a_web_page_instead_of_data_is_off_the_contract() {
    let served = Served::start("web-page");
    served.sign_in("me@example.com");
    served.run(&["add", "Milk"], "").success();
    served.control("POST", "/_sim/faults", r#"{"do": "html"}"#);
    for args in [&["list", "--no-mirror", "--json"][..], &["done", "milk", "--json"]] {
        let failed = json(&served.run(args, "").code(9));
        assert_eq!(failed["error"]["code"], "off_contract", "{failed}");
    }
}
