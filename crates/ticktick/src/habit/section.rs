//! Sections of habits.

use ticktick_models::{Answer, AsId, HabitSection, SectionId};
use ticktick_raw as raw;

use super::{HabitManager, reorder};
use crate::{Error, check, id, write};

impl HabitManager<'_> {
    /// Lists the sections of habits.
    ///
    /// The built-in sections are called `_morning`, `_afternoon` and `_night`; translate those names before you display
    /// them.
    ///
    /// `GET /api/v2/habitSections`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let sections = client.habit().sections().await?;
    /// assert_eq!(sections.len(), 3);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn sections(self) -> Result<Answer<Vec<HabitSection>>, Error> {
        Ok(raw::habit::list_sections(self.client.wire()).await?)
    }

    /// Creates a section below all others and returns it.
    ///
    /// `GET /api/v2/habitSections`, then `POST /api/v2/habitSections/batch`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is empty, and [`Error::Batch`] if the service refuses the section,
    /// for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::HabitDraft;
    ///
    /// let weekend = client.habit().create_section("Weekend").await?;
    /// let habit = client.habit().create(HabitDraft::new("Bake bread").section(&weekend)).await?;
    /// assert_eq!(habit.section_id, weekend.id);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create_section(self, name: impl Into<String>) -> Result<HabitSection, Error> {
        let name = name.into();
        check::name("section", &name)?;
        let positions = self.sections().await?.into_iter().filter_map(|section| section.sort_order.copied());
        let below = positions.max().map_or(0, |last| last.saturating_add(reorder::STEP));
        let mut section = HabitSection::new(SectionId::new_with(&mut self.client.ids()));
        section.name = name.into();
        section.sort_order = below.into();
        write::create(self.client, section).await
    }

    /// Renames a section and returns the updated section.
    ///
    /// `GET /api/v2/habitSections`, then `POST /api/v2/habitSections/batch` unless it has the name already
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let weekend = client.habit().create_section("Weekend").await?;
    /// let section = client.habit().rename_section(&weekend, "Days off").await?;
    /// assert_eq!(section.name, "Days off");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename_section(
        self,
        section: impl AsId<SectionId>,
        name: impl Into<String>,
    ) -> Result<HabitSection, Error> {
        let section = id::of(section)?;
        let name = name.into();
        check::name("section", &name)?;
        write::change_listed(self.client, &section, |section: &mut HabitSection| section.name = name.into()).await
    }

    /// Deletes a section and keeps its habits, which then have no section.
    ///
    /// `GET /api/v2/habitSections`, then `POST /api/v2/habitSections/batch`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let weekend = client.habit().create_section("Weekend").await?;
    /// client.habit().delete_section(&weekend).await?;
    /// assert!(client.habit().sections().await?.iter().all(|section| section.id != weekend.id));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete_section(self, section: impl AsId<SectionId>) -> Result<(), Error> {
        write::delete::<HabitSection>(self.client, &id::of(section)?).await
    }
}
