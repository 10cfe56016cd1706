//! [`HabitDraft`]: a habit to create.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use ticktick_models::{AsId, Etag, Field, Habit, HabitId, HabitStatus, HabitType, IdSource, List, Number, SectionId};

use super::value::{NO_SECTION, check_amounts, reminder};
use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// A habit to create. By default it is a yes-or-no habit that is due every day.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::time;
    /// use ticktick::HabitDraft;
    ///
    /// let draft = HabitDraft::new("Run")
    ///     .amount(5.0, "Kilometer")
    ///     .step(1.0)
    ///     .color("#35D870")
    ///     .repeat("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3")
    ///     .reminder(time(18, 30, 0, 0));
    /// let habit = client.habit().create(draft).await?;
    /// assert!(habit.goal.is_some_and(|amount| amount.as_f64() == 5.0));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct HabitDraft {
        name: String;
        id: Option<HabitId>,
        amount: Option<Amount>,
        step: f64,
        color: Option<String>,
        icon: Option<String>,
        encouragement: String,
        section: Option<SectionId>,
        repeat: Option<String>,
        reminders: Vec<String>,
        asks_for_note: bool,
        target_days: u32,
        target_start: Option<Date>,
    }
}

/// The goal of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    goal: f64,
    unit: String,
}

impl HabitDraft {
    /// Creates a draft of a yes-or-no habit that is due every day.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            amount: None,
            step: 0.0,
            color: None,
            icon: None,
            encouragement: String::new(),
            section: None,
            repeat: None,
            reminders: Vec::new(),
            asks_for_note: false,
            target_days: 0,
            target_start: None,
        }
    }

    setters! {
        /// Sets the id under which the habit is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// habit unchanged. This takes one more read.
        id id: HabitId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Gives the habit amounts, with a daily goal and its unit.
    pub fn amount(mut self, goal: f64, unit: impl Into<String>) -> Self {
        self.amount = Some(Amount { goal, unit: unit.into() });
        self
    }

    setters! {
        /// Sets the amount that one tap in the app adds. By default, amounts are typed in.
        set step: f64;

        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Sets the icon by the name of a built-in one.
        into icon: String;

        /// Sets the motto.
        into encouragement: String;
    }

    /// Sets the section.
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = Some(section.as_id());
        self
    }

    setters! {
        /// Sets the schedule as an RRULE. The part `TT_TIMES=3` means three times a week, on any days.
        into repeat: String;
    }

    /// Adds a reminder at a local time of day.
    pub fn reminder(mut self, time: Time) -> Self {
        self.reminders.push(reminder(time));
        self
    }

    setters! {
        /// Makes the app ask for a note with each check-in.
        on asks_for_note: asks_for_note;

        /// Sets the number of days to keep the habit up. By default there is no end.
        set target_days: u32;

        /// Sets the first day, from which the target counts.
        set target_start: Date;
    }

    /// Builds the habit, with a new id and all fields that the app sends.
    pub(crate) fn into_habit(self, ids: &mut IdSource, now: Timestamp) -> Result<Habit, Error> {
        let (kind, goal, unit) = match self.amount {
            None => (HabitType::Boolean, 1.0, "Count".to_owned()),
            Some(Amount { goal, unit }) => (HabitType::Real, goal, unit),
        };
        check_amounts(goal, self.step)?;
        check::name("habit", &self.name)?;
        let color = self.color.unwrap_or_else(|| "#97E38B".into());
        check::color(&color)?;
        let rule = self.repeat.unwrap_or_else(|| "RRULE:FREQ=DAILY;INTERVAL=1".into());
        check::rule(&rule)?;
        self.target_start.map_or(Ok(()), check::day)?;
        let mut habit = Habit::new(self.id.unwrap_or_else(|| HabitId::new_with(ids)));
        habit.name = self.name.into();
        habit.icon_res = self.icon.unwrap_or_else(|| "habit_daily_check_in".into()).into();
        habit.color = color.into();
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
        habit.repeat_rule = rule.into();
        habit.reminders = List::from(self.reminders);
        habit.record_enable = self.asks_for_note.into();
        habit.section_id = self.section.unwrap_or_else(|| NO_SECTION.into()).into();
        habit.target_days = i64::from(self.target_days).into();
        habit.target_start_date = self.target_start.map_or(Field::Null, |day| Field::Value(day.into()));
        habit.completed_cycles = 0.into();
        habit.ex_dates = List::from(Vec::new());
        Ok(habit)
    }
}
