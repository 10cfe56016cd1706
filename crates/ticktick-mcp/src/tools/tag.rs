//! Creates, renames, merges and deletes tags.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Tag, TagDraft};

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::refs;
use crate::text::{clean, plural, title};
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const EDIT: Tool = tool!(writes "edit_tag", "Create, rename, merge or delete a tag.", Args, edit).destroys();

#[derive(Deserialize, JsonSchema)]
struct Args {
    action: Action,
    tag: String,
    /// New name, or the tag to merge into.
    to: Option<String>,
    /// Parent of a new tag.
    parent: Option<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Action {
    Create,
    Rename,
    Merge,
    Delete,
}

/// Refuses fields that an action would ignore.
fn refuse_unused(args: &Args) -> Result<(), Failure> {
    let (action, takes_to) = match args.action {
        Action::Create => ("create", false),
        Action::Rename => ("rename", true),
        Action::Merge => ("merge", true),
        Action::Delete => ("delete", false),
    };
    let unused = match (&args.to, &args.parent) {
        (Some(_), _) if !takes_to => "to",
        (_, Some(_)) if args.action != Action::Create => "parent",
        _ => return Ok(()),
    };
    Err(Failure::new(format!("{action} takes no {unused}. Nothing was done.")))
}

fn label(tag: &Tag) -> &str {
    tag.label.as_deref().unwrap_or(tag.name.as_str())
}

fn find<'a>(name: &str, tags: &'a [Tag]) -> Result<&'a Tag, Failure> {
    refs::named("tag", name, tags, |one| (one.name.as_str(), label(one)))
}

async fn edit(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    refuse_unused(&args)?;
    let view = call.view().await?;
    let tags = call.account.mirror.tags()?;
    if args.action == Action::Create {
        return create(call, &args, &view, &tags).await;
    }
    let tag = find(&args.tag, &tags)?;
    let tasks: Vec<_> = view.tasks.iter().filter(|row| row.tags.contains(&tag.name)).map(Into::into).collect();
    let (name, count) = (clean(label(tag)), plural(tasks.len(), "open task"));
    let to = || args.to.as_deref().map(|to| to.trim().trim_start_matches('#')).filter(|to| !to.is_empty());
    let to = || to().ok_or_else(|| Failure::new("Give the argument to. Nothing was done."));
    if args.action == Action::Merge && find(to()?, &tags)?.name == tag.name {
        return Err(Failure::new(format!("#{name} cannot be merged into itself. Nothing was done.")));
    }
    let line = match args.action {
        Action::Rename => format!("rename #{name} to #{} on {count}", title(to()?)),
        Action::Merge => format!("merge #{name} into #{} on {count}", clean(label(find(to()?, &tags)?))),
        _ => format!("delete #{name}, used by {count}"),
    };
    let is_in_use = !tasks.is_empty() && args.action != Action::Rename;
    let plan = Plan {
        lines: vec![line.clone()],
        because: is_in_use.then(|| format!("#{name} is used by {count}")),
        tasks,
        ..Plan::default()
    };
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    match args.action {
        Action::Rename => drop(call.client().tag().rename(&tag.name, to()?).await?),
        Action::Merge => drop(call.client().tag().merge(&tag.name, &find(to()?, &tags)?.name).await?),
        _ => call.client().tag().delete(&tag.name).await?,
    }
    Ok(Answer::lines(["Done:".to_owned(), line]))
}

async fn create(call: &Call<'_>, args: &Args, view: &View, tags: &[Tag]) -> Result<Answer, Failure> {
    let name = args.tag.trim().trim_start_matches('#');
    if tags.iter().any(|tag| tag.name.as_str() == name.to_lowercase()) {
        return Ok(Answer::new(format!("#{} exists already. Nothing was changed.", title(name))));
    }
    let mut draft = TagDraft::new(name);
    let mut line = format!("create #{}", title(name));
    if let Some(parent) = &args.parent {
        let parent = find(parent, tags)?;
        line += &format!(" in #{}", clean(label(parent)));
        draft = draft.parent(&parent.name);
    }
    let plan = Plan { lines: vec![line.clone()], ..Plan::default() };
    if let Some(answer) = call.check(&plan, view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    call.client().tag().create(draft).await?;
    Ok(Answer::lines(["Done:".to_owned(), line]))
}
