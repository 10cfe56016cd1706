//! [`CountdownDraft`] and [`CountdownPatch`]: a countdown to create, and changes to one.

use jiff::Timestamp;
use jiff::civil::Date;
use ticktick_models::{
    Countdown, CountdownDaysOption, CountdownId, CountdownKind, CountdownTimerMode, DayStamp, Etag, Field, IdSource,
    List,
};

use crate::change::Change;
use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// A countdown to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::date;
    /// use ticktick::countdown::{CountdownDraft, CountdownKind};
    ///
    /// let draft = CountdownDraft::new("Ada", date(1815, 12, 10)).kind(CountdownKind::Birthday).yearly();
    /// let birthday = client.countdown().create(draft).await?;
    /// assert_eq!(birthday.days_left(date(2026, 12, 9)), Some(1));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct CountdownDraft {
        name: String,
        day: Date;
        id: Option<CountdownId>,
        kind: Option<CountdownKind>,
        color: Option<String>,
        icon: Option<String>,
        remark: String,
        yearly: bool,
        count_up: bool,
    }
}

impl CountdownDraft {
    /// Creates a draft of a countdown to a day.
    pub fn new(name: impl Into<String>, day: Date) -> Self {
        Self {
            id: None,
            name: name.into(),
            day,
            kind: None,
            color: None,
            icon: None,
            remark: String::new(),
            yearly: false,
            count_up: false,
        }
    }

    setters! {
        /// Sets the id under which the countdown is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// countdown unchanged. This takes one more read.
        id id: CountdownId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    setters! {
        /// Sets the kind of day.
        set kind: CountdownKind;

        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Sets the icon by the name of a built-in one.
        into icon: String;

        /// Sets a remark.
        into remark: String;

        /// Repeats the day every year.
        on yearly: yearly;

        /// Counts the days since the day instead of those until it.
        on count_up: count_up;
    }

    /// Builds the countdown, with a new id and all fields that clients send.
    pub(crate) fn into_countdown(self, ids: &mut IdSource, now: Timestamp) -> Result<Countdown, Error> {
        check::name("countdown", &self.name)?;
        check::day(self.day)?;
        self.color.as_deref().map_or(Ok(()), check::color)?;
        let mut countdown = Countdown::new(self.id.unwrap_or_else(|| CountdownId::new_with(ids)));
        countdown.name = self.name.into();
        countdown.date = DayStamp::from(self.day).into();
        countdown.r#type = self.kind.unwrap_or(CountdownKind::Countdown).into();
        countdown.ignore_year = false.into();
        countdown.icon_res = self.icon.unwrap_or_else(|| "countdown_countdown".into()).into();
        countdown.color = Field::or_absent(self.color);
        countdown.style = "normal".into();
        countdown.style_color = List::from(Vec::new());
        countdown.date_display_format = "day".into();
        countdown.days_option = CountdownDaysOption::Always.into();
        countdown.show_age = false.into();
        countdown.show_calendar_type = 1.into();
        countdown.type_of_smart_list = 0.into();
        countdown.reminders = List::from(Vec::new());
        countdown.repeat_flag = if self.yearly { YEARLY.into() } else { Field::Null };
        countdown.remark = self.remark.into();
        let mode = if self.count_up { CountdownTimerMode::Up } else { CountdownTimerMode::Down };
        countdown.timer_mode = mode.into();
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

form! {
    /// Changes to a countdown. Fields that are not set here stay unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::countdown::CountdownDraft;
    /// # let holiday = client.countdown().create(CountdownDraft::new("Holiday", jiff::civil::date(2026, 7, 1)).remark("Sea")).await?;
    /// use jiff::civil::date;
    /// use ticktick::countdown::CountdownPatch;
    ///
    /// let patch = CountdownPatch::new().day(date(2026, 7, 2)).clear_remark();
    /// let holiday = client.countdown().patch(&holiday, patch).await?;
    /// assert!(holiday.remark.map_or(true, |remark| remark.is_empty()));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a patch does nothing until it is passed to `patch`"]
    pub struct CountdownPatch {
        name: Option<String>,
        day: Change<Date>,
        kind: Change<CountdownKind>,
        color: Change<String>,
        icon: Change<String>,
        remark: Change<String>,
        repeat: Change<String>,
    }
}

impl CountdownPatch {
    setters! {
        /// Sets the name.
        into name: String;

        /// Sets the day.
        set day: Date;

        /// Sets the kind of day.
        set kind: CountdownKind;

        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Removes the color.
        clear clear_color: color;

        /// Sets the icon by the name of a built-in one.
        into icon: String;

        /// Sets the remark.
        into remark: String;

        /// Removes the remark.
        clear clear_remark: remark;
    }

    /// Repeats the day every year.
    pub fn yearly(mut self) -> Self {
        self.repeat = Change::Set(YEARLY.to_owned());
        self
    }

    setters! {
        /// Stops the day from repeating.
        clear clear_repeat: repeat;
    }

    /// Checks what can be checked without the countdown.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.name.as_deref().map_or(Ok(()), |name| check::name("countdown", name))?;
        self.day.set_value().map_or(Ok(()), |day| check::day(*day))?;
        self.color.set_value().map_or(Ok(()), |color| check::color(color))
    }

    pub(crate) fn apply(self, countdown: &mut Countdown) {
        self.name.map_or(Change::Keep, Change::Set).apply(&mut countdown.name);
        self.day.map(DayStamp::from).apply(&mut countdown.date);
        self.kind.apply(&mut countdown.r#type);
        self.color.apply(&mut countdown.color);
        self.icon.apply(&mut countdown.icon_res);
        self.remark.apply(&mut countdown.remark);
        self.repeat.apply(&mut countdown.repeat_flag);
    }
}
