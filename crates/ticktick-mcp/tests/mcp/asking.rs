//! Confirmation by the user of the client, in both eras, and by the token in any case.

use serde_json::{Value, json};
use ticktick_mcp::Options;

use crate::agent::{Agent, User};
use crate::world::{Era, World, codes, options};

const BOTH: [Era; 2] = [Era::Handshake, Era::Discover];

async fn world(era: Era, user: User) -> World {
    World::with(era, options(), Agent { user, ..Agent::default() }).await
}

async fn everything(world: &World) -> Value {
    let list = world.ok("find_tasks", json!({"limit": 200})).await;
    json!({"tasks": codes(&list.text)})
}

#[tokio::test]
async fn a_user_who_agrees_confirms_the_change() {
    for era in BOTH {
        let world = world(era, User::Agrees).await;
        let all = everything(&world).await;
        let reply = world.ok("delete_tasks", all).await;
        assert!(reply.text.starts_with("Moved to the trash") && reply.undo.is_some(), "{era:?}: {}", reply.text);
        assert!(world.titles().await.is_empty());
        let questions = world.seen.questions.lock().unwrap().clone();
        assert_eq!(questions.len(), 1, "{era:?}");
        assert!(
            questions[0].starts_with("TickTick: confirm this change, because it changes 40 tasks"),
            "{questions:?}"
        );
        assert!(questions[0].ends_with("… and 10 more") && !questions[0].contains("token"), "{questions:?}");
    }
}

#[tokio::test]
async fn after_a_decline_nothing_is_changed_and_the_token_works() {
    for era in BOTH {
        let world = world(era, User::Declines).await;
        let delete = json!({"action": "delete", "project": "trip to japan"});
        let reply = world.ok("edit_project", delete.clone()).await;
        assert!(reply.text.starts_with("Not confirmed: the user, or the client, declined."), "{era:?}: {}", reply.text);
        assert_eq!((world.writes(), reply.undo), (0, None));
        assert_eq!(world.seen.questions.lock().unwrap().len(), 1);
        let mut confirmed = delete;
        confirmed["confirm"] = reply.confirm.unwrap().into();
        let reply = world.ok("edit_project", confirmed).await;
        assert!(reply.text.starts_with("Done:") && world.writes() > 0, "{}", reply.text);
        assert_eq!(world.seen.questions.lock().unwrap().len(), 1, "a token asks nobody");
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_who_does_not_answer_is_not_waited_for() {
    let world = world(Era::Handshake, User::Sleeps).await;
    let reply = world.ok("edit_project", json!({"action": "delete", "project": "trip to japan"})).await;
    assert!(reply.text.starts_with("Not confirmed: nobody answered the question."), "{}", reply.text);
    assert!(reply.confirm.is_some() && world.writes() == 0);
}

#[tokio::test]
async fn a_client_that_cannot_ask_gets_the_token() {
    for era in BOTH {
        let world = world(era, User::Nobody).await;
        let reply = world.ok("edit_project", json!({"action": "delete", "project": "trip to japan"})).await;
        assert!(reply.text.starts_with("Nothing was changed yet") && reply.confirm.is_some(), "{}", reply.text);
        assert!(world.seen.questions.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_dry_run_asks_nobody() {
    for era in BOTH {
        let world = world(era, User::Agrees).await;
        let mut all = everything(&world).await;
        all["dry_run"] = true.into();
        assert!(world.ok("delete_tasks", all).await.text.starts_with("Dry run"));
        assert!(world.seen.questions.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn one_comment_too_many_can_be_confirmed() {
    let world = World::new(Era::Handshake, Options::default()).await;
    let all = everything(&world).await;
    for _ in 0..5 {
        let few: Vec<Value> = all["tasks"].as_array().unwrap()[..20].to_vec();
        world.ok("reschedule_tasks", json!({"tasks": few, "due": "tomorrow"})).await;
    }
    let mut args = json!({"task": "Phone grandma", "add": "Ask about the garden"});
    let reply = world.ok("comment", args.clone()).await;
    assert!(reply.text.contains("101 tasks in ten minutes"), "{}", reply.text);
    args["confirm"] = reply.confirm.unwrap().into();
    assert!(world.ok("comment", args).await.text.starts_with("Done:"));
}
