//! A position between the atoms of a line, from which phrases are read.

use super::atom::{Atom, Kind, State};

#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    atoms: &'a [Atom],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(atoms: &'a [Atom], at: usize) -> Self {
        Self { atoms, at }
    }

    fn atom(self) -> Option<&'a Atom> {
        self.atoms.get(self.at).filter(|atom| atom.state == State::Free)
    }

    /// Returns the text of the next atom. Empty at the end and before text that is not read.
    pub(super) fn text(self) -> &'a str {
        self.atom().map_or("", |atom| &atom.text)
    }

    /// Returns whether the next atom directly follows the one before.
    pub(super) fn glued(self) -> bool {
        self.atom().is_some_and(|atom| atom.glued)
    }

    pub(super) const fn next(self) -> Self {
        Self { atoms: self.atoms, at: self.at + 1 }
    }

    /// Returns the position before the atom that this one directly follows.
    pub(super) fn previous(self) -> Option<Self> {
        self.at.checked_sub(1).filter(|_| self.glued()).map(|at| self.to(at))
    }

    /// Returns the position before another atom of the same line.
    pub(super) const fn to(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// Reads one of the given words.
    pub(super) fn any(self, words: &[&str]) -> Option<Self> {
        words.contains(&self.text()).then(|| self.next())
    }

    pub(super) fn word(self, word: &str) -> Option<Self> {
        (self.text() == word).then(|| self.next())
    }

    /// Reads several words in a row.
    pub(super) fn words(self, words: &[&str]) -> Option<Self> {
        words.iter().try_fold(self, |cursor, word| cursor.word(word))
    }

    /// Reads Chinese characters.
    pub(super) fn han(self, text: &str) -> Option<Self> {
        let mut cursor = self;
        let mut buffer = [0; 4];
        for c in text.chars() {
            cursor = cursor.word(c.encode_utf8(&mut buffer))?;
        }
        Some(cursor)
    }

    /// Reads the first of the given Chinese words that matches.
    pub(super) fn any_han(self, words: &[&str]) -> Option<Self> {
        words.iter().find_map(|word| self.han(word))
    }

    /// Skips one of the given words, if it comes next.
    pub(super) fn skip(self, words: &[&str]) -> Self {
        self.any(words).unwrap_or(self)
    }

    /// Reads a sign that directly follows the atom before.
    pub(super) fn sign(self, signs: &[&str]) -> Option<Self> {
        if self.glued() { self.any(signs) } else { None }
    }

    /// Reads a number of one to `most` digits.
    pub(super) fn digits(self, most: usize) -> Option<(i16, Self)> {
        let atom = self.atom().filter(|atom| atom.kind == Kind::Number && atom.text.len() <= most)?;
        Some((atom.text.parse().ok()?, self.next()))
    }

    /// Reads a number of exactly this many digits.
    pub(super) fn exactly(self, digits: usize) -> Option<(i16, Self)> {
        if self.text().len() == digits { self.digits(digits) } else { None }
    }

    /// Reads digits that directly follow the atom before.
    pub(super) fn glued_digits(self, most: usize) -> Option<(i16, Self)> {
        if self.glued() { self.digits(most) } else { None }
    }

    /// Returns the end of a phrase that ends here, after one ignored full stop or comma. Returns `None` inside a word.
    pub(super) fn end_of_word(self) -> Option<usize> {
        let Some(atom) = self.atoms.get(self.at).filter(|atom| atom.glued) else { return Some(self.at) };
        let after_han = self.at.checked_sub(1).is_some_and(|at| self.atoms[at].kind == Kind::Han);
        match &*atom.text {
            "?" | "!" => None,
            "," | "." => {
                let next = self.atoms.get(self.at + 1).filter(|next| next.glued);
                let free = next.is_none_or(|next| atom.kind == Kind::Han || next.kind == Kind::Han);
                let sentence = next.is_some_and(|next| matches!(&*next.text, "?" | "!" | "." | ","));
                (free && !sentence).then_some(self.at + 1)
            }
            ":" | ";" if atom.kind == Kind::Han || after_han => Some(self.at),
            _ if atom.kind == Kind::Sign => None,
            _ => (after_han || atom.kind == Kind::Han).then_some(self.at),
        }
    }

    /// Returns whether a phrase can begin here.
    pub(super) fn starts_word(self) -> bool {
        let Some(atom) = self.atoms.get(self.at).filter(|atom| atom.glued) else { return true };
        atom.kind == Kind::Han || self.at.checked_sub(1).is_none_or(|at| self.atoms[at].kind == Kind::Han)
    }
}
