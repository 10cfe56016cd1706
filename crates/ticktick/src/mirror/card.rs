//! [`Card`]: what a list shows of a task, in one column.
//!
//! SQLite reads one long column in a fraction of the time that twenty short ones take. The column is the members in a
//! fixed order with a mark between them, which is read in a fraction of the time that JSON takes.

use std::borrow::Cow;

use ticktick_models::{Field, Task, TaskKind, TaskStatus, Timestamp};

/// Ends a member.
const MARK: char = '\u{1f}';
/// Ends a tag.
const TAG: char = '\u{1d}';
/// Comes before a letter that represents one of the marks in a text.
const ESCAPE: char = '\u{1e}';
/// The marks, and the letters that represent them.
const ESCAPED: [(char, char); 3] = [(ESCAPE, 'e'), (MARK, 'm'), (TAG, 't')];

type Text<'a> = Cow<'a, str>;

/// The members of a task that a list shows. Times are in epoch milliseconds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Card<'a> {
    pub(super) id: Text<'a>,
    pub(super) title: Text<'a>,
    pub(super) project: Text<'a>,
    /// `None` for an open task.
    pub(super) status: Option<i64>,
    /// `None` for a text.
    pub(super) kind: Option<Text<'a>>,
    pub(super) priority: Option<i64>,
    pub(super) start: Option<i64>,
    pub(super) due: Option<i64>,
    pub(super) all_day: bool,
    pub(super) floating: bool,
    pub(super) pinned: bool,
    pub(super) zone: Option<Text<'a>>,
    pub(super) tags: Vec<Text<'a>>,
    pub(super) parent: Option<Text<'a>>,
    pub(super) column: Option<Text<'a>>,
    pub(super) items: usize,
    pub(super) items_done: usize,
    pub(super) repeat: Option<Text<'a>>,
    pub(super) sort: Option<i64>,
    pub(super) etag: Option<Text<'a>>,
    pub(super) modified: Option<i64>,
    pub(super) completed: Option<i64>,
}

impl<'a> Card<'a> {
    /// Reads a task.
    pub(super) fn of(task: &'a Task) -> Self {
        let filled = |text: &'a Field<String>| text.as_deref().map(Cow::Borrowed);
        Self {
            id: task.id.as_str().into(),
            title: task.title().into(),
            project: task.project_id.as_str().into(),
            status: Some(task.status()).filter(|status| *status != TaskStatus::Open).map(|status| status.value()),
            kind: task.kind.get().filter(|kind| **kind != TaskKind::Text).map(|kind| kind.as_str().into()),
            priority: task.priority.get().map(|priority| priority.value()),
            start: millis(&task.start_date),
            due: millis(&task.due_date),
            all_day: task.is_all_day == true,
            floating: task.is_floating == true,
            pinned: task.is_pinned(),
            zone: filled(&task.time_zone),
            tags: task.tags().iter().map(|tag| tag.as_str().into()).collect(),
            parent: task.parent().map(|parent| parent.as_str().into()),
            column: task.column().map(|column| column.as_str().into()),
            items: task.items().len(),
            items_done: task.items().iter().filter(|item| item.is_done()).count(),
            repeat: filled(&task.repeat_flag),
            sort: task.sort_order.get().copied(),
            etag: task.etag.get().map(|etag| etag.as_str().into()),
            modified: millis(&task.modified_time),
            completed: millis(&task.completed_time),
        }
    }

    /// Writes the column.
    pub(super) fn text(&self) -> String {
        let mut text = Writer(String::with_capacity(256));
        let count = |items: usize| i64::try_from(items).ok().filter(|items| *items > 0);
        text.text(Some(&self.id)).text(Some(&self.title)).text(Some(&self.project)).number(self.status);
        text.text(self.kind.as_ref()).number(self.priority).number(self.start).number(self.due);
        for (flag, is_set) in [('a', self.all_day), ('f', self.floating), ('p', self.pinned)] {
            text.0.extend(is_set.then_some(flag));
        }
        text.0.push(MARK);
        text.text(self.zone.as_ref());
        for tag in &self.tags {
            text.escaped(tag);
            text.0.push(TAG);
        }
        text.0.push(MARK);
        text.text(self.parent.as_ref()).text(self.column.as_ref()).number(count(self.items));
        text.number(count(self.items_done)).text(self.repeat.as_ref()).number(self.sort).text(self.etag.as_ref());
        text.number(self.modified).number(self.completed);
        text.0
    }

