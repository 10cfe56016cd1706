//! Tags, against the simulator in both of its update modes.

use std::collections::{BTreeMap, BTreeSet};

use ticktick::date::FixedClock;
use ticktick::models::{BatchTags, Object};
use ticktick::raw::{self, Pending, Request, Response, Transport, op};
use ticktick::tag::{TagName, TagPatch};
use ticktick::{Client, Error, Tag, TagDraft, TaskDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, InProcess, Service, UpdateMode};

use crate::common::{lines, service};

const LIST: &str = "GET /api/v2/tags";
const BATCH: &str = "POST /api/v2/batch/tag";

/// Members that this version knows nothing of, and a number that no float holds.
const STRANGE: &str = r#"{"name":"strange","label":"Strange","rawName":"older","sortOrder":6917539217469669374,"type":9,"color":null,"parent":"focus","future":{"n":1E3}}"#;

fn over(transport: impl Transport + 'static) -> Client {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    Client::builder().transport(transport).clock(clock).base_url("http://127.0.0.1:1").build().unwrap()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = over(service.signed_on(DEMO_USER));
        let mut batch = BatchTags::default();
        batch.add.push(serde_json::from_str(STRANGE).unwrap());
        raw::tag::batch(client.transport(), &batch).await.unwrap();
        service.forget_requests();
        journey(&service, &client).await;
    }
}

fn name(name: &str) -> TagName {
    name.into()
}

fn stored(service: &Service, name: &str) -> BTreeMap<String, String> {
    let is = |object: &Object| object.get("name").unwrap().decode::<String>().unwrap() == name;
    let object = service.objects(DEMO_USER, Collection::Tags).into_iter().find(is).unwrap();
    object.iter().map(|(key, json)| (key.to_owned(), json.as_str().to_owned())).collect()
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    keys.into_iter().filter(|key| before.get(*key) != after.get(*key) && *key != "etag").cloned().collect()
}

fn names(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|tag| tag.name.as_str()).collect()
}

#[tokio::test]
async fn new_tags_are_placed_after_all_others() {
    in_both_modes(async |service, client| {
        service.faults().next(&op::TAG_BATCH, Fault::LoseAnswer);
        let work = client.tag().create(TagDraft::new("Work").color("#4772FA")).await.unwrap();
        assert_eq!(lines(service), [LIST, BATCH, BATCH]);
        assert_eq!(work.name.as_str(), "work");
        assert_eq!(work.label.to_string(), "Work");
        let read = client.tag().get(name("WORK")).await.unwrap();
        assert_eq!(read.color, work.color);
        assert_eq!(read.etag, work.etag);
        let all = client.tag().list().await.unwrap();
        assert!(all.iter().all(|tag| tag.name == work.name || tag.sort_order.get() < work.sort_order.get()));

        let urgent = client.tag().create(TagDraft::new("Work/Urgent")).await.unwrap();
        let later = client.tag().create(TagDraft::new("Later").parent(&work.name)).await.unwrap();
        assert_eq!(urgent.parent, work.name);
        assert_eq!(later.parent, work.name);
        assert_eq!(names(&client.tag().children(&work).await.unwrap()), ["urgent", "later"]);
        assert_eq!(client.tag().get(&work).await.unwrap().color, "#4772FA", "the parent is not created again");

        service.forget_requests();
        let child = client.tag().create(TagDraft::new("New/Child")).await.unwrap();
        assert_eq!(lines(service), [LIST, BATCH], "both in one call");
        assert_eq!(child.parent, name("new"));
        assert_eq!(client.tag().get(name("new")).await.unwrap().label, "New");
    })
    .await;
}

