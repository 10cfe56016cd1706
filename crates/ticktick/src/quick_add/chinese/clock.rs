//! Times in Chinese.

use super::number;
use crate::quick_add::cursor::Cursor;
use crate::quick_add::error::QuickAddError;
use crate::quick_add::item::{Clock, Item, Kinds, Match, Need, Part, Sure, Tick};

const PARTS: [(&str, Part); 13] = [
    ("上午", Part::Morning),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("清晨", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("下午", Part::Afternoon),
    ("傍晚", Part::Dusk),
    ("晚上", Part::Night),
    ("夜里", Part::Night),
    ("夜晚", Part::Night),
    ("凌晨", Part::SmallHours),
    ("午夜", Part::Night),
];

/// Parts of the day in one character, which count directly before an hour and after `每`.
const SHORT_PARTS: [(&str, Part); 2] = [("早", Part::Morning), ("晚", Part::Night)];

/// Characters after `3点45` that make it the number of something else.
const COUNTED: [&str; 19] =
    ["人", "个", "位", "名", "元", "块", "天", "号", "日", "月", "年", "米", "公", "千", "次", "岁", "页", "分", "秒"];

/// Characters after `3时` that make it a word.
const AFTER_HOUR: [&str; 7] = ["候", "间", "段", "长", "刻", "代", "期"];

const TO: [&str; 6] = ["到", "至", "-", "~", "～", "—"];

/// Reads the phrases that start at the cursor.
pub(in crate::quick_add) fn read(cursor: Cursor<'_>, found: &mut Vec<Match>) {
    alone(cursor, found);
    hours(cursor, found);
    let Some((start, ends)) = time(cursor) else { return };
    for after in ends {
        // A time without words is read as in English, and so is a range of such times.
        if !start.is_digits() {
            push(start, None, after, cursor, found);
        }
        let to = if start.is_digits() { &TO[..2] } else { &TO[..] };
        let Some((last, ends)) = after.0.any(to).and_then(time) else { continue };
        for end in ends {
            push(start, Some((last, end.1)), (end.0, after.1), cursor, found);
        }
    }
}

/// Reads a part of the day without an hour.
fn alone(cursor: Cursor<'_>, found: &mut Vec<Match>) {
    if let Some(after) = cursor.han("午夜") {
        let clock = Clock { start: Tick::fixed(0, 0), end: None, midnight: true, text: "午夜".to_owned() };
        found.push(Match::new(after.at, Item::Clock(clock)).needs(Need::Date));
        return;
    }
    let after_every = cursor.previous().is_some_and(|before| before.text() == "每");
    let part = if after_every { short_part(cursor) } else { part(cursor) };
    if let Some((part, after)) = part
        && part.hour().is_some()
    {
        found.push(Match::new(after.at, Item::Part(part)).needs(Need::Before));
    }
}

fn part(cursor: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    PARTS.iter().find_map(|(name, part)| Some((*part, cursor.han(name)?)))
}

fn short_part(cursor: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    SHORT_PARTS.iter().find_map(|(name, part)| Some((*part, cursor.word(name)?)))
}

/// Reads `下午3-5点`.
fn hours(cursor: Cursor<'_>, found: &mut Vec<Match>) {
    let Some((part, (hour, after))) = part(cursor).and_then(|(part, after)| Some((part, number(after)?))) else {
        return;
    };
    let Some((last, ends)) = after.any(&TO).and_then(time) else { return };
    let Some(hour) = i8::try_from(hour).ok().filter(|hour| *hour <= 24) else { return };
    let start = Written { part: Some(part), hour, colon: false };
    for (end, minute) in ends.into_iter().filter(|_| !last.colon) {
        push(start, Some((last, minute)), (end, None), cursor, found);
    }
}

/// A time as written: the part of the day and the hour.
#[derive(Clone, Copy)]
struct Written {
    part: Option<Part>,
    hour: i8,
    /// Whether it is written with a colon.
    colon: bool,
}

impl Written {
    /// Returns whether it consists of digits and a colon, as in `14:00`.
    const fn is_digits(self) -> bool {
        self.colon && self.part.is_none()
    }
}

/// The possible ends of a time, each with its minutes. After `点`, the minutes are optional.
type Ends<'a> = Vec<(Cursor<'a>, Option<i8>)>;

