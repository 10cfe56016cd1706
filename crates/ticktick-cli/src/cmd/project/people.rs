//! The members of a project, and templates.

use ticktick::Client;
use ticktick::project::{Project, ProjectMember, ShareQuota};

use crate::answer::Answer;
use crate::args::Globals;
use crate::cmd::project_view::ProjectView;
use crate::error::Error;
use crate::generated::cli::{Invitation, Member, Template};
use crate::noun;
use crate::output::DIM;
use crate::table::Cell;

/// Finds a project among all that the service lists.
async fn find(client: &Client, name: &str) -> Result<Project, Error> {
    let all = client.project().list_with_archived().await?;
    let views: Vec<_> = all.iter().map(|project| ProjectView::of(project, &[], 0)).collect();
    let found = noun::find(name, &views)?;
    let project = all.into_iter().find(|project| project.id == *found.id);
    project.ok_or_else(|| Error::failed("the project no longer exists"))
}

pub(super) async fn members(globals: &Globals, name: &str, invited: bool) -> Result<(), Error> {
    let members = noun::read(globals, async |connection| {
        let project = find(&connection.client, name).await?;
        let manager = connection.client.project();
        Ok(if invited { manager.shares(&project).await? } else { manager.members(&project).await? })
    })
    .await?;
    Answer::new(members.iter().map(member).collect()).print(globals, |members| {
        noun::table(members, "member", 0, |member| {
            vec![
                Cell::new(format!(" {}", member.name)),
                Cell::new(if member.owner { "owner" } else { &member.permission }),
                Cell::new(if member.accepted { "" } else { "invited" }).style(DIM),
            ]
        })
    })
}

fn member(member: &ProjectMember) -> Member {
    let name = member.display_name.get().map(|name| name.to_string());
    Member {
        id: member.user_id.get().map(ToString::to_string).unwrap_or_default(),
        name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unnamed".to_owned()),
        permission: member.permission.get().map_or("write", |permission| permission.as_str()).to_owned(),
        owner: member.is_owner == true,
        accepted: member.is_owner == true || member.accept_status.copied().is_none_or(|status| status == 1),
    }
}

pub(super) async fn invitation(globals: &Globals, name: &str) -> Result<(), Error> {
    let invitation = noun::read(globals, async |connection| {
        let project = find(&connection.client, name).await?;
        let manager = connection.client.project();
        let quota = match manager.share_quota(&project).await? {
            ShareQuota::Allowed(allowed) => allowed.into(),
            ShareQuota::Count(count) => count.into(),
            ShareQuota::Other(other) => other.decode().unwrap_or_default(),
            _ => serde_json::Value::Null,
        };
        let answer = manager.invite_url(&project).await?;
        let link = answer.and_then(|answer| link(&answer.decode().unwrap_or_default()));
        Ok(Invitation { id: project.id.to_string(), project: project.name().to_owned(), link, quota })
    })
    .await?;
    Answer::new(vec![invitation]).print(globals, |all| {
        let show = |one: &Invitation| {
            let link = one.link.clone().unwrap_or_else(|| "none".to_owned());
            noun::details(&one.project, &[("link", link), ("more people", one.quota.to_string())])
        };
        all.iter().flat_map(show).collect::<Vec<_>>()
    })
}

/// Finds the address in a response, whose form is not certain.
fn link(answer: &serde_json::Value) -> Option<String> {
    let text = answer.as_str().or_else(|| ["inviteUrl", "url"].iter().find_map(|name| answer.get(*name)?.as_str()));
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) async fn templates(globals: &Globals) -> Result<(), Error> {
    let templates = noun::read(globals, async |connection| {
        let manager = connection.client.project();
        let tasks = manager.templates().await?;
        let mut all: Vec<Template> = tasks.iter().map(task_template).collect();
        all.extend(manager.project_templates().await?.iter().map(project_template));
        Ok(all)
    })
    .await?;
    Answer::new(templates).print(globals, |templates| {
        noun::table(templates, "template", 0, |one| {
            vec![
                Cell::new(format!(" {}", if one.title.is_empty() { &one.id } else { &one.title })),
                Cell::new(&one.kind).style(DIM),
                Cell::new(one.items.join(", ")),
            ]
        })
    })
}

fn task_template(template: &ticktick::task::TaskTemplate) -> Template {
    Template {
        id: template.id.to_string(),
        kind: "task".into(),
        title: template.title.clone(),
        content: template.content.as_deref().unwrap_or_default().to_owned(),
        items: template.items.to_vec(),
        tags: template.tags.iter().map(ToString::to_string).collect(),
    }
}

fn project_template(template: &ticktick::project::ProjectTemplate) -> Template {
    let name = template.extra.get("name").and_then(|name| name.decode().ok()).unwrap_or_default();
    let (content, items, tags) = (String::new(), Vec::new(), Vec::new());
    Template { id: template.id.to_string(), kind: "project".into(), title: name, content, items, tags }
}
