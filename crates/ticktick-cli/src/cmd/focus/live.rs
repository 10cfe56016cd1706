//! The running focus session.

use jiff::{Timestamp, ZonedDateTime};
use ticktick::focus::{FocusStart, FocusState, TimerKind};

use super::record::mode;
use super::subject::{self, Subject};
use crate::answer::Answer;
use crate::args::{FocusStartArgs, Globals};
use crate::error::{Error, Kind};
use crate::generated::cli::{FocusMode, FocusPhase, FocusSession};
use crate::noun;
use crate::output::Output;
use crate::written::{Written, write};

/// Default length of a pomodoro.
const MINUTES: u32 = 25;

/// An operation on the session.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    Pause,
    Resume,
    Finish,
    Drop,
}

fn view(state: &FocusState) -> FocusSession {
    let instant = |time: Option<&ticktick::models::Timestamp>| time.and_then(ticktick::models::Timestamp::instant);
    let mode = mode(state.r#type.get());
    let minutes = state.duration.copied().filter(|_| mode == FocusMode::Pomodoro);
    FocusSession {
        id: state.id.get().map(ToString::to_string).unwrap_or_default(),
        mode,
        phase: match (state.is_over(), state.is_paused()) {
            (true, _) => FocusPhase::Over,
            (_, true) => FocusPhase::Paused,
            _ => FocusPhase::Running,
        },
        start: instant(state.start_time.get()),
        end: instant(state.end_time.get()),
        minutes: minutes.and_then(|minutes| minutes.try_into().ok()),
        subjects: subject::of_state(state),
    }
}

pub(super) async fn current(globals: &Globals) -> Result<(), Error> {
    let (state, now) = noun::read(globals, async |connection| {
        Ok((connection.client.focus().state().await?, noun::now(connection).await?))
    })
    .await?;
    let running: Vec<FocusSession> = state.iter().map(view).filter(|one| one.phase != FocusPhase::Over).collect();
    Answer::new(running).print(globals, |sessions| match sessions {
        [] => vec![" No focus session is running.".to_owned()],
        sessions => sessions.iter().map(|session| line(session, &now)).collect(),
    })
}

/// Describes the session in a line.
fn line(session: &FocusSession, now: &ZonedDateTime) -> String {
    let phase = if session.phase == FocusPhase::Paused { "paused" } else { "running" };
    let kind = match (session.mode, session.minutes) {
        (FocusMode::Pomodoro, Some(minutes)) => format!("Pomodoro of {minutes} min"),
        (FocusMode::Pomodoro, None) => "Pomodoro".to_owned(),
        (FocusMode::Stopwatch, _) => "Stopwatch".to_owned(),
    };
    let since = session.start.map(|start: Timestamp| {
        format!(", since {}", start.to_zoned_datetime(now.time_zone().clone()).strftime("%H:%M"))
    });
    let about = subject::names(&session.subjects);
    let about = if about.is_empty() { String::new() } else { format!(": {about}") };
    format!(" {kind}{about} ({phase}{})", since.unwrap_or_default())
}

pub(super) async fn start(globals: &Globals, args: FocusStartArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let subject = Subject::find(&args.subject, connection, globals, output).await?;
        let is_stopwatch = match &subject {
            Subject::Timer(timer) => timer.r#type == TimerKind::Timing && args.minutes.is_none(),
            _ => false,
        };
        let of_timer = match &subject {
            Subject::Timer(timer) => timer.pomodoro_time.copied().and_then(|minutes| minutes.try_into().ok()),
            _ => None,
        };
        let mut session = if args.stopwatch || is_stopwatch {
            FocusStart::stopwatch()
        } else {
            FocusStart::pomodoro(args.minutes.or(of_timer).unwrap_or(MINUTES))
        };
        session = match subject {
            Subject::Task(task) => session.on_task(&task),
            Subject::Habit(habit) => session.on_habit(&habit),
            Subject::Timer(timer) => session.on_timer(&timer),
            Subject::Nothing => session,
        };
        if let Some(note) = args.note {
            session = session.note(note);
        }
        if connection.client.focus().state().await?.is_some_and(|state| !state.is_over()) {
            return Err(Error::usage("a focus session is running already, and its time would be lost")
                .hint("`ticktick focus finish` keeps its time; `ticktick focus drop` abandons it"));
        }
        connection.name("focus start");
        let now = noun::now(connection).await?;
        let session = view(&connection.client.focus().start(session).await?);
        let line = format!("Started:{}", line(&session, &now));
        Ok(Written::one(session, line))
    })
    .await
}

pub(super) async fn control(globals: &Globals, action: Action, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let focus = connection.client.focus();
        let none =
            || Error::new(Kind::NotFound, "no focus session is running").hint("`ticktick focus start` starts one");
        let state = focus.state().await?.filter(|state| !state.is_over()).ok_or_else(none)?;
        let (word, done) = match action {
            Action::Pause => ("pause", "Paused the session"),
            Action::Resume => ("resume", "Resumed the session"),
            Action::Finish => ("finish", "Finished the session"),
            Action::Drop => ("drop", "Abandoned the session"),
        };
        connection.name(&format!("focus {word}"));
        let state = match action {
            Action::Pause => focus.pause(&state).await?,
            Action::Resume => focus.resume(&state).await?,
            Action::Finish => focus.finish(&state).await?,
            Action::Drop => focus.drop(&state).await?,
        };
        Ok(Written::one(view(&state), done))
    })
    .await
}
