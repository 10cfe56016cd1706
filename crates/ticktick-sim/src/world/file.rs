//! Files on tasks and comments.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::book::file::File;
use crate::world::day::zone_of;
use crate::world::denial::Denial;
use crate::world::fields::{Fields, object, wire};
use crate::world::limits::limit;
use crate::world::maker::is_id;

/// An uploaded file.
#[derive(Debug, PartialEq)]
pub(crate) struct Upload<'a> {
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) bytes: &'a [u8],
}

/// Returns the `fileType` of a media type.
fn class(mime: &str) -> &'static str {
    match mime.split(['/', ';']).next().unwrap_or_default() {
        "image" => "IMAGE",
        "audio" => "AUDIO",
        "video" => "VIDEO",
        "text" => "TEXT",
        _ if mime.starts_with("application/pdf") => "PDF",
        _ => "OTHER",
    }
}

impl Account {
    /// Returns the task of an upload. Unlike in other calls, the word `inbox` is not a project.
    pub(crate) fn upload_target(&self, project: &str, task: &str) -> Result<String, Denial> {
        if !self.has_project(project) {
            return Err(Denial::NoProject);
        }
        self.may_write(project, "").map_err(|_| Denial::NoPermission)?;
        self.named_task(project, task)
    }

    /// Stores a file under the id from the client, and adds it to the task.
    pub(crate) fn attach_file(
        &mut self,
        task: &str,
        sent_id: &str,
        upload: &Upload<'_>,
        now: Timestamp,
    ) -> Result<Object, Denial> {
        let mut stored = self.tasks.get(task).ok_or(Denial::NoTask)?;
        let mut attachments: Vec<Object> = stored.read("attachments").unwrap_or_default();
        // A repeated upload replaces the file.
        attachments.retain(|file| file.text("id").as_deref() != Some(sent_id));
        self.room(attachments.len(), "taskAttachmentNumber", "").map_err(|_| Denial::OverQuota)?;
        self.check_upload(upload, now)?;
        let id = if is_id(sent_id) { sent_id.to_owned() } else { self.make_id() };
        let about = self.keep_file(&id, sent_id, task, upload, now);
        attachments.push(about.clone());
        stored.put("attachments", attachments);
        self.save_task(stored, now);
        Ok(about)
    }

    /// Stores a file for a comment on a task.
    pub(crate) fn attach_to_comment(
        &mut self,
        task: &str,
        upload: &Upload<'_>,
        now: Timestamp,
    ) -> Result<Object, Denial> {
        // The service accepted pictures and refused plain text. Its responses to other types are unknown.
        if class(&upload.mime) != "IMAGE" {
            return Err(Denial::UnsupportedFile);
        }
        self.check_upload(upload, now)?;
        let id = self.make_id();
        Ok(self.keep_file(&id, &id, task, upload, now))
    }

    fn check_upload(&self, upload: &Upload<'_>, now: Timestamp) -> Result<(), Denial> {
        let is_too_large = upload.bytes.len() > limit(self.plan, "attachmentSize");
        let room = self.room(self.uploads_today(now), "dailyUploadNumber", "");
        if is_too_large || room.is_err() { Err(Denial::OverQuota) } else { Ok(()) }
    }

    /// Counts the uploads of the day, in the time zone of the account.
    pub(crate) fn uploads_today(&self, now: Timestamp) -> usize {
        let zone = zone_of(&self.zone);
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let today = day(now);
        self.files.uploads.iter().rev().take_while(|at| day(**at) == today).count()
    }

    /// Stores a file and returns its description.
    fn keep_file(&mut self, id: &str, reference: &str, task: &str, upload: &Upload<'_>, now: Timestamp) -> Object {
        let project = self.tasks.row(task).map(|row| row.head.project.to_string()).unwrap_or_default();
        let ending = upload.name.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).unwrap_or_default();
        let about = json!({
            "id": id,
            "refId": reference,
            "path": format!("{project}/{task}/{id}{ending}"),
            "size": upload.bytes.len(),
            "fileName": upload.name,
            "fileType": class(&upload.mime),
            "status": 0,
            "createdTime": wire(now),
        });
        let about = object(&about);
        let bytes = Bytes::copy_from_slice(upload.bytes);
        let file = File { task: task.to_owned(), about: about.clone(), mime: upload.mime.clone(), bytes };
        self.files.files.insert(id.to_owned(), file);
        self.files.uploads.push(now);
        about
    }
}
