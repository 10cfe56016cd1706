//! A habit that is to be created.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use ticktick_models::{AsId, Etag, Field, Habit, HabitId, HabitStatus, HabitType, IdSource, List, Number, SectionId};

use super::section::NONE;
use crate::{Error, check};

/// A habit that is to be created: done or not done, every day, unless told otherwise.
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
#[must_use = "a draft does nothing until it is created"]
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
    /// Begins a habit that is done or not done every day.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run");
    /// ```
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

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the habit that is stored under the
    /// id is returned as it is, for one read more.
    ///
    /// ```
    /// use ticktick::{HabitDraft, HabitId};
    ///
    /// let draft = HabitDraft::new("Read").id(HabitId::new());
    /// ```
    pub fn id(mut self, id: impl AsId<HabitId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Tells whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Makes it one of amounts, with what is to be reached on a day and its unit.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").amount(5.0, "Kilometer");
    /// ```
    pub fn amount(mut self, goal: f64, unit: impl Into<String>) -> Self {
        self.amount = Some((goal, unit.into()));
        self
    }

    /// Sets the amount that one tap in the app adds; without, amounts are typed in.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").amount(5.0, "Kilometer").step(0.5);
    /// ```
    pub fn step(mut self, step: f64) -> Self {
        self.step = step;
        self
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").color("#35D870");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = color.into();
        self
    }

    /// Sets its icon, by the name of a built-in one.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").icon("habit_daily_check_in");
    /// ```
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Sets its motto.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").encouragement("Keep going");
    /// ```
    pub fn encouragement(mut self, text: impl Into<String>) -> Self {
        self.encouragement = text.into();
        self
    }

    /// Puts it into a section.
    ///
    /// ```
    /// # fn example(section: &ticktick::HabitSection) {
    /// let draft = ticktick::HabitDraft::new("Run").section(section);
    /// # }
    /// ```
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = section.as_id();
        self
    }

    /// Sets its schedule, as an RRULE; `TT_TIMES=3` in it means three times a week on any days.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").repeat("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3");
    /// ```
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = rule.into();
        self
    }

    /// Adds a reminder, by the local time of a day.
    ///
    /// ```
    /// use ticktick::jiff::civil::time;
    ///
    /// let draft = ticktick::HabitDraft::new("Run").reminder(time(18, 30, 0, 0));
    /// ```
    pub fn reminder(mut self, time: Time) -> Self {
        self.reminders.push(reminder(time));
        self
    }

    /// Lets the app ask for a note with each check-in.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").asks_for_note();
    /// ```
    pub fn asks_for_note(mut self) -> Self {
        self.asks_for_note = true;
        self
    }

    /// Sets for how many days it is to be kept up; without, it has no end.
    ///
    /// ```
    /// let draft = ticktick::HabitDraft::new("Run").target_days(30);
    /// ```
    pub fn target_days(mut self, days: u32) -> Self {
        self.target_days = days;
        self
    }

    /// Sets its first day, from which the target counts.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::HabitDraft::new("Run").target_days(30).target_start(date(2026, 3, 1));
    /// ```
    pub fn target_start(mut self, day: Date) -> Self {
        self.target_start = Some(day);
        self
    }

    /// Makes the habit, with an id of ours and all the members that the app sends.
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

/// Writes the time of a reminder, `HH:MM`.
pub(super) fn reminder(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Refuses an empty name.
/// Refuses a goal that can never or always be reached, and a step backwards.
pub(super) fn check_amounts(goal: f64, step: f64) -> Result<(), Error> {
    if !goal.is_finite() || goal <= 0.0 {
        return Err(Error::invalid_input(format!("the goal {goal} is not an amount above 0; give one.")));
    }
    if step.is_finite() && step >= 0.0 {
        Ok(())
    } else {
        Err(Error::invalid_input(format!("the step {step} is not an amount; give one, or 0 to type amounts in.")))
    }
}
