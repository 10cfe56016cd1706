//! Fills an account with the contents of a seed.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::{Column, DayStamp, Filter, Folder, Habit, HabitCheckin, Json, Project, Tag, Task};

use crate::made::seed::entry::{Entry, Required, Shape, entries};
use crate::made::seed::{Seed, SeedError};
use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::item::{Item, NO_PROJECT, OVER_QUOTA};

const ID: Required = ("id", || json!(""));

const FOLDERS: Shape =
    Shape { list: "folders", name: Some("name"), references: &[], times: &["modifiedTime"], required: &[ID] };
const PROJECTS: Shape =
    Shape { list: "projects", name: Some("name"), references: &["folder"], times: &["modifiedTime"], required: &[ID] };
const COLUMNS: Shape = Shape {
    list: "columns",
    name: Some("name"),
    references: &["project"],
    times: &["createdTime", "modifiedTime"],
    required: &[ID, ("projectId", || json!(""))],
};
const TAGS: Shape = Shape { list: "tags", name: Some("name"), references: &[], times: &[], required: &[] };
const FILTERS: Shape = Shape {
    list: "filters",
    name: Some("name"),
    references: &[],
    times: &["createdTime", "modifiedTime"],
    required: &[ID],
};
const TASKS: Shape = Shape {
    list: "tasks",
    name: Some("title"),
    references: &["project", "column", "parent"],
    times: &[
        "startDate",
        "dueDate",
        "completedTime",
        "createdTime",
        "modifiedTime",
        "repeatFirstDate",
        "remindTime",
        "pinnedTime",
    ],
    required: &[ID, ("projectId", || json!(""))],
};
const HABITS: Shape = Shape {
    list: "habits",
    name: Some("name"),
    references: &[],
    times: &["createdTime", "modifiedTime", "archivedTime"],
    required: &[ID],
};
const CHECKINS: Shape = Shape {
    list: "checkins",
    name: None,
    references: &["habit"],
    times: &["checkinTime", "opTime"],
    required: &[ID, ("habitId", || json!("")), ("checkinStamp", || json!(20_000_101))],
};

/// A created object: its id and its name.
struct Made {
    /// Its path in the document.
    at: String,
    id: String,
    name: String,
    /// Id of its project.
    project: String,
}

/// Finds the object that a member of an element names. Fails if several objects have this name.
fn find<'a>(
    entry: &Entry,
    member: &str,
    name: &str,
    made: impl IntoIterator<Item = &'a Made>,
) -> Result<Option<&'a Made>, SeedError> {
    let mut named = made.into_iter().filter(|made| made.name == name);
    match (named.next(), named.next()) {
        (Some(one), Some(other)) => Err(entry.ambiguous(member, name, [&one.at, &other.at])),
        (found, _) => Ok(found),
    }
}

fn names(made: &[Made]) -> impl Iterator<Item = &str> {
    made.iter().map(|made| &*made.name)
}

impl Seed {
    /// Fills an empty account.
    pub(crate) fn fill(&self, account: &mut Account, now: Timestamp) -> Result<(), SeedError> {
        if let Some(zone) = &self.account.time_zone {
            jiff::tz::TimeZone::get(zone).map_err(|_| {
                SeedError::at(format!("{}.timeZone", self.at), "expected an IANA time zone, such as Europe/London")
            })?;
            account.zone.clone_from(zone);
        }
        account.plan = self.account.plan.unwrap_or(account.plan);
        Filling { account, now, at: &self.at, folders: Vec::new(), projects: Vec::new(), columns: Vec::new() }.run(self)
    }
}

/// An account that is being filled.
struct Filling<'a> {
    account: &'a mut Account,
    now: Timestamp,
    at: &'a str,
    folders: Vec<Made>,
    projects: Vec<Made>,
    columns: Vec<Made>,
}

