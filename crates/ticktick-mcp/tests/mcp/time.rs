//! Time limits, cancellation and progress. The clock is stopped, so slow responses take no time.

use std::time::Duration;

use rmcp::model::{CallToolRequestParams, ClientRequest, ProgressToken, Request, RequestMetaObject};
use rmcp::service::PeerRequestOptions;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::world::{Era, World, both, options};

fn request(name: &str, args: Value) -> CallToolRequestParams {
    CallToolRequestParams::new(name.to_owned()).with_arguments(args.as_object().cloned().unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_server_answers_before_any_request() {
    for era in [Era::Handshake, Era::Discover] {
        let world = World::new(era, options()).await;
        world.tools().await;
        assert!(world.service.requests().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_falls_back_to_the_copy_if_the_service_is_slow() {
    both(async |world| {
        world.ok("agenda", json!({})).await;
        world.slow.set("sync.", 120);
        let began = Instant::now();
        let reply = world.ok("agenda", json!({})).await;
        assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
        assert!(reply.text.contains("TickTick cannot be reached: this is from 0 minutes ago."), "{}", reply.text);
        assert!(reply.text.contains("Send the quarterly report"));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_call_that_sent_nothing_may_be_repeated() {
    both(async |world| {
        world.slow.set("sync.", 120);
        for (tool, args) in [("find_tasks", json!({})), ("complete_tasks", json!({"tasks": ["Phone grandma"]}))] {
            let began = Instant::now();
            let reply = world.call(tool, args).await;
            assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
            assert!(
                reply.is_error && reply.text.contains("Nothing was changed. The call may be repeated."),
                "{}",
                reply.text
            );
        }
        world.slow.clear();
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert_eq!(world.writes(), 0, "a call that was stopped sends nothing later");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_call_that_sent_a_change_says_so_and_is_carried_out() {
    both(async |world| {
        world.slow.set("task.batch", 29);
        let began = Instant::now();
        let reply = world.call("complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
        assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
        assert!(
            reply.is_error && reply.text.contains("the change was sent and may still be carried out"),
            "{}",
            reply.text
        );
        assert!(reply.text.contains("Do not repeat the call"));
        world.slow.clear();
        let history = world.ok("history", json!({})).await;
        assert!(history.text.contains("mcp complete_tasks"), "{}", history.text);
        assert!(!world.titles().await.contains(&"Phone grandma".to_owned()));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_call_changes_nothing_unless_it_was_sent() {
    both(async |world| {
        world.slow.set("sync.", 5);
        let call =
            ClientRequest::CallToolRequest(Request::new(request("delete_tasks", json!({"tasks": ["Phone grandma"]}))));
        let handle = world.agent.send_cancellable_request(call, PeerRequestOptions::no_options()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        handle.cancel(None).await.unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(world.writes(), 0);
        world.slow.clear();
        assert!(world.ok("agenda", json!({})).await.text.contains("Phone grandma"), "other calls are answered");
    })
    .await;
}

#[tokio::test]
async fn a_long_call_reports_its_progress() {
    both(async |world| {
        let mut call = request("complete_tasks", json!({"tasks": ["Phone grandma", "Buy groceries"], "wont_do": true}));
        call.meta = Some(RequestMetaObject::with_progress_token(ProgressToken(rmcp::model::NumberOrString::Number(7))));
        World::reply(world.agent.call_tool(call).await.unwrap());
        // Messages that were sent before the answer arrive before it.
        let progress = world.seen.progress.lock().unwrap().clone();
        assert!(progress.len() >= 4, "{progress:?}");
        assert!(progress.windows(2).all(|two| two[0].0 < two[1].0), "{progress:?}");
        for message in ["Reading the account", "Sending the change"] {
            assert!(progress.iter().any(|one| one.1 == message), "{progress:?}");
        }
        assert!(progress.iter().any(|one| one.1.starts_with("Closing ")), "{progress:?}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn writes_are_in_the_order_of_the_calls() {
    both(async |world| {
        world.slow.set("task.batch", 2);
        let calls = (0..4).map(|number| {
            let args = json!({"changes": [{"task": "Phone grandma", "content": format!("Version {number}")}]});
            world.agent.call_tool(request("update_tasks", args))
        });
        for result in futures_of(calls).await {
            assert_ne!(result.unwrap().is_error, Some(true));
        }
        let task = world.task("Phone grandma").await;
        assert_eq!(task.content.as_deref(), Some("Version 3"));
    })
    .await;
}

/// Runs futures at the same time, and returns their results in order.
async fn futures_of<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<_> = futures.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut is_done = true;
        for (future, result) in &mut running {
            if result.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *result = Some(value),
                    std::task::Poll::Pending => is_done = false,
                }
            }
        }
        if is_done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, result)| result).collect()
}
