//! Tests a function of your own against failures of the service: a lost answer, and a rate limit. The tests at the end are
//! ordinary unit tests; they need no account, no network and no waiting.
//!
//!     cargo test -p ticktick-client --example faults
//!     cargo run -p ticktick-client --example faults

use std::io::{Write, stdout};

use ticktick::raw::op;
use ticktick::{Client, Error, TaskDraft};
use ticktick_sim::{Fault, RetryAfter, Service, Simulator};

/// Longer than the client waits, which is 30 seconds by default.
const LIMIT: Fault = Fault::TooManyRequests { retry_after: RetryAfter::Seconds(90) };

/// The function under test.
async fn remember(client: &Client, title: &str) -> Result<String, Error> {
    match client.task().create(TaskDraft::new(title)).await {
        Ok(task) => Ok(format!("saved: {}", task.title())),
        Err(error) if error.is_rate_limited() => Ok("not saved, try again in a minute".to_owned()),
        Err(error) => Err(error),
    }
}

/// Returns a simulator whose next write fails, and a client of it.
fn failing(fault: Fault) -> Result<(Service, Client), Error> {
    let service = Simulator::builder().account("me@example.com", "secret").build();
    service.faults().next(&op::TASK_BATCH, fault);
    let client = Client::builder().transport(service.signed_on("me@example.com")).build()?;
    Ok((service, client))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(&mut stdout()).await
}

pub(crate) async fn run(out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(out, "lost answer: {}", remember(&failing(Fault::LoseAnswer)?.1, "Call Ada").await?)?;
    Ok(writeln!(out, "rate limit: {}", remember(&failing(LIMIT)?.1, "Call Ada").await?)?)
}

#[cfg(test)]
#[tokio::test]
async fn a_lost_answer_saves_the_task_once() -> Result<(), Error> {
    let (_service, client) = failing(Fault::LoseAnswer)?;
    assert_eq!(remember(&client, "Call Ada").await?, "saved: Call Ada");
    assert_eq!(client.task().list().await?.len(), 1);
    Ok(())
}

#[cfg(test)]
#[tokio::test]
async fn a_rate_limit_saves_nothing_and_asks_for_patience() -> Result<(), Error> {
    let (_service, client) = failing(LIMIT)?;
    assert_eq!(remember(&client, "Call Ada").await?, "not saved, try again in a minute");
    assert!(client.task().list().await?.is_empty());
    Ok(())
}
