//! [`TaskAttachments`]: the files on a task.

use std::io::{self, Read, Write};

use ticktick_models::{AsId, Attachment, AttachmentId, DailyLimit, ProjectId, Task, TaskId};
use ticktick_raw::{self as raw, Call, FileUpload, op};

use super::{TaskManager, resource};
use crate::workaround::{attachment_answer_not_json, attachment_marker};
use crate::{Client, Error, id, write};

/// Most bytes of a download, unless the caller says how many.
const MOST_BYTES: u64 = 1 << 30;

const WRITING: &str = "writing the downloaded file";

/// Works with the files on one task. From [`TaskManager::attachments`].
#[derive(Clone, Debug)]
#[must_use = "it sends nothing until a method is called"]
pub struct TaskAttachments<'a> {
    client: &'a Client,
    task: TaskId,
    project: Option<ProjectId>,
}

impl<'a> TaskManager<'a> {
    /// Works with the files on a task; which there are is in [`Task::attachments`](ticktick_models::Task).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// # let task = client.task().create(ticktick::TaskDraft::new("Report")).await?;
    /// let files = client.task().attachments(&task);
    /// let file = files.upload("notes.txt", "Call Ada").await?;
    /// let mut copy = Vec::new();
    /// files.download(&file, &mut copy).await?;
    /// assert_eq!(copy, b"Call Ada");
    /// # Ok(())
    /// # }
    /// ```
    pub fn attachments(self, task: impl AsId<TaskId>) -> TaskAttachments<'a> {
        TaskAttachments { client: self.client, task: task.as_id(), project: task.known_project() }
    }

    /// Tells whether the account may upload another file.
    ///
    /// `GET /api/v1/attachment/isUnderQuota`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// if client.task().may_upload().await? {
    ///     println!("there is room");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn may_upload(self) -> Result<bool, Error> {
        Ok(raw::attachment::quota(self.client.wire()).await?)
    }

    /// Returns how many files may be uploaded in a day, in the form in which the service tells it.
    ///
    /// `GET /api/v1/attachment/dailyLimit`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::task::DailyLimit;
    ///
    /// if let DailyLimit::Count(files) = client.task().daily_upload_limit().await? {
    ///     println!("{files} a day");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn daily_upload_limit(self) -> Result<DailyLimit, Error> {
        Ok(raw::attachment::daily_limit(self.client.wire()).await?)
    }
}

