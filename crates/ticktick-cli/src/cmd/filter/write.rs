//! The commands that change filters.

use ticktick::filter::{FilterPatch, FilterRule};
use ticktick::project::ViewMode;
use ticktick::{Account, FilterDraft, Priority};

use crate::args::{FilterCreateArgs, FilterEditArgs, Globals, PriorityArg, RenameArgs, RuleArgs, SomeArgs};
use crate::cmd::filter_view::{Names, all, view};
use crate::cmd::{folder, project_view, tag};
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::Filter;
use crate::noun;
use crate::output::Output;
use crate::written::{Written, write};

async fn known(connection: &mut Connection, globals: &Globals, output: Output) -> Result<(Vec<Filter>, Names), Error> {
    connection.find(globals, output, |account, _| Ok((all(account), Names::of(account)))).await
}

impl RuleArgs {
    fn is_empty(&self) -> bool {
        let Self { projects, folders, tags, priorities, due, rule } = self;
        let has_none = projects.is_empty() && folders.is_empty() && tags.is_empty() && priorities.is_empty();
        has_none && due.is_empty() && rule.is_none()
    }

    /// Returns the rule and the names in it, or `None` if no rule was given.
    async fn rule(
        &self,
        connection: &mut Connection,
        globals: &Globals,
        output: Output,
    ) -> Result<Option<(String, Names)>, Error> {
        match &self.rule {
            // Reading the account only for names is not worth it.
            Some(rule) => Ok(Some((noun::text(rule.clone())?, Names::default()))),
            None if self.is_empty() => Ok(None),
            None => {
                let build = |account: &Account, _: &_| Ok((self.build(account)?.to_string(), Names::of(account)));
                connection.find(globals, output, build).await.map(Some)
            }
        }
    }

    fn build(&self, account: &Account) -> Result<FilterRule, Error> {
        let projects = project_view::all(account);
        let folders = folder::views(account.folders(), &projects);
        let mut rule = FilterRule::normal();
        if !self.projects.is_empty() {
            rule = rule.projects(noun::find_all(&self.projects, &projects)?.iter().map(|project| project.id.as_str()));
        }
        if !self.folders.is_empty() {
            rule = rule.folders(noun::find_all(&self.folders, &folders)?.iter().map(|folder| folder.id.as_str()));
        }
        if !self.tags.is_empty() {
            let known = tag::known(account, &self.tags);
            let tags = self.tags.iter().map(|name| Ok(tag::find(name, &known)?.name.clone()));
            rule = rule.tags(tags.collect::<Result<Vec<_>, Error>>()?.iter().map(String::as_str));
        }
        if !self.priorities.is_empty() {
            rule = rule.priorities(self.priorities.iter().map(|level| priority(*level)));
        }
        if !self.due.is_empty() {
            rule = rule.due(self.due.iter().cloned());
        }
        Ok(rule)
    }
}

fn priority(level: PriorityArg) -> Priority {
    match level {
        PriorityArg::None => Priority::None,
        PriorityArg::Low => Priority::Low,
        PriorityArg::Medium => Priority::Medium,
        PriorityArg::High => Priority::High,
    }
}

pub(super) async fn create(globals: &Globals, args: FilterCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let missing =
            || Error::usage("a filter needs a rule").hint("give a condition, such as --tag errands, or --rule JSON");
        let (rule, names) = args.rule.rule(connection, globals, output).await?.ok_or_else(missing)?;
        let mut draft = FilterDraft::new(args.name, rule);
        if let Some(view) = args.view {
            draft = draft.view_mode(view.into());
        }
        connection.name("filter create");
        let filter = view(&connection.client.filter().create(draft).await?, &names);
        let line = format!("Saved filter \"{}\": {}", filter.name, filter.about);
        Ok(Written::one(filter, line))
    })
    .await
}

pub(super) async fn edit(globals: &Globals, args: FilterEditArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let (filters, names) = known(connection, globals, output).await?;
        let filter = noun::find(&args.filter, &filters)?;
        let mut patch = FilterPatch::new();
        if let Some(name) = args.name {
            patch = patch.name(name);
        }
        if let Some((rule, _)) = args.rule.rule(connection, globals, output).await? {
            patch = patch.rule(rule);
        }
        if let Some(view) = &args.view {
            patch = match noun::set(view) {
                Some(view) => patch.view_mode(ViewMode::from(view)),
                None => patch.clear_view_mode(),
            };
        }
        if patch == FilterPatch::new() {
            return Err(Error::usage("no changes given").hint("give a change, such as --view kanban"));
        }
        noun::name_command(connection, "filter edit", std::slice::from_ref(filter));
        let now = view(&connection.client.filter().patch(filter.id.as_str(), patch).await?, &names);
        let line = format!("Changed filter \"{}\": {}", now.name, now.about);
        Ok(Written::one(now, line))
    })
    .await
}

pub(super) async fn rename(globals: &Globals, args: RenameArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let (filters, names) = known(connection, globals, output).await?;
        let filter = noun::find(&args.name, &filters)?;
        noun::name_command(connection, "filter rename", std::slice::from_ref(filter));
        let now = connection.client.filter().rename(filter.id.as_str(), args.new_name).await?;
        let now = Filter { tasks: filter.tasks, ..view(&now, &names) };
        let line = format!("Renamed filter \"{}\" to \"{}\"", filter.name, now.name);
        Ok(Written::one(now, line))
    })
    .await
}

pub(super) async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let found = noun::find_all(&names, &known(connection, globals, output).await?.0)?;
        noun::confirm_delete(globals, &found, "; tasks are kept")?;
        noun::name_command(connection, "filter delete", &found);
        let client = &connection.client;
        let delete = async |filter: &Filter| {
            client.filter().delete(filter.id.as_str()).await?;
            Ok(filter.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}
