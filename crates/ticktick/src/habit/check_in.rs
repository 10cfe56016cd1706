//! [`CheckIn`]: what to record for a day.

use jiff::Timestamp;
use jiff::civil::Date;
use ticktick_models::{CheckinStatus, DayStamp, Field, Habit, HabitCheckin, HabitType, Number};

use super::value::{MAX_AMOUNT, is_amount};
use crate::workaround::one_checkin_a_day::Days;
use crate::{Error, check};

/// What to record for a habit on a day. Defaults to today.
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// # use ticktick::HabitDraft;
/// # let run = client.habit().create(HabitDraft::new("Run").amount(5.0, "Kilometer")).await?;
/// use jiff::civil::date;
/// use ticktick::CheckIn;
///
/// let today = client.habit().check_in(&run, CheckIn::done()).await?;
/// assert_eq!(today.checkin_stamp.date(), Some(date(2026, 3, 1)));
/// let before = client.habit().check_in(&run, CheckIn::amount(2.5).on(date(2026, 2, 28))).await?;
/// assert!(before.value.is_some_and(|amount| amount.as_f64() == 2.5));
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "a check-in does nothing until it is recorded"]
pub struct CheckIn {
    day: Option<Date>,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Done,
    Undone,
    Amount(f64),
    Cleared,
    Exact(CheckinStatus, f64),
}

impl CheckIn {
    const fn new(what: What) -> Self {
        Self { day: None, what }
    }

    /// Records the day as done. For a habit with amounts, the amount is raised to the goal if it is lower.
    pub const fn done() -> Self {
        Self::new(What::Done)
    }

    /// Marks the day as missed. Unlike a day without a record, this ends the current streak.
    pub const fn undone() -> Self {
        Self::new(What::Undone)
    }

    /// Records the amount reached so far, in the habit's unit. The day is done if the amount reaches the goal.
    ///
    /// Calls reject negative amounts and amounts above [`MAX_AMOUNT`].
    pub const fn amount(amount: f64) -> Self {
        Self::new(What::Amount(amount))
    }

    /// Removes the record of the day.
    pub const fn cleared() -> Self {
        Self::new(What::Cleared)
    }

    /// Records a status and an amount as given, without comparing the amount with the goal.
    ///
    /// Use this for a day that the user ends early or marks as missed despite an amount, or to copy records. In all other
    /// cases, use [`done`](Self::done), [`undone`](Self::undone) or [`amount`](Self::amount), which keep both consistent.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::habit::{CheckIn, CheckinStatus, HabitDraft};
    ///
    /// let run = client.habit().create(HabitDraft::new("Run").amount(5.0, "km")).await?;
    /// let check_in = client.habit().check_in(&run, CheckIn::exact(CheckinStatus::Done, 3.0)).await?;
    /// assert_eq!(check_in.status, CheckinStatus::Done);
    /// # Ok(())
    /// # });
    /// ```
    pub const fn exact(status: CheckinStatus, amount: f64) -> Self {
        Self::new(What::Exact(status, amount))
    }

    /// Sets the day, which must not be in the future.
    pub const fn on(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }

    /// Returns the day. Rejects invalid amounts and future days.
    pub(super) fn day(&self, today: Date) -> Result<Date, Error> {
        match self.what {
            What::Amount(amount) | What::Exact(_, amount) if !is_amount(amount) => {
                return Err(Error::invalid_input(format!(
                    "invalid amount {amount:?}\nhint: use a number from 0 to {MAX_AMOUNT}"
                )));
            }
            _ => {}
        }
        match self.day {
            Some(day) if day > today => Err(Error::invalid_input(format!(
                "{day} is in the future (today is {today} in the account's zone)\nhint: check in on the day itself"
            ))),
            Some(day) => check::day(day).map(|()| day),
            None => Ok(today),
        }
    }

    /// Plans the check-in of a day from its current one, if any.
    pub(super) fn plan(&self, habit: &Habit, day: Date, days: &Days, now: Timestamp) -> Result<Planned, Error> {
        if matches!(self.what, What::Amount(_)) && habit.r#type == HabitType::Boolean {
            return Err(Error::invalid_input(format!(
                "habit {} has no amounts\nhint: check it in without one",
                habit.id
            )));
        }
        let stored = days.find(&habit.id, day);
        let mut check_in = match stored {
            Some(stored) => stored.clone(),
            None => HabitCheckin::new(habit.id.clone(), DayStamp::from(day)),
        };
        if check_in.goal.get().is_none() {
            check_in.goal = habit.goal.get().cloned().unwrap_or_else(|| 1.into()).into();
        }
        let (status, value) = self.reached(&check_in);
        check_in.status = status.into();
        if check_in.value.get().map(Number::as_f64) != Some(value.as_f64()) {
            check_in.value = value.into();
        }
        let is_same = match stored {
            Some(stored) => check_in == *stored,
            None => self.what == What::Cleared,
        };
        if is_same {
            return Ok(Planned::Same(check_in));
        }
        let now = ticktick_models::Timestamp::from(now);
        match status {
            CheckinStatus::Done if check_in.checkin_time.get().is_none() => check_in.checkin_time.set(now.clone()),
            CheckinStatus::Done => {}
            _ if check_in.checkin_time.get().is_some() => check_in.checkin_time = Field::Null,
            _ => {}
        }
        check_in.op_time.set(now);
        Ok(Planned::New(check_in))
    }

    /// Returns status and amount of a day whose goal is known.
    fn reached(&self, check_in: &HabitCheckin) -> (CheckinStatus, Number) {
        let goal = check_in.goal.get().cloned().unwrap_or_else(|| 1.into());
        let value = check_in.value.get().cloned().filter(|value| value.as_f64() >= goal.as_f64());
        match self.what {
            What::Done => (CheckinStatus::Done, value.unwrap_or(goal)),
            What::Undone => (CheckinStatus::Undone, 0.into()),
            What::Amount(amount) if amount >= goal.as_f64() => (CheckinStatus::Done, amount.into()),
            What::Amount(amount) => (CheckinStatus::InProgress, amount.into()),
            What::Cleared => (CheckinStatus::InProgress, 0.into()),
            What::Exact(status, amount) => (status, amount.into()),
        }
    }
}

/// How a check-in changes a day.
pub(super) enum Planned {
    /// Nothing to write: the day already has this record.
    Same(HabitCheckin),
    New(HabitCheckin),
}
