//! Makes a habit, checks in for three days, and shows its streak and its rate.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service: it deletes the habit in the end.
//!
//!     cargo run -p ticktick --example habits
#![allow(clippy::print_stdout)]

use jiff::ToSpan;
use ticktick::{CheckIn, Client, HabitDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let habit = client.habit().create(HabitDraft::new("Run").amount(5.0, "km")).await?;

    let today = client.habit().check_in(&habit, CheckIn::amount(5.5)).await?.checkin_stamp.date().ok_or("no day")?;
    let yesterday = today.checked_sub(1.day())?;
    client.habit().check_in(&habit, CheckIn::done().on(yesterday)).await?;
    client.habit().check_in(&habit, CheckIn::amount(2.0).on(yesterday.checked_sub(1.day())?)).await?;

    let history = client.habit().history(&habit).await?;
    println!("{} days in a row, {} at most", history.current_streak(), history.longest_streak());
    if let Some(rate) = history.completion_rate(yesterday.checked_sub(1.day())?..=today) {
        println!("{:.0} % of the last three days", rate * 100.0);
    }
    client.habit().delete(&habit).await?;
    Ok(())
}
