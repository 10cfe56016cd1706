//! Reads one line: quotes and escapes, marks, the tail, the head and the remaining title.

use std::ops::Range;

use ticktick_models::Priority;

use super::atom::{Atom, Kind, State, atoms};
use super::chinese::{GUARDS_BEFORE, JOINS, is_guard};
use super::error::QuickAddError;
use super::item::{Context, Item, Kinds, Match, Need};
use super::marks::{self, Sigil};
use super::parsed::{Found, FoundField, Note};
use super::phrase;
use super::run::{Phrases, Place, Run, Search};
use super::scan::{Scan, Word, scan};
use super::words::GUARDS;

/// The parts of a line, before the phrases are combined.
#[derive(Default)]
pub(super) struct Line {
    pub(super) project: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) priority: Option<Priority>,
    /// Whether the line contains `due:none`.
    pub(super) clear: bool,
    /// The phrases of the marks, the head and the tail.
    pub(super) items: Vec<Item>,
    /// The kinds of phrases that the marks contain.
    pub(super) marked: Kinds,
    pub(super) found: Vec<Found>,
    pub(super) notes: Vec<Note>,
    /// The ranges to remove from the title, and whether each is only the backslash of an escape.
    pub(super) cuts: Vec<(Range<usize>, bool)>,
}

/// Reads a line. Phrases of the excepted kinds are read only after a mark.
pub(super) fn read(text: &str, except: Kinds, context: &Context) -> Result<Line, QuickAddError> {
    let mut reader = Reader { text, atoms: atoms(text), context, line: Line::default() };
    let scan = scan(text);
    reader.quotes(&scan);
    reader.escapes(&scan);
    reader.marks(&scan)?;
    reader.phrases(except)?;
    reader.line.found.sort_by_key(|found| found.span.start);
    Ok(reader.line)
}

struct Reader<'a> {
    text: &'a str,
    atoms: Vec<Atom>,
    context: &'a Context,
    line: Line,
}

