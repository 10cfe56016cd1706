//! What the model pays, at 4 characters per token.

use serde_json::json;

use crate::world::{Era, World, options};

async fn tokens_of_tools(tools: &[&str]) -> (usize, usize) {
    let tools = tools.iter().map(|&name| name.to_owned()).collect();
    let world = World::new(Era::Handshake, ticktick_mcp::Options { tools, ..options() }).await;
    let tools = world.tools().await;
    (tools.len(), serde_json::to_string(&tools).unwrap().chars().count() / 4)
}

#[tokio::test]
async fn the_list_of_tools_is_short() {
    let (all, cost) = tokens_of_tools(&[]).await;
    assert!(all == 24 && cost <= 7_000, "{all} tools, {cost} tokens");
    let (core, cost) = tokens_of_tools(&["core"]).await;
    assert!(core == 9 && cost <= 2_500, "{core} tools, {cost} tokens");
}

#[tokio::test]
async fn forty_tasks_are_cheap() {
    let world = World::new(Era::Handshake, options()).await;
    let reply = world.ok("find_tasks", json!({"limit": 40})).await;
    let cost = serde_json::to_string(&reply.value).unwrap().chars().count() / 4;
    assert!(cost <= 700, "{cost} tokens:\n{}", reply.text);
}

#[tokio::test]
async fn schemas_have_nothing_that_a_client_cannot_read() {
    let world = World::new(Era::Discover, options()).await;
    for tool in world.tools().await {
        let text = serde_json::to_string(&tool).unwrap();
        for part in ["$ref", "$defs", "$schema", "anyOf", "oneOf", "allOf", "\"null\"", "\"format\"", "\"default\""] {
            assert!(!text.contains(part), "{} contains {part}: {text}", tool.name);
        }
        assert!(tool.name.len() <= 20 && tool.annotations.is_some() && tool.output_schema.is_some());
    }
}
