//! [`Touch`]: what a write may touch, and whether it touched anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use ticktick_sim::Collection;

use crate::snapshot::{Members, Snapshot, by_place, name};

/// Members that every write changes of what it writes.
const ALWAYS: &[&str] = &["etag", "modifiedTime"];

/// What a write may touch.
///
/// A member of an element is named by its path, such as `items/{id}/title`; `*` matches any element, and `+` an element
/// that did not exist before. `+` and a path without a member match all members of the element.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touch {
    members: Vec<(String, Vec<String>)>,
    gone: BTreeSet<String>,
    born: BTreeMap<String, usize>,
    renamed: BTreeMap<String, String>,
    copy: Option<(String, Vec<String>)>,
}

impl Touch {
    /// Allows members of an object to change.
    pub(crate) fn members<M: Into<String>>(
        mut self,
        collection: Collection,
        key: impl Display,
        members: impl IntoIterator<Item = M>,
    ) -> Self {
        self.members.push((name(collection, key), members.into_iter().map(Into::into).collect()));
        self
    }

    /// Allows members of several objects to change.
    pub(crate) fn each<K: Display>(
        self,
        collection: Collection,
        keys: impl IntoIterator<Item = K>,
        members: &[&str],
    ) -> Self {
        keys.into_iter().fold(self, |touch, key| touch.members(collection, key, members.iter().copied()))
    }

    /// Lets an object go.
    pub(crate) fn gone(mut self, collection: Collection, key: impl Display) -> Self {
        self.gone.insert(name(collection, key));
        self
    }

    /// Allows that many new objects.
    pub(crate) fn born(mut self, collection: Collection, count: usize) -> Self {
        *self.born.entry(format!("{collection:?}")).or_default() += count;
        self
    }

    /// Lets an object live on under another key.
    pub(crate) fn renamed(mut self, collection: Collection, old: impl Display, new: impl Display) -> Self {
        self.renamed.insert(name(collection, old), name(collection, new));
        self
    }

    /// Allows a new object that has all that another one has, but for some members.
    pub(crate) fn copy(self, collection: Collection, of: impl Display, except: &[&str]) -> Self {
        let except = except.iter().map(|path| (*path).to_owned()).collect();
        Self { copy: Some((name(collection, of), except)), ..self.born(collection, 1) }
    }

    /// Allows what another one does, too.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.members.extend(other.members);
        self.gone.extend(other.gone);
        for (collection, count) in other.born {
            *self.born.entry(collection).or_default() += count;
        }
        self.renamed.extend(other.renamed);
        Self { copy: self.copy.or(other.copy), ..self }
    }

    /// Returns whether anything differs, or what differs and may not.
    pub(crate) fn check(&self, before: &Snapshot, after: &Snapshot) -> Result<bool, String> {
        let mut touched = false;
        for (object, was) in before {
            let now = after.get(self.renamed.get(object).unwrap_or(object));
            match now {
                Some(now) => touched |= self.compare(object, &was.members, &now.members)?,
                None if self.gone.contains(object) => touched = true,
                None => return Err(format!("{object} is gone; it was {:?}", was.members)),
            }
        }
        let renamed: BTreeSet<&String> = self.renamed.values().collect();
        let mut born: BTreeMap<String, usize> = BTreeMap::new();
        for object in after.keys().filter(|object| !before.contains_key(*object) && !renamed.contains(object)) {
            touched = true;
            let collection = object.split('/').next().unwrap_or_default();
            let count = born.entry(collection.to_owned()).or_default();
            *count += 1;
            if *count > self.born.get(collection).copied().unwrap_or_default() {
                return Err(format!("{object} is new: {:?}", after[object].members));
            }
            self.check_copy(object, before, after)?;
        }
        Ok(touched)
    }

    fn compare(&self, object: &str, was: &Members, now: &Members) -> Result<bool, String> {
        let mut touched = false;
        let paths: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
        for path in paths.into_iter().filter(|path| was.get(*path) != now.get(*path)) {
            touched = true;
            let mut rules = self.members.iter().filter(|(name, _)| name == object).peekable();
            let always = rules.peek().is_some() && ALWAYS.contains(&path.as_str());
            if !always && !rules.any(|(_, rules)| rules.iter().any(|rule| covers(rule, path, was))) {
                let text = |members: &Members| members.get(path).cloned().unwrap_or_else(|| "absent".into());
                return Err(format!("{object}: `{path}` was {} and is {}", text(was), text(now)));
            }
        }
        Ok(touched)
    }

    /// Checks that a copy lacks nothing of what it was made of.
    fn check_copy(&self, object: &str, before: &Snapshot, after: &Snapshot) -> Result<(), String> {
        let Some((of, except)) = &self.copy else { return Ok(()) };
        if object.split('/').next() != of.split('/').next() {
            return Ok(());
        }
        let (original, copy) = (by_place(&before[of].object), by_place(&after[object].object));
        for (path, text) in &original {
            let is_own =
                ["id", "items/*/id", "reminders/*/id"].iter().chain(ALWAYS).any(|own| covers(own, path, &copy));
            if !is_own && !except.iter().any(|rule| covers(rule, path, &copy)) && copy.get(path) != Some(text) {
                return Err(format!(
                    "{object}, a copy of {of}: `{path}` is {text} there and {:?} here",
                    copy.get(path)
                ));
            }
        }
        Ok(())
    }
}

/// Tells whether a rule allows a path to change.
fn covers(rule: &str, path: &str, was: &Members) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let rules: Vec<&str> = rule.split('/').collect();
    let is_new = || {
        let element = format!("{}/{}/", parts[0], parts.get(1).copied().unwrap_or_default());
        !was.keys().any(|key| key.starts_with(&element))
    };
    let fits = rules.iter().zip(&parts).all(|(rule, part)| rule == part || *rule == "*" || *rule == "+" && is_new());
    fits && (rules.len() == parts.len() || rules.len() == 2 && parts.len() > 2)
}
