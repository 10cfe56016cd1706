//! `ticktick focus stats`: how long, on what and when.

use jiff::civil::Date;

use super::reading::{Reading, look};
use super::stats::{focus_by_day, named, period_of};
use crate::args::{FocusByArg, FocusStatsArgs, Globals};
use crate::error::Error;
use crate::generated::cli::FocusTotal;
use crate::output::Output;
use crate::ui::chart::{Bar, bars};
use crate::ui::habits::percent;
use crate::ui::line::{Line, rendered};
use crate::ui::span::length;
use crate::ui::style::{BOLD, CYAN};

/// How many days are compared by default.
const DAYS: i32 = 14;

pub(crate) async fn run(globals: &Globals, args: &FocusStatsArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let (first, last) = period_of(&args.period, &reading, DAYS)?;
    let totals = totals(&reading, args.by, first, last).await?;
    let all: u64 = totals.iter().map(|(_, seconds)| seconds).sum();
    let share = |seconds: u64| if all == 0 { 0.0 } else { seconds as f64 / all as f64 };
    let totals =
        totals.into_iter().map(|(name, seconds)| FocusTotal { name, seconds, share: share(seconds) }).collect();
    let (look, by) = (look(globals), args.by);
    reading.answer(totals)?.print(globals, |totals: &[FocusTotal]| {
        let bar = |total: &FocusTotal| Bar {
            label: label(&total.name, by),
            value: total.seconds,
            shown: match total.seconds {
                0 => String::new(),
                seconds => format!("{:>9}  {:>5}", length(seconds), percent(total.share)),
            },
            style: CYAN,
        };
        let mut lines = bars(&totals.iter().map(bar).collect::<Vec<_>>(), look);
        lines.push(Line::new().text(" ").styled(format!("{} of focus", length(all)), BOLD));
        rendered(&lines)
    })
}

async fn totals(reading: &Reading, by: FocusByArg, first: Date, last: Date) -> Result<Vec<(String, u64)>, Error> {
    let focus = reading.client().focus();
    let seconds = |minutes: i64| u64::try_from(minutes).unwrap_or(0) * 60;
    let map = match by {
        FocusByArg::Day => {
            let days = focus_by_day(reading, first, last).await?;
            let all = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
            return Ok(all.map(|day| (day.to_string(), days.get(&day).copied().unwrap_or(0))).collect());
        }
        FocusByArg::Hour => {
            let hours = focus.by_hour(first..=last).await?;
            let minutes = |hour: u8| hours.get(&hour.to_string()).and_then(|minutes| minutes.as_i64()).unwrap_or(0);
            return Ok((0..24).map(|hour| (format!("{hour:02}:00"), seconds(minutes(hour)))).collect());
        }
        FocusByArg::Task => focus.distribution(first..=last).await?.task_durations,
        FocusByArg::Project => focus.distribution(first..=last).await?.project_durations,
        FocusByArg::Tag => focus.distribution(first..=last).await?.tag_durations,
    };
    let names = reading.project_names();
    let name = |key: &str| names.get(key).cloned().unwrap_or_else(|| named(key).to_owned());
    let mut totals: Vec<_> = map.iter().map(|(key, minutes)| (name(key), seconds(*minutes))).collect();
    totals.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(totals)
}

/// Formats the name of a day for people.
fn label(name: &str, by: FocusByArg) -> String {
    let day = (by == FocusByArg::Day).then(|| name.parse::<Date>().ok()).flatten();
    day.map_or_else(|| name.to_owned(), |day| day.strftime("%a %e %b").to_string())
}
