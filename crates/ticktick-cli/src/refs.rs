//! Finds the task that the user named: by the number in the last list, id, start of an id, web address, or title.

use jiff::ZonedDateTime;

use crate::cmd::task_view::TaskView;
use crate::error::{Candidate, Error, Kind};
use crate::text::bare;
use crate::{numbers, pick, picker};

/// The length of an id.
const ID: usize = 24;
/// Minimum length of the start of an id.
const SHORTEST_ID: usize = 4;
/// Maximum number of digits of a list number.
const LONGEST_NUMBER: usize = 3;
/// Maximum number of tasks that an error lists.
const NAMED: usize = 8;

/// Finds each named task once, in the order of the names. On a terminal, asks which task an ambiguous name means.
pub(crate) fn find_all(names: &[String], tasks: &[TaskView], now: &ZonedDateTime) -> Result<Vec<TaskView>, Error> {
    let listed = numbers::last();
    let mut found: Vec<TaskView> = Vec::new();
    for name in names {
        let task = find(name, tasks, &listed, now)?;
        if !found.iter().any(|other| other.task.id == task.task.id) {
            found.push(task.clone());
        }
    }
    Ok(found)
}

/// Finds the task that a name refers to.
pub(crate) fn find_one<'a>(name: &str, tasks: &'a [TaskView], now: &ZonedDateTime) -> Result<&'a TaskView, Error> {
    find(name, tasks, &numbers::last(), now)
}

fn find<'a>(name: &str, tasks: &'a [TaskView], listed: &[String], now: &ZonedDateTime) -> Result<&'a TaskView, Error> {
    let name = name.trim();
    let found = matching(name, tasks, listed);
    match found.as_slice() {
        [task] => Ok(task),
        [] => Err(not_found(name, tasks, listed)),
        several => {
            let choices: Vec<Candidate> = several.iter().map(|task| candidate(task, now)).collect();
            match picker::choose(&format!("Which task is \"{name}\"?"), &choices)? {
                Some(chosen) => several.get(chosen).copied().ok_or_else(|| not_found(name, tasks, listed)),
                None => Err(ambiguous(name, several, now)),
            }
        }
    }
}

/// Returns the id that a name is or refers to, if it names a task by its id, address, or number in the last list.
pub(crate) fn id_of(name: &str) -> Option<String> {
    let name = name.trim();
    if let Some(id) = id_of_address(name) {
        return Some(id.to_owned());
    }
    if let Some(number) = number(name) {
        return numbers::last().get(number).cloned();
    }
    let is_id = name.len() == ID && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| name.to_owned())
}

/// Returns the tasks that match a name in the most exact way that finds any.
fn matching<'a>(name: &str, tasks: &'a [TaskView], listed: &[String]) -> Vec<&'a TaskView> {
    let all = |matches: &dyn Fn(&TaskView) -> bool| tasks.iter().filter(|task| matches(task)).collect::<Vec<_>>();
    let id = id_of_address(name).unwrap_or(name);
    let by_id = all(&|task| task.task.id == id);
    if !by_id.is_empty() || id != name {
        return by_id;
    }
    let lower = name.to_lowercase();
    let mut by_title = all(&|task| title(task) == lower || bare(&title(task)) == lower);
    if let Some(listed) = number(name).and_then(|number| listed.get(number)) {
        // A task whose title is the number is not silently ignored.
        by_title.retain(|task| task.task.id != *listed);
        return by_title.into_iter().chain(all(&|task| task.task.id == *listed)).collect();
    }
    if !by_title.is_empty() || lower.is_empty() {
        return by_title;
    }
    if name.len() >= SHORTEST_ID && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let by_start = all(&|task| task.task.id.starts_with(&lower));
        if !by_start.is_empty() {
            return by_start;
        }
    }
    all(&|task| title(task).contains(&lower))
}

fn title(task: &TaskView) -> String {
    task.task.title.trim().to_lowercase()
}

/// Reads the number of a list, which counts from 1, as an index.
fn number(name: &str) -> Option<usize> {
    let is_number = (1..=LONGEST_NUMBER).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| name.parse().ok()).flatten().and_then(|number: usize| number.checked_sub(1))
}

