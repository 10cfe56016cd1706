//! Resources, prompts and completions.

use rmcp::model::{ArgumentInfo, CompleteRequestParams, GetPromptRequestParams, ReadResourceRequestParams, Reference};
use serde_json::{Value, json};

use crate::world::{World, both};

async fn read(world: &World, uri: &str) -> Result<String, rmcp::ServiceError> {
    let read = world.agent.read_resource(ReadResourceRequestParams::new(uri)).await?;
    let read = serde_json::to_value(&read).unwrap();
    Ok(read["contents"][0]["text"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn resources_show_what_the_tools_show() {
    both(async |world| {
        let task = world.task("Buy groceries").await;
        for (uri, part) in [
            ("ticktick://today".to_owned(), "Today, Thu 2026-11-26:"),
            ("ticktick://project/work".to_owned(), "Send the quarterly report"),
            ("ticktick://project/Trip%20to%20Japan".to_owned(), "In Kyoto"),
            (format!("ticktick://task/{}", task.id), "item [ ] "),
        ] {
            let text = read(world, &uri).await.unwrap();
            assert!(text.contains(part), "{uri}: {text}");
        }
        for uri in ["ticktick://project/none", "ticktick://tomorrow", "file:///etc/passwd", "ticktick://task/call"] {
            let error = read(world, uri).await.unwrap_err();
            let rmcp::ServiceError::McpError(error) = error else { panic!("{error}") };
            assert_eq!(error.data, Some(json!({"uri": uri})));
        }
        assert_eq!(world.agent.list_all_resources().await.unwrap().len(), 1);
        assert_eq!(world.agent.list_all_resource_templates().await.unwrap().len(), 2);
        assert_eq!(world.writes(), 0);
    })
    .await;
}

#[tokio::test]
async fn prompts_contain_the_tasks_that_they_are_about() {
    both(async |world| {
        let names: Vec<String> =
            world.agent.list_all_prompts().await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["habit_check", "inbox_zero", "plan_day", "weekly_review"]);
        for (name, part) in
            names.iter().zip(["Drink water", "Water the plants", "Phone grandma", "Renew the train card"])
        {
            let prompt = world.agent.get_prompt(GetPromptRequestParams::new(name.clone())).await.unwrap();
            let prompt = serde_json::to_value(&prompt).unwrap();
            let text = prompt["messages"][0]["content"]["text"].as_str().unwrap();
            assert!(text.contains(part), "{name}: {text}");
        }
        let other = GetPromptRequestParams::new("plan_day")
            .with_arguments(json!({"day": "2026-11-28"}).as_object().cloned().unwrap());
        let other = serde_json::to_value(world.agent.get_prompt(other).await.unwrap()).unwrap();
        assert!(other.to_string().contains("Return the library books"));
    })
    .await;
}

#[tokio::test]
async fn names_are_completed() {
    both(async |world| {
        let of = Reference::for_resource("ticktick://project/{name}");
        let asked = CompleteRequestParams::new(of, ArgumentInfo::new("name", "wo"));
        let found = serde_json::to_value(world.agent.complete(asked).await.unwrap()).unwrap();
        assert_eq!(found["completion"]["values"], Value::from(vec!["💼 Work"]));
    })
    .await;
}
