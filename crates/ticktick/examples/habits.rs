//! Makes a habit, checks in for three days, and shows its streak and its rate.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service: it deletes the habit in the end.
//!
//!     cargo run -p ticktick-client --example habits
#![allow(clippy::print_stdout)]

use jiff::ToSpan;
use ticktick::{CheckIn, Client, HabitDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let today = client.sync().full().await?.date();
    let (yesterday, before) = (today.checked_sub(1.day())?, today.checked_sub(2.days())?);
    let habit = client.habit().create(HabitDraft::new("Run").amount(5.0, "km").target_start(before)).await?;

    client.habit().check_in(&habit, CheckIn::amount(5.5)).await?;
    client.habit().check_in(&habit, CheckIn::done().on(yesterday)).await?;
    client.habit().check_in(&habit, CheckIn::amount(2.0).on(before)).await?;

    let history = client.habit().history(&habit).await?;
    println!("{} days in a row, {} at most", history.current_streak(), history.longest_streak());
    if let Some(rate) = history.completion_rate(before..=today) {
        println!("{:.0} % of the last three days", rate * 100.0);
    }
    client.habit().delete(&habit).await?;
    Ok(())
}
