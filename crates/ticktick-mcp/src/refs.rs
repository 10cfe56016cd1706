//! Resolves names: tasks by code, id or title, and projects, tags, columns, habits and filters by name.

use ticktick::mirror::TaskRow;
use ticktick::{Task, TaskId};

use crate::failure::Failure;
use crate::text::{clean, title};
use crate::view::View;

/// How many candidates an answer lists.
const LISTED: usize = 8;
/// The shortest code of a task.
const SHORTEST: usize = 4;

/// A task that a name can refer to.
pub(crate) trait Named {
    fn id(&self) -> &TaskId;
    fn title(&self) -> &str;
    fn line(&self, view: &View) -> String;
}

impl Named for Task {
    fn id(&self) -> &TaskId {
        &self.id
    }

    fn title(&self) -> &str {
        self.title()
    }

    fn line(&self, view: &View) -> String {
        view.line(self)
    }
}

impl Named for TaskRow {
    fn id(&self) -> &TaskId {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn line(&self, view: &View) -> String {
        view.line_of(self)
    }
}

/// Finds each named task once, in the order of the names.
pub(crate) fn tasks<'a, T: Named>(names: &[String], all: &'a [T], view: &View) -> Result<Vec<&'a T>, Failure> {
    let mut found: Vec<&T> = Vec::new();
    for name in names {
        let task = task(name, all, view)?;
        if found.iter().all(|other| other.id() != task.id()) {
            found.push(task);
        }
    }
    if found.is_empty() {
        return Err(unnamed());
    }
    Ok(found)
}

fn unnamed() -> Failure {
    Failure::new("No task was named. Nothing was done.")
}

/// Finds a task. If there are several candidates, the answer lists them.
pub(crate) fn task<'a, T: Named>(name: &str, all: &'a [T], view: &View) -> Result<&'a T, Failure> {
    match matching(name.trim(), all).as_slice() {
        [task] => Ok(task),
        [] => Err(missing(name.trim(), view)),
        several => Err(ambiguous(name, several, view)),
    }
}

/// Explains why a name matches no task.
fn missing(name: &str, view: &View) -> Failure {
    if name.is_empty() {
        return unnamed();
    }
    let shown = title(name);
    Failure::new(if matching(name, &view.tasks).len() == 1 {
        format!("\"{shown}\" is open already. Nothing was changed.")
    } else if view.listed.iter().any(|id| is_code_of(name, id)) {
        format!(
            "\"{shown}\" is not an open task: it was closed or deleted. Nothing was changed. Use find_tasks with status done \
             or trash to see it."
        )
    } else {
        format!("No task matches \"{shown}\". Nothing was changed. Use find_tasks to get its code.")
    })
}

/// Returns whether a name is the id of a task, or a code of it.
pub(crate) fn is_code_of(name: &str, id: &str) -> bool {
    let is_code = name.len() >= SHORTEST && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    name == id || (is_code && id.ends_with(&name.to_lowercase()))
}

fn matching<'a, T: Named>(name: &str, all: &'a [T]) -> Vec<&'a T> {
    let matches = |is: &dyn Fn(&T) -> bool| all.iter().filter(|task| is(task)).collect::<Vec<_>>();
    let id = name.rsplit_once("/tasks/").map_or(name, |(_, id)| id);
    let by_id = matches(&|task| *task.id() == *id);
    if !by_id.is_empty() {
        return by_id;
    }
    let lower = name.to_lowercase();
    if lower.is_empty() {
        return Vec::new();
    }
    let exact = matches(&|task| {
        let title = task.title().trim().to_lowercase();
        let is_title = title == lower || bare(&title) == lower || clean(&title) == lower;
        is_title || is_code_of(name, task.id().as_str())
    });
    if !exact.is_empty() {
        return exact;
    }
    matches(&|task| task.title().to_lowercase().contains(&lower))
}

/// Removes the emoji that many names begin with.
fn bare(name: &str) -> &str {
    name.trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn ambiguous<T: Named>(name: &str, tasks: &[&T], view: &View) -> Failure {
    // If a code is also the title of another task, the whole id is shown.
    let line = |task: &&T| {
        let (line, code) = (task.line(view), view.code(task.id().as_str()));
        match line.strip_prefix(code).filter(|_| code.eq_ignore_ascii_case(name.trim())) {
            Some(rest) => format!("\n{}{rest}", clean(task.id().as_str())),
            None => format!("\n{line}"),
        }
    };
    let lines = tasks.iter().take(LISTED).map(line).collect::<String>();
    let more = if tasks.len() > LISTED { format!("; the first {LISTED} are listed") } else { String::new() };
    Failure::question(format!(
        "\"{}\" matches {} tasks{more}. Nothing was changed. Repeat the call with the code of one:{lines}",
        title(name),
        tasks.len()
    ))
}

/// Finds a named object: by id, by its whole name in any case, without leading emoji, or by the only name that contains it.
pub(crate) fn named<'a, T>(
    what: &str,
    name: &str,
    all: impl IntoIterator<Item = &'a T>,
    of: impl Fn(&T) -> (&str, &str),
) -> Result<&'a T, Failure> {
    let all: Vec<&T> = all.into_iter().collect();
    match all_named(name, all.iter().copied(), &of).as_slice() {
        [one] => Ok(one),
        [] => {
            let there = match names(&all, &of) {
                names if names.is_empty() => format!("There is no other {what}"),
                names => format!("There are: {names}"),
            };
            Err(Failure::new(format!("There is no {what} \"{}\". Nothing was done. {there}.", title(name))))
        }
        several => {
            let names = names(several, &of);
            Err(Failure::question(format!(
                "\"{}\" is not one {what}. Nothing was done. Candidates: {names}.",
                title(name)
            )))
        }
    }
}

/// Returns all objects that a name can refer to, by the first of these that finds any: id, whole name in any case, name
/// without leading emoji, part of the name.
pub(crate) fn all_named<'a, T>(
    name: &str,
    all: impl IntoIterator<Item = &'a T>,
    of: impl Fn(&T) -> (&str, &str),
) -> Vec<&'a T> {
    let all: Vec<&T> = all.into_iter().collect();
    let lower = name.trim().trim_start_matches('#').to_lowercase();
    let by = |is: &dyn Fn(&str, &str) -> bool| {
        let is = |one: &&T| {
            let (id, name) = of(one);
            is(id, &name.trim().to_lowercase())
        };
        all.iter().copied().filter(is).collect::<Vec<_>>()
    };
    let mut found = by(&|id, name| id == lower || name == lower);
    if found.is_empty() {
        found = by(&|_, name| bare(name) == bare(&lower) && !bare(name).is_empty());
    }
    if found.is_empty() && !lower.is_empty() {
        found = by(&|_, name| name.contains(&lower));
    }
    found
}

/// Lists names. Objects with the same name are listed with their ids.
fn names<T>(all: &[&T], of: &impl Fn(&T) -> (&str, &str)) -> String {
    let same = |name: &str| all.iter().filter(|other| clean(of(other).1).eq_ignore_ascii_case(name)).count();
    let name = |one: &&T| {
        let (id, name) = of(one);
        let name = clean(name);
        if same(&name) > 1 { format!("{name} (id {})", clean(id)) } else { name }
    };
    all.iter().take(30).map(name).collect::<Vec<_>>().join(", ")
}