impl Reader<'_> {
    /// Sets the state of the atoms in a part of the line.
    fn set(&mut self, span: &Range<usize>, state: State) {
        let atoms = self.atom_at(span.start)..self.atom_at(span.end);
        self.atoms[atoms].iter_mut().for_each(|atom| atom.state = state);
    }

    /// Returns the first atom that starts at or after a byte.
    fn atom_at(&self, byte: usize) -> usize {
        self.atoms.partition_point(|atom| atom.span.start < byte)
    }

    fn quotes(&mut self, scan: &Scan) {
        scan.quoted.iter().for_each(|span| self.set(span, State::Text));
    }

    /// Turns escaped words into plain text. Any other backslash stays.
    fn escapes(&mut self, scan: &Scan) {
        let backslashes = self.text.match_indices('\\').map(|(at, _)| at);
        let mut escaped: Vec<(usize, Range<usize>)> = Vec::new();
        let phrases = Phrases::new(&self.atoms, self.context);
        for at in backslashes {
            let atom = self.atom_at(at);
            if self.atoms.get(atom).is_none_or(|atom| atom.state == State::Text || atom.span.start != at) {
                continue;
            }
            let word = scan.words.binary_search_by_key(&at, |word| word.span.start);
            let word = word.ok().map(|index| scan.words[index].span.clone());
            let after_han = atom.checked_sub(1).is_some_and(|at| self.atoms[at].kind == Kind::Han);
            if word.is_none() && !(after_han && self.atoms[atom].glued) {
                continue;
            }
            let is_mark = word.as_ref().is_some_and(|word| self.is_mark(&phrases, at + 1..word.end));
            let phrase = phrases.begin(atom + 1).first().filter(|_| phrases.cursor(atom + 1).glued());
            let end = match (phrase, word) {
                (_, Some(word)) if is_mark => word.end,
                (Some(phrase), Some(word)) if self.atoms[atom + 1].kind != Kind::Han => {
                    // Only the word itself is text, not the rest of the phrase.
                    word.end.min(self.atoms[phrase.end - 1].span.end.max(word.end))
                }
                (Some(phrase), _) => self.atoms[phrase.end - 1].span.end,
                _ => continue,
            };
            escaped.push((at, at..end));
        }
        for (at, span) in escaped {
            self.set(&span, State::Text);
            self.line.cuts.push((at..at + 1, true));
        }
    }

    /// Returns whether a text would be read as a mark.
    fn is_mark(&self, phrases: &Phrases<'_>, span: Range<usize>) -> bool {
        let word = &self.text[span.clone()];
        let Some((sigil, length)) = marks::prefix(word) else { return false };
        let value = &word[length..];
        match sigil {
            Sigil::Project | Sigil::Tag => marks::name(sigil, value).is_some() || value.starts_with(['"', '\'']),
            Sigil::Priority => marks::priority(value).is_some() || (marks::is_word_form(word) && !value.is_empty()),
            Sigil::Date => {
                !value.is_empty() && {
                    let search = Search { place: Place::Mark, except: Kinds::NONE, company: Kinds::NONE, end: None };
                    let at = self.atom_at(span.start + length);
                    marks::is_word_form(word) || phrases.longest(at, search).is_some()
                }
            }
        }
    }

    fn marks(&mut self, scan: &Scan) -> Result<(), QuickAddError> {
        let mut dates = Vec::new();
        for word in &scan.words {
            let free = self.atoms.get(self.atom_at(word.span.start)).is_some_and(|atom| atom.state == State::Free);
            let text = &self.text[word.span.clone()];
            match marks::prefix(text).filter(|_| free) {
                Some((Sigil::Date, length)) if text.len() > length => {
                    self.set(&(word.span.start..word.span.start + length), State::Taken);
                    dates.push((word, length));
                }
                Some((Sigil::Date, _)) => {}
                Some((sigil, length)) => self.mark(sigil, length, word)?,
                None if free && marks::is_assignee(text) => {
                    let text = format!("\"{text}\" stays in the title; to assign the task, use --assign");
                    self.line.notes.push(Note { span: word.span.clone(), text });
                }
                None => {}
            }
        }
        dates.into_iter().try_for_each(|(word, length)| self.date_mark(word, length))
    }

    /// Reads a project, a tag or a priority.
    fn mark(&mut self, sigil: Sigil, length: usize, word: &Word) -> Result<(), QuickAddError> {
        let text = &self.text[word.span.clone()];
        let value = word.value.clone().map_or(&text[length..], |value| &self.text[value]);
        let is_quoted = word.value.is_some() && !value.trim().is_empty();
        let name = if is_quoted { Some(value.trim()) } else { marks::name(sigil, value) };
        let field = match (sigil, name, marks::priority(value)) {
            (Sigil::Project, Some(name), _) => {
                self.project(name)?;
                FoundField::Project
            }
            (Sigil::Tag, Some(name), _) => {
                let same = |tag: &String| tag.to_lowercase() == name.to_lowercase();
                if !self.line.tags.iter().any(same) {
                    self.line.tags.push(name.to_owned());
                }
                FoundField::Tag
            }
            (Sigil::Priority, _, Some(priority)) => {
                self.priority(priority)?;
                FoundField::Priority
            }
            _ if marks::is_word_form(text) && text.len() > length => return Err(marks::unknown(sigil, text)),
            (Sigil::Priority, ..) => {
                if let Some(near) = marks::near_priority(value) {
                    let text = format!("\"{text}\" stays in the title; did you mean `!{near}`?");
                    self.line.notes.push(Note { span: word.span.clone(), text });
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.take(word.span.clone(), field);
        Ok(())
    }

    fn project(&mut self, name: &str) -> Result<(), QuickAddError> {
        match &self.line.project {
            Some(other) if other.to_lowercase() != name.to_lowercase() => {
                Err(QuickAddError::contradiction(format!("the line has two projects, \"{other}\" and \"{name}\"")))
            }
            Some(_) => Ok(()),
            None => {
                self.line.project = Some(name.to_owned());
                Ok(())
            }
        }
    }

    fn priority(&mut self, priority: Priority) -> Result<(), QuickAddError> {
        match self.line.priority {
            Some(other) if other != priority => Err(QuickAddError::contradiction("the line has two priorities")),
            _ => {
                self.line.priority = Some(priority);
                Ok(())
            }
        }
    }

    /// Removes a part of the line from the title.
    fn take(&mut self, span: Range<usize>, field: FoundField) {
        self.set(&span, State::Taken);
        self.line.cuts.push((span.clone(), false));
        self.found(span, field);
    }

    fn found(&mut self, span: Range<usize>, field: FoundField) {
        let text = self.text[span.clone()].to_owned();
        self.line.found.push(Found { span, text, field });
    }

    /// Reads `*` or `due:` with the phrases that follow.
    fn date_mark(&mut self, word: &Word, length: usize) -> Result<(), QuickAddError> {
        let text = &self.text[word.span.clone()];
        let is_word_form = marks::is_word_form(text);
        let start = word.span.start + length;
        let value = word.value.clone().map_or(&text[length..], |value| &self.text[value]);
        if is_word_form && phrase::is_none(value.trim_end_matches(marks::AFTER_NAME)) {
            self.line.clear = true;
            self.take(word.span.clone(), FoundField::Date);
            return Ok(());
        }
        let search = Search { place: Place::Mark, except: Kinds::NONE, company: Kinds::NONE, end: None };
        let run = match &word.value {
            Some(value) => {
                let atoms = atoms(&self.text[value.clone()]);
                let search = Search { end: Some(atoms.len()), ..search };
                Phrases::new(&atoms, self.context).longest(0, search).map(|run| (run, word.span.end))
            }
            None => {
                let at = self.atom_at(start);
                let run = Phrases::near(&self.atoms, at, self.context).longest(at, search);
                run.map(|run| (self.atoms[run.end - 1].span.end, run)).map(|(end, run)| (run, end))
            }
        };
        let Some((run, end)) = run else {
            if is_word_form {
                return Err(marks::unknown(Sigil::Date, text));
            }
            self.set(&(word.span.start..start), State::Free);
            return Ok(());
        };
        self.line.marked = self.line.marked.and(run.kinds());
        self.add(&run, word.span.start..end, word.value.is_some())
    }

    /// Adds the phrases of a mark.
    fn add(&mut self, run: &Run, span: Range<usize>, is_quoted: bool) -> Result<(), QuickAddError> {
        let offset = |at: usize| self.atoms.get(at).map(|atom| atom.span.clone());
        let spans: Vec<_> =
            run.phrases.iter().map(|(start, phrase)| (offset(*start), offset(phrase.end - 1))).collect();
        for ((_, phrase), (from, to)) in run.phrases.iter().zip(spans) {
            let of_phrase = from.zip(to).map(|(from, to)| from.start..to.end).filter(|_| !is_quoted);
            self.found(of_phrase.unwrap_or_else(|| span.clone()), field(&phrase.item));
            self.once(&phrase.item)?;
            self.line.items.push(phrase.item.clone());
        }
        self.set(&span, State::Taken);
        self.line.cuts.push((span, false));
        Ok(())
    }

    /// Refuses a second time, repeat or duration.
    fn once(&self, item: &Item) -> Result<(), QuickAddError> {
        let single = [Kinds::CLOCK, Kinds::PART, Kinds::REPEAT, Kinds::LENGTH];
        let names = ["times", "times", "repeats", "durations"];
        for (kind, name) in single.into_iter().zip(names) {
            if item.kinds().meets(kind) && self.line.items.iter().any(|other| other.kinds().meets(kind)) {
                return Err(QuickAddError::contradiction(format!("the line has two {name}")));
            }
        }
        Ok(())
    }

    /// Reads the phrases at the end and at the start of the text outside the marks.
    fn phrases(&mut self, except: Kinds) -> Result<(), QuickAddError> {
        let rest: Vec<Atom> = self.atoms.iter().filter(|atom| atom.state != State::Taken).cloned().collect();
        let phrases = Phrases::new(&rest, self.context);
        let except = except.and(self.line.marked);
        let search = Search { place: Place::Head, except, company: self.line.marked.and(except), end: None };
        // In Chinese, the date comes first, so the phrases at the end can rely on it.
        let head = phrases.longest(0, search).filter(|run| !is_guarded_after(&phrases, run.end));
        let company = head.map_or(search.company, |run| search.company.and(run.kinds()));
        let search = Search { place: Place::Tail, company, ..search };
        let mut end = rest.len();
        if let Some((start, run)) = phrases.tail(search) {
            if is_guarded(&rest[..start]) || is_end_of_range(&phrases, &rest[..start]) {
                let span = rest[start].span.start..rest[end - 1].span.end;
                let text =
                    format!("\"{}\" stays in the title, because of the word before it", &self.text[span.clone()]);
                self.line.notes.push(Note { span, text });
            } else {
                end = start;
                self.add_free(&rest, &run)?;
            }
        } else if let Some((start, run)) = phrases.tail(Search { place: Place::Mark, ..search }) {
            self.doubtful(&rest[start..], &run);
        }
        let rest = &rest[..end];
        let phrases = Phrases::new(rest, self.context);
        let search = Search { place: Place::Head, ..search };
        match phrases.longest(0, search).filter(|_| !rest.is_empty()) {
            Some(run) if !is_guarded_after(&phrases, run.end) => self.add_free(rest, &run),
            _ => Ok(()),
        }
    }

    /// Adds a note about words at the end that are read only after a mark.
    fn doubtful(&mut self, atoms: &[Atom], run: &Run) {
        let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return };
        let span = first.span.start..last.span.end;
        let words = &self.text[span.clone()];
        let refusal = run.items().find_map(|item| match item {
            Item::Refused(_, error) => Some(error.reason()),
            _ => None,
        });
        let text = match refusal {
            Some(reason) => format!("\"{words}\" stays in the title: {reason}"),
            None => format!("\"{words}\" stays in the title; if it is a date, write `due:\"{words}\"`"),
        };
        self.line.notes.push(Note { span, text });
    }

    /// Adds the phrases of the head or the tail.
    fn add_free(&mut self, rest: &[Atom], run: &Run) -> Result<(), QuickAddError> {
        for (start, phrase) in &run.phrases {
            let span = rest[*start].span.start..rest[phrase.end - 1].span.end;
            self.once(&phrase.item)?;
            self.found(span, field(&phrase.item));
        }
        let first = run.phrases.first().map_or(0, |(start, _)| *start);
        self.line.cuts.push((rest[first].span.start..rest[run.end - 1].span.end, false));
        self.line.items.extend(run.items().cloned());
        Ok(())
    }
}

/// Returns whether the word before the tail makes it part of the sentence.
fn is_guarded(before: &[Atom]) -> bool {
    let mut last = before.len();
    // `vs.`
    if before.last().is_some_and(|atom| atom.text == "." && atom.glued) {
        last -= 1;
    }
    let word = before[..last].last().filter(|atom| atom.state == State::Free);
    word.is_some_and(|atom| GUARDS.contains(&&*atom.text) || GUARDS_BEFORE.contains(&&*atom.text))
}

/// Returns whether a dash connects the tail to a date or a time before it, as in `fri 9am - sat 10am`.
fn is_end_of_range(phrases: &Phrases<'_>, before: &[Atom]) -> bool {
    let dash = before.len().wrapping_sub(1);
    let ends = |at: usize| phrases.begin(at).iter().any(|phrase| phrase.end == dash && phrase.need != Need::Mark);
    before.last().is_some_and(|atom| atom.text == "-") && (dash.saturating_sub(4)..dash).any(ends)
}

/// Returns whether the text after the head makes it part of the sentence.
fn is_guarded_after(phrases: &Phrases<'_>, at: usize) -> bool {
    let is_date = |phrase: &Match| phrase.need != Need::Mark && phrase.item.kinds().meets(Kinds::DATE);
    let joined = phrases.cursor(at).any_han(&JOINS).filter(|after| phrases.begin(after.at).iter().any(is_date));
    joined.is_some() || is_guard(phrases.cursor(at))
}

fn field(item: &Item) -> FoundField {
    match item {
        Item::Clock(_) | Item::Part(_) => FoundField::Time,
        Item::Repeat(_) | Item::Limit(_) => FoundField::Repeat,
        Item::Length(_) => FoundField::Duration,
        Item::Remind(_) => FoundField::Reminder,
        Item::Days(_) | Item::Moment(_) | Item::DayPart(..) | Item::Refused(..) => FoundField::Date,
    }
}
