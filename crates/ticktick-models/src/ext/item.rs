//! Methods of [`ChecklistItem`].

use jiff::tz::TimeZone;

use crate::due::DateGroup;
use crate::{ChecklistItem, ChecklistStatus, Due, DueError, Field};

impl ChecklistItem {
    /// Returns whether the item is done, including the legacy value 2 that some clients write.
    ///
    /// ```
    /// use ticktick_models::{ChecklistItem, ChecklistStatus};
    ///
    /// let mut item = ChecklistItem::new("a");
    /// item.status = ChecklistStatus::Done.into();
    /// assert!(item.is_done());
    /// ```
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.status.get().is_some_and(|status| matches!(status, ChecklistStatus::Done | ChecklistStatus::LegacyDone))
    }

    /// Returns the day or moment of the item, or `None` if it has no date.
    ///
    /// `default_zone` is the account's zone. It is used if the item has no zone or an unknown one. Fixed
    /// offsets such as `GMT+08:00` are understood.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::tz::TimeZone;
    ///
    /// let item = ticktick_models::ChecklistItem::new("a");
    /// assert_eq!(item.due(&TimeZone::UTC), None);
    /// ```
    #[must_use]
    pub fn due(&self, default_zone: &TimeZone) -> Option<Due> {
        Due::read(&self.date_group(), default_zone)
    }

    /// Sets the day or moment of the item: start, all-day and zone together.
    ///
    /// `default_zone` is the account's zone, used for a [`Due`] without a zone.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{ChecklistItem, Due};
    ///
    /// let mut item = ChecklistItem::new("a");
    /// let berlin = TimeZone::get("Europe/Berlin")?;
    /// item.set_due(&Due::day(date(2026, 3, 1)), &berlin)?;
    /// assert_eq!(item.start_date.get().unwrap().to_string(), "2026-02-28T23:00:00.000+0000");
    /// assert_eq!(item.due(&TimeZone::UTC).unwrap().date(), date(2026, 3, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the date is a range or floating, the zone has no IANA name, or the date is outside the
    /// supported years. The item is not changed then.
    pub fn set_due(&mut self, due: &Due, default_zone: &TimeZone) -> Result<(), DueError> {
        if !matches!(due, Due::Day { .. } | Due::At(_)) {
            return Err(DueError::NotSingle);
        }
        let DateGroup { start, all_day, zone, .. } =
            due.write(default_zone, self.date_group().kept_zone(due, default_zone))?;
        self.start_date = start;
        self.is_all_day = all_day;
        self.time_zone = zone;
        Ok(())
    }

    fn date_group(&self) -> DateGroup {
        DateGroup {
            start: self.start_date.clone(),
            due: Field::Absent,
            all_day: self.is_all_day,
            floating: Field::Absent,
            zone: self.time_zone.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_item_has_one_date() {
        let mut item = ChecklistItem::new("a");
        let before = item.clone();
        for due in
            [Due::days(date(2026, 3, 1)..=date(2026, 3, 2)).unwrap(), Due::floating(date(2026, 3, 1).at(9, 0, 0, 0))]
        {
            assert_eq!(item.set_due(&due, &TimeZone::UTC), Err(DueError::NotSingle));
        }
        assert_eq!(item, before);
        let moment = Due::at("2026-03-01T09:00[Asia/Tokyo]".parse().unwrap());
        item.set_due(&moment, &TimeZone::UTC).unwrap();
        assert_eq!(item.due(&TimeZone::UTC), Some(moment));
    }
}
