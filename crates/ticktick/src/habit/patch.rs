//! [`HabitPatch`]: changes to single fields of a habit.

use jiff::civil::{Date, Time};
use ticktick_models::{AsId, Habit, List, Number, SectionId};

use super::draft::{check_amounts, reminder};
use super::section::NONE;
use crate::change::Change;
use crate::{Error, check};

/// Changes to a habit. Fields that are not set here stay unchanged.
///
/// # Examples
///
/// ```
/// use ticktick::HabitPatch;
///
/// let patch = HabitPatch::new().name("Run far").goal(10.0).clear_reminders().clear_section();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is passed to `patch`"]
pub struct HabitPatch {
    name: Option<String>,
    color: Change<String>,
    icon: Change<String>,
    encouragement: Change<String>,
    goal: Option<f64>,
    step: Option<f64>,
    unit: Change<String>,
    section: Change<SectionId>,
    repeat: Change<String>,
    reminders: Option<Vec<String>>,
    asks_for_note: Change<bool>,
    target_days: Change<i64>,
    target_start: Change<ticktick_models::DayStamp>,
}

impl HabitPatch {
    /// Creates an empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Sets the icon, by the name of a built-in one.
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = Change::Set(icon.into());
        self
    }

    /// Sets the motto.
    pub fn encouragement(mut self, text: impl Into<String>) -> Self {
        self.encouragement = Change::Set(text.into());
        self
    }

    /// Removes the motto.
    pub fn clear_encouragement(mut self) -> Self {
        self.encouragement = Change::Clear;
        self
    }

    /// Sets the daily goal.
    pub fn goal(mut self, goal: f64) -> Self {
        self.goal = Some(goal);
        self
    }

    /// Sets the amount that one tap in the app adds; 0 means that amounts are typed in.
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }

    /// Sets the unit of the amounts.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Change::Set(unit.into());
        self
    }

    /// Sets the section.
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = Change::Set(section.as_id());
        self
    }

    /// Removes the habit from its section.
    pub fn clear_section(mut self) -> Self {
        // The service does not use null here.
        self.section = Change::Set(NONE.into());
        self
    }

    /// Sets the schedule, as an RRULE. `TT_TIMES=3` in it means three times a week on any days.
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = Change::Set(rule.into());
        self
    }

    /// Replaces the reminders, given as local times of day.
    pub fn reminders(mut self, times: impl IntoIterator<Item = Time>) -> Self {
        self.reminders = Some(times.into_iter().map(reminder).collect());
        self
    }

    /// Removes the reminders.
    pub fn clear_reminders(self) -> Self {
        self.reminders([])
    }

    /// Sets whether the app asks for a note with each check-in.
    pub fn asks_for_note(mut self, asks: bool) -> Self {
        self.asks_for_note = Change::Set(asks);
        self
    }

    /// Sets the number of days to keep the habit up; 0 means no end.
    pub fn target_days(mut self, days: u32) -> Self {
        self.target_days = Change::Set(days.into());
        self
    }

    /// Sets the first day, from which the target counts.
    pub fn target_start(mut self, day: Date) -> Self {
        self.target_start = Change::Set(day.into());
        self
    }

    /// Removes the first day, so that the target counts from the day of creation.
    pub fn clear_target_start(mut self) -> Self {
        self.target_start = Change::Clear;
        self
    }

    /// Checks what can be checked without the habit.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.name.as_deref().map_or(Ok(()), |name| check::name("habit", name))?;
        self.color.set_value().map_or(Ok(()), |color| check::color(color))?;
        self.repeat.set_value().map_or(Ok(()), |rule| check::rule(rule))?;
        self.target_start.set_value().map_or(Ok(()), |day| check::day(*day))?;
        check_amounts(self.goal.unwrap_or(1.0), self.step.unwrap_or_default())
    }

    pub(crate) fn apply(self, habit: &mut Habit) {
        self.name.map_or(Change::Keep, Change::Set).apply(&mut habit.name);
        self.color.apply(&mut habit.color);
        self.icon.apply(&mut habit.icon_res);
        self.encouragement.apply(&mut habit.encouragement);
        for (amount, member) in [(self.goal, &mut habit.goal), (self.step, &mut habit.step)] {
            // 5 and 5.0 are the same amount; the stored form is kept.
            if let Some(amount) = amount.filter(|amount| member.get().map(Number::as_f64) != Some(*amount)) {
                *member = Number::from(amount).into();
            }
        }
        self.unit.apply(&mut habit.unit);
        self.section.apply(&mut habit.section_id);
        self.repeat.apply(&mut habit.repeat_rule);
        if let Some(reminders) = self.reminders.filter(|reminders| habit.reminders != *reminders) {
            habit.reminders = List::from(reminders);
        }
        self.asks_for_note.apply(&mut habit.record_enable);
        self.target_days.apply(&mut habit.target_days);
        self.target_start.apply(&mut habit.target_start_date);
    }
}
