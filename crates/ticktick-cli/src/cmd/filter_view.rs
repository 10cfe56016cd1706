//! Describes saved filters for output.

use std::collections::HashMap;

use ticktick::filter::{FilterField, FilterRule};
use ticktick::folder::Folder;
use ticktick::{Account, Tag};

use crate::cmd::project_view;
use crate::error::Error;
use crate::generated::cli::Filter;
use crate::noun::{self, Named};

impl Named for Filter {
    const WHAT: &'static str = "saved filter";
    const LIST: &'static str = "filter list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// The names that rules refer to by id.
#[derive(Default)]
pub(crate) struct Names {
    projects: HashMap<String, String>,
    folders: HashMap<String, String>,
    tags: HashMap<String, String>,
}

impl Names {
    pub(crate) fn of(account: &Account) -> Self {
        let folder = |folder: &Folder| Some((folder.id.to_string(), folder.name.get()?.clone()));
        let tag = |tag: &Tag| Some((tag.name.to_string(), tag.label.get()?.clone()));
        Self {
            projects: project_view::all(account).into_iter().map(|project| (project.id, project.name)).collect(),
            folders: account.folders().iter().filter_map(folder).collect(),
            tags: account.tags().iter().filter_map(tag).collect(),
        }
    }

    fn get(&self, field: &FilterField, id: &str) -> Option<String> {
        let names = match field {
            FilterField::List => &self.projects,
            FilterField::Group => &self.folders,
            FilterField::Tag => &self.tags,
            _ => return None,
        };
        names.get(id).filter(|name| !name.is_empty()).cloned()
    }
}

/// Describes a filter, without the number of its tasks.
pub(crate) fn view(filter: &ticktick::Filter, names: &Names) -> Filter {
    let rule = filter.rule_tree();
    let describe = |rule: FilterRule| rule.describe_with(|field, id| names.get(field, id));
    Filter {
        id: filter.id.to_string(),
        name: filter.name.as_deref().unwrap_or_default().to_owned(),
        about: rule.map_or_else(|error| format!("cannot be read: {error}"), describe),
        rule: filter.rule.as_deref().unwrap_or_default().to_owned(),
        view: filter.view_mode.get().map(|view| view.as_str().to_owned()),
        tasks: None,
    }
}

/// Finds a saved filter.
pub(crate) fn find<'a>(name: &str, account: &'a Account) -> Result<&'a ticktick::Filter, Error> {
    let views: Vec<Filter> = account.filters().iter().map(|filter| view(filter, &Names::default())).collect();
    let id = &noun::find(name, &views)?.id;
    account.filter(id.as_str()).ok_or_else(|| Error::failed("the filter no longer exists"))
}

/// Returns all saved filters in the order of the app, with the numbers of their open tasks.
pub(crate) fn all(account: &Account) -> Vec<Filter> {
    let names = Names::of(account);
    let mut filters: Vec<&ticktick::Filter> = account.filters().iter().collect();
    filters.sort_by_key(|filter| (filter.sort_order.copied(), filter.id.as_str()));
    let count = |filter: &ticktick::Filter| {
        let tasks = account.matching(filter).ok()?.iter().filter(|task| task.is_open()).count();
        u64::try_from(tasks).ok()
    };
    filters.into_iter().map(|filter| Filter { tasks: count(filter), ..view(filter, &names) }).collect()
}
