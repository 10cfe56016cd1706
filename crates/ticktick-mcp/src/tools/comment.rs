//! Comments and files of a task.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::text::{clean, quote, title};
use crate::tool::{Tool, tool};

/// Maximum size of a file in bytes.
const LARGEST: u64 = 20_000_000;

pub(super) const COMMENT: Tool =
    tool!(writes "comment", "Add a comment, or edit or delete one of yours.", Comment, comment).destroys();
pub(super) const ATTACH: Tool =
    tool!(writes "attach", "Attach a file from the folders allowed at startup.", Attach, attach);

#[derive(Deserialize, JsonSchema)]
struct Comment {
    task: String,
    /// Text of a new comment.
    add: Option<String>,
    /// Id of the comment to edit or delete, from get_task.
    comment: Option<String>,
    /// New text; none deletes.
    text: Option<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Attach {
    task: String,
    /// Absolute path.
    path: String,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

async fn comment(call: &Call<'_>, args: Comment) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let task = call.open_task(&args.task, &view)?;
    let deletes = args.text.as_deref().is_some_and(|text| text.trim().eq_ignore_ascii_case("none"));
    let what = match (&args.add, &args.comment, &args.text) {
        (Some(text), None, None) if !text.trim().is_empty() => "new comment",
        (None, Some(_), Some(_)) if deletes => "delete comment",
        (None, Some(_), Some(text)) if !text.trim().is_empty() => "edit comment",
        _ => return Err(Failure::new("Give either add, or comment with text. Nothing was changed.")),
    };
    let mut lines = vec![format!("{}: {what}", view.name(&task))];
    lines.extend(quote(args.add.as_ref().or(args.text.as_ref()).map_or("", String::as_str), 2_000));
    let plan = Plan::of([&task], lines.clone());
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let comments = call.client().task().comments(&task.id);
    match (args.add, args.comment, args.text) {
        (Some(text), ..) => {
            let stored = comments.add(text).await?;
            lines.push(format!("comment {}", stored.id));
        }
        (None, Some(id), _) if deletes => comments.delete(id.trim()).await?,
        (None, Some(id), Some(text)) => drop(comments.edit(id.trim(), text).await?),
        _ => {}
    }
    // The mirror stores how many comments a task has. If it cannot be refreshed now, the next call does so.
    drop(call.refresh().await);
    lines.insert(0, "Done:".to_owned());
    Ok(Answer::lines(lines))
}

async fn attach(call: &Call<'_>, args: Attach) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let task = call.open_task(&args.task, &view)?;
    let path = allowed(&args.path, &call.state.options.attach)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("file").to_owned();
    let plan = Plan::of([&task], vec![format!("{}: attach {}", view.name(&task), title(&name))]);
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let bytes = std::fs::read(&path)?;
    let size = bytes.len();
    call.client().task().attachments(&task.id).upload(name.clone(), bytes).await?;
    Ok(Answer::new(format!("Attached {} ({size} bytes) to {}.", title(&name), view.name(&task))))
}

/// Returns the real path of a file, if it is in one of the folders. Links and `..` are resolved first.
fn allowed(path: &str, folders: &[PathBuf]) -> Result<PathBuf, Failure> {
    if folders.is_empty() {
        return Err(Failure::new(
            "This server cannot attach files. The user can start it with --attach FOLDER. Nothing was done.",
        ));
    }
    let refused = || {
        let names = folders.iter().map(|folder| clean(&folder.display().to_string())).collect::<Vec<_>>().join(", ");
        Failure::new(format!("There is no such file below {names}. Nothing was done."))
    };
    let real = Path::new(path).canonicalize().map_err(|_| refused())?;
    let is_below = |folder: &PathBuf| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
    let meta = real.metadata().map_err(|_| refused())?;
    if !folders.iter().any(is_below) || !meta.is_file() {
        return Err(refused());
    }
    if meta.len() > LARGEST {
        return Err(Failure::new(format!("The file is larger than {LARGEST} bytes. Nothing was done.")));
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_folders_are_attached() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        std::fs::create_dir(&inside).unwrap();
        for name in ["in/a.txt", "b.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let path = |name: &str| folder.path().join(name).display().to_string();
        let folders = [inside.clone()];
        assert!(allowed(&path("in/a.txt"), &folders).is_ok());
        for name in ["b.txt", "in/../b.txt", "in", "in/none.txt"] {
            assert!(allowed(&path(name), &folders).is_err(), "{name}");
        }
        assert!(allowed(&path("in/a.txt"), &[]).is_err());
    }
}
