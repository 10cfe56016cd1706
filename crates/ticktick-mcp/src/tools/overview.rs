//! Lists the names in the account.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Project;
use ticktick::mirror::TaskRow;

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::text::clean;
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const OVERVIEW: Tool = tool!(reads
    "overview",
    "List projects with folders, columns and counts, tags, filters and habits. Call once for names.",
    Args, overview);

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Default all.
    what: Option<What>,
    /// Include archived projects.
    #[serde(default)]
    archived: bool,
}

#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum What {
    All,
    Projects,
    Tags,
    Filters,
    Habits,
}

async fn overview(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let what = args.what.unwrap_or(What::All);
    let wants = |one: What| what == What::All || what == one;
    let mut lines = vec![view.head("Names of the account")];
    if wants(What::Projects) {
        projects(call, &view, args.archived, &mut lines).await?;
    }
    if wants(What::Tags) {
        lines.push("Tags:".to_owned());
        let shown = view.shown();
        for tag in &call.account.mirror.tags()? {
            let of_tag = |row: &&TaskRow| row.tags.contains(&tag.name) && shown.contains(&row.id);
            let count = view.tasks.iter().filter(of_tag).count();
            let parent = tag.parent.get().map(|parent| parent.as_str()).filter(|parent| !parent.is_empty());
            let parent = parent.map_or_else(String::new, |parent| format!(" | in #{}", clean(parent)));
            lines.push(format!("#{} | {count} open{parent}", clean(tag.label.as_deref().unwrap_or(tag.name.as_str()))));
        }
    }
    if wants(What::Filters) {
        lines.push("Filters:".to_owned());
        lines.extend(call.account.mirror.filters()?.iter().map(|one| clean(one.name.as_deref().unwrap_or(""))));
    }
    if wants(What::Habits) {
        lines.push("Habits:".to_owned());
        let habits = call.client().habit().active().await?;
        lines.extend(habits.iter().map(|habit| clean(habit.name.as_deref().unwrap_or(""))));
    }
    Ok(Answer::lines(lines))
}

async fn projects(call: &Call<'_>, view: &View, archived: bool, lines: &mut Vec<String>) -> Result<(), Failure> {
    let columns = call.client().column().list().await?;
    lines.push("Projects:".to_owned());
    let folders = call.account.mirror.folders()?;
    let inbox = view.inbox.clone().map(Project::new);
    let all = inbox.iter().chain(&view.projects);
    for project in all.filter(|project| archived || !project.is_archived()) {
        let mut line = format!("{} | {} open", view.project_name(&project.id), view.of_project(&project.id).count());
        if let Some(folder) = project.folder().and_then(|id| folders.iter().find(|folder| folder.id == *id)) {
            line += &format!(" | folder {}", clean(folder.name.as_deref().unwrap_or("")));
        }
        let names: Vec<String> = columns
            .iter()
            .filter(|column| column.project_id == project.id)
            .map(|column| clean(column.name.as_deref().unwrap_or("")))
            .collect();
        if !names.is_empty() {
            line += &format!(" | columns {}", names.join(", "));
        }
        if project.is_archived() {
            line += " | archived";
        }
        if call.refuse_project(&project.id, view).is_err() {
            line += " | protected";
        }
        lines.push(line);
    }
    Ok(())
}
