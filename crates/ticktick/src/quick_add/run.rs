//! Runs of phrases: which ones begin at each atom, and which sequence of them counts.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::atom::{Atom, Kind};
use super::cursor::Cursor;
use super::item::{Context, Item, Kinds, Length, Match, Need};
use super::{chinese, clock, day, limit, remind, repeat};

/// Maximum number of phrases in a run.
const MOST: usize = 8;

/// Number of atoms before an atom that are searched for the start of a phrase around it.
const LONGEST: usize = 16;

/// Number of atoms that are searched for a run.
const WINDOW: usize = 120;

/// Where a run of phrases is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the end of the line.
    Tail,
    /// At the start of the line, in Chinese.
    Head,
    /// After a mark, or in a value of its own.
    Mark,
}

/// A sequence of phrases.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The phrases, each with the atom at which it starts.
    pub(super) phrases: Vec<(usize, Match)>,
    pub(super) end: usize,
}

impl Run {
    pub(super) fn kinds(&self) -> Kinds {
        kinds_of(self.phrases.iter().map(|(_, phrase)| phrase))
    }

    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.phrases.iter().map(|(_, phrase)| &phrase.item)
    }
}

fn kinds_of<'a>(phrases: impl Iterator<Item = &'a Match>) -> Kinds {
    phrases.fold(Kinds::NONE, |kinds, phrase| kinds.and(phrase.item.kinds()))
}

/// The phrases of a line.
pub(super) struct Phrases<'a> {
    atoms: &'a [Atom],
    context: &'a Context,
    /// What begins at each atom from `from` on, filled on first use.
    begin: Vec<OnceCell<Vec<Match>>>,
    from: usize,
}

/// Restricts the search for runs.
#[derive(Clone, Copy)]
pub(super) struct Search {
    pub(super) place: Place,
    /// Kinds to ignore.
    pub(super) except: Kinds,
    /// Kinds that the line has elsewhere; weak words count beside them.
    pub(super) company: Kinds,
    /// Where a run must end.
    pub(super) end: Option<usize>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(atoms: &'a [Atom], context: &'a Context) -> Self {
        Self { atoms, context, begin: vec![OnceCell::new(); atoms.len()], from: 0 }
    }

    /// Returns the phrases of a line that begin at an atom or soon after it.
    pub(super) fn near(atoms: &'a [Atom], at: usize, context: &'a Context) -> Self {
        let cells = WINDOW.min(atoms.len().saturating_sub(at));
        Self { atoms, context, begin: vec![OnceCell::new(); cells], from: at }
    }

