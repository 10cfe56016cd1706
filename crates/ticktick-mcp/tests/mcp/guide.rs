//! Compares the transcripts of `docs/mcp.md` with real answers.
//!
//! A block of `text` that begins with `call ` holds calls, each with the text of its answer. All calls go to one server of the
//! demo account. `TOKEN` stands for the token of the last preview. `SNAPSHOTS=overwrite` writes the real answers into the guide.

use serde_json::Value;

use crate::process::Process;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mcp.md");
const BLOCK: &str = "\n```text\ncall ";

/// Calls a tool as a line of the guide says, and returns the line with the answer.
fn replay(server: &mut Process, line: &str, token: &mut String) -> String {
    let (name, args) = line.split_once(' ').unwrap_or((line, "{}"));
    let args: Value = serde_json::from_str(&args.replace("TOKEN", token)).unwrap();
    let answer = server.call(name, args);
    let mut text = answer["text"].as_str().unwrap_or_else(|| panic!("{line}: {answer}")).to_owned();
    if let Some(confirm) = answer["confirm"].as_str() {
        text = text.replace(confirm, "TOKEN");
        confirm.clone_into(token);
    }
    format!("{line}\n{text}\n")
}

#[test]
fn the_transcripts_of_the_guide_are_real() {
    let guide = std::fs::read_to_string(GUIDE).unwrap();
    let mut server = Process::start(&["--demo"]);
    let mut token = String::new();
    let mut parts = guide.split(BLOCK);
    let mut real = parts.next().unwrap().to_owned();
    let overwrites = std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite");
    for part in parts {
        let (calls, rest) = part.split_once("```").unwrap();
        let lines = calls.split("\ncall ").map(|call| call.lines().next().unwrap());
        let answers: Vec<_> = lines.map(|line| replay(&mut server, line, &mut token)).collect();
        let answers = answers.join("call ");
        assert!(overwrites || answers == calls, "SNAPSHOTS=overwrite writes the real answers:\n{answers}\n{calls}");
        real += &format!("{BLOCK}{answers}```{rest}");
    }
    assert!(real.matches(BLOCK).count() > 2);
    if overwrites {
        std::fs::write(GUIDE, real).unwrap();
    }
}
