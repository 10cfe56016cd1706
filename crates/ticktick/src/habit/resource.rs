//! How checked writes read and send habits and their sections.

use ticktick_models::{Habit, HabitId, HabitSection, NewHabitSection, Number, SectionId};
use ticktick_raw::{self as raw, Operation, op};

use super::value::{NO_SECTION, check_amounts};
use crate::resource::{Listed, Resource, deleted_in, get, keyed_by, sent_in, touched};
use crate::{Client, Error, check};

impl Resource for Habit {
    sent_in!(BatchHabits, raw::habit::batch);
    keyed_by!(id: HabitId);

    const WHAT: &'static str = "habit";
    const BATCH: Operation = op::HABIT_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))?;
        check::repeats(&self.repeat_rule, before.map(|before| &before.repeat_rule))?;
        let start = check::changed(&self.target_start_date, before.map(|before| &before.target_start_date));
        // The service writes 0 if there is no such day.
        start.filter(|day| day.0 != 0).map_or(Ok(()), |day| check::day(*day))?;
        let goal = check::changed(&self.goal, before.map(|before| &before.goal)).map_or(1.0, Number::as_f64);
        let step = check::changed(&self.step, before.map(|before| &before.step)).map_or(0.0, Number::as_f64);
        check_amounts(goal, step)
    }

    async fn check_references(&self, client: &Client, before: Option<&Self>) -> Result<(), Error> {
        let section = check::changed(&self.section_id, before.map(|before| &before.section_id));
        match section.filter(|id| !id.as_str().is_empty() && **id != NO_SECTION) {
            Some(id) => get::<HabitSection>(client, id).await.map(drop),
            None => Ok(()),
        }
    }
}

/// The service has no call for a single one.
impl Listed for Habit {
    deleted_in!(BatchHabits, raw::habit::batch);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(raw::habit::list(client.wire()).await?.into_inner())
    }
}

impl Resource for HabitSection {
    sent_in!(BatchHabitSections, raw::habit::batch_sections, as_new);
    keyed_by!(id: SectionId);

    const WHAT: &'static str = "habit section";
    const BATCH: Operation = op::HABIT_BATCH_SECTIONS;
    const SERVER: &'static [&'static str] = &["etag", "createdTime", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named("section", &self.name, before.map(|before| &before.name))
    }
}

/// The service has no call for a single one.
impl Listed for HabitSection {
    deleted_in!(BatchHabitSections, raw::habit::batch_sections);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(raw::habit::list_sections(client.wire()).await?.into_inner())
    }
}

/// Converts a section to the form that creates one.
fn as_new(section: HabitSection) -> NewHabitSection {
    let mut new = NewHabitSection::new(section.name.unwrap_or_default());
    new.id = section.id.into();
    new.sort_order = section.sort_order;
    new
}
