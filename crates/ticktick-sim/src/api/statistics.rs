//! Scores and counts, computed from the contents of the account.

mod facts;
mod general;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::api::days::range;
use crate::api::focus::count::Focused;
use crate::api::statistics::facts::{Fact, facts};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::generated::StatisticsHandlers;
use crate::world::account::Account;
use crate::world::day::{day_of, days_between, key};

/// Name for tasks without a tag.
const UNKNOWN: &str = "UNKNOWN_CATEGORY";

impl StatisticsHandlers for Context {
    fn statistics_general(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&general::general(account, call.now))))
    }

    fn statistics_ranking(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&ranking(account, call.now))))
    }

    fn statistics_ranking_v2(&self, call: &Call) -> Reply {
        self.statistics_ranking(call)
    }

    fn statistics_task_statistics(&self, call: &Call) -> Reply {
        self.in_session(call, |account| by_day(account, call))
    }

    fn statistics_user_statistics(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&by_kind(account, call.now))))
    }
}

/// Returns the ranking. Because there are no other users, it is computed from the score.
fn ranking(account: &Account, now: Timestamp) -> Value {
    let facts = facts(account);
    let score = general::score(&facts, &Focused::of(account, |_| true), None);
    let share = 10_000 * score / (score + 1_000);
    let registered = day_of(account.registered, &account.tz());
    json!({
        "ranking": f64::from(i32::try_from(share).unwrap_or(i32::MAX)) / 100.0,
        "taskCount": facts.iter().filter(|fact| !fact.is_trashed).count(),
        "projectCount": account.projects.len(),
        "dayCount": days_between(registered, account.today(now)).max(0) + 1,
        "completedCount": facts.iter().filter(|fact| fact.is_completed()).count(),
        "score": score,
        "level": general::level(score),
    })
}

/// Returns counts of completed and open tasks for every day of a range.
fn by_day(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let facts = facts(account);
    let answer: Vec<Value> = days
        .iter()
        .map(|day| {
            let done: Vec<&Fact> =
                facts.iter().filter(|fact| fact.is_completed() && fact.completed == Some(*day)).collect();
            let count = |test: fn(&Fact) -> bool| done.iter().filter(|fact| test(fact)).count();
            let (mut projects, mut tags) = (Map::new(), Map::new());
            for fact in &done {
                add(&mut projects, &account.project_name(&fact.project));
                if fact.tags.is_empty() {
                    add(&mut tags, UNKNOWN);
                }
                fact.tags.iter().for_each(|tag| add(&mut tags, tag));
            }
            json!({
                "day": key(*day),
                "timezone": account.zone,
                "overdueCompleteCount": count(Fact::is_late),
                "onTimeCompleteCount": count(|fact| fact.due.is_some() && !fact.is_late()),
                "noTimeCompleteCount": count(|fact| fact.due.is_none()),
                "notCompleteCount": facts.iter().filter(|fact| fact.is_open() && fact.due == Some(*day)).count(),
                "projectCompleteCounts": projects,
                "tagCompleteCounts": tags,
            })
        })
        .collect();
    Ok(Reply::json(&answer))
}

fn add(counts: &mut Map<String, Value>, name: &str) {
    let count = counts.get(name).and_then(Value::as_i64).unwrap_or_default();
    counts.insert(name.to_owned(), (count + 1).into());
}

/// Counts the tasks by kind, including closed ones.
fn by_kind(account: &Account, now: Timestamp) -> Value {
    let facts = facts(account);
    let today = account.today(now);
    let kind = |kind: &str| facts.iter().filter(|fact| !fact.is_trashed && fact.kind == kind).count();
    let open = |test: &dyn Fn(&Fact) -> bool| facts.iter().filter(|fact| fact.is_open() && test(fact)).count();
    json!({
        "normalCount": kind("TEXT"),
        "checklistCount": kind("CHECKLIST"),
        "noteCount": kind("NOTE"),
        "completedCount": facts.iter().filter(|fact| fact.is_completed()).count(),
        "deletedCount": facts.iter().filter(|fact| fact.is_trashed).count(),
        "dueTodayCount": open(&|fact| fact.due == Some(today)),
        "overdueCount": open(&|fact| fact.due.is_some_and(|due| due < today)),
        "date": key(today),
    })
}
