//! [`TaskAttachments`]: the files attached to a task.

use std::io::{self, Read, Write};

use ticktick_models::{AsId, Attachment, AttachmentId, DailyLimit, ProjectId, Task, TaskId};
use ticktick_raw::{self as raw, Call, FileUpload, op};

use super::{TaskManager, change, resource};
use crate::workaround::{attachment_answer_not_json, attachment_marker};
use crate::{Client, Error, id, write};

/// Default size limit of a download in bytes.
const MOST_BYTES: u64 = 1 << 30;

const WRITING: &str = "writing the downloaded file";

/// Manages the files attached to one task. Returned by [`TaskManager::attachments`].
#[derive(Clone, Debug)]
#[must_use = "managers are lazy: call a method and `.await` it"]
pub struct TaskAttachments<'a> {
    client: &'a Client,
    task: TaskId,
    project: Option<ProjectId>,
}

impl<'a> TaskManager<'a> {
    /// Returns the manager of a task's attachments.
    ///
    /// [`Task::attachments`](ticktick_models::Task) already lists them.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Report")).await?;
    /// let files = client.task().attachments(&task);
    /// let file = files.upload("notes.txt", "Call Ada").await?;
    /// let mut copy = Vec::new();
    /// files.download(&file, &mut copy).await?;
    /// assert_eq!(copy, b"Call Ada");
    /// # Ok(())
    /// # });
    /// ```
    pub fn attachments(self, task: impl AsId<TaskId>) -> TaskAttachments<'a> {
        TaskAttachments { client: self.client, task: task.as_id(), project: task.known_project() }
    }

    /// Returns whether the account may upload another file.
    ///
    /// `GET /api/v1/attachment/isUnderQuota`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// assert!(client.task().may_upload().await?);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn may_upload(self) -> Result<bool, Error> {
        Ok(raw::attachment::quota(self.client.wire()).await?)
    }

    /// Returns how many files may be uploaded per day, in the service's own form.
    ///
    /// `GET /api/v1/attachment/dailyLimit`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::task::DailyLimit;
    ///
    /// let limit = client.task().daily_upload_limit().await?;
    /// assert!(matches!(limit, DailyLimit::Count(1..)));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn daily_upload_limit(self) -> Result<DailyLimit, Error> {
        Ok(raw::attachment::daily_limit(self.client.wire()).await?)
    }
}

impl TaskAttachments<'_> {
    /// Lists the files attached to the task.
    ///
    /// `GET /api/v2/task/{taskId}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let files = client.task().attachments(&task);
    /// files.upload("notes.txt", "Call Ada").await?;
    /// assert_eq!(files.list().await?[0].file_name, "notes.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self) -> Result<Vec<Attachment>, Error> {
        id::check(&self.task)?;
        Ok(resource::get(self.client, &self.task).await?.attachments.into_vec())
    }

    /// Uploads a file and returns the attachment.
    ///
    /// The client chooses the id. If the answer does not contain the attachment, the task is read. An image may not be
    /// visible in the task's text until you call [`show`](Self::show).
    ///
    /// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}`
    ///
    /// Returns [`Error::Raw`] if the service refuses the file, for example because the quota is used up.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let file = client.task().attachments(&task).upload("notes.txt", "Call Ada").await?;
    /// assert_eq!(file.file_name, "notes.txt");
    /// # Ok(())
    /// # });
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

    /// Uploads the content of a reader, for example a file on disk, and returns the attachment.
    ///
    /// The reader is read to its end first. Otherwise like [`upload`](Self::upload).
    ///
    /// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Io`] if the reader fails, or the errors of [`upload`](Self::upload).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let license = std::fs::File::open("LICENSE-MIT")?;
    /// let file = client.task().attachments(&task).upload_from("license.txt", license).await?;
    /// assert_eq!(file.file_name, "license.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn upload_from(&self, name: impl Into<String>, mut reader: impl Read) -> Result<Attachment, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Error::io("reading the file to upload", error))?;
        drop(reader);
        self.upload(name, bytes).await
    }

    /// Streams a file into a writer and returns its size in bytes.
    ///
    /// Writes at most 1 GiB; set another limit with [`download_at_most`](Self::download_at_most). An interrupted
    /// download leaves part of the file in the writer.
    ///
    /// `GET /api/v1/attachment/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the task has no such file, [`Error::Io`] if the writer fails, and a network error
    /// if the download is interrupted.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let files = client.task().attachments(&task);
    /// let notes = files.upload("notes.txt", "Call Ada").await?;
    ///
    /// let mut copy = Vec::new();
    /// files.download(&notes, &mut copy).await?;
    /// assert_eq!(copy, b"Call Ada");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn download(&self, file: impl AsId<AttachmentId>, writer: impl Write) -> Result<u64, Error> {
        let file = id::of(file)?;
        self.download_at_most(file, writer, MOST_BYTES).await
    }

    /// Streams a file of at most the given number of bytes into a writer. Otherwise like [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`download`](Self::download), and [`raw::Error::TooLarge`] if the file is longer.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// # let files = client.task().attachments(&task);
    /// # let notes = files.upload("notes.txt", "Call Ada").await?;
    /// let answer = files.download_at_most(&notes, std::io::sink(), 4).await;
    /// assert!(answer.is_err(), "the file has eight bytes");
    /// # Ok(())
    /// # });
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

    /// Adds an image to the end of the task's text and returns the updated task.
    ///
    /// An image that is already in the text is not added again.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let files = client.task().attachments(&task);
    /// let image = files.upload("plan.png", *b"...").await?;
    /// let task = files.show(&image).await?;
    /// assert!(task.content.is_some_and(|text| text.contains("plan.png")));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn show(&self, image: &Attachment) -> Result<Task, Error> {
        let show = |task: &mut Task| {
            attachment_marker::add(task, image);
            Ok(())
        };
        change::change(self.client, &self.task, show).await
    }

    /// Returns the project's id, because these calls do not accept the word `inbox`.
    async fn project(&self) -> Result<ProjectId, Error> {
        id::check(&self.task)?;
        resource::project_of(self.client, &self.task, self.project.clone()).await
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
        // Copies the error, because the call's own error may be shared.
        Some(why) => Error::io(WRITING, io::Error::new(why.kind(), why.to_string())),
        None => error.into(),
    }
}

/// Returns the media type for a file name, or that of plain bytes if it is unknown.
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