/// Reads `下午三点半` or `上午9:30`; returns each place where it can end.
fn time(cursor: Cursor<'_>) -> Option<(Written, Ends<'_>)> {
    let part = part(cursor).or_else(|| short_part(cursor));
    let (part, start) = part.map_or((None, cursor), |(part, after)| (Some(part), after));
    let (hour, after) = number(start)?;
    let written = Written { part, hour: i8::try_from(hour).ok().filter(|hour| *hour <= 24)?, colon: false };
    if let Some((minute, end)) = after.sign(&[":"]).and_then(|after| after.exactly(2)) {
        let minute = i8::try_from(minute).ok().filter(|minute| *minute < 60)?;
        return Some((Written { colon: true, ..written }, vec![(end, Some(minute))]));
    }
    let hour_end = after.word("点").or_else(|| after.word("时").filter(|next| !AFTER_HOUR.contains(&next.text())))?;
    let mut ends = vec![(hour_end.skip(&["整", "钟"]), None)];
    if let Some(end) = hour_end.word("半") {
        ends.push((end, Some(30)));
    } else if let Some(end) = hour_end.han("一刻") {
        ends.push((end, Some(15)));
    } else if let Some(end) = hour_end.han("三刻") {
        ends.push((end, Some(45)));
    } else if let Some((minute, end)) =
        number(hour_end.skip(&["零"])).and_then(|(minute, end)| Some((minute, end.word("分")?)))
    {
        let minute = i8::try_from(minute).ok().filter(|minute| *minute < 60)?;
        // `3点30分钟` is not a time.
        if end.text() != "钟" {
            ends.push((end, Some(minute)));
        }
    } else if let Some((minute, end)) = bare_minute(hour_end) {
        // The hour alone would leave the minutes in the title.
        ends = vec![(end, Some(minute))];
    }
    Some((written, ends))
}

/// Reads the minutes of `3点45` and `三点零五`, without `分`: two digits, or a numeral of two characters or more.
fn bare_minute(cursor: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let zero = cursor.word("零");
    let (minute, end) = zero.map_or_else(|| number(cursor), super::numeral)?;
    let is_long = zero.is_some() || cursor.text().len() == 2 || (cursor.exactly(1).is_none() && end.at > cursor.at + 1);
    let is_counted = COUNTED.contains(&end.text());
    i8::try_from(minute).ok().filter(|minute| *minute < 60 && is_long && !is_counted).map(|minute| (minute, end))
}

/// Resolves a time by its own part of the day.
fn tick(written: Written, minute: Option<i8>) -> Option<Tick> {
    let sure = match written.hour {
        1..=12 if written.is_digits() => Sure::Minutes,
        // The midnight of `今晚0点` is the end of the day.
        0 => Sure::Minutes,
        1..=12 => Sure::Bare,
        _ => Sure::Fixed,
    };
    let tick = Tick { hour: written.hour, minute: minute.unwrap_or(0), sure };
    match written.part {
        // It is the second half of the day, up to midnight.
        Some(Part::Afternoon) if (1..12).contains(&tick.hour) => Some(Tick::fixed(tick.hour + 12, tick.minute)),
        Some(part) => part.decide(tick),
        None => Some(tick),
    }
}

/// Adds a time or a range.
fn push(
    start: Written,
    last: Option<(Written, Option<i8>)>,
    (end, minute): (Cursor<'_>, Option<i8>),
    cursor: Cursor<'_>,
    found: &mut Vec<Match>,
) {
    let is_range_of_digits = start.is_digits() && last.is_some_and(|(last, _)| last.colon);
    let need = if start.part.is_some() || is_range_of_digits { Need::Nothing } else { Need::Date };
    let text = text(start, minute);
    let start_tick = tick(start, minute);
    // After `下午2:00`, `4:00` is the next such hour.
    let last = last.map(|(last, minute)| (Written { colon: last.colon && start.part.is_none(), ..last }, minute));
    let last_tick = last.map(|(last, minute)| tick(last, minute));
    let matched = match (start_tick, last_tick) {
        (Some(start), None) => Item::Clock(Clock { start, end: None, midnight: false, text }),
        (Some(start), Some(Some(last))) => Item::Clock(Clock { start, end: Some(last), midnight: false, text }),
        _ => {
            let error =
                QuickAddError::contradiction(format!("the part of the day and the hour of \"{text}\" disagree"));
            // An hour up to 12 alone would be ambiguous.
            let exact = if start.hour > 12 { format!("{}点", start.hour) } else { format!("{:02}:00", start.hour) };
            Item::Refused(Kinds::CLOCK, error.write([exact]))
        }
    };
    debug_assert!(cursor.at < end.at);
    found.push(Match::new(end.at, matched).needs(need));
}

fn text(written: Written, minute: Option<i8>) -> String {
    let part = PARTS.iter().find(|(_, part)| Some(*part) == written.part).map_or("", |(name, _)| name);
    let minute = minute.map(|minute| format!("{minute:02}分")).unwrap_or_default();
    format!("{part}{}点{minute}", written.hour)
}
