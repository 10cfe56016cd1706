//! Focus sessions, timers and statistics.

pub(crate) mod count;
mod live;
mod record;
mod spread;
#[cfg(test)]
mod tests;
mod timer;

use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::generated::FocusHandlers;
use crate::world::book::focus::{POMODORO, STOPWATCH};
use crate::world::json::array;

impl FocusHandlers for Context {
    fn focus_pomodoros(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::between(account, call, POMODORO))
    }

    fn focus_timings(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::between(account, call, STOPWATCH))
    }

    fn focus_timeline(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::timeline(account, call))
    }

    fn focus_by_task(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::by_task(account, call))
    }

    fn focus_statistics_general(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(count::overview(account, call.now)))
    }

    fn focus_heatmap(&self, call: &Call) -> Reply {
        self.in_session(call, |account| count::heatmap(account, call))
    }

    fn focus_distribution(&self, call: &Call) -> Reply {
        self.in_session(call, |account| spread::by_subject(account, call))
    }

    fn focus_distribution_by_clock(&self, call: &Call) -> Reply {
        self.in_session(call, |account| spread::by_hour(account, call))
    }

    fn focus_distribution_by_clock_day(&self, call: &Call) -> Reply {
        self.in_session(call, |account| spread::by_day_and_hour(account, call))
    }

    fn focus_batch_pomodoros(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::batch(account, call, POMODORO))
    }

    fn focus_batch_timings(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::batch(account, call, STOPWATCH))
    }

    fn focus_delete_records(&self, call: &Call) -> Reply {
        self.in_session(call, |account| record::delete(account, call))
    }

    fn focus_delete_pomodoro(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            account.delete_focus(call.path("focusId"), POMODORO, call.now);
            Ok(Reply::empty())
        })
    }

    fn focus_delete_timing(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            account.delete_focus(call.path("focusId"), STOPWATCH, call.now);
            Ok(Reply::empty())
        })
    }

    fn focus_list_timers(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.focus.timers.texts()))))
    }

    fn focus_batch_timers(&self, call: &Call) -> Reply {
        self.in_session(call, |account| timer::batch(account, call))
    }

    fn focus_timer_overview(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(timer::overview(account, call)))
    }

    fn focus_timer_timeline(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(timer::timeline(account, call)))
    }

    fn focus_timer_statistics(&self, call: &Call) -> Reply {
        self.in_session(call, |account| timer::statistics(account, call))
    }

    /// The service requires the range in the path.
    fn focus_heatmap_by_query(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Err(Refusal::senseless()))
    }

    fn focus_distribution_by_query(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Err(Refusal::senseless()))
    }

    fn focus_hours_by_query(&self, call: &Call) -> Reply {
        self.in_session(call, |_| Err(Refusal::senseless()))
    }

    /// The effect of these operations is not recorded, so nothing changes.
    fn focus_send_operations(&self, call: &Call) -> Reply {
        self.in_session(call, |_| call.json::<Vec<Object>>().map(|_| Reply::empty()))
    }

    fn focus_operate(&self, call: &Call) -> Reply {
        self.in_session(call, |account| live::operate(account, call))
    }
}
