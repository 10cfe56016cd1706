//! The program as a careless or hostile client meets it: by hand, over a pipe.

use serde_json::json;

use crate::process::Process;

#[test]
fn a_change_right_after_the_acknowledgement_is_not_missed() {
    let mut server = Process::bare(&["--demo"]);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "hand", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let request = |id: u64, method: &str, mut params: serde_json::Value| {
        params["_meta"] = meta.clone();
        json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()
    };
    let complete = json!({"name": "complete_tasks", "arguments": {"tasks": ["water the plants"]}});
    let listen = json!({"notifications": {"resourceSubscriptions": ["ticktick://today"]}});
    // Both in one piece, so that the change is made while the subscription begins.
    server.line(&format!("{}\n{}", request(1, "subscriptions/listen", listen), request(2, "tools/call", complete)));
    let mut heard = Vec::new();
    while !heard.iter().any(|one| one == "notifications/resources/updated") {
        let answer = server.answer();
        heard.push(answer["method"].as_str().unwrap_or("answer").to_owned());
        assert!(heard.len() < 4, "{heard:?}");
    }
}
