//! The arguments of `ticktick habit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Time;
use ticktick::habit::MAX_AMOUNT;

use super::HabitCalendarArgs;
use super::noun::{ArchivedArgs, NewArgs, OneArgs, PlaceArgs, RenameArgs, SomeArgs, color, yes_no};

#[derive(Subcommand, Debug)]
pub(crate) enum HabitCommand {
    /// List habits
    #[command(visible_alias = "ls")]
    List(ArchivedArgs),
    /// Show a habit with its streaks
    Show(OneArgs),
    /// Create a habit
    #[command(visible_alias = "new")]
    Create(HabitCreateArgs),
    /// Change a habit
    Edit(HabitEditArgs),
    /// Archive habits
    Archive(SomeArgs),
    /// Restore habits from the archive
    Unarchive(SomeArgs),
    /// Move a habit to another position
    #[command(visible_alias = "mv")]
    Move(HabitMoveArgs),
    /// Delete habits with their check-ins
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
    /// Record whether a habit was done, partly done or missed on a day
    CheckIn(CheckInArgs),
    /// List check-ins with their notes
    CheckIns(CheckInsArgs),
    /// Show the last weeks, with streaks
    #[command(visible_alias = "cal")]
    Calendar(HabitCalendarArgs),
    /// Show how many habits were done on each day of this week
    Week,
    /// Manage habit sections
    #[command(subcommand)]
    Section(SectionCommand),
    /// Show the preferences for habits
    Preferences,
    /// Export all check-ins as a spreadsheet, like the app
    Export(HabitExportArgs),
}

#[derive(Subcommand, Debug)]
pub(crate) enum SectionCommand {
    /// List sections
    #[command(visible_alias = "ls")]
    List,
    /// Create a section
    #[command(visible_alias = "new")]
    Create(NewArgs),
    /// Rename a section
    Rename(RenameArgs),
    /// Delete sections; their habits are kept
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
}

#[derive(Args, Debug)]
pub(crate) struct HabitCreateArgs {
    /// Name of the habit
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) fields: HabitFields,
}

#[derive(Args, Debug)]
pub(crate) struct HabitEditArgs {
    /// Habit: name, part of the name, or id
    pub(crate) habit: String,
    /// New name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) fields: HabitFields,
}