impl TaskAttachments<'_> {
    /// Lists the files on the task.
    ///
    /// `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task does not exist or is in the trash.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// for file in client.task().attachments(&task).list().await? {
    ///     println!("{}", file.file_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(&self) -> Result<Vec<Attachment>, Error> {
        id::check(&self.task)?;
        Ok(resource::get(self.client, &self.task).await?.attachments.into_vec())
    }

    /// Uploads a file and returns what the service says of it.
    ///
    /// It carries an id that we make, by which it is known. Where the answer does not name it, the task is read. An
    /// image may not show in the task's text before [`show`](Self::show).
    ///
    /// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// [`Error::Raw`] as the service refuses it, such as for want of room; [`Error::NotApplied`] if it took the call and
    /// stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// let file = client.task().attachments(&task).upload("notes.txt", "Call Ada").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upload(&self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<Attachment, Error> {
        let name = name.into();
        let mime = mime_of(&name);
        let file = FileUpload::new(name, mime, bytes);
        let project = self.project().await?;
        let id = AttachmentId::new_with(&mut self.client.ids());
        let answer = write::perform(
            self.client,
            || raw::attachment::upload(self.client.wire(), &project, &self.task, &id, file.clone()),
            || async { Ok(self.find(&id).await?.map(|_| String::new())) },
        );
        if let Some(file) = attachment_answer_not_json::stored(&answer.await?, &id) {
            return Ok(file);
        }
        let not_applied = || Error::NotApplied { operation: op::ATTACHMENT_UPLOAD.id, id: id.to_string() };
        self.find(&id).await?.ok_or_else(not_applied)
    }

    /// Uploads what a reader gives, such as a file on disk, and returns what the service says of it.
    ///
    /// All of it is read first. Otherwise it is as [`upload`](Self::upload).
    ///
    /// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be read; else those of [`upload`](Self::upload).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), Box<dyn std::error::Error>> {
    /// let file = std::fs::File::open("notes.txt")?;
    /// client.task().attachments(&task).upload_from("notes.txt", file).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upload_from(&self, name: impl Into<String>, mut reader: impl Read) -> Result<Attachment, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Error::io("reading the file to upload", error))?;
        drop(reader);
        self.upload(name, bytes).await
    }

    /// Downloads a file into a writer while it arrives, and returns its size in bytes.
    ///
    /// Writes at most 1 GiB; [`download_at_most`](Self::download_at_most) has another limit. A download that breaks off
    /// leaves a part of the file in the writer.
    ///
    /// `GET /api/v1/attachment/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task has no such file; [`Error::Io`] if the file cannot be written; an error of the
    /// network if it breaks off.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), Box<dyn std::error::Error>> {
    /// for file in &task.attachments {
    ///     let mut copy = std::fs::File::create(file.id.to_string())?;
    ///     client.task().attachments(&task).download(file, &mut copy).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn download(&self, file: impl AsId<AttachmentId>, writer: impl Write) -> Result<u64, Error> {
        let file = id::of(file)?;
        self.download_at_most(file, writer, MOST_BYTES).await
    }

    /// Downloads a file of at most so many bytes; otherwise as [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// Those of [`download`](Self::download), and [`raw::Error::TooLarge`] for a longer file.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// # let file = &task.attachments[0];
    /// let mut copy = Vec::new();
    /// client.task().attachments(&task).download_at_most(file, &mut copy, 10 << 20).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn download_at_most(
        &self,
        file: impl AsId<AttachmentId>,
        mut writer: impl Write,
        limit: u64,
    ) -> Result<u64, Error> {
        let file = id::of(file)?;
        let project = self.project().await?;
        let call = Call::new(&op::ATTACHMENT_DOWNLOAD).path("projectId", &project).path("taskId", &self.task);
        let call = call.path("attachmentId", &file);
        let answer = call.download(self.client.wire(), &mut writer, limit).await;
        let size = match answer.map_err(not_downloaded) {
            // The service does not say what is missing.
            Err(error) if error.may_be_missing() && matches!(self.find(&file).await, Ok(None)) => {
                return Err(Error::not_found("attachment", &file));
            }
            answer => answer?,
        };
        writer.flush().map_err(|error| Error::io(WRITING, error))?;
        Ok(size)
    }

    /// Puts an image into the task's text, at its end, and returns the task as it is now.
    ///
    /// One that stands there already stays.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task is gone; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// # let png: &[u8] = b"";
    /// let files = client.task().attachments(&task);
    /// let image = files.upload("plan.png", png).await?;
    /// let task = files.show(&image).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn show(&self, image: &Attachment) -> Result<Task, Error> {
        let show = |task: &mut Task| {
            attachment_marker::add(task, image);
            Ok(())
        };
        self.client.task().change(&self.task, show).await
    }

    /// Returns the project's real id, for these calls refuse the word `inbox`.
    async fn project(&self) -> Result<ProjectId, Error> {
        id::check(&self.task)?;
        self.client.task().project_of(&self.task, self.project.clone()).await
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Attachment>, Error> {
        let task = resource::get(self.client, &self.task).await?;
        Ok(task.attachments.into_iter().find(|file| attachment_answer_not_json::is(file, id)))
    }
}

fn not_downloaded(error: raw::Error) -> Error {
    let unwritten = match &error {
        raw::Error::Custom { source, .. } => source.downcast_ref::<io::Error>(),
        _ => None,
    };
    match unwritten {
        // A copy, because the call's own error may be shared.
        Some(why) => Error::io(WRITING, io::Error::new(why.kind(), why.to_string())),
        None => error.into(),
    }
}

/// Tells the media type from a name; what is not known is bytes.
fn mime_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => "text/csv",
        "gif" => "image/gif",
        "heic" => "image/heic",
        "html" | "htm" => "text/html",
        "jpeg" | "jpg" => "image/jpeg",
        "json" => "application/json",
        "m4a" => "audio/mp4",
        "md" => "text/markdown",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain",
        "webp" => "image/webp",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
