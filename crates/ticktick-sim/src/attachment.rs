//! Files on tasks and comments.

mod multipart;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ticktick_models::Object;

use crate::account::Account;
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::generated::AttachmentHandlers;
use crate::limits::limit;
use crate::maker::is_id;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::State;

use multipart::Upload;

/// A file and what it is on.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) task: String,
    /// The description that the service returns.
    about: Object,
    mime: String,
    #[serde(with = "base64_text")]
    bytes: Bytes,
}

/// Bytes as text, for dumps.
mod base64_text {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use bytes::Bytes;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Bytes::from).map_err(D::Error::custom)
    }
}

/// The files of an account.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct FileBook {
    files: BTreeMap<String, File>,
    /// When each file was uploaded, including deleted files.
    uploads: Vec<Timestamp>,
}

impl FileBook {
    pub(crate) fn describe(&self, id: &str) -> Option<Object> {
        Some(self.files.get(id)?.about.clone())
    }

    /// Returns the files on a task and its comments, by id.
    pub(crate) fn on(&self, task: &str) -> BTreeMap<String, File> {
        let here = self.files.iter().filter(|(_, file)| file.task == task);
        here.map(|(id, file)| (id.clone(), file.clone())).collect()
    }

    pub(crate) fn put_all(&mut self, files: BTreeMap<String, File>) {
        self.files.extend(files);
    }

    /// Deletes the files of a permanently deleted task.
    pub(crate) fn purge(&mut self, task: &str) {
        self.files.retain(|_, file| file.task != task);
    }
}

impl AttachmentHandlers for State {
    fn attachment_upload(&self, call: &Call) -> Reply {
        self.with(call, |account| upload_to_task(account, call))
    }

    fn attachment_upload_to_comment(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let task = account.upload_target(call)?;
            let upload = sent(call)?;
            // Pictures were accepted and plain text was refused; other types are unknown.
            if class(&upload.mime) != "IMAGE" {
                return Err(Refusal::new(500, "unsupported_file_type"));
            }
            account.check_upload(&upload, call.now)?;
            let id = account.make_id();
            Ok(Reply::json(&account.keep_file(&id, &id, &task, &upload, call.now)))
        })
    }

    fn attachment_download(&self, call: &Call) -> Reply {
        self.with(call, |account| download(account, call))
    }

    /// Files of comments are kept with those of the task.
    fn attachment_download_from_comment(&self, call: &Call) -> Reply {
        self.with(call, |account| download(account, call))
    }

    fn attachment_quota(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let room = account.room(account.uploads_today(call.now), "dailyUploadNumber", "");
            Ok(Reply::json(&room.is_ok()))
        })
    }

    fn attachment_daily_limit(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json(&limit(account.plan, "dailyUploadNumber"))))
    }
}

/// Stores a file under the id that the client made, and names it on the task.
fn upload_to_task(account: &mut Account, call: &Call) -> Answer {
    let task = account.upload_target(call)?;
    let upload = sent(call)?;
    let sent_id = call.path("attachmentId");
    let mut stored = account.tasks.get(&task).ok_or_else(Refusal::no_task)?;
    let mut attachments: Vec<Object> = stored.read("attachments").unwrap_or_default();
    // A file that is sent again replaces the first.
    attachments.retain(|file| file.text("id").as_deref() != Some(sent_id));
    account.room(attachments.len(), "taskAttachmentNumber", "").map_err(|_| over_quota())?;
    account.check_upload(&upload, call.now)?;
    let id = if is_id(sent_id) { sent_id.to_owned() } else { account.make_id() };
    let about = account.keep_file(&id, sent_id, &task, &upload, call.now);
    attachments.push(about.clone());
    stored.put("attachments", attachments);
    account.save_task(stored, call.now);
    Ok(Reply::json(&about))
}

fn download(account: &Account, call: &Call) -> Answer {
    let task = account.named_task(call)?;
    let found = account.files.files.get(call.path("attachmentId")).filter(|file| file.task == task);
    let file = found.ok_or_else(Refusal::senseless)?;
    let reply = Reply { body: file.bytes.clone(), ..Reply::empty() }.with_header("Content-Type", &file.mime);
    match call.query("action") {
        Some("preview") => Ok(reply),
        _ => Ok(reply.with_header("Content-Disposition", "attachment")),
    }
}

fn sent(call: &Call) -> Result<Upload<'_>, Refusal> {
    let kind = call.header("content-type").unwrap_or_default();
    multipart::part(kind, call.body(), "file").ok_or_else(Refusal::senseless)
}

/// Returns a field of a form that is sent in parts.
pub(crate) fn form_field(call: &Call, name: &str) -> Option<String> {
    let part = multipart::part(call.header("content-type").unwrap_or_default(), call.body(), name)?;
    Some(String::from_utf8_lossy(part.bytes).trim().to_owned())
}

fn over_quota() -> Refusal {
    Refusal::new(500, "exceed_quota")
}

impl Account {
    /// Returns the task that a file is for; unlike elsewhere, the word `inbox` names no list.
    fn upload_target(&self, call: &Call) -> Result<String, Refusal> {
        if !self.has_project(call.path("projectId")) {
            return Err(Refusal::no_project());
        }
        self.may_write(call.path("projectId"), "").map_err(|_| Refusal::new(500, "no_project_permission"))?;
        self.named_task(call)
    }

    fn check_upload(&self, upload: &Upload, now: Timestamp) -> Result<(), Refusal> {
        let is_too_large = upload.bytes.len() > limit(self.plan, "attachmentSize");
        let room = self.room(self.uploads_today(now), "dailyUploadNumber", "");
        if is_too_large || room.is_err() { Err(over_quota()) } else { Ok(()) }
    }

    /// Counts the uploads of the day in the zone of the account.
    fn uploads_today(&self, now: Timestamp) -> usize {
        let zone = crate::day::zone_of(&self.zone);
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let today = day(now);
        self.files.uploads.iter().rev().take_while(|at| day(**at) == today).count()
    }

    /// Stores a file and says what the service says of it.
    fn keep_file(&mut self, id: &str, reference: &str, task: &str, upload: &Upload, now: Timestamp) -> Object {
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
        let about = Object::encode(&about).unwrap_or_default();
        let bytes = Bytes::copy_from_slice(upload.bytes);
        let file = File { task: task.to_owned(), about: about.clone(), mime: upload.mime.clone(), bytes };
        self.files.files.insert(id.to_owned(), file);
        self.files.uploads.push(now);
        about
    }
}

/// Returns the kind of file for a media type.
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
