//! Calls on habits and focus sessions.

use jiff::civil::date;
use ticktick::focus::{FocusStart, TimerDraft};
use ticktick::habit::HabitPatch;
use ticktick::{CheckIn, FocusDraft, HabitDraft};

use super::calls;
use crate::Call;

pub(super) fn calls() -> Vec<(&'static str, Call)> {
    [habits(), check_ins(), records(), live()].concat()
}

fn habits() -> Vec<(&'static str, Call)> {
    calls! { w;
        "habit.list" => w.client.habit().list();
        "habit.active" => w.client.habit().active();
        "habit.archived" => w.client.habit().archived();
        "habit.get" => w.client.habit().get(&w.habits[0]);
        "habit.create" => w.client.habit().create(HabitDraft::new("New"));
        "habit.update" => w.client.habit().update(&w.habits[0]);
        "habit.overwrite" => w.client.habit().overwrite(&w.habits[0]);
        "habit.patch" => w.client.habit().patch(&w.habits[0], HabitPatch::new().name("Other"));
        "habit.archive" => w.client.habit().archive(&w.habits[0]);
        "habit.unarchive" => async {
            w.client.habit().archive(&w.habits[0]).await?;
            w.service.forget_requests();
            w.client.habit().unarchive(&w.habits[0]).await
        };
        "habit.delete" => w.client.habit().delete(&w.habits[0]);
        "habit.move_before" => w.client.habit().move_before(&w.habits[1], &w.habits[0]);
        "habit.move_after" => w.client.habit().move_after(&w.habits[0], &w.habits[1]);
        "habit.sections" => w.client.habit().sections();
        "habit.create_section" => w.client.habit().create_section("New");
        "habit.rename_section" => w.client.habit().rename_section(&w.section, "Other");
        "habit.delete_section" => w.client.habit().delete_section(&w.section);
    }
}

fn check_ins() -> Vec<(&'static str, Call)> {
    calls! { w;
        "habit.check_in" => w.client.habit().check_in(&w.habits[0], CheckIn::done());
        "habit.check_in_all" => w.client.habit().check_in_all(w.habits.iter().map(|one| (one, CheckIn::done())));
        "habit.check_ins" => w.client.habit().check_ins(&w.habits, ..);
        "habit.history" => w.client.habit().history(&w.habits[0]);
        "habit.records" => w.client.habit().records(&w.habits, ..);
        "habit.preferences" => w.client.habit().preferences();
        "habit.week_statistics" => w.client.habit().week_statistics();
        "habit.export" => w.client.habit().export();
    }
}

fn records() -> Vec<(&'static str, Call)> {
    calls! { w;
        "focus.records" => w.client.focus().records(w.then..=w.now);
        "focus.timeline.try_next" => async { w.client.focus().timeline().try_next().await };
        "focus.by_task" => w.client.focus().by_task(&w.task);
        "focus.create" => w.client.focus().create(FocusDraft::new(w.then, w.now));
        "focus.update" => w.client.focus().update(&w.record);
        "focus.overwrite" => w.client.focus().overwrite(&w.record);
        "focus.delete" => w.client.focus().delete(&w.record);
        "focus.overview" => w.client.focus().overview();
        "focus.heat_map" => w.client.focus().heat_map(date(2026, 2, 1)..=date(2026, 3, 1));
        "focus.distribution" => w.client.focus().distribution(date(2026, 2, 1)..=date(2026, 3, 1));
        "focus.by_hour" => w.client.focus().by_hour(date(2026, 2, 1)..=date(2026, 3, 1));
        "focus.by_day_and_hour" => w.client.focus().by_day_and_hour(date(2026, 2, 1)..=date(2026, 3, 1));
        "focus.timers" => w.client.focus().timers();
        "focus.create_timer" => w.client.focus().create_timer(TimerDraft::stopwatch("New"));
        "focus.update_timer" => w.client.focus().update_timer(&w.timer);
        "focus.overwrite_timer" => w.client.focus().overwrite_timer(&w.timer);
        "focus.delete_timer" => w.client.focus().delete_timer(&w.timer);
        "focus.timer_overview" => w.client.focus().timer_overview(&w.timer);
    }
}

fn live() -> Vec<(&'static str, Call)> {
    calls! { w;
        "focus.state" => w.client.focus().state();
        "focus.start" => async {
            w.client.focus().finish(&w.session).await?;
            w.service.forget_requests();
            w.client.focus().start(FocusStart::pomodoro(25)).await
        };
        "focus.pause" => w.client.focus().pause(&w.session);
        "focus.resume" => async {
            let paused = w.client.focus().pause(&w.session).await?;
            w.service.forget_requests();
            w.client.focus().resume(&paused).await
        };
        "focus.finish" => w.client.focus().finish(&w.session);
        "focus.drop" => w.client.focus().drop(&w.session);
    }
}
