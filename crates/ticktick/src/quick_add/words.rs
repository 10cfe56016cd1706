//! The English words of dates and times.

use jiff::civil::Weekday;

use super::cursor::Cursor;

const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["monday", "mon"], Weekday::Monday),
    (&["tuesday", "tue", "tues"], Weekday::Tuesday),
    (&["wednesday", "wed"], Weekday::Wednesday),
    (&["thursday", "thu", "thur", "thurs"], Weekday::Thursday),
    (&["friday", "fri"], Weekday::Friday),
    (&["saturday", "sat"], Weekday::Saturday),
    (&["sunday", "sun"], Weekday::Sunday),
];

/// Abbreviations of weekdays that are also English words.
pub(super) const WEAK: [&str; 3] = ["wed", "sat", "sun"];

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

const TENS: [(&str, i16); 3] = [("thirty", 30), ("forty", 40), ("fifty", 50)];

const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// Words that make the phrase after them part of the sentence.
pub(super) const GUARDS: [&str; 33] = [
    "the", "a", "an", "my", "your", "his", "her", "our", "their", "for", "from", "of", "to", "since", "until", "till",
    "before", "after", "about", "than", "and", "or", "vs", "is", "was", "last", "past", "between", "like", "via",
    "per", "no", "not",
];

/// Abbreviations of time zones, which mean several zones or none.
pub(super) const ZONES: [&str; 23] = [
    "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "pt", "cet", "cest", "eet",
    "eest", "bst", "ist", "jst", "kst", "aest", "msk",
];

pub(super) fn weekday(cursor: Cursor<'_>) -> Option<(Weekday, Cursor<'_>)> {
    WEEKDAYS.iter().find_map(|(names, weekday)| Some((*weekday, cursor.any(names)?)))
}

/// Reads a month, as 1 to 12. An abbreviation can have a full stop.
pub(super) fn month(cursor: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (number, after) = (1..).zip(MONTHS).find_map(|(number, names)| Some((number, cursor.any(names)?)))?;
    let is_short = cursor.text().len() <= 4 && cursor.text() != "may";
    let stop = after.sign(&["."]).filter(|next| is_short && !next.glued() && !next.text().is_empty());
    Some((number, stop.unwrap_or(after)))
}

/// Reads a number in digits or as a word.
pub(super) fn number(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let mut names = (1..).zip(NUMBERS).chain(TENS.map(|(name, number)| (number, name)));
    cursor.digits(4).or_else(|| names.find_map(|(number, name)| Some((number, cursor.word(name)?))))
}

/// Reads `15th` or `second`.
pub(super) fn ordinal(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let word = || (1..).zip(ORDINALS).find_map(|(number, name)| Some((number, cursor.word(name)?)));
    ordinal_digits(cursor).or_else(word)
}

/// Reads `15th`.
pub(super) fn ordinal_digits(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let (number, after) = cursor.digits(2)?;
    Some((number, after.sign(&["st", "nd", "rd", "th"])?))
}

/// Names a weekday as a rule does.
pub(super) const fn short(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// Names a weekday in full.
pub(super) const fn long(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
