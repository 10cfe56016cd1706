//! [`HabitDraft`]: a habit to create.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use ticktick_models::{AsId, Etag, Field, Habit, HabitId, HabitStatus, HabitType, IdSource, List, Number, SectionId};

use super::section::NONE;
use crate::{Error, check};

/// A habit to create. By default it is a yes-or-no habit that is due every day.
///
/// # Examples
///
/// ```
/// use jiff::civil::time;
/// use ticktick::HabitDraft;
///
/// let draft = HabitDraft::new("Run")
///     .amount(5.0, "Kilometer")
///     .step(1.0)
///     .color("#35D870")
///     .repeat("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3")
///     .reminder(time(18, 30, 0, 0));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is passed to `create`"]
pub struct HabitDraft {
    id: Option<HabitId>,
    name: String,
    amount: Option<(f64, String)>,
    step: f64,
    color: String,
    icon: String,
    encouragement: String,
    section: SectionId,
    repeat: String,
    reminders: Vec<String>,
    asks_for_note: bool,
    target_days: u32,
    target_start: Option<Date>,
}

impl HabitDraft {
    /// Creates a draft of a yes-or-no habit that is due every day.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            amount: None,
            step: 0.0,
            color: "#97E38B".into(),
            icon: "habit_daily_check_in".into(),
            encouragement: String::new(),
            section: NONE.into(),
            repeat: "RRULE:FREQ=DAILY;INTERVAL=1".into(),
            reminders: Vec::new(),
            asks_for_note: false,
            target_days: 0,
            target_start: None,
        }
    }

    /// Sets the id under which the habit is stored. By default each create uses a new one.
    ///
    /// With an id, a create can be repeated safely, at the cost of one more read: if an earlier attempt was applied,
    /// the stored habit is returned unchanged.
    pub fn id(mut self, id: impl AsId<HabitId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Gives the habit amounts, with a daily goal and its unit.
    pub fn amount(mut self, goal: f64, unit: impl Into<String>) -> Self {
        self.amount = Some((goal, unit.into()));
        self
    }

    /// Sets the amount that one tap in the app adds. By default amounts are typed in.
    pub fn step(mut self, step: f64) -> Self {
        self.step = step;
        self
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = color.into();
        self
    }

    /// Sets the icon, by the name of a built-in one.
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Sets the motto.
    pub fn encouragement(mut self, text: impl Into<String>) -> Self {
        self.encouragement = text.into();
        self
    }

    /// Sets the section.
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = section.as_id();
        self
    }

    /// Sets the schedule, as an RRULE. `TT_TIMES=3` in it means three times a week on any days.
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = rule.into();
        self
    }

    /// Adds a reminder at a local time of day.
    pub fn reminder(mut self, time: Time) -> Self {
        self.reminders.push(reminder(time));
        self
    }

    /// Makes the app ask for a note with each check-in.
    pub fn asks_for_note(mut self) -> Self {
        self.asks_for_note = true;
        self
    }

    /// Sets the number of days to keep the habit up. By default there is no end.
    pub fn target_days(mut self, days: u32) -> Self {
        self.target_days = days;
        self
    }

    /// Sets the first day, from which the target counts.
    pub fn target_start(mut self, day: Date) -> Self {
        self.target_start = Some(day);
        self
    }

    /// Builds the habit, with a new id and all fields that the app sends.
    pub(crate) fn into_habit(self, ids: &mut IdSource, now: Timestamp) -> Result<Habit, Error> {
        let (kind, goal, unit) = match self.amount {
            None => (HabitType::Boolean, 1.0, "Count".to_owned()),
            Some((goal, unit)) => (HabitType::Real, goal, unit),
        };
        check_amounts(goal, self.step)?;
        check::name("habit", &self.name)?;
        check::color(&self.color)?;
        check::rule(&self.repeat)?;
        self.target_start.map_or(Ok(()), check::day)?;
        let mut habit = Habit::new(self.id.unwrap_or_else(|| HabitId::new_with(ids)));
        habit.name = self.name.into();
        habit.icon_res = self.icon.into();
        habit.color = self.color.into();
        habit.sort_order = 0.into();
        habit.status = HabitStatus::Active.into();
        habit.encouragement = self.encouragement.into();
        habit.total_check_ins = 0.into();
        habit.current_streak = 0.into();
        habit.created_time = ticktick_models::Timestamp::from(now).into();
        habit.modified_time = habit.created_time.clone();
        habit.r#type = kind.into();
        habit.goal = Number::from(goal).into();
        habit.step = Number::from(self.step).into();
        habit.unit = unit.into();
        habit.etag = Etag::from("").into();
        habit.repeat_rule = self.repeat.into();
        habit.reminders = List::from(self.reminders);
        habit.record_enable = self.asks_for_note.into();
        habit.section_id = self.section.into();
        habit.target_days = i64::from(self.target_days).into();
        habit.target_start_date = self.target_start.map_or(Field::Null, |day| Field::Value(day.into()));
        habit.completed_cycles = 0.into();
        habit.ex_dates = List::from(Vec::new());
        Ok(habit)
    }
}

/// Formats the time of a reminder as `HH:MM`.
pub(super) fn reminder(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Rejects a goal that can never or always be reached, and a negative step.
pub(super) fn check_amounts(goal: f64, step: f64) -> Result<(), Error> {
    if !goal.is_finite() || goal <= 0.0 {
        return Err(Error::invalid_input(format!("invalid goal {goal}; use an amount above 0")));
    }
    if step.is_finite() && step >= 0.0 {
        Ok(())
    } else {
        Err(Error::invalid_input(format!("invalid step {step}; use a positive amount, or 0 to type amounts in")))
    }
}
