//! `ticktick calendar` and `ticktick week`: tasks and events by day.

mod entries;
mod linked;

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::civil::Date;
use jiff::{ToSpan, ZonedDateTime};

use self::entries::{Days, Item};
use super::reading::{Reading, look};
use crate::args::{CalendarArgs, CalendarCommand, Globals, WeekArgs};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::runtime::wait;
use crate::text::plural;
use crate::ui::line::{Line, rendered};
use crate::ui::{agenda, month};
use crate::{period, web, when};

pub(crate) const CALENDAR: Entry = Entry::leaf(
    Section::Objects,
    "calendar",
    "Tasks and events by day; linked calendars",
    CalendarArgs::augment_args,
    run,
);
pub(crate) const WEEK: Entry = Entry::leaf(
    Section::Day,
    "week",
    "Show the tasks and events of the week",
    WeekArgs::augment_args,
    |globals, matches| {
        let WeekArgs { date, tasks } = WeekArgs::from_arg_matches(matches)?;
        let wanted = CalendarArgs { date, month: false, days: None, tasks, command: None };
        wait(show(globals, &wanted, Output::new(globals)))
    },
);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = CalendarArgs::from_arg_matches(matches)?;
    let output = Output::new(globals);
    match args.command {
        None => wait(show(globals, &args, output)),
        Some(CalendarCommand::List) => wait(linked::list(globals, output)),
        Some(CalendarCommand::Archived) => wait(linked::archived(globals, output)),
    }
}

/// The days to show, and how.
struct Shown {
    first: Date,
    count: i32,
    /// The month, if it is one.
    month: Option<Date>,
}

impl Shown {
    fn of(args: &CalendarArgs, reading: &Reading) -> Result<Self, Error> {
        let of = match &args.date {
            Some(text) => day(text, reading)?,
            None => reading.today(),
        };
        if args.month {
            let days = (of.last_of_month() - of.first_of_month()).get_days() + 1;
            return Ok(Self { first: of.first_of_month(), count: days, month: Some(of) });
        }
        Ok(match args.days {
            Some(days) => Self { first: of, count: i32::from(days), month: None },
            None => Self { first: agenda::week_of(of, reading.starts_on), count: 7, month: None },
        })
    }

    /// Returns the days whose entries are read: those shown, and for a month the rest of its weeks.
    fn days(&self, reading: &Reading) -> Days {
        let last = self.first.checked_add((self.count - 1).days()).unwrap_or(self.first);
        let (first, last) = match self.month {
            None => (self.first, last),
            Some(_) => {
                let end = agenda::week_of(last, reading.starts_on);
                (agenda::week_of(self.first, reading.starts_on), end.checked_add(6.days()).unwrap_or(last))
            }
        };
        Days { first, last, zone: reading.now.time_zone().clone() }
    }
}

/// Parses a day: one to come, or one in the past.
fn day(text: &str, reading: &Reading) -> Result<Date, Error> {
    match when::parse(text, &reading.now) {
        Ok(due) => Ok(due.start_date()),
        Err(error) => period::since(text, reading.today(), reading.starts_on).map_err(|_| error),
    }
}

async fn show(globals: &Globals, args: &CalendarArgs, output: Output) -> Result<(), Error> {
    let mut reading = Reading::open(globals, output).await?;
    let shown = Shown::of(args, &reading)?;
    let days = shown.days(&reading);
    let mut items = reading
        .connection()
        .find(globals, output, |account, now| entries::tasks(account, now, &days, &args.tasks))
        .await?;
    let bounds = (days.start()?, days.end()?);
    if args.tasks.is_empty() {
        let events = reading.client().calendar().events_between(bounds.0..bounds.1).await?;
        if !events.failed.is_empty() {
            output.note(
                "warning",
                &format!("the events of {} could not be read", plural(events.failed.len(), "calendar")),
            );
        }
        let names = entries::calendar_names(reading.client()).await?;
        items.extend(entries::events(&events.events, &names, &items, &days));
    }
    if bounds.0 <= reading.now.timestamp() {
        let closed = reading.client().task().history(bounds.0..=bounds.1.min(reading.now.timestamp())).completed();
        items.extend(entries::closed(closed.all().await?, &reading.projects, &args.tasks, &reading.now)?);
    }
    entries::in_order(&mut items, &days);
    print(globals, &shown, &days, items, reading)
}

fn print(globals: &Globals, shown: &Shown, days: &Days, items: Vec<Item>, reading: Reading) -> Result<(), Error> {
    let (now, starts_on, look) = (reading.now.clone(), reading.starts_on, look(globals));
    let site = web::linked_site(globals);
    let entries: Vec<agenda::Entry> = items.iter().flat_map(|item| item.by_day(days, &now, site)).collect();
    let counts = summary(&items, &now);
    let answer = reading.answer(items.into_iter().map(|item| item.entry).collect::<Vec<cli::CalendarEntry>>())?;
    answer.print(globals, |_| {
        let mut lines = match shown.month {
            Some(of) => month::month(of, now.date(), starts_on, &entries, look),
            None => agenda::days(shown.first, shown.count, now.date(), &entries, look),
        };
        lines.push(Line::new().text(format!(" {counts}")));
        rendered(&lines)
    })
}

fn summary(items: &[Item], now: &ZonedDateTime) -> String {
    let tasks = items.iter().filter(|item| item.entry.kind == cli::CalendarKind::Task);
    let (open, done): (Vec<_>, Vec<_>) = tasks.partition(|item| item.entry.status == cli::TaskStatus::Open);
    let events = items.iter().filter(|item| item.entry.kind == cli::CalendarKind::Event).count();
    let overdue = open.iter().filter(|item| item.is_overdue(now)).count();
    let mut words = vec![plural(open.len(), "task")];
    words.extend((events > 0).then(|| plural(events, "event")));
    words.extend((!done.is_empty()).then(|| format!("{} done", done.len())));
    words.extend((overdue > 0).then(|| format!("{overdue} overdue")));
    words.join(" · ")
}
