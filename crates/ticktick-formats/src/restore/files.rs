//! Uploads the files of tasks.

use std::collections::{BTreeMap, BTreeSet};

use ticktick::models::{Attachment, AttachmentId, ProjectId, Task, TaskId};
use ticktick::raw::{Error as RawError, FileUpload, attachment};
use ticktick::{Client, Error};

use super::Restored;
use crate::archive::{Archive, Entity};

/// A file of the archive and its destination.
struct Upload<'a> {
    project: ProjectId,
    task: TaskId,
    id: AttachmentId,
    file: Attachment,
    bytes: &'a [u8],
}

/// Uploads the files that the tasks of an account lack. `missing` are the ids of tasks that could not be created.
///
/// The result contains the files that the service refuses, for example because of its daily limit.
pub(super) async fn upload(
    client: &Client,
    archive: &Archive,
    present: &Archive,
    ids: &BTreeMap<String, String>,
    missing: &BTreeSet<String>,
) -> Result<Restored, Error> {
    let mut done = Restored::new("attachments");
    let known: BTreeSet<String> = tasks(present)
        .iter()
        .flat_map(|task| task.attachments.iter())
        .flat_map(|file| [file.id.get(), file.ref_id.get()])
        .flatten()
        .map(ToString::to_string)
        .collect();
    let mut is_full = false;
    for one in uploads(archive, ids) {
        let name = one.file.file_name.get().cloned().unwrap_or_else(|| one.id.to_string());
        let mut fail = |reason: String| done.failed.push((one.id.to_string(), format!("{name}: {reason}")));
        if known.contains(one.id.as_str()) {
            done.existing += 1;
        } else if missing.contains(one.task.as_str()) {
            fail("its task is missing".to_owned());
        } else if is_full {
            fail("the account may not upload more files today".to_owned());
        } else {
            let upload = FileUpload::new(&*name, mime(&one.file, &name), one.bytes);
            match attachment::upload(client.transport(), &one.project, &one.task, &one.id, upload).await {
                Ok(_) => done.created += 1,
                Err(error @ RawError::Api(_)) if !error.is_auth() => {
                    fail(error.to_string());
                    is_full = !client.task().may_upload().await.unwrap_or(true);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(done)
}

fn tasks(archive: &Archive) -> Vec<Task> {
    let mut tasks = archive.decoded::<Task>(Entity::Tasks).0;
    tasks.extend(archive.decoded::<Task>(Entity::Completed).0);
    tasks
}

fn uploads<'a>(archive: &'a Archive, ids: &BTreeMap<String, String>) -> Vec<Upload<'a>> {
    let new = |id: &str| ids.get(id).map_or_else(|| id.to_owned(), Clone::clone);
    let mut uploads = Vec::new();
    for task in tasks(archive) {
        for file in task.attachments.iter() {
            let Some(id) = file.id.get() else { continue };
            let Some(bytes) = archive.attachments.get(&format!("attachments/{id}")) else { continue };
            uploads.push(Upload {
                project: new(task.project_id.as_str()).into(),
                task: new(task.id.as_str()).into(),
                id: new(id.as_str()).into(),
                file: file.clone(),
                bytes,
            });
        }
    }
    uploads
}

/// Returns the media type of a file, from what the service said about it.
fn mime(file: &Attachment, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let ending = if ending == "jpg" { "jpeg" } else { &ending };
    match file.file_type.get().map(String::as_str) {
        Some("IMAGE") => format!("image/{ending}"),
        Some("AUDIO") => format!("audio/{ending}"),
        Some("VIDEO") => format!("video/{ending}"),
        Some("TEXT") => "text/plain".to_owned(),
        Some("PDF") => "application/pdf".to_owned(),
        _ => "application/octet-stream".to_owned(),
    }
}
