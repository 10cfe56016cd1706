//! Records every request that a client sends, retries included, by a layer around its transport.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service.
//!
//!     cargo run -p ticktick-client --example record
#![allow(clippy::print_stdout)]

use std::sync::{Arc, Mutex};

use ticktick::raw::{Error, Pending, Request, Response, Transport};
use ticktick::{ClientBuilder, TaskDraft};

mod support;

/// The operations and statuses of all requests. Headers hold the session and are not kept.
type Record = Arc<Mutex<Vec<String>>>;

struct Recorded<T> {
    inner: T,
    record: Record,
}

impl<T: Transport> Transport for Recorded<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation;
            let answer = self.inner.send(request).await;
            let outcome = answer.as_ref().map_or("no answer".to_owned(), |answer| answer.status.to_string());
            self.record.lock().expect("nobody panics here").push(format!("{operation}: {outcome}"));
            answer
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    for line in run(support::builder()?).await? {
        println!("{line}");
    }
    Ok(())
}

pub(crate) async fn run(builder: ClientBuilder) -> Result<Vec<String>, support::Failure> {
    let record = Record::default();
    let kept = Arc::clone(&record);
    let client = builder.layer(|inner| Recorded { inner, record: kept }).build()?;
    let task = client.task().create(TaskDraft::new("Try the library").project("inbox")).await?;
    client.task().delete(&task).await?;
    let lines = record.lock().expect("nobody panics here").clone();
    Ok(lines)
}