#[tokio::test]
async fn what_no_tag_can_be_is_refused() {
    let service = service(UpdateMode::Merge);
    let client = over(service.signed_on(DEMO_USER));
    let create = async |draft| client.tag().create(draft).await.unwrap_err();
    for error in [
        create(TagDraft::new("")).await,
        create(TagDraft::new("two words")).await,
        create(TagDraft::new("a/b/c")).await,
        create(TagDraft::new("/a")).await,
        create(TagDraft::new("a/")).await,
        create(TagDraft::new("a").parent("A")).await,
        create(TagDraft::new("a").color("red")).await,
        client.tag().rename(name("focus"), "a:b").await.unwrap_err(),
        client.tag().set_color(name("focus"), "").await.unwrap_err(),
        client.tag().merge(name("Focus"), name("focus")).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert_eq!(lines(&service), [""; 0]);
    for error in [
        create(TagDraft::new("FOCUS")).await,
        client.tag().rename(name("focus"), "Errands").await.unwrap_err(),
        client.tag().nest(name("focus"), name("focus")).await.unwrap_err(),
        client.tag().nest(name("focus"), name("deep")).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    for error in [
        client.tag().get(name("none")).await.unwrap_err(),
        client.tag().rename(name("none"), "a").await.unwrap_err(),
        client.tag().nest(name("none"), name("focus")).await.unwrap_err(),
        client.tag().nest(name("focus"), name("none")).await.unwrap_err(),
        client.tag().merge(name("none"), name("focus")).await.unwrap_err(),
        client.tag().merge(name("focus"), name("none")).await.unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error:?}");
    }
    assert!(lines(&service).iter().all(|line| line == LIST), "nothing is written");
}

#[tokio::test]
async fn a_change_touches_nothing_else() {
    in_both_modes(async |service, client| {
        let tag = name("strange");
        let before = stored(service, "strange");
        let patch = TagPatch::new().color("#35D870").sort_order(7).clear_parent();
        for (change, wanted) in [
            (TagPatch::new().color("#E070FF"), &["color"][..]),
            (TagPatch::new().parent("Money"), &["parent"]),
            (patch, &["color", "parent", "sortOrder"]),
        ] {
            let mut changed_tag = client.tag().patch(&tag, change).await.unwrap();
            assert_eq!(changed(&before, &stored(service, "strange")), wanted);
            if changed_tag.parent.is_null() {
                // What was cleared with null is absent from then on.
                changed_tag.parent = ticktick::models::Field::Absent;
            }
            assert_eq!(changed_tag, client.tag().get(&tag).await.unwrap());
            let mut whole: Tag = serde_json::from_str(STRANGE).unwrap();
            whole.etag = changed_tag.etag;
            client.tag().update(&whole).await.unwrap();
            assert_eq!(changed(&before, &stored(service, "strange")), [""; 0]);
        }
        let patch = TagPatch::new().color("#35D870");
        client.tag().patch(&tag, patch).await.unwrap();
        client.tag().patch(&tag, TagPatch::new().clear_color()).await.unwrap();
        assert_eq!(changed(&before, &stored(service, "strange")), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn tags_are_colored_nested_and_unnested() {
    in_both_modes(async |service, client| {
        let tags = client.tag();
        assert_eq!(tags.set_color(name("money"), "#000000").await.unwrap().color, "#000000");
        assert_eq!(lines(service), [LIST, BATCH]);
        assert_eq!(tags.nest(name("money"), name("Focus")).await.unwrap().parent, name("focus"));
        assert_eq!(lines(service), [LIST, BATCH]);
        assert_eq!(names(&tags.children(name("focus")).await.unwrap()), ["deep", "money", "strange"]);
        service.faults().next(&op::TAG_BATCH, Fault::LoseAnswer);
        assert!(tags.unnest(name("money")).await.unwrap().parent.is_null());
        assert_eq!(names(&tags.children(name("focus")).await.unwrap()), ["deep", "strange"]);
        service.forget_requests();
        tags.unnest(name("money")).await.unwrap();
        tags.set_color(name("money"), "#000000").await.unwrap();
        assert_eq!(lines(service), [LIST, LIST], "nothing differs");
    })
    .await;
}

#[tokio::test]
async fn renaming_a_tag_updates_its_tasks_and_children() {
    in_both_modes(async |service, client| {
        let task = client.task().create(TaskDraft::new("one").tag("focus")).await.unwrap();
        service.forget_requests();
        let tag = client.tag().rename(name("focus"), "Attention").await.unwrap();
        assert_eq!(lines(service), [LIST, "PUT /api/v2/tag/rename", LIST]);
        assert_eq!(tag.name.as_str(), "attention");
        assert_eq!(tag.label.to_string(), "Attention");
        assert_eq!(client.task().get(&task).await.unwrap().tags[..], ["attention"]);
        assert_eq!(names(&client.tag().children(&tag).await.unwrap()), ["deep", "strange"]);
        client.tag().set_color(&tag, "#123456").await.unwrap();
        assert_eq!(client.tag().get(&tag).await.unwrap().raw_name, "focus", "tag-raw-name-is-old: it is kept");

        let tag = client.tag().rename(&tag, "ATTENTION").await.unwrap();
        assert_eq!(tag.name.as_str(), "attention");
        assert_eq!(tag.label.to_string(), "ATTENTION");
        service.forget_requests();
        client.tag().rename(&tag, "ATTENTION").await.unwrap();
        assert_eq!(lines(service), [LIST], "nothing differs");
    })
    .await;
}

#[tokio::test]
async fn a_rename_whose_answer_is_lost_is_looked_for() {
    for (fault, sent) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2)] {
        let service = service(UpdateMode::Merge);
        let client = over(service.signed_on(DEMO_USER));
        service.faults().next(&op::TAG_RENAME, fault.clone());
        assert_eq!(client.tag().rename(name("focus"), "New").await.unwrap().name, "new");
        assert_eq!(service.count(&op::TAG_RENAME), sent);
        service.faults().next(&op::TAG_MERGE, fault);
        assert_eq!(client.tag().merge(name("new"), name("money")).await.unwrap().name, "money");
        assert_eq!(service.count(&op::TAG_MERGE), sent);
        assert!(client.tag().get(name("new")).await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn a_merge_reaches_the_tasks() {
    in_both_modes(async |service, client| {
        let task = client.task().create(TaskDraft::new("one").tag("focus")).await.unwrap();
        let before = stored(service, "money");
        service.forget_requests();
        let money = client.tag().merge(name("focus"), name("money")).await.unwrap();
        assert_eq!(lines(service), [LIST, "PUT /api/v2/tag/merge", LIST]);
        assert_eq!(client.task().get(&task).await.unwrap().tags[..], [money.name]);
        assert!(client.tag().get(name("focus")).await.unwrap_err().is_not_found());
        assert_eq!(changed(&before, &stored(service, "money")), [""; 0]);
    })
    .await;
}

/// A service that leaves the source of a merge, and moves the tasks or does not.
struct Leaving {
    inner: InProcess,
    moves: bool,
}

impl Transport for Leaving {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async move {
            if request.operation.id != op::TAG_MERGE.id {
                return self.inner.send(request).await;
            }
            if self.moves {
                self.inner.send(request).await?;
                let mut batch = BatchTags::default();
                batch.add.push(Tag::new("focus"));
                raw::tag::batch(&self.inner, &batch).await?;
            }
            Ok(Response::new(200, ""))
        })
    }
}

#[tokio::test]
async fn a_source_that_a_merge_left_is_deleted_if_no_task_carries_it() {
    let service = service(UpdateMode::Merge);
    for moves in [false, true] {
        let client = over(Leaving { inner: service.signed_on(DEMO_USER), moves });
        let task = client.task().create(TaskDraft::new("one").tag("focus")).await.unwrap();
        client.task().complete(&task).await.unwrap();
        let merged = client.tag().merge(name("focus"), name("money")).await;
        let found = client.tag().get(name("focus")).await;
        let tags = client.task().get(&task).await.unwrap().tags;
        if moves {
            assert_eq!(merged.unwrap().name, "money");
            assert!(found.unwrap_err().is_not_found());
            assert_eq!(tags[..], [name("money")]);
        } else {
            assert!(matches!(merged.unwrap_err(), Error::NotApplied { operation: "tag.merge", .. }));
            assert!(found.is_ok(), "no task loses its tag");
            assert_eq!(tags[..], [name("focus")]);
        }
    }
}

#[tokio::test]
async fn a_deleted_tag_lets_its_children_go() {
    in_both_modes(async |service, client| {
        let before = stored(service, "strange");
        client.tag().delete(name("Focus")).await.unwrap();
        assert_eq!(lines(service), ["GET /api/v2/tags", "DELETE /api/v2/tag?name=focus"]);
        assert!(client.tag().delete(name("Focus")).await.unwrap_err().is_not_found());
        assert!(client.tag().get(name("focus")).await.unwrap_err().is_not_found());
        assert_eq!(changed(&before, &stored(service, "strange")), ["parent"]);
    })
    .await;
}

#[tokio::test]
async fn completed_tasks_are_read_page_by_page() {
    let service = service(UpdateMode::Merge);
    let client = over(service.signed_on(DEMO_USER));
    for number in 0..120 {
        let tag = if number % 2 == 0 { "even" } else { "odd" };
        let task = client.task().create(TaskDraft::new(number.to_string()).tag(tag)).await.unwrap();
        client.task().complete(&task).await.unwrap();
    }
    service.forget_requests();
    let count = async |tags: &[&str], limit| {
        let tags = tags.iter().map(|tag| name(tag));
        let found = client.tag().completed_tasks(tags, limit).await.unwrap().len();
        (found, lines(&service).len())
    };
    assert_eq!(count(&["Even", "odd"], 1000).await, (120, 3));
    assert_eq!(count(&["even"], 1000).await, (60, 2));
    assert_eq!(count(&["even", "odd"], 70).await, (70, 2));
    assert_eq!(count(&["even"], 50).await, (50, 1));
    client.tag().create(TagDraft::new("none")).await.unwrap();
    lines(&service);
    assert_eq!(count(&["none"], 50).await, (0, 2));
    assert_eq!(count(&[], 50).await, (0, 0));
    assert_eq!(count(&["even"], 0).await, (0, 0));
}

#[tokio::test]
async fn futures_cross_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(UpdateMode::Merge);
    let client = over(service.signed_on(DEMO_USER));
    let tags = client.tag();
    let tag = Tag::new("a");
    send(&tags.list());
    send(&tags.get(&tag));
    send(&tags.children(&tag));
    send(&tags.create(TagDraft::new("a")));
    send(&tags.update(&tag));
    send(&tags.patch(&tag, TagPatch::new()));
    send(&tags.set_color(&tag, "a"));
    send(&tags.nest(&tag, &tag));
    send(&tags.unnest(&tag));
    send(&tags.rename(&tag, "a"));
    send(&tags.merge(&tag, &tag));
    send(&tags.delete(&tag));
    send(&tags.completed_tasks([&tag], 1));
}
