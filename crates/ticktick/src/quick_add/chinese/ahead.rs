//! Months and years counted from today, in Chinese.

use jiff::Span;
use jiff::civil::Date;

use crate::quick_add::cursor::Cursor;
use crate::quick_add::item::Context;

/// Reads `这`, `下` or `上`; returns the number of weeks or months from this one.
pub(super) fn ahead(cursor: Cursor<'_>) -> Option<(i64, Cursor<'_>)> {
    const WORDS: [(i64, &[&str]); 4] =
        [(0, &["这个", "这", "本"]), (2, &["下下个", "下下"]), (1, &["下个", "下"]), (-1, &["上个", "上"])];
    WORDS.iter().find_map(|(number, words)| Some((*number, cursor.any_han(words)?)))
}

/// Reads `今年`; returns the number of years from this one.
pub(super) fn years_ahead(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    const WORDS: [(i16, &str); 4] = [(0, "今年"), (1, "明年"), (2, "后年"), (-1, "去年")];
    WORDS.iter().find_map(|(number, word)| Some((*number, cursor.han(word)?)))
}

/// Returns the first day of a month, counted from the current month.
pub(super) fn month(context: &Context, months: i64) -> Option<Date> {
    context.today.first_of_month().checked_add(Span::new().try_months(months).ok()?).ok()
}
