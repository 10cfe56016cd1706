//! Phrases in Chinese.

mod ahead;
pub(super) mod clock;
pub(super) mod day;
mod month;
pub(super) mod repeat;
pub(super) mod span;

use jiff::civil::Weekday;

use super::cursor::Cursor;

/// Words that turn a phrase at the start of the line into plain text if they follow it.
const GUARDS_AFTER: [&str; 11] = ["的", "前", "后", "之前", "之后", "以前", "以后", "起", "开始", "到", "至"];

/// Words that turn a phrase at the end of the line into plain text if they precede it.
pub(super) const GUARDS_BEFORE: [&str; 10] = ["到", "至", "从", "自", "离", "等", "比", "和", "与", "或"];

/// Words that start with a guard but do not make the phrase before them part of the sentence: 明天7点起床.
const NO_GUARDS: [&str; 11] = ["起床", "起飞", "起草", "起身", "起诉", "起航", "前往", "前台", "后勤", "后续", "后台"];

/// Returns whether the text after a phrase at the start of the line makes the phrase plain text.
pub(super) fn is_guard(after: Cursor<'_>) -> bool {
    after.any_han(&GUARDS_AFTER).is_some() && after.any_han(&NO_GUARDS).is_none()
}

/// Words that join another date to the one at the start of the line, so that both are plain text.
pub(super) const JOINS: [&str; 6] = ["和", "与", "或者", "或", "还是", "跟"];

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Reads a number: `15`, `十五`, `两`.
fn number(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    cursor.digits(4).or_else(|| numeral(cursor))
}

/// Reads a numeral from 0 to 99.
fn numeral(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    if let Some(after) = cursor.word("两") {
        return Some((2, after));
    }
    match digit(cursor) {
        Some((tens, after)) => match after.word("十").filter(|_| tens > 0) {
            Some(after) => Some(units(tens * 10, after)),
            None => Some((tens, after)),
        },
        None => cursor.word("十").map(|after| units(10, after)),
    }
}

fn units(tens: i16, after: Cursor<'_>) -> (i16, Cursor<'_>) {
    digit(after).filter(|(units, _)| *units > 0).map_or((tens, after), |(units, after)| (tens + units, after))
}

fn digit(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let mut chars = cursor.text().chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    let c = if c == '〇' { '零' } else { c };
    let value = (0..).zip(DIGITS).find(|(_, digit)| *digit == c)?.0;
    Some((value, cursor.next()))
}

/// Reads `周`, `星期` or `礼拜`.
fn week(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    cursor.any_han(&["周", "星期", "礼拜"])
}

/// Reads the character of a weekday.
fn weekday(cursor: Cursor<'_>) -> Option<(Weekday, Cursor<'_>)> {
    let weekday = match cursor.text() {
        "一" => Weekday::Monday,
        "二" => Weekday::Tuesday,
        "三" => Weekday::Wednesday,
        "四" => Weekday::Thursday,
        "五" => Weekday::Friday,
        "六" => Weekday::Saturday,
        "日" | "天" => Weekday::Sunday,
        _ => return None,
    };
    Some((weekday, cursor.next()))
}