impl Filling<'_> {
    fn run(mut self, seed: &Seed) -> Result<(), SeedError> {
        let seed = &seed.account;
        for entry in entries::<Folder>(self.at, &seed.folders, &FOLDERS)? {
            let item = self.account.add_group(&entry.object, self.now);
            let made = made(&entry, item, "name")?;
            self.folders.push(made);
        }
        self.projects(&seed.projects)?;
        self.columns(&seed.columns)?;
        self.tags(&seed.tags)?;
        for entry in entries::<Filter>(self.at, &seed.filters, &FILTERS)? {
            made(&entry, self.account.add_filter(&entry.object, self.now), "name")?;
        }
        self.tasks(&seed.tasks)?;
        let mut habits = Vec::new();
        for entry in entries::<Habit>(self.at, &seed.habits, &HABITS)? {
            habits.push(made(&entry, self.account.add_habit(&entry.object, self.now), "name")?);
        }
        self.checkins(&seed.checkins, &habits)
    }

    fn projects(&mut self, list: &[Json]) -> Result<(), SeedError> {
        for mut entry in entries::<Project>(self.at, list, &PROJECTS)? {
            if let Some(name) = entry.reference("folder") {
                let Some(folder) = find(&entry, "folder", &name, &self.folders)? else {
                    return Err(entry.nameless("folder", "folder", &name, names(&self.folders)));
                };
                entry.object.put("groupId", &folder.id);
            }
            let item = self.account.add_project(&entry.object, self.now);
            let made = made(&entry, item, "name")?;
            self.projects.push(made);
        }
        Ok(())
    }

    /// Sets the `projectId` of an element from its reference. Defaults to the inbox.
    fn place(&self, entry: &mut Entry) -> Result<String, SeedError> {
        let id = match (entry.reference("project"), entry.object.word("projectId")) {
            (Some(name), _) if name.eq_ignore_ascii_case("inbox") => self.account.inbox_id.clone(),
            (Some(name), _) => match find(entry, "project", &name, &self.projects)? {
                Some(project) => project.id.clone(),
                None => {
                    let known = names(&self.projects).chain(["inbox"]);
                    return Err(entry.nameless("project", "project", &name, known));
                }
            },
            (None, Some(id)) => self.account.project_id(&id),
            (None, None) => self.account.inbox_id.clone(),
        };
        if !self.account.has_project(&id) {
            let expected = "expected `inbox` or the id of a project in `projects`; a name goes into `project`";
            return Err(entry.wrong("projectId", expected));
        }
        entry.object.put("projectId", &id);
        Ok(id)
    }

    fn columns(&mut self, list: &[Json]) -> Result<(), SeedError> {
        for mut entry in entries::<Column>(self.at, list, &COLUMNS)? {
            let project = self.place(&mut entry)?;
            let item = self.account.add_column(&entry.object, self.now);
            let made = Made { project, ..made(&entry, item, "name")? };
            self.columns.push(made);
        }
        Ok(())
    }

    fn tags(&mut self, list: &[Json]) -> Result<(), SeedError> {
        let mut entries = entries::<Tag>(self.at, list, &TAGS)?;
        for entry in &mut entries {
            entry.object.fill("label", entry.object.text("name"));
            made(entry, self.account.add_tag(&entry.object, self.now), "name")?;
        }
        for entry in &entries {
            let Some(parent) = entry.object.word("parent") else { continue };
            if self.account.tags.row(&parent).is_none() {
                let known: Vec<String> = self.account.tags.live().map(|row| row.id.to_string()).collect();
                return Err(entry.nameless("parent", "tag", &parent, known.iter().map(String::as_str)));
            }
        }
        Ok(())
    }

    fn tasks(&mut self, list: &[Json]) -> Result<(), SeedError> {
        let mut tasks: Vec<Made> = Vec::new();
        let mut entries = entries::<Task>(self.at, list, &TASKS)?;
        for entry in &mut entries {
            if let Some(title) = entry.reference("parent") {
                let Some(parent) = find(entry, "parent", &title, &tasks)? else {
                    return Err(entry.nameless("parent", "task before this one", &title, names(&tasks)));
                };
                entry.object.put("parentId", &parent.id);
                entry.object.fill("projectId", &parent.project);
            }
            let project = self.place(entry)?;
            self.column_of(entry, &project)?;
            if entry.object.int("status").unwrap_or_default() != 0 {
                entry.object.fill("completedTime", wire(self.now));
            }
            let made = made(entry, self.account.add_task(&entry.object, self.now), "title")?;
            tasks.push(Made { project, ..made });
        }
        self.relate(&entries, &tasks)
    }

    fn column_of(&self, entry: &mut Entry, project: &str) -> Result<(), SeedError> {
        let here = || self.columns.iter().filter(|column| column.project == project);
        if let Some(name) = entry.reference("column") {
            let Some(column) = find(entry, "column", &name, here())? else {
                return Err(entry.nameless("column", "column", &name, here().map(|column| &*column.name)));
            };
            entry.object.put("columnId", &column.id);
        } else if let Some(id) = entry.object.word("columnId")
            && !here().any(|column| column.id == id)
        {
            return Err(entry.wrong("columnId", "expected the id of a column of the task's project"));
        }
        Ok(())
    }

    /// Moves subtasks under their parents, and deleted tasks to the trash.
    fn relate(&mut self, entries: &[Entry], tasks: &[Made]) -> Result<(), SeedError> {
        for (entry, task) in entries.iter().zip(tasks) {
            let Some(parent) = entry.object.word("parentId") else { continue };
            if !tasks.iter().any(|other| other.id == parent && other.id != task.id && other.project == task.project) {
                return Err(entry.wrong("parentId", "expected the id of another task in the same project"));
            }
            if self.account.is_below(&parent, &task.id) {
                return Err(entry.wrong("parentId", "expected a task that is not below this one"));
            }
            self.account.attach(&task.id, &parent, self.now);
        }
        for (entry, task) in entries.iter().zip(tasks) {
            if entry.object.int("deleted").unwrap_or_default() != 0 {
                self.account.trash_task(&task.id, self.now);
            }
        }
        Ok(())
    }

    fn checkins(&mut self, list: &[Json], habits: &[Made]) -> Result<(), SeedError> {
        for mut entry in entries::<HabitCheckin>(self.at, list, &CHECKINS)? {
            if let Some(name) = entry.reference("habit") {
                let Some(habit) = find(&entry, "habit", &name, habits)? else {
                    return Err(entry.nameless("habit", "habit", &name, names(habits)));
                };
                entry.object.put("habitId", &habit.id);
            }
            if entry.object.int("checkinStamp").and_then(|stamp| DayStamp(stamp).date()).is_none() {
                return Err(entry.wrong("checkinStamp", "expected a day as a number, such as 20260301"));
            }
            if self.account.add_check_in(&entry.object, self.now).is_none() {
                return Err(entry.wrong("habitId", "expected the id of a habit in `habits`; a name goes into `habit`"));
            }
        }
        Ok(())
    }
}

/// Converts the outcome of an element.
fn made(entry: &Entry, item: Item, name: &str) -> Result<Made, SeedError> {
    match item {
        Ok((id, _)) => {
            let name = entry.object.text(name).unwrap_or_default();
            Ok(Made { at: entry.at.clone(), id, name, project: String::new() })
        }
        Err((_, OVER_QUOTA)) => Err(SeedError::at(&entry.at, "expected no more than the plan of the account allows")),
        Err((_, NO_PROJECT)) => Err(entry.wrong("projectId", "expected the id of a project of this account")),
        Err((_, code)) => Err(SeedError::at(&entry.at, format!("the simulator refuses this with {code}"))),
    }
}
