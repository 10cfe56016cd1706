//! `ticktick calendar` and `ticktick week`: tasks and events by day.

mod entries;
mod linked;

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, ZonedDateTime};
use ticktick::Client;

use self::entries::{Days, Item, Wanted};
use super::reading::{Reading, look};
use super::tag;
use crate::answer::Answer;
use crate::args::{CalendarArgs, CalendarCommand, Globals, WeekArgs};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::output::Output;
use crate::runtime::wait;
use crate::text::plural;
use crate::ui::line::{Line, rendered, wrapped};
use crate::ui::{agenda, month};
use crate::{mirror, period, web, when};

pub(crate) const CALENDAR: Entry = Entry::leaf(
    Section::Objects,
    "calendar",
    "Show tasks and events by day, and linked calendars",
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

/// The days to show, and the layout.
struct Shown {
    first: Date,
    count: i32,
    /// The month, if a month is shown.
    month: Option<Date>,
}

impl Shown {
    fn of(globals: &Globals, args: &CalendarArgs, now: &ZonedDateTime, starts_on: Weekday) -> Result<Self, Error> {
        let of = match &args.date {
            Some(text) => day(globals, text, now, starts_on)?,
            None => now.date(),
        };
        if args.month {
            let days = (of.last_of_month() - of.first_of_month()).get_days() + 1;
            return Ok(Self { first: of.first_of_month(), count: days, month: Some(of) });
        }
        Ok(match args.days {
            Some(days) => Self { first: of, count: i32::from(days), month: None },
            None => Self { first: agenda::week_of(of, starts_on), count: 7, month: None },
        })
    }

    /// Returns the days whose entries are read: those shown and, for a month, the rest of its weeks.
    fn days(&self, now: &ZonedDateTime, starts_on: Weekday) -> Days {
        let last = self.first.checked_add((self.count - 1).days()).unwrap_or(self.first);
        let (first, last) = match self.month {
            None => (self.first, last),
            Some(_) => {
                let end = agenda::week_of(last, starts_on);
                (agenda::week_of(self.first, starts_on), end.checked_add(6.days()).unwrap_or(last))
            }
        };
        Days { first, last, zone: now.time_zone().clone() }
    }
}

/// Parses a day in the future or in the past.
fn day(globals: &Globals, text: &str, now: &ZonedDateTime, starts_on: Weekday) -> Result<Date, Error> {
    match when::parse_with(&when::quick(globals, now, starts_on), text) {
        Ok(due) => Ok(due.start_date()),
        Err(error) => period::since(text, now.date(), starts_on).map_err(|_| error),
    }
}

/// Shows only the tasks in the mirror.
async fn offline(globals: &Globals, args: &CalendarArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let (now, starts_on) = (&snapshot.now, snapshot.account.first_weekday());
    let shown = Shown::of(globals, args, now, starts_on)?;
    let days = shown.days(now, starts_on);
    let mut items = entries::tasks(&snapshot.account, now, &days, &args.tasks)?;
    let (_, unknown) = tag::wanted(&args.tasks.tags, &tag::known(&snapshot.account, &args.tasks.tags))?;
    if let Some(error) = unknown {
        return Err(error);
    }
    entries::in_order(&mut items, &days);
    output.note("note", "events and completed tasks are not shown offline");
    let view = View { shown: &shown, days: &days, now, starts_on };
    view.print(globals, items, &snapshot.age(), |data| {
        let mut answer = Answer::new(data);
        snapshot.add_age_to(&mut answer.meta);
        answer.meta.now = Some(now.clone());
        Ok(answer)
    })
}

async fn show(globals: &Globals, args: &CalendarArgs, output: Output) -> Result<(), Error> {
    if globals.mirror.offline {
        return offline(globals, args, output).await;
    }
    let mut reading = Reading::of_tags(globals, output, &args.tasks.tags).await?;
    let shown = Shown::of(globals, args, &reading.now, reading.starts_on)?;
    let days = shown.days(&reading.now, reading.starts_on);
    let mut items = reading
        .connection()
        .find(globals, output, |account, now| entries::tasks(account, now, &days, &args.tasks))
        .await?;
    let (tags, unknown) = reading.tags(&args.tasks.tags)?;
    let wanted = Wanted::new(&args.tasks, &reading.projects, tags)?;
    let bounds = (days.start()?, days.end()?);
    if args.tasks.is_empty() {
        match events(reading.client(), &items, &days, output).await {
            Ok(events) => items.extend(events),
            Err(error) if matches!(error.kind, Kind::NotSignedIn | Kind::Auth) => return Err(error),
            // The tasks are worth showing without the calendars of other services.
            Err(error) => output.note("warning", &format!("events could not be read: {}", error.message)),
        }
    }
    if bounds.0 <= reading.now.timestamp() {
        let closed = reading.client().task().history(bounds.0..=bounds.1.min(reading.now.timestamp())).completed();
        items.extend(entries::closed(closed.all().await?, &reading.projects, &wanted, &reading.now));
    }
    if let Some(error) = unknown.filter(|_| items.is_empty()) {
        return Err(error);
    }
    entries::in_order(&mut items, &days);
    let (now, starts_on) = (reading.now.clone(), reading.starts_on);
    let view = View { shown: &shown, days: &days, now: &now, starts_on };
    view.print(globals, items, "", |data| reading.answer(data))
}

/// Reads the events of linked and subscribed calendars.
async fn events(client: &Client, shown: &[Item], days: &Days, output: Output) -> Result<Vec<Item>, Error> {
    let events = client.calendar().events_between(days.start()?..days.end()?).await?;
    if !events.failed.is_empty() {
        let calendars = plural(events.failed.len(), "calendar");
        output.note("warning", &format!("the events of {calendars} could not be read"));
    }
    let names = entries::calendar_names(client).await?;
    Ok(entries::events(&events.events, &names, shown, days))
}

/// The output, and what its dates depend on.
struct View<'a> {
    shown: &'a Shown,
    days: &'a Days,
    now: &'a ZonedDateTime,
    starts_on: Weekday,
}

impl View<'_> {
    fn print(
        &self,
        globals: &Globals,
        items: Vec<Item>,
        age: &str,
        answer: impl FnOnce(Vec<cli::CalendarEntry>) -> Result<Answer<cli::CalendarEntry>, Error>,
    ) -> Result<(), Error> {
        let (site, look, today) = (web::linked_site(globals), look(globals), self.now.date());
        let entries: Vec<agenda::Entry> =
            items.iter().flat_map(|item| item.by_day(self.days, self.now, site)).collect();
        let counts = summary(&items, self.now) + age;
        answer(items.into_iter().map(|item| item.entry).collect())?.print(globals, |_| {
            let mut lines = match self.shown.month {
                Some(of) => month::month(of, today, self.starts_on, &entries, look),
                None => agenda::days(self.shown.first, self.shown.count, today, &entries, look),
            };
            lines.extend(wrapped(&counts, look.width - 1).into_iter().map(|line| Line::new().text(" ").text(line)));
            rendered(&lines)
        })
    }
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