    pub(super) fn cursor(&self, at: usize) -> Cursor<'a> {
        Cursor::new(self.atoms, at)
    }

    /// Returns the phrases that begin at an atom, longest first.
    pub(super) fn begin(&self, at: usize) -> &[Match] {
        let Some(cell) = at.checked_sub(self.from).and_then(|at| self.begin.get(at)) else { return &[] };
        cell.get_or_init(|| {
            let cursor = self.cursor(at);
            if cursor.text().is_empty() {
                return Vec::new();
            }
            let mut found = Vec::new();
            day::read(cursor, self.context, &mut found);
            clock::read(cursor, self.context, &mut found);
            clock::zone(cursor, &mut found);
            repeat::read(cursor, self.context, &mut found);
            limit::read(cursor, self.context, &mut found);
            remind::read(cursor, self.context, &mut found);
            chinese::day::read(cursor, self.context, &mut found);
            chinese::clock::read(cursor, &mut found);
            chinese::span::read(cursor, self.context, &mut found);
            chinese::repeat::read(cursor, self.context, &mut found);
            found.retain_mut(|phrase| match self.cursor(phrase.end).end_of_word() {
                Some(end) => {
                    phrase.end = end;
                    true
                }
                None => false,
            });
            found.sort_by_key(|phrase| std::cmp::Reverse(phrase.end));
            found
        })
    }

    /// Returns the best run that starts at an atom: the one that ends last.
    pub(super) fn longest(&self, at: usize, search: Search) -> Option<Run> {
        let mut best = None;
        self.extend(&mut Vec::new(), at, search, &mut best);
        best
    }

    /// Returns the longest run that ends at the last atom.
    pub(super) fn tail(&self, search: Search) -> Option<(usize, Run)> {
        let end = self.atoms.len();
        let search = Search { end: Some(end), ..search };
        let starts = (end.saturating_sub(WINDOW)..end).filter(|at| self.cursor(*at).starts_word());
        starts.into_iter().find_map(|at| Some((at, self.longest(at, search).filter(|_| !self.is_inside(at, search))?)))
    }

    /// Returns whether an atom is inside a phrase that stays in the title, as `monday` in a past `this monday`.
    fn is_inside(&self, at: usize, search: Search) -> bool {
        let stays = |phrase: &Match| {
            let is_past = search.place != Place::Mark && is_past(&phrase.item, self.context.today);
            phrase.end > at && (is_past || phrase.item.kinds().meets(search.except))
        };
        let before = (at.saturating_sub(LONGEST)..at).filter(|before| self.cursor(*before).starts_word());
        before.into_iter().any(|before| self.begin(before).iter().any(stays))
    }

    fn extend(&self, run: &mut Vec<(usize, Match)>, at: usize, search: Search, best: &mut Option<Run>) {
        let ends = search.end.is_none_or(|end| end == at);
        let is_better = best.as_ref().is_none_or(|best| best.end < at);
        if !run.is_empty() && ends && is_better && self.counts(run, search) {
            *best = Some(Run { phrases: run.clone(), end: at });
        }
        if run.len() == MOST || (search.end.is_some() && best.is_some()) {
            return;
        }
        for phrase in self.begin(at) {
            if self.fits(run, at, phrase, search) {
                run.push((at, phrase.clone()));
                self.extend(run, phrase.end, search, best);
                run.pop();
            }
        }
    }

    /// Returns whether a phrase can continue a run.
    fn fits(&self, run: &[(usize, Match)], at: usize, phrase: &Match, search: Search) -> bool {
        let kinds = phrase.item.kinds();
        let used = kinds_of(run.iter().map(|(_, phrase)| phrase));
        let marked = search.place == Place::Mark;
        let repeated = [Kinds::CLOCK, Kinds::PART, Kinds::REPEAT, Kinds::LENGTH, Kinds::ZONE];
        if kinds.meets(search.except) || repeated.iter().any(|kind| kinds.meets(*kind) && used.meets(*kind)) {
            return false;
        }
        if !marked && (phrase.need == Need::Mark || is_past(&phrase.item, self.context.today)) {
            return false;
        }
        if let Item::Limit(limit) = &phrase.item
            && !run.iter().any(|(_, phrase)| matches!(&phrase.item, Item::Repeat(rule) if limit.suits(rule)))
        {
            return false;
        }
        if kinds.meets(Kinds::ZONE) && !run.last().is_some_and(|(_, last)| last.item.kinds().meets(Kinds::TIME)) {
            return false;
        }
        if search.place == Place::Head {
            let is_chinese = || self.atoms[at..phrase.end].iter().any(|atom| atom.kind == Kind::Han);
            return !phrase.at_end && (!run.is_empty() || is_chinese());
        }
        true
    }

    /// Returns whether each phrase of a run has what it needs beside it.
    fn counts(&self, run: &[(usize, Match)], search: Search) -> bool {
        let all = kinds_of(run.iter().map(|(_, phrase)| phrase)).and(search.company);
        let dated = Kinds::DATE.and(Kinds::REPEAT);
        run.iter().enumerate().all(|(index, (_, phrase))| {
            let before = index.checked_sub(1).map(|index| &run[index].1.item);
            match &phrase.item {
                Item::Length(Length::Days(_)) => return before.is_some(),
                Item::Length(Length::Minutes(_)) if index == 0 && !all.meets(Kinds::TIME) => return false,
                _ if search.place == Place::Mark => return true,
                // `提前10分钟出门` is a title.
                Item::Remind(_) if search.place == Place::Head && !all.meets(dated.and(Kinds::TIME)) => return false,
                _ => {}
            }
            match phrase.need {
                Need::Nothing => true,
                Need::Mark => false,
                Need::Next => run.get(index + 1).is_some_and(|(_, next)| is_company(&next.item)),
                Need::Date => all.meets(dated),
                Need::When => all.meets(dated.and(Kinds::TIME)),
                Need::Before => before.is_some_and(|before| before.kinds().meets(dated)),
                Need::Behind => before.is_some_and(|before| before.kinds().meets(dated.and(Kinds::CLOCK))),
            }
        })
    }
}

/// Returns whether a weak weekday before this phrase is recognized because of it.
fn is_company(item: &Item) -> bool {
    match item {
        Item::Days(days) => days.in_month,
        item => item.kinds().meets(Kinds::TIME),
    }
}

fn is_past(item: &Item, today: Date) -> bool {
    match item {
        Item::Days(days) => days.first < today,
        Item::Moment(moment) => moment.date() < today,
        _ => false,
    }
}