/// Returns the id in the address of a task in the web app: `https://ticktick.com/webapp/#p/PROJECT/tasks/TASK`.
pub(crate) fn id_of_address(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://"))?;
    let (_, id) = rest.rsplit_once("/tasks/").or_else(|| rest.rsplit_once("/task/"))?;
    Some(id.split(['?', '/', '#']).next().unwrap_or(id))
}

fn not_found(name: &str, tasks: &[TaskView], listed: &[String]) -> Error {
    let error = Error::new(Kind::NotFound, format!("no task matches \"{name}\""));
    let titles = tasks.iter().map(|task| task.task.title.as_str());
    if let Some(similar) = pick::similar(name, titles) {
        return error.hint(format!("did you mean \"{similar}\"?"));
    }
    match number(name) {
        Some(_) if listed.is_empty() => error.hint("numbers refer to the last list; run `ticktick list` first"),
        Some(_) => error.hint(format!("the last list has the numbers 1 to {}", listed.len())),
        None => error.hint("`ticktick list` lists the open tasks; `ticktick search` finds closed ones"),
    }
}

fn candidate(task: &TaskView, now: &ZonedDateTime) -> Candidate {
    Candidate {
        id: task.task.id.clone(),
        name: task.task.title.clone(),
        details: vec![task.project_path.clone(), task.due_text(now).unwrap_or("no date".into())],
    }
}

pub(crate) fn ambiguous(name: &str, tasks: &[&TaskView], now: &ZonedDateTime) -> Error {
    let more = if tasks.len() > NAMED { format!("; the first {NAMED} are") } else { String::new() };
    Error::new(Kind::Ambiguous, format!("\"{name}\" matches {} tasks{more}", tasks.len()))
        .hint("use more of the title, or the id")
        .candidates(tasks.iter().take(NAMED).map(|task| candidate(task, now)).collect())
}

#[cfg(test)]
mod tests {
    use ticktick::Task;

    use super::*;
    use crate::cmd::project_view::ProjectView;

    const TASKS: &[(&str, &str)] = &[
        ("65f0c1d2a3b4c5d6e7f80901", "Groceries"),
        ("65f0c1d2a3b4c5d6e7f80902", "Grocery budget"),
        ("65f1c1d2a3b4c5d6e7f80903", "🏡 Home"),
        ("75f1c1d2a3b4c5d6e7f80904", "2"),
        ("85f1c1d2a3b4c5d6e7f80905", "Call the dentist"),
    ];

    fn tasks() -> Vec<TaskView> {
        let project = ProjectView::named("p", "Home");
        let view = |(id, title): &(&str, &str)| {
            let mut task = Task::new(*id, "p");
            task.title = Some((*title).to_owned()).into();
            TaskView::new(&task, &project, None)
        };
        TASKS.iter().map(view).collect()
    }

    fn found(name: &str, listed: &[&str]) -> Vec<String> {
        let listed: Vec<String> = listed.iter().map(|&id| id.to_owned()).collect();
        matching(name, &tasks(), &listed).iter().map(|task| task.task.title.clone()).collect()
    }

    #[test]
    fn names_are_read_in_the_most_exact_way() {
        for (name, wanted) in [
            ("65f0c1d2a3b4c5d6e7f80902", &["Grocery budget"][..]),
            ("75f1", &["2"]),
            ("65f0", &["Groceries", "Grocery budget"]),
            ("https://ticktick.com/webapp/#p/p/tasks/65f1c1d2a3b4c5d6e7f80903", &["🏡 Home"]),
            ("https://ticktick.com/webapp/#p/p/tasks/none", &[]),
            ("GROCERIES", &["Groceries"]),
            ("home", &["🏡 Home"]),
            ("dentist", &["Call the dentist"]),
            ("groc", &["Groceries", "Grocery budget"]),
            ("milk", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(name, &[]), wanted, "{name}");
        }
    }

    #[test]
    fn numbers_name_the_tasks_of_the_last_list() {
        let listed = [TASKS[4].0, TASKS[0].0, TASKS[2].0];
        assert_eq!(found("1", &listed), ["Call the dentist"]);
        assert_eq!(found("3", &listed), ["🏡 Home"]);
        assert_eq!(found("2", &listed), ["2", "Groceries"], "the title is a number, too");
        assert_eq!(found("2", &[]), ["2"]);
        assert!(found("9", &listed).is_empty());
    }
}
