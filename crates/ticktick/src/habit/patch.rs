//! A change to a habit.

use jiff::civil::{Date, Time};
use ticktick_models::{AsId, Habit, List, Number, SectionId};

use super::draft::{check_amounts, reminder};
use super::section::NONE;
use crate::change::Change;
use crate::{Error, check};

/// A change to a habit: what it does not name stays as it is.
///
/// # Examples
///
/// ```
/// use ticktick::HabitPatch;
///
/// let patch = HabitPatch::new().name("Run far").goal(10.0).clear_reminders().clear_section();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is applied"]
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
    /// Begins a change.
    ///
    /// ```
    /// assert_eq!(ticktick::HabitPatch::new(), ticktick::HabitPatch::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Renames it.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().name("Run far");
    /// ```
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().color("#35D870");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Sets its icon, by the name of a built-in one.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().icon("habit_daily_check_in");
    /// ```
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = Change::Set(icon.into());
        self
    }

    /// Sets its motto.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().encouragement("Keep going");
    /// ```
    pub fn encouragement(mut self, text: impl Into<String>) -> Self {
        self.encouragement = Change::Set(text.into());
        self
    }

    /// Takes its motto away.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().clear_encouragement();
    /// ```
    pub fn clear_encouragement(mut self) -> Self {
        self.encouragement = Change::Clear;
        self
    }

    /// Sets the amount to reach on a day.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().goal(10.0);
    /// ```
    pub fn goal(mut self, goal: f64) -> Self {
        self.goal = Some(goal);
        self
    }

    /// Sets the amount that one tap in the app adds; 0 to type amounts in.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().step(0.5);
    /// ```
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }

    /// Sets the unit of its amounts.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().unit("Mile");
    /// ```
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Change::Set(unit.into());
        self
    }

    /// Puts it into a section.
    ///
    /// ```
    /// # fn example(section: &ticktick::HabitSection) {
    /// let patch = ticktick::HabitPatch::new().section(section);
    /// # }
    /// ```
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = Change::Set(section.as_id());
        self
    }

    /// Takes it out of its section.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().clear_section();
    /// ```
    pub fn clear_section(mut self) -> Self {
        // Null is not how the service says it.
        self.section = Change::Set(NONE.into());
        self
    }

    /// Sets its schedule, as an RRULE; `TT_TIMES=3` in it means three times a week on any days.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().repeat("RRULE:FREQ=DAILY;INTERVAL=2");
    /// ```
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = Change::Set(rule.into());
        self
    }

    /// Sets its reminders, by the local times of a day.
    ///
    /// ```
    /// use ticktick::jiff::civil::time;
    ///
    /// let patch = ticktick::HabitPatch::new().reminders([time(7, 0, 0, 0), time(18, 30, 0, 0)]);
    /// ```
    pub fn reminders(mut self, times: impl IntoIterator<Item = Time>) -> Self {
        self.reminders = Some(times.into_iter().map(reminder).collect());
        self
    }

    /// Takes its reminders away.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().clear_reminders();
    /// ```
    pub fn clear_reminders(self) -> Self {
        self.reminders([])
    }

    /// Sets whether the app asks for a note with each check-in.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().asks_for_note(false);
    /// ```
    pub fn asks_for_note(mut self, asks: bool) -> Self {
        self.asks_for_note = Change::Set(asks);
        self
    }

    /// Sets for how many days it is to be kept up; 0 for no end.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().target_days(30);
    /// ```
    pub fn target_days(mut self, days: u32) -> Self {
        self.target_days = Change::Set(days.into());
        self
    }

    /// Sets its first day, from which the target counts.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let patch = ticktick::HabitPatch::new().target_start(date(2026, 3, 1));
    /// ```
    pub fn target_start(mut self, day: Date) -> Self {
        self.target_start = Change::Set(day.into());
        self
    }

    /// Takes its first day away, so that it counts from the day of its creation.
    ///
    /// ```
    /// let patch = ticktick::HabitPatch::new().clear_target_start();
    /// ```
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
            // 5 and 5.0 are the same amount, and the one that came goes back.
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