    /// Reads the column. Members that are missing at its end are `None`.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut members = Reader(text);
        let flags;
        Self {
            id: members.text().unwrap_or_default(),
            title: members.text().unwrap_or_default(),
            project: members.text().unwrap_or_default(),
            status: members.number(),
            kind: members.text(),
            priority: members.number(),
            start: members.number(),
            due: members.number(),
            all_day: {
                flags = members.next();
                flags.contains('a')
            },
            floating: flags.contains('f'),
            pinned: flags.contains('p'),
            zone: members.text(),
            tags: members.next().split_terminator(TAG).map(unescaped).collect(),
            parent: members.text(),
            column: members.text(),
            items: members.number().unwrap_or_default(),
            items_done: members.number().unwrap_or_default(),
            repeat: members.text(),
            sort: members.number(),
            etag: members.text(),
            modified: members.number(),
            completed: members.number(),
        }
    }
}

struct Writer(String);

impl Writer {
    fn text(&mut self, text: Option<&Text<'_>>) -> &mut Self {
        if let Some(text) = text {
            self.escaped(text);
        }
        self.0.push(MARK);
        self
    }

    fn escaped(&mut self, text: &str) {
        // All marks are one byte, and most texts have none of them.
        if !text.bytes().any(|byte| (TAG as u8..=MARK as u8).contains(&byte)) {
            return self.0.push_str(text);
        }
        for character in text.chars() {
            match ESCAPED.iter().find(|(mark, _)| *mark == character) {
                Some((_, letter)) => self.0.extend([ESCAPE, *letter]),
                None => self.0.push(character),
            }
        }
    }

    fn number(&mut self, number: Option<i64>) -> &mut Self {
        if let Some(number) = number {
            // Format strings take several times as long.
            let mut digits = [0; 20];
            let mut start = digits.len();
            let mut rest = number.unsigned_abs();
            while rest > 0 || start == digits.len() {
                start -= 1;
                digits[start] = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            self.0.extend((number < 0).then_some('-'));
            self.0.push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
        }
        self.0.push(MARK);
        self
    }
}

/// What is left of a column.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn next(&mut self) -> &'a str {
        let (member, rest) = self.0.split_once(MARK).unwrap_or_default();
        self.0 = rest;
        member
    }

    fn text(&mut self) -> Option<Text<'a>> {
        Some(self.next()).filter(|text| !text.is_empty()).map(unescaped)
    }

    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.next().parse().ok()
    }
}

fn unescaped(text: &str) -> Text<'_> {
    if !text.contains(ESCAPE) {
        return text.into();
    }
    let mut whole = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let letter = if character == ESCAPE { characters.next() } else { None };
        let mark = ESCAPED.iter().find(|(_, known)| Some(*known) == letter);
        whole.push(mark.map_or(character, |(mark, _)| *mark));
    }
    whole.into()
}

/// Returns a time in epoch milliseconds.
pub(super) fn millis(time: &Field<Timestamp>) -> Option<i64> {
    Some(time.get()?.instant()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_as_it_was_written() {
        let odd = "a\u{1e}\u{1f}\u{1d}\u{1e}m\n\"é牛";
        let card = Card {
            id: "7".into(),
            title: odd.into(),
            project: "p".into(),
            status: Some(-1),
            kind: Some("NOTE".into()),
            priority: Some(0),
            start: Some(i64::MIN),
            due: Some(i64::MAX),
            floating: true,
            tags: vec![odd.into(), "".into(), "b".into()],
            items: 3,
            etag: Some(odd.into()),
            completed: Some(5),
            ..Card::default()
        };
        assert_eq!(Card::parse(&card.text()), card);
        assert_eq!(Card::parse(&Card::default().text()), Card::default());
        assert_eq!(Card::parse(""), Card::default());
    }
}
