//! Histories of a service that never sends more than some number of rows, and sends equal times in any order.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use ticktick_models::ProjectId;
use ticktick_raw::{Error as RawError, Pending, Request, Response};

use super::*;

/// Sends at most `most` of the closed tasks that a query wants.
struct Capped<T> {
    inner: T,
    most: usize,
    /// How many rows of equal times change places with each response.
    step: usize,
    sent: AtomicUsize,
}

impl<T: Transport> Transport for Capped<T> {
    fn send<'a>(&'a self, mut request: Request) -> Pending<'a, Result<Response, RawError>> {
        let Some((_, limit)) = request.query.iter_mut().find(|(name, _)| name == "limit") else {
            return self.inner.send(request);
        };
        let most = limit.parse::<usize>().unwrap().min(self.most);
        "100000".clone_into(limit);
        Box::pin(async move {
            let mut response = self.inner.send(request).await?;
            let mut rows: Vec<Value> = serde_json::from_slice(&response.body).unwrap();
            let shift = self.sent.fetch_add(self.step, Ordering::Relaxed) % rows.len().max(1);
            rows.rotate_left(shift);
            rows.sort_by_key(|row| Reverse(row["completedTime"].as_str().map(str::to_owned)));
            rows.truncate(most);
            response.body = serde_json::to_vec(&rows).unwrap();
            Ok(response)
        })
    }
}

fn capped(service: &Service, most: usize, step: usize) -> Client {
    let wire = Capped { inner: service.signed_on(USER), most, step, sent: AtomicUsize::new(0) };
    Client::builder().transport(wire).base_url("http://127.0.0.1:1").build().unwrap()
}

/// Reads everything, and returns the number of errors on the way.
fn read(mut history: History<'_>) -> (BTreeSet<TaskId>, Vec<String>) {
    let (mut ids, mut errors) = (BTreeSet::new(), Vec::new());
    loop {
        match now(history.try_next()) {
            Ok(Some(task)) => assert!(ids.insert(task.id), "twice"),
            Ok(None) => return (ids, errors),
            Err(error) => errors.push(error.to_string()),
        }
    }
}

#[test]
fn tasks_closed_in_one_instant_are_read_project_by_project() {
    let mut closed = vec![(5_000, false); 250];
    closed.extend([(4_000, false), (6_000, true)]);
    let service = service_of(&closed, &["inbox", "aaaaaaaaaaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaa2"]);
    for step in [0, 37] {
        let (ids, errors) = read(History::new(&capped(&service, 100, step), None, .., 100));
        assert_eq!((ids.len(), errors), (252, vec![]));
    }
}

#[test]
fn tasks_that_the_service_does_not_send_are_an_error_and_not_missing_silently() {
    let mut closed = vec![(5_000, false); 401];
    closed.extend([(4_000, false), (6_000, false)]);
    let service = service(&closed);
    for (step, project) in [(0, None), (37, None), (0, Some(ProjectId::from("inbox")))] {
        let client = capped(&service, 100, step);
        let read_all = now(History::new(&client, project.clone(), .., 100).all());
        let error = read_all.map(|tasks| tasks.len()).unwrap_err().to_string();
        assert!(error.contains("2026-02-25T06:13:25Z"), "{error}");
        // Callers that continue get the tasks that were closed before.
        let (ids, errors) = read(History::new(&client, project, .., 100));
        assert_eq!(errors.len(), 1, "{errors:?}");
        let ends = [401, 402].map(|number| TaskId::from(format!("{number:024x}")));
        assert!(ends.iter().all(|id| ids.contains(id)) && ids.len() >= 102);
    }
}

#[test]
fn a_full_second_at_the_end_is_an_error_unless_the_service_has_sent_longer_pages() {
    let last = vec![(5_000, false); 100];
    let (ids, errors) = read(History::new(&capped(&service(&last), 100, 0), None, .., 100));
    assert_eq!((ids.len(), errors.len()), (100, 1));
    let longer = [last, (0..150).map(|number| (6_000 + number * 1_000, false)).collect()].concat();
    let (ids, errors) = read(History::new(&capped(&service(&longer), 150, 0), None, .., 150));
    assert_eq!((ids.len(), errors), (250, vec![]));
    // No service stops at such a number.
    let odd = vec![(5_000, false); 61];
    let (ids, errors) = read(History::new(&capped(&service(&odd), 61, 0), None, .., 100));
    assert_eq!((ids.len(), errors), (61, vec![]));
}
