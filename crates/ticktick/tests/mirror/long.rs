//! Answers that are so long that their tasks are read on another thread.

use std::sync::{Arc, Mutex};

use ticktick::Client;
use ticktick::mirror::{Mirror, MirrorErrorKind, TaskQuery};
use ticktick::raw::{Error, Pending, Request, Response, Transport};

use crate::world::{NOW, clock, objects};

/// Answers each sync with the same text.
#[derive(Clone, Default)]
struct Answer(Arc<Mutex<String>>);

impl Transport for Answer {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let body = match request.operation.id {
            "sync.check" => self.0.lock().unwrap().clone(),
            "user.status" => r#"{"userId":"1","username":"me","inboxId":"inbox1"}"#.to_owned(),
            _ => r#"{"timeZone":"Europe/Berlin"}"#.to_owned(),
        };
        Box::pin(async { Ok(Response::new(200, body)) })
    }
}

impl Answer {
    fn set(&self, update: &[String], rest: &str) {
        let update = update.join(" ,\n");
        *self.0.lock().unwrap() = format!(r#"{{"checkPoint":7,"syncTaskBean":{{"add":[],"update":[ {update} ]{rest}"#);
    }
}

/// Tasks of about 60 KB.
fn tasks(numbers: std::ops::Range<usize>) -> Vec<String> {
    let content = "<b>\\n\\u00e9\"}],[{".replace('"', "\\\"").repeat(3_000);
    let task = |number| format!(r#"{{"id":"{number:024}","projectId":"p","title":"T{number}","content":"{content}"}}"#);
    numbers.map(task).collect()
}

const REST: &str = r#","delete":["000000000000000000000001",{"taskId":"gone"}],"x":1E2},
    "projectProfiles":[{"id":"p","name":"Work"}],"inboxId":"inbox1"}"#;

fn world() -> (tempfile::TempDir, Mirror, Client, Answer) {
    let directory = tempfile::tempdir().unwrap();
    let mirror = Mirror::open_at(directory.path().join("mirror.db"), clock(NOW)).unwrap();
    let answer = Answer::default();
    let client = Client::builder().transport(answer.clone()).clock(clock(NOW)).mirror(&mirror).build().unwrap();
    (directory, mirror, client, answer)
}

#[tokio::test]
async fn a_long_answer_is_stored_like_a_short_one() {
    let (_directory, mirror, client, answer) = world();
    let mut update = tasks(0..30);
    update.insert(7, r#"{"id":"odd","projectId":"p","progress":"half","priority":[1]}"#.to_owned());
    update.insert(9, r#"{"title":"Without an id"}"#.to_owned());
    // The later one counts.
    update.push(update[3].replace("T3", "Three"));
    answer.set(&update, REST);
    assert!(answer.0.lock().unwrap().len() > 1_000_000);

    let refresh = mirror.refresh(&client).await.unwrap();
    assert!(refresh.full);
    assert_eq!(refresh.changes.tasks.added.len(), 31);
    assert_eq!(mirror.list(&TaskQuery::new()).unwrap().len(), 31);
    assert_eq!(mirror.task("000000000000000000000003").unwrap().unwrap().title(), "Three");
    assert_eq!(mirror.projects().unwrap().len(), 1);
    assert_eq!(client.drift().len(), 3, "{:?}", client.drift());
    assert_eq!(mirror.account().unwrap().checkpoint(), 7);

    // The next one replaces everything.
    let mut update = tasks(5..30);
    update[0] = update[0].replace("T5", "Five");
    answer.set(&update, REST);
    let changes = mirror.refresh_full(&client).await.unwrap().changes.tasks;
    assert_eq!((changes.added.len(), changes.changed.len(), changes.removed.len()), (0, 1, 6));
    assert_eq!(objects(&mirror.account().unwrap()), objects(&client.sync().full().await.unwrap()));
    assert!(!mirror.search("five", 3).unwrap().is_empty());
}

#[tokio::test]
async fn a_long_answer_that_is_not_json_changes_nothing() {
    let (_directory, mirror, client, answer) = world();
    // What does not even end like an object is requested again by the client.
    let ends = ["}", "}}}", r#"},"tags":[}"#];
    for rest in ends {
        answer.set(&tasks(0..30), rest);
        mirror.refresh(&client).await.unwrap_err();
        assert_eq!(mirror.account().unwrap_err().kind, MirrorErrorKind::Empty, "{rest}");
        assert!(mirror.list(&TaskQuery::new()).unwrap().is_empty(), "{rest}");
    }
    answer.set(&tasks(0..30), REST);
    mirror.refresh(&client).await.unwrap();
    let before = objects(&mirror.account().unwrap());
    for rest in ends {
        answer.set(&tasks(10..40), rest);
        mirror.refresh_full(&client).await.unwrap_err();
        assert_eq!(objects(&mirror.account().unwrap()), before, "{rest}");
    }
    answer.set(&[tasks(10..40), vec!["{".to_owned()]].concat(), REST);
    mirror.refresh_full(&client).await.unwrap_err();
    assert_eq!(objects(&mirror.account().unwrap()), before);
}
