//! How checked writes read and send habits and their sections.

use ticktick_models::{
    BatchAnswer, BatchHabitSections, BatchHabits, Habit, HabitId, HabitSection, NewHabitSection, Number, SectionId,
    Timestamp,
};
use ticktick_raw::{self as raw, Operation, op};

use super::draft::check_amounts;
use crate::resource::{Resource, keyed_by};
use crate::{Client, Error, check};

impl Resource for Habit {
    keyed_by!(id: HabitId);

    const WHAT: &'static str = "habit";
    const BATCH: Operation = op::HABIT_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    fn touch(&mut self, now: jiff::Timestamp) {
        self.modified_time = Timestamp::from(now).into();
    }

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))?;
        check::repeats(&self.repeat_rule, before.map(|before| &before.repeat_rule))?;
        let start = check::changed(&self.target_start_date, before.map(|before| &before.target_start_date));
        start.map_or(Ok(()), |day| check::day(*day))?;
        let goal = check::changed(&self.goal, before.map(|before| &before.goal)).map_or(1.0, Number::as_f64);
        let step = check::changed(&self.step, before.map(|before| &before.step)).map_or(0.0, Number::as_f64);
        check_amounts(goal, step)
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchHabits::default();
        batch.add.extend(add);
        batch.update.extend(update);
        raw::habit::batch(client.wire(), &batch).await
    }
}

/// Returns a habit from the list, because the service has no call for a single one.
pub(super) async fn get(client: &Client, id: &HabitId) -> Result<Habit, Error> {
    let mut habits = raw::habit::list(client.wire()).await?.into_iter();
    habits.find(|habit| habit.id == *id).ok_or_else(|| Error::not_found(Habit::WHAT, id))
}

impl Resource for HabitSection {
    keyed_by!(id: SectionId);

    const WHAT: &'static str = "habit section";
    const BATCH: Operation = op::HABIT_BATCH_SECTIONS;
    const SERVER: &'static [&'static str] = &["etag", "createdTime", "modifiedTime"];

    fn touch(&mut self, now: jiff::Timestamp) {
        self.modified_time = Timestamp::from(now).into();
    }

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named("section", &self.name, before.map(|before| &before.name))
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        section(client, &self.id).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchHabitSections::default();
        batch.add.extend(add.into_iter().map(|section| {
            let mut new = NewHabitSection::new(section.name.unwrap_or_default());
            new.id = section.id.into();
            new.sort_order = section.sort_order;
            new
        }));
        batch.update.extend(update);
        raw::habit::batch_sections(client.wire(), &batch).await
    }
}

/// Returns a section from the list.
pub(super) async fn section(client: &Client, id: &SectionId) -> Result<HabitSection, Error> {
    let mut sections = raw::habit::list_sections(client.wire()).await?.into_iter();
    sections.find(|section| section.id == *id).ok_or_else(|| Error::not_found(HabitSection::WHAT, id))
}
