//! Turns a line such as `Pay rent tomorrow 9am !high #home ~Flat every month` into a task.
//!
//! [`QuickAdd`] reads whole lines, or only a date, a repeat or reminders. It uses no network, no clock and no account: the
//! result depends only on the text, the given time and the options. It understands English and Chinese, also in one line.
//! `docs/quick-add.md` in the repository describes the rules.
//!
//! ```
//! use ticktick::Priority;
//! use ticktick::quick_add::QuickAdd;
//!
//! let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
//! let parsed = QuickAdd::new(&now).parse("Pay rent tomorrow 9am !high #home ~Flat every month")?;
//! assert_eq!(parsed.title, "Pay rent");
//! assert_eq!(parsed.project.as_deref(), Some("Flat"));
//! assert_eq!(parsed.tags, ["home"]);
//! assert_eq!(parsed.priority, Some(Priority::High));
//! assert_eq!(parsed.due.as_ref().unwrap().to_string(), "2026-11-27T09:00+01:00[Europe/Berlin]");
//! assert_eq!(parsed.repeat.as_ref().unwrap().to_string(), "RRULE:FREQ=MONTHLY;INTERVAL=1;FROM=2");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! If a date is ambiguous or contradicts itself, the line is refused with a [`QuickAddError`]. Words that are not recognized
//! stay in the title.

mod amount;
mod atom;
mod calendar;
mod chinese;
mod clock;
mod compose;
mod cursor;
mod day;
mod day_part;
mod error;
mod item;
mod limit;
mod line;
mod marks;
mod month_date;
mod parsed;
mod phrase;
mod print;
mod remind;
mod repeat;
mod run;
mod scan;
mod series;
mod time;
mod title;
mod words;
mod written_date;

use jiff::ZonedDateTime;
use jiff::civil::{Time, Weekday};

use self::compose::{Fields, Given, compose};
pub use self::error::{Problem, QuickAddError};
pub use self::item::DateOrder;
use self::item::{Context, Item, Kinds};
use self::line::Line;
pub use self::parsed::{DateValue, Found, FoundField, Note, Parsed, QuickReminder, Repeat};
pub use self::print::{due_text, reminders_text};
use crate::{Due, Priority};

/// Reads quick-add lines.
///
/// ```
/// use ticktick::jiff::civil::Weekday;
/// use ticktick::quick_add::QuickAdd;
///
/// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
/// let quick_add = QuickAdd::new(&now).week_start(Weekday::Sunday);
/// assert_eq!(quick_add.parse("Call Ann next week")?.due.unwrap().to_string(), "2026-11-29");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is read until `parse` is called"]
pub struct QuickAdd {
    context: Context,
    literal: bool,
    keep_text: bool,
    project: Option<String>,
    tags: Vec<String>,
    priority: Option<Priority>,
    due: Option<String>,
    repeat: Option<String>,
    reminders: Option<String>,
}

impl QuickAdd {
    /// Creates a reader. The given time determines the current day, and its zone is the zone of the times in lines.
    pub fn new(now: &ZonedDateTime) -> Self {
        Self {
            context: phrase::context(now),
            literal: false,
            keep_text: false,
            project: None,
            tags: Vec::new(),
            priority: None,
            due: None,
            repeat: None,
            reminders: None,
        }
    }

    /// Sets the first day of the week. Defaults to Monday.
    pub fn week_start(mut self, week_start: Weekday) -> Self {
        self.context.week_start = week_start;
        self
    }

