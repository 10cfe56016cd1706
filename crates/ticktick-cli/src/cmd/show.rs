//! `ticktick show`: everything about a task.

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::ZonedDateTime;
use ticktick::models::{Recurrence, Trigger};
use ticktick::{Account, Task};

use super::reading::look;
use crate::answer::Answer;
use crate::args::{Globals, ShowArgs};
use crate::cmd::project_view;
use crate::cmd::task_view::TaskView;
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli;
use crate::mirror;
use crate::output::Output;
use crate::runtime::wait;
use crate::text::plural;
use crate::ui::detail::{Detail, Step, detail};
use crate::ui::line::rendered;
use crate::when::{When, day};
use crate::{numbers, refs, web};

pub(crate) const SHOW: Entry = Entry::leaf(
    Section::Day,
    "show",
    "Show everything about a task",
    ShowArgs::augment_args,
    |globals, matches: &ArgMatches| wait(run(globals, &ShowArgs::from_arg_matches(matches)?, Output::new(globals))),
);

/// The deepest level of subtasks.
const DEEPEST: usize = 8;

async fn run(globals: &Globals, args: &ShowArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let (account, now) = (&snapshot.account, &snapshot.now);
    let projects = project_view::all(account);
    let open = TaskView::open(account, &projects, now);
    let found = refs::find_all(std::slice::from_ref(&args.task), &open, now);
    let (view, task) = match found {
        Ok(found) => {
            let view = found.into_iter().next().ok_or_else(|| Error::failed("no task was found"))?;
            let task = account.task(view.task.id.as_str()).cloned().unwrap_or_else(|| Task::new("", ""));
            (view, task)
        }
        Err(error) if error.kind == Kind::NotFound && !globals.mirror.offline => {
            let task = closed(globals, &args.task).await.ok_or(error)?;
            let view = TaskView::all([&task], &projects, now).pop();
            (view.ok_or_else(|| Error::failed("the project of the task is unknown"))?, task)
        }
        Err(error) => return Err(error),
    };
    let page = page(globals, &view, &task, account, now);
    let mut answer = Answer::new(vec![view.task]);
    snapshot.add_age_to(&mut answer.meta);
    answer.meta.now = Some(now.clone());
    answer.print(globals, |_| rendered(&detail(&page, look(globals))))
}

/// Reads a closed task, which the account does not contain, by its id.
async fn closed(globals: &Globals, name: &str) -> Option<Task> {
    let id = refs::id_of_address(name).unwrap_or(name);
    let is_id = id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id {
        return None;
    }
    let connection = crate::connect::Connection::open(globals).await.ok()?;
    let task = connection.client.task().get(ticktick::TaskId::from(id)).await.ok()?;
    connection.close().ok()?;
    Some(task)
}

fn page(globals: &Globals, view: &TaskView, task: &Task, account: &Account, now: &ZonedDateTime) -> Detail {
    let own = &view.task;
    let number = numbers::last().iter().position(|id| *id == own.id).map(|at| format!("#{} · ", at + 1));
    Detail {
        title: own.title.clone(),
        reference: format!("{}{}", number.unwrap_or_default(), own.id),
        link: web::linked_site(globals).map(|site| web::task_page(site, &own.project.id, &own.id)),
        closed: closed_text(own, now),
        place: view.project_path.clone(),
        priority: Some(own.priority),
        due: view.due_text(now).map(|due| (due, view.urgency(now))),
        zone: zone(view, now),
        facts: facts(view, task, account, now),
        content: own.content.clone(),
        items: own
            .items
            .iter()
            .map(|item| Step { title: item.title.clone(), done: item.done, depth: 0, due: None })
            .collect(),
        children: children(account, task, now, 0),
        footer: footer(task, own, now),
    }
}

fn closed_text(task: &cli::Task, now: &ZonedDateTime) -> Option<String> {
    let on =
        task.completed.map(|at| format!(" {}", day(at.to_zoned_datetime(now.time_zone().clone()).date(), now.date())));
    let what = match task.status {
        cli::TaskStatus::Open => return None,
        cli::TaskStatus::Completed => "Completed",
        cli::TaskStatus::WontDo => "Won't do",
        cli::TaskStatus::Trashed => "In the trash",
    };
    Some(format!("{what}{}", on.unwrap_or_default()))
}

/// Returns the zone of a time if it must be shown.
fn zone(view: &TaskView, now: &ZonedDateTime) -> Option<String> {
    let has_time = matches!(view.task.due, Some(cli::Due::At { .. } | cli::Due::Range { .. }));
    has_time.then(|| now.time_zone().iana_name().map(str::to_owned)).flatten()
}

