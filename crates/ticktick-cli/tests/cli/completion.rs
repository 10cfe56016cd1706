//! `ticktick completion` and `ticktick man`.

use crate::sessions::Served;
use crate::support::{stdout, ticktick};

/// Requests the completion of a line as bash does.
fn completed(served: &Served, line: &str) -> Vec<String> {
    let run = served.prepared(&["--", line]).env("TICKTICK_COMPLETE", "bash").env("_COMP_LINE", line);
    let text = stdout(&run.env("_COMP_BREAKS", " \t\n\"'><=;|&(:").assert().success());
    text.lines().map(str::to_owned).collect()
}

#[test]
fn commands_options_and_values_are_completed() {
    let served = Served::start("complete");
    assert_eq!(completed(&served, "ticktick li"), ["list"]);
    assert_eq!(completed(&served, "ticktick list --so"), ["--sort"]);
    assert_eq!(completed(&served, "ticktick list --sort=p"), ["priority", "project"]);
    assert_eq!(completed(&served, "ticktick mcp con"), ["config"]);
    let clients = ["claude-code", "claude-desktop", "codex", "cursor"];
    assert_eq!(completed(&served, "ticktick mcp config c"), clients);
    assert_eq!(completed(&served, "ticktick nonsense x"), [""; 0]);
}

#[test]
fn names_come_from_the_mirror_without_a_request() {
    let served = Served::start("complete-names");
    let line = format!("ticktick --base-url {} done C", served.address());
    assert_eq!(completed(&served, &line), [""; 0], "there is no mirror yet");
    served.sign_in("me@example.com");
    served.run(&["add", "Call: the dentist", "--tag", "health"], "").success();
    served.run(&["sync"], "").success();
    served.control("DELETE", "/_sim/requests", "");
    assert_eq!(completed(&served, &line), ["Call:\\ the\\ dentist"]);
    let line = format!("ticktick --base-url {} list --tag h", served.address());
    assert_eq!(completed(&served, &line), ["health"]);
    let line = format!("ticktick --base-url {} done \"Call: th", served.address());
    assert_eq!(completed(&served, &line), ["Call: the dentist"]);
    assert_eq!(served.control("GET", "/_sim/requests", "").matches("\"operation\"").count(), 0);
}

#[test]
fn profiles_are_completed_from_the_configuration_file() {
    let served = Served::start("complete-profiles");
    served.run(&["profile", "add", "work"], "").success();
    for line in ["--profile w", "profile use w", "profile show w", "profile remove w"] {
        assert_eq!(completed(&served, &format!("ticktick {line}")), ["work"], "{line}");
    }
    assert_eq!(completed(&served, "ticktick --profile d"), ["default"]);
    assert_eq!(completed(&served, "ticktick profile add w"), [""; 0], "the name of a new profile is not known");
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&ticktick(&["completion", shell]).assert().success());
        assert!(script.contains("TICKTICK_COMPLETE"), "{shell}: {script}");
    }
    ticktick(&["completion", "tcsh"]).assert().code(2).stderr_eq(
        "\
error: there is no completion for `tcsh`
hint: the shells are: bash, elvish, fish, powershell, zsh
",
    );
}

#[cfg(unix)]
#[test]
fn bash_itself_completes() {
    use std::process::Command;

    let Ok(shell) = Command::new("bash").arg("--version").output() else { return };
    assert!(shell.status.success());
    let program = crate::support::bin();
    let script = format!(
        "PATH=\"{}:$PATH\"; source <(ticktick completion bash); \
         COMP_LINE='ticktick hist'; COMP_POINT=${{#COMP_LINE}}; _ticktick_complete; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        program.parent().unwrap().display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "history\n");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    ticktick(&["man", folder.path().to_str().unwrap()]).assert().success();
    for name in
        ["ticktick.1", "ticktick-list.1", "ticktick-auth-login.1", "ticktick-task-add.1", "ticktick-mcp-config.1"]
    {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    let page = std::fs::read_to_string(folder.path().join("ticktick-list.1")).unwrap();
    assert!(page.contains("ticktick\\-list") && page.contains("\\-\\-sort"), "{page}");
}