    /// Sets the order of day and month in dates such as `12/1`. By default, a date that both orders allow is refused.
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.context.order = Some(order);
        self
    }

    /// Sets the time of reminders of all-day tasks, if the line gives only their day. Defaults to 9:00.
    pub fn all_day_reminder(mut self, at: Time) -> Self {
        self.context.day_reminder = at;
        self
    }

    /// Uses the whole line as the title, without recognizing anything.
    pub fn literal(mut self, literal: bool) -> Self {
        self.literal = literal;
        self
    }

    /// Leaves the recognized words in the title.
    pub fn keep_text(mut self, keep_text: bool) -> Self {
        self.keep_text = keep_text;
        self
    }

    /// Sets the name of the project, like an option of a command line. A project in the line is then an error.
    pub fn project(mut self, name: impl Into<String>) -> Self {
        self.project = Some(name.into());
        self
    }

    /// Adds a tag to those of the line.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Sets the priority. A priority in the line is then an error.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Sets the date, in the words of [`parse_date`](Self::parse_date). A marked date in the line is then an error, and
    /// unmarked date words stay in the title.
    pub fn due(mut self, text: impl Into<String>) -> Self {
        self.due = Some(text.into());
        self
    }

    /// Sets the repeat, in the words of [`parse_repeat`](Self::parse_repeat). A marked repeat in the line is then an error,
    /// and unmarked words of a repeat stay in the title.
    pub fn repeat(mut self, text: impl Into<String>) -> Self {
        self.repeat = Some(text.into());
        self
    }

    /// Sets the reminders, such as `1h,10m`. A marked reminder in the line is then an error, and unmarked words of a reminder
    /// stay in the title.
    pub fn reminders(mut self, text: impl Into<String>) -> Self {
        self.reminders = Some(text.into());
        self
    }

    /// Reads a line.
    ///
    /// # Errors
    ///
    /// Fails if nothing is left for the title, if a marked value is unknown, and if the line is ambiguous or contradicts
    /// itself or a flag.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::quick_add::QuickAdd;
    ///
    /// let now = "2026-11-26T10:00[Asia/Shanghai]".parse()?;
    /// let parsed = QuickAdd::new(&now).parse("明天下午三点开会")?;
    /// assert_eq!(parsed.title, "开会");
    /// assert_eq!(parsed.due.unwrap().to_string(), "2026-11-27T15:00+08:00[Asia/Shanghai]");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(&self, line: &str) -> Result<Parsed, QuickAddError> {
        let read = if self.literal { Line::default() } else { line::read(line, self.flagged(), &self.context)? };
        self.check_flags(&read)?;
        let fields = self.compose(&read)?;
        let title = if self.literal { line.trim().to_owned() } else { title::title(line, &read.cuts, self.keep_text) };
        if title.is_empty() {
            let reason = "nothing is left for the title: add words, or write `\\` before a word to keep it";
            return Err(QuickAddError::new(Problem::EmptyTitle, reason));
        }
        let mut tags = read.tags;
        for tag in &self.tags {
            if tags.iter().all(|other| other.to_lowercase() != tag.to_lowercase()) {
                tags.push(tag.clone());
            }
        }
        let clear = read.clear.then_some(DateValue::Clear);
        Ok(Parsed {
            title,
            project: read.project.or_else(|| self.project.clone()),
            tags,
            priority: read.priority.or(self.priority),
            due: fields.due.or(clear),
            repeat: fields.repeat,
            reminders: fields.reminders,
            notes: read.notes,
            found: read.found,
        })
    }

    /// Reads the value of a flag such as `--due`: a date, a time or a range of them, or `none`.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a date, or if it is ambiguous or contradicts itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::quick_add::QuickAdd;
    ///
    /// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
    /// let quick_add = QuickAdd::new(&now);
    /// assert_eq!(quick_add.parse_date("mon-fri")?.to_string(), "2026-11-30/2026-12-04");
    /// assert_eq!(quick_add.parse_date("none")?.to_string(), "none");
    /// assert!(quick_add.parse_date("12/1").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_date(&self, text: &str) -> Result<DateValue, QuickAddError> {
        phrase::date(text, &self.context)
    }

    /// Reads the value of a flag such as `--repeat`: words, or a rule in the form of the service.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a repeat, or if it is ambiguous.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::quick_add::QuickAdd;
    ///
    /// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
    /// let repeat = QuickAdd::new(&now).parse_repeat("every 2 weeks on mon,thu")?;
    /// assert_eq!(repeat.rule.as_str(), "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_repeat(&self, text: &str) -> Result<Repeat, QuickAddError> {
        phrase::repeat(text, &self.context)
    }

    /// Reads the value of a flag such as `--remind`, for a task with this date.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a list of reminders, or if they do not fit the date.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::Due;
    /// use ticktick::quick_add::{QuickAdd, reminders_text};
    ///
    /// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
    /// let due = Due::day(ticktick::jiff::civil::date(2026, 12, 1));
    /// let reminders = QuickAdd::new(&now).parse_reminders("9am,1d 6pm", &due)?;
    /// assert_eq!(reminders_text(&reminders), "09:00,1d 18:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_reminders(&self, text: &str, due: &Due) -> Result<Vec<QuickReminder>, QuickAddError> {
        let item = phrase::reminders(text, &self.context)?;
        let given = Given { due: Some(DateValue::Due(due.clone())), repeat: None };
        Ok(compose(&[&item], given, &self.context)?.reminders)
    }

    /// Returns the kinds of phrases that flags set.
    fn flagged(&self) -> Kinds {
        let kinds = |is_set: bool, kinds| if is_set { kinds } else { Kinds::NONE };
        let due = kinds(self.due.is_some(), Kinds::DUE);
        due.and(kinds(self.repeat.is_some(), Kinds::REPEAT)).and(kinds(self.reminders.is_some(), Kinds::REMIND))
    }

    /// Refuses a mark for a field that a flag sets.
    fn check_flags(&self, read: &Line) -> Result<(), QuickAddError> {
        let marked = |flag: bool, kinds| flag && read.marked.meets(kinds);
        let clashes = [
            ("project", self.project.is_some() && read.project.is_some()),
            ("priority", self.priority.is_some() && read.priority.is_some()),
            ("date", marked(self.due.is_some(), Kinds::DUE) || (self.due.is_some() && read.clear)),
            ("repeat", marked(self.repeat.is_some(), Kinds::REPEAT)),
            ("reminders", marked(self.reminders.is_some(), Kinds::REMIND)),
        ];
        match clashes.iter().find(|(_, clash)| *clash) {
            Some((field, _)) => Err(QuickAddError::contradiction(format!("both a flag and the line give the {field}"))),
            None => Ok(()),
        }
    }

    /// Combines the phrases of the line with the values of flags.
    fn compose(&self, read: &Line) -> Result<Fields, QuickAddError> {
        let mut given = Given::default();
        if let Some(due) = &self.due {
            given.due = Some(phrase::date(due, &self.context)?);
        } else if read.clear {
            if read.items.iter().any(|item| item.kinds().meets(Kinds::DUE)) {
                return Err(QuickAddError::contradiction("the line has both a date and `due:none`"));
            }
            given.due = Some(DateValue::Clear);
        }
        let mut items: Vec<Item> = read.items.clone();
        match self.repeat.as_deref().map(|text| (text, phrase::rule(text))) {
            Some((_, Some(rule))) => given.repeat = Some(rule?),
            Some((text, None)) => items.push(phrase::repeat_items(text, &self.context)?),
            None => {}
        }
        if let Some(reminders) = &self.reminders {
            items.push(phrase::reminders(reminders, &self.context)?);
        }
        let is_clear = given.due == Some(DateValue::Clear);
        let mut fields = compose(&items.iter().collect::<Vec<_>>(), given, &self.context)?;
        if is_clear {
            fields.due = Some(DateValue::Clear);
        }
        Ok(fields)
    }
}
