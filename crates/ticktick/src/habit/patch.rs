//! [`HabitPatch`]: changes to single fields of a habit.

use jiff::civil::{Date, Time};
use ticktick_models::{AsId, DayStamp, Habit, List, Number, SectionId};

use super::value::{NO_SECTION, check_amounts, reminder};
use crate::change::Change;
use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// Changes to a habit. Fields that are not set here stay unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let run = client.habit().active().await?.remove(2);
    /// use ticktick::habit::HabitPatch;
    ///
    /// let patch = HabitPatch::new().name("Run far").goal(10.0).clear_reminders();
    /// let run = client.habit().patch(&run, patch).await?;
    /// assert_eq!(run.name, "Run far");
    /// # Ok(())
    /// # });
    /// ```
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
        target_days: Change<u32>,
        target_start: Change<Date>,
    }
}

impl HabitPatch {
    setters! {
        /// Sets the name.
        into name: String;

        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Sets the icon by the name of a built-in one.
        into icon: String;

        /// Sets the motto.
        into encouragement: String;

        /// Removes the motto.
        clear clear_encouragement: encouragement;

        /// Sets the daily goal.
        set goal: f64;

        /// Sets the amount that one tap in the app adds. With 0, amounts are typed in.
        set step: f64;

        /// Sets the unit of the amounts.
        into unit: String;
    }

    /// Sets the section.
    pub fn section(mut self, section: impl AsId<SectionId>) -> Self {
        self.section = Change::Set(section.as_id());
        self
    }

    /// Removes the habit from its section.
    pub fn clear_section(mut self) -> Self {
        // The service does not use null here.
        self.section = Change::Set(NO_SECTION.into());
        self
    }

    setters! {
        /// Sets the schedule as an RRULE. The part `TT_TIMES=3` means three times a week, on any days.
        into repeat: String;
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

    setters! {
        /// Sets whether the app asks for a note with each check-in.
        set asks_for_note: bool;

        /// Sets the target number of days. 0 means no end.
        set target_days: u32;

        /// Sets the first day, from which the target counts.
        set target_start: Date;

        /// Removes the first day, so that the target counts from the day of creation.
        clear clear_target_start: target_start;
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
        self.target_days.map(i64::from).apply(&mut habit.target_days);
        self.target_start.map(DayStamp::from).apply(&mut habit.target_start_date);
    }
}
