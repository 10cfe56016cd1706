//! [`CountdownDraft`] and [`CountdownPatch`]: a countdown to create, and changes to one.

use jiff::Timestamp;
use jiff::civil::Date;
use ticktick_models::{
    AsId, Countdown, CountdownDaysOption, CountdownId, CountdownKind, CountdownTimerMode, DayStamp, Etag, Field,
    IdSource, List,
};

use crate::change::Change;
use crate::{Error, check};

/// A countdown to create.
///
/// # Examples
///
/// ```
/// use jiff::civil::date;
/// use ticktick::{CountdownDraft, CountdownKind};
///
/// let draft = CountdownDraft::new("Ada", date(1815, 12, 10)).kind(CountdownKind::Birthday).yearly();
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is passed to `create`"]
pub struct CountdownDraft {
    id: Option<CountdownId>,
    name: String,
    day: Date,
    kind: CountdownKind,
    color: Option<String>,
    icon: String,
    remark: String,
    is_yearly: bool,
    mode: CountdownTimerMode,
}

impl CountdownDraft {
    /// Creates a draft of a countdown to a day.
    pub fn new(name: impl Into<String>, day: Date) -> Self {
        Self {
            id: None,
            name: name.into(),
            day,
            kind: CountdownKind::Countdown,
            color: None,
            icon: "countdown_countdown".into(),
            remark: String::new(),
            is_yearly: false,
            mode: CountdownTimerMode::Down,
        }
    }

    /// Sets the id under which the countdown is stored. By default each create uses a new one.
    ///
    /// With an id, a create can be repeated safely, at the cost of one more read: if an earlier attempt was applied,
    /// the stored countdown is returned unchanged.
    pub fn id(mut self, id: impl AsId<CountdownId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Sets the kind of day.
    pub fn kind(mut self, kind: CountdownKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// Sets the icon, by the name of a built-in one.
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Sets a remark.
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    /// Repeats the day every year.
    pub fn yearly(mut self) -> Self {
        self.is_yearly = true;
        self
    }

    /// Counts the days since the day instead of those until it.
    pub fn count_up(mut self) -> Self {
        self.mode = CountdownTimerMode::Up;
        self
    }

    /// Builds the countdown, with a new id and all fields that clients send.
    pub(crate) fn into_countdown(self, ids: &mut IdSource, now: Timestamp) -> Result<Countdown, Error> {
        check::name("countdown", &self.name)?;
        check::day(self.day)?;
        self.color.as_deref().map_or(Ok(()), check::color)?;
        let mut countdown = Countdown::new(self.id.unwrap_or_else(|| CountdownId::new_with(ids)));
        countdown.name = self.name.into();
        countdown.date = DayStamp::from(self.day).into();
        countdown.r#type = self.kind.into();
        countdown.ignore_year = false.into();
        countdown.icon_res = self.icon.into();
        countdown.color = Field::or_absent(self.color);
        countdown.style = "normal".into();
        countdown.style_color = List::from(Vec::new());
        countdown.date_display_format = "day".into();
        countdown.days_option = CountdownDaysOption::Always.into();
        countdown.show_age = false.into();
        countdown.show_calendar_type = 1.into();
        countdown.type_of_smart_list = 0.into();
        countdown.reminders = List::from(Vec::new());
        countdown.repeat_flag = if self.is_yearly { YEARLY.into() } else { Field::Null };
        countdown.remark = self.remark.into();
        countdown.timer_mode = self.mode.into();
        countdown.status = 0.into();
        countdown.deleted = 0.into();
        countdown.sort_order = 0.into();
        countdown.created_time = ticktick_models::Timestamp::from(now).into();
        countdown.modified_time = countdown.created_time.clone();
        countdown.etag = Etag::from("").into();
        Ok(countdown)
    }
}

/// Rule of a day that repeats every year.
const YEARLY: &str = "RRULE:FREQ=YEARLY;INTERVAL=1";

/// Changes to a countdown. Fields that are not set here stay unchanged.
///
/// # Examples
///
/// ```
/// use jiff::civil::date;
/// use ticktick::CountdownPatch;
///
/// let patch = CountdownPatch::new().day(date(2026, 7, 2)).clear_remark();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is passed to `patch`"]
pub struct CountdownPatch {
    name: Option<String>,
    day: Change<DayStamp>,
    kind: Change<CountdownKind>,
    color: Change<String>,
    icon: Change<String>,
    remark: Change<String>,
    repeat: Change<String>,
}

impl CountdownPatch {
    /// Creates an empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the day.
    pub fn day(mut self, day: Date) -> Self {
        self.day = Change::Set(day.into());
        self
    }

    /// Sets the kind of day.
    pub fn kind(mut self, kind: CountdownKind) -> Self {
        self.kind = Change::Set(kind);
        self
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Removes the color.
    pub fn clear_color(mut self) -> Self {
        self.color = Change::Clear;
        self
    }

    /// Sets the icon, by the name of a built-in one.
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = Change::Set(icon.into());
        self
    }

    /// Sets the remark.
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = Change::Set(remark.into());
        self
    }

    /// Removes the remark.
    pub fn clear_remark(mut self) -> Self {
        self.remark = Change::Clear;
        self
    }

    /// Repeats the day every year.
    pub fn yearly(mut self) -> Self {
        self.repeat = Change::Set(YEARLY.to_owned());
        self
    }

    /// Stops the day from repeating.
    pub fn clear_repeat(mut self) -> Self {
        self.repeat = Change::Clear;
        self
    }

    /// Checks what can be checked without the countdown.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.name.as_deref().map_or(Ok(()), |name| check::name("countdown", name))?;
        self.day.set_value().map_or(Ok(()), |day| check::day(*day))?;
        self.color.set_value().map_or(Ok(()), |color| check::color(color))
    }

    pub(crate) fn apply(self, countdown: &mut Countdown) {
        self.name.map_or(Change::Keep, Change::Set).apply(&mut countdown.name);
        self.day.apply(&mut countdown.date);
        self.kind.apply(&mut countdown.r#type);
        self.color.apply(&mut countdown.color);
        self.icon.apply(&mut countdown.icon_res);
        self.remark.apply(&mut countdown.remark);
        self.repeat.apply(&mut countdown.repeat_flag);
    }
}
