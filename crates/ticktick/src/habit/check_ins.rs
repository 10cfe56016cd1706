//! Reads and stores check-ins, and updates the counters of their habits.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ticktick_models::{BatchAnswer, BatchCheckins, Habit, HabitCheckin, HabitId};
use ticktick_raw::{self as raw, op};

use super::check_in::{CheckIn, Planned};
use crate::fields::lost;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::one_checkin_a_day::Days;
use crate::workaround::{
    after_stamp_exclusive, batch_empty_maps, batch_item_errors, checkin_query_shapes, checkin_two_calls,
};
use crate::{Client, Error, write};

/// Records check-ins and returns those of their days, in the requested order.
pub(super) async fn record(client: &Client, asked: Vec<(HabitId, CheckIn)>) -> Result<Vec<HabitCheckin>, Error> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let (zone, week_start) = (client.time_zone().await?, client.week_start().await?);
    let now = client.now();
    let today = now.to_zoned_datetime(zone.clone()).date();
    let dated: Result<Vec<_>, Error> =
        asked.into_iter().map(|(habit, check_in)| Ok((habit, check_in.day(today)?, check_in))).collect();
    let dated = dated?;
    let touched: BTreeSet<HabitId> = dated.iter().map(|(habit, ..)| habit.clone()).collect();

    let _turn = client.turn(touched.iter().fold(Claim::default(), Claim::and::<Habit>)).await;
    let mut habits = raw::habit::list(client.wire()).await?;
    habits.retain(|habit| touched.contains(&habit.id));
    if let Some(missing) = touched.iter().find(|id| !habits.iter().any(|habit| habit.id == **id)) {
        return Err(Error::not_found(Habit::WHAT, missing));
    }
    // All check-ins are needed, because the counters are recomputed.
    let mut days = Days::new(query(client, touched.into_iter().collect(), None).await?);
    let mut recorded = Vec::with_capacity(dated.len());
    for (id, day, check_in) in dated {
        let Some(habit) = habits.iter().find(|habit| habit.id == id) else { continue };
        recorded.push(match check_in.plan(habit, day, &days, now)? {
            Planned::Same(check_in) => check_in,
            Planned::New(check_in) => days.put(check_in, &mut client.ids()),
        });
    }
    if let Some(batch) = days.batch() {
        let all: Vec<&HabitCheckin> = days.all().collect();
        let counted = habits
            .iter()
            .filter_map(|habit| checkin_two_calls::recount(habit, all.iter().copied(), &zone, week_start, today));
        // Counters go first, so that repeating the call fixes everything if the check-ins fail.
        let counted = update_all(client, counted.collect(), now).await?;
        send(client, &batch).await.map_err(|error| match counted.first() {
            Some(habit) => {
                error.unfinished(&habit.id, "has new counters, but its check-in may not be stored; repeat the check-in")
            }
            None => error,
        })?;
    }
    Ok(recorded)
}

/// Reads the check-ins of habits from a day on, or all of them.
pub(crate) async fn query(
    client: &Client,
    habits: Vec<HabitId>,
    from: Option<jiff::civil::Date>,
) -> Result<Vec<HabitCheckin>, Error> {
    if habits.is_empty() {
        return Ok(Vec::new());
    }
    let query = after_stamp_exclusive::query(habits, from);
    checkin_query_shapes::flatten(raw::habit::query_check_ins(client.wire(), &query).await?)
}

/// Returns `NotFound` for an empty response if one of the habits does not exist, because the service does not report it.
pub(super) async fn check_empty<T>(client: &Client, habits: &[HabitId], found: &[T]) -> Result<(), Error> {
    if habits.is_empty() || !found.is_empty() {
        return Ok(());
    }
    let stored = raw::habit::list(client.wire()).await?;
    match habits.iter().find(|id| !stored.iter().any(|habit| habit.id == **id)) {
        Some(missing) => Err(Error::not_found(Habit::WHAT, missing)),
        None => Ok(()),
    }
}

/// Stores habits in one call, each whole, and returns them with their new etags.
pub(super) async fn update_all(client: &Client, mut habits: Vec<Habit>, now: Timestamp) -> Result<Vec<Habit>, Error> {
    if habits.is_empty() {
        return Ok(habits);
    }
    habits.iter_mut().for_each(|habit| habit.touch(now));
    let send = || Habit::send(client, Vec::new(), habits.clone());
    let answer = write::perform(client, send, || reconcile(client, &habits)).await?;
    batch_item_errors::check(&op::HABIT_BATCH, &answer)?;
    for habit in &mut habits {
        habit.set_etag(batch_empty_maps::stored(&op::HABIT_BATCH, &answer, habit.id.as_str())?);
    }
    if client.verifies_writes() {
        let stored = raw::habit::list(client.wire()).await?;
        for habit in &habits {
            let found = stored.iter().find(|stored| stored.id == habit.id);
            write::compare(None, habit, found.ok_or_else(|| Error::not_found(Habit::WHAT, &habit.id))?)?;
        }
    }
    Ok(habits)
}

/// Determines the outcome of habits whose response was lost. Fails if one was changed elsewhere meanwhile.
async fn reconcile(client: &Client, sent: &[Habit]) -> Result<Option<BatchAnswer>, Error> {
    let stored = raw::habit::list(client.wire()).await?;
    let mut answer = BatchAnswer::default();
    for habit in sent {
        let found = stored.iter().find(|stored| stored.id == habit.id);
        let found = found.ok_or_else(|| Error::not_found(Habit::WHAT, &habit.id))?;
        match found.etag() {
            Some(etag) if lost(habit, found, Habit::SERVER).is_none() => {
                answer.id2etag.insert(habit.id.to_string(), etag.to_string());
            }
            etag if etag == habit.etag() => return Ok(None),
            _ => return Err(Error::NotApplied { operation: op::HABIT_BATCH.id, id: habit.id.to_string() }),
        }
    }
    Ok(Some(answer))
}

/// Sends check-ins. The response names none of them, so they are read back to find out whether they are stored.
async fn send(client: &Client, batch: &BatchCheckins) -> Result<(), Error> {
    let is_done = || async {
        let difference = difference(client, batch).await?;
        Ok(difference.is_none().then(BatchAnswer::default))
    };
    let answer = write::perform(client, || raw::habit::batch_check_ins(client.wire(), batch), is_done).await?;
    batch_item_errors::check(&op::HABIT_BATCH_CHECK_INS, &answer)?;
    if client.verifies_writes()
        && let Some(error) = difference(client, batch).await?
    {
        return Err(error);
    }
    Ok(())
}

/// Reads check-ins back and returns an error if they differ from what was sent.
async fn difference(client: &Client, batch: &BatchCheckins) -> Result<Option<Error>, Error> {
    let sent = || batch.add.iter().chain(batch.update.iter());
    let habits: BTreeSet<HabitId> = sent().map(|check_in| check_in.habit_id.clone()).collect();
    let first = sent().filter_map(|check_in| check_in.checkin_stamp.date()).min();
    let stored = query(client, habits.into_iter().collect(), first).await?;
    let operation = op::HABIT_BATCH_CHECK_INS.id;
    Ok(sent().find_map(|check_in| {
        let id = check_in.id.to_string();
        match stored.iter().find(|stored| stored.id == check_in.id) {
            None => Some(Error::NotApplied { operation, id }),
            Some(stored) => lost(check_in, stored, &["opTime"]).map(|lost| Error::FieldLost {
                operation,
                id,
                field: lost.field,
                sent: lost.sent,
                stored: lost.stored,
            }),
        }
    }))
}
