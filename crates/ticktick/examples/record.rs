//! Records every request that a client sends, retries included, with a layer around its transport.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`.
//!
//!     cargo run -p ticktick-client --example record

use std::io::{Write, stdout};
use std::sync::{Arc, Mutex, PoisonError};

use ticktick::raw::{Error, Pending, Request, Response, Transport};
use ticktick::{ClientBuilder, TaskDraft};

mod support;

/// Operations and statuses. Headers hold the session, so they are not kept.
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
            self.record.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{operation}: {outcome}"));
            answer
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(support::builder()?, &mut stdout()).await
}

pub(crate) async fn run(builder: ClientBuilder, out: &mut impl Write) -> Result<(), support::Failure> {
    let record = Record::default();
    let kept = Arc::clone(&record);
    let client = builder.layer(|inner| Recorded { inner, record: kept }).build()?;
    let task = client.task().create(TaskDraft::new("Try the library").project("inbox")).await?;
    client.task().delete(&task).await?;

    for line in record.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
