//! Refreshes: full, delta, shared, and of another account.

use ticktick::mirror::MirrorErrorKind;
use ticktick::raw::op;
use ticktick::{Error, TaskDraft};
use ticktick_sim::{Fault, Rule};

use crate::world::{World, clock, status};

#[tokio::test]
async fn the_first_refresh_reads_everything_and_the_next_one_what_changed() {
    let world = World::new();
    assert_eq!(world.mirror.account().unwrap_err().kind, MirrorErrorKind::Empty);
    assert_eq!(world.mirror.age().unwrap(), None);
    let first = world.mirror.refresh(&world.client).await.unwrap();
    assert!(first.full && !first.changes.tasks.added.is_empty());
    assert_eq!(world.lines(), ["GET /api/v2/user/preferences/settings", "GET /api/v3/batch/check/0"]);
    world.assert_equal().await;

    let milk = world.elsewhere().task().create(TaskDraft::new("Milk")).await.unwrap();
    world.service.forget_requests();
    let second = world.mirror.refresh(&world.client).await.unwrap();
    assert!(!second.full);
    assert_eq!(second.changes.tasks.added, [milk.id]);
    assert_eq!(world.mirror.changes().unwrap(), second.changes);
    let lines = world.lines();
    assert_eq!(lines[0], "GET /api/v2/user/status", "the account is checked once");
    assert_eq!(lines.len(), 2);
    world.assert_equal().await;
    world.mirror.refresh(&world.client).await.unwrap();
    assert_eq!(world.lines().len(), 1);

    let next = world.elsewhere();
    world.mirror.trust(&next).unwrap();
    world.mirror.refresh(&next).await.unwrap();
    assert_eq!(world.lines().len(), 1, "the account is known");
}

#[tokio::test]
async fn a_failed_refresh_keeps_what_there_is() {
    let world = World::refreshed().await;
    let before = world.mirror.account().unwrap().tasks().len();
    world.service.faults().add(Rule::new(status(500)).times(10));
    world.mirror.refresh(&world.client).await.unwrap_err();
    assert_eq!(world.mirror.account().unwrap().tasks().len(), before);
}

#[tokio::test]
async fn refreshes_at_the_same_time_share_one_request() {
    let world = World::refreshed().await;
    let other = world.opened_at(crate::world::NOW);
    world.mirror.refresh(&world.client).await.unwrap();
    world.service.forget_requests();
    // A third process holds the lock until both wait.
    let lock = std::fs::OpenOptions::new().write(true).open(world.path().with_extension("db.lock")).unwrap();
    lock.lock().unwrap();
    let release = async {
        tokio::task::yield_now().await;
        drop(lock);
    };
    let (here, there, ()) = tokio::join!(world.mirror.refresh(&world.client), other.refresh(&world.client), release);
    let (here, there) = (here.unwrap(), there.unwrap());
    assert!(here.shared != there.shared, "{here:?} {there:?}");
    assert_eq!(world.lines().len(), 1);
}

#[tokio::test]
async fn two_accounts_are_never_mixed() {
    let service = ticktick_sim::Simulator::builder().demo().account("you@example.com", "secret");
    let world = World::on(service.clock(clock(crate::world::NOW)).build());
    world.mirror.refresh(&world.client).await.unwrap();
    let stranger = ticktick::Client::builder().transport(world.service.signed_on("you@example.com"));
    let stranger = stranger.base_url("http://127.0.0.1:1").build().unwrap();
    let before = world.mirror.account().unwrap().tasks().len();
    let answer = world.mirror.refresh(&stranger).await;
    let Err(Error::Mirror(error)) = answer else { panic!("{answer:?}") };
    assert_eq!(error.kind, MirrorErrorKind::OtherAccount);
    world.mirror.refresh_full(&stranger).await.unwrap_err();
    assert_eq!(world.mirror.account().unwrap().tasks().len(), before);

    let aside = world.mirror.start_over().unwrap();
    world.mirror.refresh(&stranger).await.unwrap();
    assert!(world.mirror.account().unwrap().tasks().is_empty());
    let old = ticktick::mirror::Mirror::open(aside).unwrap();
    assert_eq!(old.account().unwrap().tasks().len(), before);
}

#[tokio::test]
async fn the_age_is_that_of_the_last_refresh() {
    let world = World::refreshed().await;
    let later = world.opened_at("2026-03-01T12:31:40Z");
    assert_eq!(later.age().unwrap(), Some(jiff::SignedDuration::from_secs(100)));
}

#[tokio::test]
async fn a_strict_client_refuses_odd_members_before_anything_is_stored() {
    for (odd, path) in [
        (r#""syncTaskBean":{"update":[{"id":"a","projectId":"b","progress":"half"}]}"#, "update[0].progress"),
        (r#""tags":[{"name":"t","sortOrder":[]}]"#, "tags[0].sortOrder"),
    ] {
        let world = World::refreshed().await;
        let strict = crate::world::builder(&world.service).mirror(&world.mirror).strict(true).build().unwrap();
        let answer = || Fault::Status {
            status: 200.try_into().unwrap(),
            headers: Default::default(),
            body: format!(r#"{{"checkPoint":9999999999999,{odd}}}"#),
        };
        world.service.faults().next(&op::SYNC_CHECK, answer());
        let before = world.mirror.account().unwrap();
        let error = world.mirror.refresh(&strict).await.unwrap_err();
        assert!(error.to_string().contains(path), "{error}");
        assert_eq!(world.mirror.account().unwrap().checkpoint(), before.checkpoint());
        assert!(world.mirror.task("a").unwrap().is_none());

        world.service.faults().next(&op::SYNC_CHECK, answer());
        world.mirror.refresh(&world.client).await.unwrap();
        assert_eq!(world.client.drift().len(), 1, "others count it: {:?}", world.client.drift());
    }
}
