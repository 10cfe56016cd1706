//! Files on tasks and comments.

#[cfg(test)]
mod tests;

use crate::api::comment::named_task;
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::multipart;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::AttachmentHandlers;
use crate::world::account::Account;
use crate::world::file::Upload;
use crate::world::limits::limit;

impl AttachmentHandlers for Context {
    fn attachment_upload(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = account.upload_target(call.path("projectId"), call.path("taskId"))?;
            let upload = sent(call)?;
            Ok(Reply::json(&account.attach_file(&task, call.path("attachmentId"), &upload, call.now)?))
        })
    }

    fn attachment_upload_to_comment(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = account.upload_target(call.path("projectId"), call.path("taskId"))?;
            let upload = sent(call)?;
            Ok(Reply::json(&account.attach_to_comment(&task, &upload, call.now)?))
        })
    }

    fn attachment_download(&self, call: &Call) -> Reply {
        self.in_session(call, |account| download(account, call))
    }

    /// The files of comments are stored with those of the task.
    fn attachment_download_from_comment(&self, call: &Call) -> Reply {
        self.in_session(call, |account| download(account, call))
    }

    fn attachment_quota(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let room = account.room(account.uploads_today(call.now), "dailyUploadNumber", "");
            Ok(Reply::json(&room.is_ok()))
        })
    }

    fn attachment_daily_limit(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&limit(account.plan, "dailyUploadNumber"))))
    }
}

fn download(account: &Account, call: &Call) -> Answer {
    let task = named_task(account, call)?;
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
