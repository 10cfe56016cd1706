//! The calendars of other services.

use crate::answer::Answer;
use crate::args::Globals;
use crate::connect::{self, Connection};
use crate::error::Error;
use crate::generated::cli::{ArchivedEvent, LinkedCalendar};
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};
use crate::text::plural;

/// Lists the linked and subscribed calendars.
pub(super) async fn list(globals: &Globals, _: Output) -> Result<(), Error> {
    connect::online(globals)?;
    let connection = Connection::open(globals).await?;
    let accounts = connection.client.calendar().accounts().await?;
    let mut calendars = Vec::new();
    for account in accounts.accounts.iter() {
        let source = account.site.get().map_or_else(|| "account".to_owned(), ToString::to_string);
        calendars.extend(account.calendars.iter().map(|calendar| LinkedCalendar {
            id: calendar.id.to_string(),
            name: calendar.name.as_deref().unwrap_or_default().to_owned(),
            source: source.clone(),
            access: calendar.access_role.get().map(ToString::to_string),
            color: calendar.color.get().filter(|color| !color.is_empty()).cloned(),
            visible: calendar.visible != false,
        }));
    }
    let subscriptions = connection.client.calendar().subscriptions().await?;
    calendars.extend(subscriptions.iter().map(|calendar| LinkedCalendar {
        id: calendar.id.to_string(),
        name: calendar.name.as_deref().unwrap_or_default().to_owned(),
        source: "subscription".into(),
        access: None,
        color: calendar.color.get().filter(|color| !color.is_empty()).cloned(),
        visible: true,
    }));
    connection.close()?;
    Answer::new(calendars).print(globals, table)
}

fn table(calendars: &[LinkedCalendar]) -> Vec<String> {
    let mut table = Table::new().flexible([(0, 16)]);
    for calendar in calendars {
        table.row(vec![
            Cell::new(format!(" {}", calendar.name)),
            Cell::new(&calendar.source).style(DIM),
            Cell::new(calendar.access.as_deref().unwrap_or_default()).style(DIM),
            Cell::new(if calendar.visible { "" } else { "hidden" }).style(DIM),
        ]);
    }
    let mut lines = table.render(width());
    lines.push(format!(" {}", plural(calendars.len(), "calendar")));
    lines
}

/// Lists the events that were archived.
pub(super) async fn archived(globals: &Globals, _: Output) -> Result<(), Error> {
    connect::online(globals)?;
    let connection = Connection::open(globals).await?;
    let zone = connection.client.time_zone().await?;
    let events = connection.client.calendar().archived_events().await?;
    let event = |event: &ticktick::calendar::ArchivedCalendarEvent| ArchivedEvent {
        id: event.event_id.to_string(),
        title: event.title.as_deref().unwrap_or_default().to_owned(),
        start: event.due_start.get().and_then(|start| start.instant()).map(|at| at.to_zoned_datetime(zone.clone())),
    };
    let events = events.iter().map(event).collect();
    connection.close()?;
    Answer::new(events).print(globals, |events: &[ArchivedEvent]| {
        let mut table = Table::new().flexible([(0, 16)]);
        for event in events {
            let start = event.start.as_ref().map(|start| start.strftime("%a %-d %b %Y %H:%M").to_string());
            table.row(vec![Cell::new(format!(" {}", event.title)), Cell::new(start.unwrap_or_default()).style(DIM)]);
        }
        let mut lines = table.render(width());
        lines.push(format!(" {}", plural(events.len(), "event")));
        lines
    })
}
