//! A countdown that is to be created, and a change to one.

use jiff::Timestamp;
use jiff::civil::Date;
use ticktick_models::{
    AsId, Countdown, CountdownDaysOption, CountdownId, CountdownKind, CountdownTimerMode, DayStamp, Etag, Field,
    IdSource, List,
};

use crate::change::Change;
use crate::{Error, check};

/// A countdown that is to be created.
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
#[must_use = "a draft does nothing until it is created"]
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
    /// Begins a countdown to a day.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10));
    /// ```
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

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the countdown that is stored under the
    /// id is returned as it is, for one read more.
    ///
    /// ```
    /// use ticktick::{CountdownDraft, CountdownId, jiff};
    ///
    /// let draft = CountdownDraft::new("Holidays", jiff::civil::date(2026, 7, 1)).id(CountdownId::new());
    /// ```
    pub fn id(mut self, id: impl AsId<CountdownId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Tells whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Says what kind of day it is.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    /// use ticktick::{CountdownDraft, CountdownKind};
    ///
    /// let draft = CountdownDraft::new("Ada", date(1815, 12, 10)).kind(CountdownKind::Birthday);
    /// ```
    pub fn kind(mut self, kind: CountdownKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10)).color("#FFD324");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// Sets its icon, by the name of a built-in one.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10)).icon("countdown_birthday");
    /// ```
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Sets a remark on it.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10)).remark("Send a card");
    /// ```
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    /// Lets it come again every year.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10)).yearly();
    /// ```
    pub fn yearly(mut self) -> Self {
        self.is_yearly = true;
        self
    }

    /// Counts the days since the day, in place of those until it.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let draft = ticktick::CountdownDraft::new("Ada", date(1815, 12, 10)).count_up();
    /// ```
    pub fn count_up(mut self) -> Self {
        self.mode = CountdownTimerMode::Up;
        self
    }

    /// Makes the countdown, with an id of ours and all the members that clients send.
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

/// Rule of a day that comes every year.
const YEARLY: &str = "RRULE:FREQ=YEARLY;INTERVAL=1";

/// A change to a countdown: what it does not name stays as it is.
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
#[must_use = "a patch does nothing until it is applied"]
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
    /// Begins a change.
    ///
    /// ```
    /// assert_eq!(ticktick::CountdownPatch::new(), ticktick::CountdownPatch::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Renames it.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().name("Ada Lovelace");
    /// ```
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets its day.
    ///
    /// ```
    /// use ticktick::jiff::civil::date;
    ///
    /// let patch = ticktick::CountdownPatch::new().day(date(2026, 7, 2));
    /// ```
    pub fn day(mut self, day: Date) -> Self {
        self.day = Change::Set(day.into());
        self
    }

    /// Says what kind of day it is.
    ///
    /// ```
    /// use ticktick::{CountdownKind, CountdownPatch};
    ///
    /// let patch = CountdownPatch::new().kind(CountdownKind::Anniversary);
    /// ```
    pub fn kind(mut self, kind: CountdownKind) -> Self {
        self.kind = Change::Set(kind);
        self
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().color("#FFD324");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Takes its colour away.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().clear_color();
    /// ```
    pub fn clear_color(mut self) -> Self {
        self.color = Change::Clear;
        self
    }

    /// Sets its icon, by the name of a built-in one.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().icon("countdown_birthday");
    /// ```
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = Change::Set(icon.into());
        self
    }

    /// Sets a remark on it.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().remark("Send a card");
    /// ```
    pub fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = Change::Set(remark.into());
        self
    }

    /// Takes its remark away.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().clear_remark();
    /// ```
    pub fn clear_remark(mut self) -> Self {
        self.remark = Change::Clear;
        self
    }

    /// Lets it come again every year.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().yearly();
    /// ```
    pub fn yearly(mut self) -> Self {
        self.repeat = Change::Set(YEARLY.to_owned());
        self
    }

    /// Lets it come once only.
    ///
    /// ```
    /// let patch = ticktick::CountdownPatch::new().clear_repeat();
    /// ```
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
