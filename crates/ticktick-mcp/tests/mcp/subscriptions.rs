//! Subscriptions to resources, in both eras. The clock is stopped, so pauses between polls take no time.
#![expect(deprecated, reason = "the older era is served, too")]

use rmcp::model::{
    ReadResourceRequestParams, ServerNotification, SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestParams,
};
use serde_json::json;
use ticktick::raw::op;

use crate::world::{Era, World, both, options};

const TODAY: &str = "ticktick://today";

async fn read(world: &World, uri: &str) -> String {
    let read = world.agent.read_resource(ReadResourceRequestParams::new(uri)).await.unwrap();
    serde_json::to_value(&read).unwrap()["contents"][0]["text"].as_str().unwrap().to_owned()
}

/// Completes a task as another program does.
async fn complete(world: &World, title: &str) {
    let task = world.task(title).await;
    world.other.task().complete(&task).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_another_program_completes_is_an_update_in_the_older_era() {
    let world = World::new(Era::Handshake, options()).await;
    world.agent.subscribe(SubscribeRequestParams::new(TODAY)).await.unwrap();
    assert!(read(&world, TODAY).await.contains("Phone grandma"));
    complete(&world, "Phone grandma").await;
    world.seen.updated.notified().await;
    assert_eq!(*world.seen.updates.lock().unwrap(), [TODAY]);
    assert!(!read(&world, TODAY).await.contains("Phone grandma"));
}

#[tokio::test(start_paused = true)]
async fn what_another_program_completes_is_an_update_in_the_newer_era() {
    let world = World::new(Era::Discover, options()).await;
    let task = world.task("Buy groceries").await;
    let of_task = format!("ticktick://task/{}", task.id);
    let filter = SubscriptionFilter::builder().resource_subscriptions([TODAY, &of_task, "file:///etc/passwd"]).build();
    let mut subscription = world.agent.listen(filter).await.unwrap();
    assert_eq!(subscription.acknowledged().resource_subscriptions.as_ref().unwrap().len(), 2);
    complete(&world, "Phone grandma").await;
    let Ok(Some(ServerNotification::ResourceUpdatedNotification(update))) = subscription.next().await else {
        panic!("no update");
    };
    assert_eq!(update.params.uri, TODAY);
    assert!(!read(&world, TODAY).await.contains("Phone grandma"));
    world.ok("checklist", json!({"task": "Buy groceries", "add": "Eggs"})).await;
    loop {
        match subscription.next().await {
            Ok(Some(ServerNotification::ResourceUpdatedNotification(update))) if update.params.uri == of_task => break,
            Ok(Some(_)) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_this_server_changes_is_an_update_without_a_pause() {
    let world = World::new(Era::Handshake, options()).await;
    world.agent.subscribe(SubscribeRequestParams::new("ticktick://project/home")).await.unwrap();
    world.ok("add_tasks", json!({"tasks": [{"title": "Mend the gate", "project": "home"}]})).await;
    world.seen.updated.notified().await;
    assert_eq!(*world.seen.updates.lock().unwrap(), ["ticktick://project/home"]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_for_without_subscriptions() {
    let world = World::new(Era::Handshake, options()).await;
    world.agent.subscribe(SubscribeRequestParams::new(TODAY)).await.unwrap();
    let minutes = async |minutes: u64| {
        world.service.forget_requests();
        tokio::time::sleep(std::time::Duration::from_secs(60 * minutes)).await;
        world.service.count(&op::SYNC_CHECK)
    };
    let polite = minutes(10).await;
    assert!((15..=25).contains(&polite), "{polite} requests in ten minutes");
    world.agent.unsubscribe(UnsubscribeRequestParams::new(TODAY)).await.unwrap();
    minutes(1).await;
    assert_eq!(minutes(10).await, 0);
    complete(&world, "Phone grandma").await;
    minutes(1).await;
    assert!(world.seen.updates.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_fails_is_asked_less_often() {
    let world = World::new(Era::Handshake, options()).await;
    world.agent.subscribe(SubscribeRequestParams::new(TODAY)).await.unwrap();
    world.service.end_sessions();
    world.service.forget_requests();
    tokio::time::sleep(std::time::Duration::from_secs(3_600)).await;
    let asked = world.service.requests().len();
    assert!((1..=12).contains(&asked), "{asked} requests in an hour");
}

#[tokio::test]
async fn what_is_no_resource_cannot_be_subscribed_to() {
    let world = World::new(Era::Handshake, options()).await;
    for uri in ["ticktick://tomorrow", "file:///etc/passwd"] {
        assert!(world.agent.subscribe(SubscribeRequestParams::new(uri)).await.is_err(), "{uri}");
    }
    both(async |world| {
        let info = serde_json::to_value(world.agent.peer_info()).unwrap();
        assert_eq!(info["capabilities"]["resources"]["subscribe"], true);
    })
    .await;
}
