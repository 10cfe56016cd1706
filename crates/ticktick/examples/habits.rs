//! Makes a habit, checks it in for three days, and prints how all habits go.
//!
//! Runs against a simulator of its own; with a session's token (the cookie `t` of a browser) in
//! `TICKTICK_TOKEN`, against the real service, where it deletes the habit again.
//!
//!     cargo run -p ticktick --example habits
#![allow(clippy::print_stdout)]

use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use ticktick::{CheckIn, Client, HabitDraft, Login};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim;
    let client = match std::env::var("TICKTICK_TOKEN") {
        Ok(token) => Client::builder().token(token).build()?,
        Err(_) => {
            sim = Simulator::builder().demo().start().await?;
            let client = Client::builder().base_url(sim.base_url()).build()?;
            match client.login(DEMO_USER, &DEMO_PASSWORD.into()).await? {
                Login::Done(_) => client,
                Login::Mfa(challenge) => {
                    challenge.verify("123456").await?;
                    client
                }
            }
        }
    };

    let zone = client.time_zone().await?;
    let today = Timestamp::now().to_zoned_datetime(zone).date();
    let ago = |days: i64| today.saturating_sub(SignedDuration::from_hours(24 * days));

    let draft = HabitDraft::new("Walk").amount(5.0, "Kilometer").reminder(time(18, 0, 0, 0)).target_start(ago(2));
    let walk = client.habit().create(draft).await?;
    let days = [(ago(2), 5.0), (ago(1), 6.5), (today, 3.0)];
    let check_ins = days.map(|(day, kilometers)| (&walk, CheckIn::amount(kilometers).on(day)));
    client.habit().check_in_all(check_ins).await?;

    for habit in client.habit().active().await? {
        let history = client.habit().history(&habit).await?;
        let rate = 100.0 * history.completion_rate(ago(30)..=today).unwrap_or_default();
        println!("{}: {} in a row, {rate:.0} % of the last month", habit.name, history.current_streak());
    }
    client.habit().delete(&walk).await?;
    Ok(())
}
