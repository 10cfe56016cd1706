//! [`TaskAttachments`]: the files attached to a task.

use std::io;

use ticktick_models::{AsId, Attachment, AttachmentId, DailyLimit, ProjectId, Task, TaskId};
use ticktick_raw::{self as raw, Call, FileUpload, op};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{TaskManager, change, resource};
use crate::workaround::{attachment_answer_not_json, attachment_marker};
use crate::{Client, Error, check, id, write};

/// Default size limit of a download in bytes.
const MOST_BYTES: u64 = 1 << 30;

const READING: &str = "reading the file to upload";
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
    /// A task that you have already read lists them in [`Task::attachments`](ticktick_models::Task).
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

    /// Returns how many files may be uploaded per day, as the service sends it.
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
    /// The client chooses the id. If the response does not contain the attachment, the client reads the task. An image
    /// may not be visible in the task's text until you call [`show`](Self::show).
    ///
    /// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank or contains control characters, and [`Error::Raw`] if the
    /// service refuses the file, for example because the quota is used up.
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
        check::file_name(&name)?;
        let mime = mime_of(&name);
        let file = FileUpload::new(name, mime, bytes);
        let project = self.project().await?;
        let id = AttachmentId::new_with(&mut self.client.ids());
        let answer = write::perform(
            self.client,
            || raw::attachment::upload(self.client.wire(), &project, &self.task, &id, file.clone()),
            || async { Ok(self.find(&id).await?.map(|_| String::new())) },
        );
        self.uploaded(&answer.await.map_err(|error| self.missing(error))?, &id).await
    }

    /// Uploads the content of a reader, for example of a file on disk, and returns the attachment.
    ///
    /// The client reads from the reader while it sends the file, so that at most 128 KiB are in memory. A transport
    /// that cannot stream, such as that of the simulator in the same process, receives the whole file at once.
    ///
    /// The client never repeats an upload after it has sent the first bytes, because the reader cannot be read twice.
    /// If the response is lost after that, the client reads the task, and the call fails unless the task contains the
    /// file. To try again, create a new reader. [`upload`](Self::upload) retries automatically, because it has all
    /// bytes. The client's [`timeout`](crate::ClientBuilder::timeout) covers the whole upload; raise it for large
    /// files.
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
    /// let license = tokio::fs::File::open("LICENSE-MIT").await?;
    /// let file = client.task().attachments(&task).upload_from("license.txt", license).await?;
    /// assert_eq!(file.file_name, "license.txt");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn upload_from(&self, name: impl Into<String>, reader: impl AsyncRead) -> Result<Attachment, Error> {
        let name = name.into();
        check::file_name(&name)?;
        let file = FileUpload::new(&*name, mime_of(&name), "");
        let project = self.project().await?;
        let id = AttachmentId::new_with(&mut self.client.ids());
        let call = Call::new(&op::ATTACHMENT_UPLOAD).path("projectId", &project).path("taskId", &self.task);
        match call.path("attachmentId", &id).file(file).upload(self.client.wire(), reader).await {
            Ok(answer) => self.uploaded(&answer, &id).await,
            Err(error) if write::is_outcome_unknown(&error) => match self.find(&id).await {
                Ok(Some(file)) => Ok(file),
                _ => Err(error.into()),
            },
            Err(error) => Err(self.missing(failed(error, READING))),
        }
    }

    /// Returns the attachment that a response names; if it names none, reads the task.
    async fn uploaded(&self, answer: &str, id: &AttachmentId) -> Result<Attachment, Error> {
        if let Some(file) = attachment_answer_not_json::stored(answer, id) {
            return Ok(file);
        }
        let not_applied = || Error::NotApplied { operation: op::ATTACHMENT_UPLOAD.id, id: id.to_string() };
        self.find(id).await?.ok_or_else(not_applied)
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
    pub async fn download(&self, file: impl AsId<AttachmentId>, writer: impl AsyncWrite) -> Result<u64, Error> {
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
    /// let answer = files.download_at_most(&notes, Vec::new(), 4).await;
    /// assert!(answer.is_err(), "the file has eight bytes");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn download_at_most(
        &self,
        file: impl AsId<AttachmentId>,
        writer: impl AsyncWrite,
        limit: u64,
    ) -> Result<u64, Error> {
        let file = id::of(file)?;
        let project = self.project().await?;
        let call = Call::new(&op::ATTACHMENT_DOWNLOAD).path("projectId", &project).path("taskId", &self.task);
        let call = call.path("attachmentId", &file);
        let answer = call.download(self.client.wire(), writer, limit).await;
        match answer.map_err(|error| failed(error, WRITING)) {
            // The service does not say what is missing.
            Err(error) if error.may_be_missing() && matches!(self.find(&file).await, Ok(None)) => {
                Err(Error::not_found("attachment", &file))
            }
            answer => answer,
        }
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

    /// Names the task in an error that says that it or its project does not exist.
    fn missing(&self, error: Error) -> Error {
        match error {
            Error::Raw(error) => Error::missing(error, "task", &self.task),
            error => error,
        }
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Attachment>, Error> {
        let task = resource::get(self.client, &self.task).await?;
        Ok(task.attachments.into_iter().find(|file| attachment_answer_not_json::is(file, id)))
    }
}

/// Tells the errors of the caller's reader or writer from those of the call.
fn failed(error: raw::Error, what: &'static str) -> Error {
    let local = match &error {
        raw::Error::Custom { source, .. } => source.downcast_ref::<io::Error>(),
        _ => None,
    };
    match local {
        // Copies the error, because the call's own error may be shared.
        Some(why) => Error::io(what, io::Error::new(why.kind(), why.to_string())),
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
