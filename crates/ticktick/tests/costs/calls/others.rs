//! Calls on filters, searches, syncs, the user and what is counted.

use jiff::civil::date;
use ticktick::countdown::{CountdownDraft, CountdownPatch};
use ticktick::filter::{FilterPatch, FilterRule};
use ticktick::{FilterDraft, Priority, TaskQuery};

use super::calls;
use crate::Call;

pub(super) fn calls() -> Vec<(&'static str, Call)> {
    [filters(), whole(), countdowns(), user()].concat()
}

fn filters() -> Vec<(&'static str, Call)> {
    calls! { w;
        "filter.list" => w.client.filter().list();
        "filter.get" => w.client.filter().get(&w.filter);
        "filter.create" => w.client.filter().create(FilterDraft::new("New", FilterRule::normal()));
        "filter.update" => w.client.filter().update(&w.filter);
        "filter.overwrite" => w.client.filter().overwrite(&w.filter);
        "filter.patch" => w.client.filter().patch(&w.filter, FilterPatch::new().name("Other"));
        "filter.rename" => w.client.filter().rename(&w.filter, "Other");
        "filter.delete" => w.client.filter().delete(&w.filter);
        "task.list_by_filter" => w.client.task().list_by_filter(&w.filter);
        "search.all" => w.client.search().all("task");
        "search.search_tasks" => w.client.search().search_tasks("task");
        "search.everywhere" => w.client.search().everywhere("task");
        "search.filter_tasks" => async {
            w.client.search().filter_tasks(&TaskQuery::new().priority(Priority::High)).await
        };
    }
}

fn whole() -> Vec<(&'static str, Call)> {
    calls! { w;
        "sync.full" => w.client.sync().full();
        "sync.delta" => w.client.sync().delta(1);
        "sync.changes" => w.client.sync().changes();
        "sync.refresh" => async {
            let mut account = w.client.sync().full().await?;
            w.service.forget_requests();
            w.client.sync().refresh(&mut account).await
        };
        "calendar.accounts" => w.client.calendar().accounts();
        "calendar.subscriptions" => w.client.calendar().subscriptions();
        "calendar.events" => w.client.calendar().events();
        "calendar.events_between" => w.client.calendar().events_between(w.then..w.now);
        "calendar.archived_events" => w.client.calendar().archived_events();
        "statistics.general" => w.client.statistics().general();
        "statistics.ranking" => w.client.statistics().ranking();
        "statistics.tasks_by_day" => w.client.statistics().tasks_by_day(date(2026, 2, 1)..=date(2026, 3, 1));
        "statistics.counters" => w.client.statistics().counters();
    }
}

fn countdowns() -> Vec<(&'static str, Call)> {
    calls! { w;
        "countdown.list" => w.client.countdown().list();
        "countdown.get" => w.client.countdown().get(&w.countdown);
        "countdown.create" => w.client.countdown().create(CountdownDraft::new("New", date(2026, 12, 24)));
        "countdown.update" => w.client.countdown().update(&w.countdown);
        "countdown.overwrite" => w.client.countdown().overwrite(&w.countdown);
        "countdown.patch" => w.client.countdown().patch(&w.countdown, CountdownPatch::new().name("Other"));
        "countdown.archive" => w.client.countdown().archive(&w.countdown);
        "countdown.unarchive" => async {
            w.client.countdown().archive(&w.countdown).await?;
            w.service.forget_requests();
            w.client.countdown().unarchive(&w.countdown).await
        };
        "countdown.delete" => w.client.countdown().delete(&w.countdown);
    }
}

fn user() -> Vec<(&'static str, Call)> {
    calls! { w;
        "user.profile" => w.client.user().profile();
        "user.status" => w.client.user().status();
        "user.settings" => w.client.user().settings();
        "user.update_settings" => w.client.user().update_settings(|settings| settings.show_completed = false.into());
        "user.limits" => w.client.user().limits();
        "user.plan_limits" => w.client.user().plan_limits();
        "user.notifications" => w.client.user().notifications();
        "user.unread_notifications" => w.client.user().unread_notifications();
        "user.daily_reminder" => w.client.user().daily_reminder();
        "user.pomodoro_preferences" => w.client.user().pomodoro_preferences();
        "user.ext_preferences" => w.client.user().ext_preferences();
    }
}