// The fields of a habit other than its name.
#[derive(Args, Debug)]
pub(crate) struct HabitFields {
    /// Amount to reach on a day
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub(crate) goal: Option<f64>,
    /// Unit of the amount, such as km
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    /// Amount that one tap adds
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub(crate) step: Option<f64>,
    /// Days of the week, such as mon,wed,fri, or daily
    #[arg(long, value_name = "DAYS", value_parser = days, conflicts_with = "repeat")]
    pub(crate) days: Option<String>,
    /// Repeat rule, such as FREQ=WEEKLY;TT_TIMES=3 for three days a week
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(crate) repeat: Option<String>,
    /// Time of a reminder, such as 07:30; repeatable; `none` removes all
    #[arg(long = "remind", value_name = "TIME", value_parser = reminder)]
    pub(crate) reminders: Vec<ReminderArg>,
    /// Section: name, part of the name, or id; `none` takes it out of its section
    #[arg(long, value_name = "SECTION")]
    pub(crate) section: Option<String>,
    /// Color, such as 4772FA
    #[arg(long, value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: Option<String>,
    /// Name of a built-in icon, such as habit_reading
    #[arg(long, value_name = "ICON")]
    pub(crate) icon: Option<String>,
    /// Words of encouragement; `none` removes them
    #[arg(long, value_name = "TEXT")]
    pub(crate) encouragement: Option<String>,
    /// Whether the app asks for a note after a check-in
    #[arg(long, value_name = "yes|no", value_parser = yes_no)]
    pub(crate) ask_for_note: Option<bool>,
    /// Target number of days; 0 for no end
    #[arg(long, value_name = "N")]
    pub(crate) target_days: Option<u32>,
    /// First day of the habit: a date such as 2026-03-01, or today
    #[arg(long, value_name = "DATE")]
    pub(crate) start: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReminderArg {
    None,
    At(Time),
}

#[derive(Args, Debug)]
pub(crate) struct HabitMoveArgs {
    /// Habit: name, part of the name, or id
    pub(crate) habit: String,
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
}

#[derive(Args, Debug)]
pub(crate) struct CheckInArgs {
    /// Habits: names, parts of names, or ids; `-` reads them from standard input
    #[arg(value_name = "HABIT", required = true)]
    pub(crate) habits: Vec<String>,
    /// The day: today, yesterday, -3d, or a date such as 2026-03-01 [default: today]
    #[arg(short, long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) date: Option<String>,
    /// Amount reached on the day, from 0 to 1000000000
    #[arg(short, long, value_name = "AMOUNT", value_parser = amount)]
    pub(crate) amount: Option<f64>,
    /// Mark the day as missed
    #[arg(long, conflicts_with_all = ["amount", "clear"])]
    pub(crate) missed: bool,
    /// Remove the check-in of the day
    #[arg(long, conflicts_with = "amount")]
    pub(crate) clear: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CheckInsArgs {
    /// Habits: names, parts of names, or ids [default: all that are not archived]
    #[arg(value_name = "HABIT")]
    pub(crate) habits: Vec<String>,
    /// First day: yesterday, monday, "last monday", "3 days ago", 2w, week, month, "last month", 2026-03 or 2026-03-01
    /// [default: 7 days ago]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<String>,
    /// Last day [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct HabitExportArgs {
    /// Excel file to write; `-` writes to standard output
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    pub(crate) force: bool,
}

fn amount(text: &str) -> Result<f64, String> {
    let amount = text.parse().ok().filter(|amount| (0.0..=MAX_AMOUNT).contains(amount));
    amount.ok_or_else(|| format!("write a number from 0 to {MAX_AMOUNT}"))
}

/// Reads days of the week as a rule.
fn days(text: &str) -> Result<String, String> {
    const NAMES: [(&str, &str); 7] = [
        ("monday", "MO"),
        ("tuesday", "TU"),
        ("wednesday", "WE"),
        ("thursday", "TH"),
        ("friday", "FR"),
        ("saturday", "SA"),
        ("sunday", "SU"),
    ];
    if text.eq_ignore_ascii_case("daily") {
        return Ok("RRULE:FREQ=DAILY;INTERVAL=1".into());
    }
    let wanted: Vec<String> = text.split(',').map(|day| day.trim().to_lowercase()).collect();
    let is_day = |word: &String| word.len() >= 2 && NAMES.iter().any(|(name, _)| name.starts_with(word.as_str()));
    if !wanted.iter().all(is_day) {
        return Err("write days such as mon,wed,fri, or daily".into());
    }
    let codes = NAMES.iter().filter(|(name, _)| wanted.iter().any(|word| name.starts_with(word.as_str())));
    Ok(format!("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY={}", codes.map(|(_, code)| *code).collect::<Vec<_>>().join(",")))
}

fn rule(text: &str) -> Result<String, String> {
    let rule = text.strip_prefix("RRULE:").unwrap_or(text);
    if rule.starts_with("FREQ=") { Ok(format!("RRULE:{rule}")) } else { Err("write a rule such as FREQ=DAILY".into()) }
}

fn reminder(text: &str) -> Result<ReminderArg, String> {
    if text == "none" {
        return Ok(ReminderArg::None);
    }
    let time = text.split_once(':').and_then(|(hour, minute)| {
        let minute = Some(minute).filter(|minute| minute.len() == 2)?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    });
    time.map(ReminderArg::At).ok_or_else(|| "write a time such as 07:30, or none".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_become_a_rule_in_their_order() {
        for (text, wanted) in [
            ("fri,mon", "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,FR"),
            ("Tuesday", "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"),
            ("daily", "RRULE:FREQ=DAILY;INTERVAL=1"),
        ] {
            assert_eq!(days(text).as_deref(), Ok(wanted));
        }
        for text in ["", "mon,", "m", "everyday", "mon wed"] {
            assert!(days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_and_times_are_checked() {
        assert_eq!(amount("2.5"), Ok(2.5));
        assert_eq!(reminder("7:05"), Ok(ReminderArg::At(jiff::civil::time(7, 5, 0, 0))));
        assert_eq!(reminder("none"), Ok(ReminderArg::None));
        assert_eq!(rule("FREQ=DAILY").as_deref(), Ok("RRULE:FREQ=DAILY"));
        assert!(["-1", "NaN", "inf", "1e300", "1000000001", "x"].iter().all(|text| amount(text).is_err()));
        assert!(["25:00", "7", "7:5", "a:bc"].iter().all(|text| reminder(text).is_err()));
        assert!(rule("daily").is_err());
    }
}
