//! Creates a habit with a daily goal, checks in for three days, and prints its streak and completion rate.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`;
//! deletes the habit in the end.
//!
//!     cargo run -p ticktick-client --example habits

use std::io::{Write, stdout};

use ticktick::jiff::ToSpan;
use ticktick::{CheckIn, Client, HabitDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let today = client.sync().full().await?.date();
    let (yesterday, first) = (today.yesterday()?, today.checked_sub(2.days())?);
    let habit = client.habit().create(HabitDraft::new("Run").amount(5.0, "km").target_start(first)).await?;

    client.habit().check_in(&habit, CheckIn::amount(5.5)).await?;
    client.habit().check_in(&habit, CheckIn::done().on(yesterday)).await?;
    // Less than the goal does not count.
    client.habit().check_in(&habit, CheckIn::amount(2.0).on(first)).await?;
    for check_in in client.habit().check_ins([&habit], first..=today).await? {
        writeln!(out, "{}: {} of {} km", check_in.checkin_stamp, check_in.value, check_in.goal)?;
    }

    let history = client.habit().history(&habit).await?;
    writeln!(out, "current streak: {} days", history.current_streak())?;
    if let Some(rate) = history.completion_rate(first..=today) {
        writeln!(out, "completed: {:.0} %", rate * 100.0)?;
    }
    client.habit().delete(&habit).await?;
    Ok(())
}