fn facts(view: &TaskView, task: &Task, account: &Account, now: &ZonedDateTime) -> Vec<(String, String)> {
    let own = &view.task;
    let mut facts = Vec::new();
    if let Some(rule) = &own.repeats {
        let words = rule.parse::<Recurrence>().map_or_else(|_| rule.clone(), |rule| rule.describe());
        let from =
            if task.repeat_from.get().is_some_and(|from| from.to_string() == "1") { " from completion" } else { "" };
        let next = task.next_occurrence(now.time_zone(), now.date()).ok().flatten();
        let next =
            next.and_then(|next| When::new(next, now.time_zone())).map(|next| format!(" · next: {}", next.show(now)));
        facts.push(("Repeats".into(), format!("{words}{from}{}", next.unwrap_or_default())));
    }
    if !own.reminders.is_empty() {
        let all_day = matches!(own.due, Some(cli::Due::Day { .. } | cli::Due::Days { .. }));
        let words = own.reminders.iter().map(|trigger| reminder(&Trigger::from(trigger.as_str()), all_day));
        facts.push(("Reminders".into(), words.collect::<Vec<_>>().join(", ")));
    }
    if !own.tags.is_empty() {
        facts.push(("Tags".into(), own.tags.join(", ")));
    }
    if let Some(parent) = own.parent.as_deref().and_then(|parent| account.task(parent)) {
        facts.push(("Part of".into(), parent.title.clone().unwrap_or_default()));
    }
    if let Some(zone) = &own.unknown_zone {
        facts.push(("Time zone".into(), format!("{zone}, which is unknown; the times are in your own")));
    }
    facts
}

/// Formats when a reminder rings, such as "1 hour before".
fn reminder(trigger: &Trigger, all_day: bool) -> String {
    if let Some((days, at)) = trigger.day().filter(|_| all_day) {
        let at = at.strftime("%H:%M");
        return match days {
            0 => format!("on the day at {at}"),
            days => format!("{} before at {at}", plural(usize::try_from(days).unwrap_or(usize::MAX), "day")),
        };
    }
    let Some(offset) = trigger.offset() else { return trigger.to_string() };
    let minutes = usize::try_from(offset.as_mins().unsigned_abs()).unwrap_or(usize::MAX);
    let length = match minutes {
        0 => return "at the time".into(),
        minutes if minutes % 1_440 == 0 => plural(minutes / 1_440, "day"),
        minutes if minutes % 60 == 0 => plural(minutes / 60, "hour"),
        minutes => plural(minutes, "minute"),
    };
    format!("{length} {}", if offset.is_negative() { "before" } else { "after" })
}

/// Returns the open subtasks, each below its parent.
fn children(account: &Account, task: &Task, now: &ZonedDateTime, depth: usize) -> Vec<Step> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let mut steps = Vec::new();
    for child in account.children(&task.id) {
        let when = When::of(child, now);
        steps.push(Step {
            title: child.title.clone().unwrap_or_default(),
            done: !child.is_open(),
            depth,
            due: when.map(|when| (when.show(now), when.urgency(now))),
        });
        steps.extend(children(account, child, now, depth + 1));
    }
    steps
}

fn footer(task: &Task, own: &cli::Task, now: &ZonedDateTime) -> Vec<String> {
    let day = |at: jiff::Timestamp| day(at.to_zoned_datetime(now.time_zone().clone()).date(), now.date());
    let mut footer = Vec::new();
    footer.extend(own.created.map(|at| format!("Created {}", day(at))));
    footer.extend(own.modified.map(|at| format!("changed {}", day(at))));
    let comments = task.comment_count.get().and_then(|count| usize::try_from(*count).ok()).filter(|count| *count > 0);
    footer.extend(comments.map(|count| plural(count, "comment")));
    let attachments = task.attachments.len();
    footer.extend((attachments > 0).then(|| plural(attachments, "attachment")));
    footer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_said_in_words() {
        for (trigger, all_day, words) in [
            ("TRIGGER:PT0S", false, "at the time"),
            ("TRIGGER:-PT60M", false, "1 hour before"),
            ("TRIGGER:-PT5M", false, "5 minutes before"),
            ("TRIGGER:-P2D", false, "2 days before"),
            ("TRIGGER:P0DT9H0M0S", true, "on the day at 09:00"),
            ("TRIGGER:-P0DT15H0M0S", true, "1 day before at 09:00"),
            ("TRIGGER:PT30M", false, "30 minutes after"),
            ("soon", false, "soon"),
        ] {
            assert_eq!(reminder(&Trigger::from(trigger), all_day), words, "{trigger}");
        }
    }
}
