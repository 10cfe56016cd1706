//! `ticktick attachment`.

pub(crate) mod file;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::Task;

use super::comment::name_of;
use super::focus::find_task;
use super::user::values;
use crate::answer::Answer;
use crate::args::{AttachmentArgs, AttachmentCommand, DownloadArgs, Globals, UploadArgs};
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{Attachment, Value};
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;
use crate::written::{Written, write};

pub(crate) const ATTACHMENT: Entry =
    Entry::group(Section::Objects, "attachment", "Manage files of tasks", AttachmentCommand::augment_subcommands, run);

impl Named for Attachment {
    const WHAT: &'static str = "attachment";
    const LIST: &'static str = "attachment list TASK";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match AttachmentCommand::from_arg_matches(matches)? {
        AttachmentCommand::List(args) => wait(list(globals, &args.task, output)),
        AttachmentCommand::Upload(args) => wait(upload(globals, &args, output)),
        AttachmentCommand::Download(args) => wait(download(globals, &args, output)),
        AttachmentCommand::Show(args) => wait(show(globals, &args, output)),
        AttachmentCommand::Limits => wait(limits(globals)),
    }
}

fn view(attachment: &ticktick::task::Attachment, task: &Task) -> Attachment {
    Attachment {
        id: attachment.id.get().map(ToString::to_string).unwrap_or_default(),
        name: attachment.file_name.as_deref().unwrap_or_default().to_owned(),
        task: name_of(task),
        size: attachment.size.copied().and_then(|size| size.try_into().ok()),
        kind: attachment.file_type.get().cloned(),
        created: attachment.created_time.get().and_then(ticktick::models::Timestamp::instant),
        file: None,
    }
}

/// The files of a task.
struct Files {
    task: Task,
    stored: Vec<ticktick::task::Attachment>,
    views: Vec<Attachment>,
}

impl Files {
    async fn read(connection: &mut Connection, globals: &Globals, task: &str, output: Output) -> Result<Self, Error> {
        let task = find_task(task, connection, globals, output).await?;
        let stored = connection.client.task().attachments(&task).list().await?;
        let views = stored.iter().map(|one| view(one, &task)).collect();
        Ok(Self { task, stored, views })
    }

    /// Finds a file.
    fn find(&self, name: &str) -> Result<(&ticktick::task::Attachment, &Attachment), Error> {
        let view = noun::find(name, &self.views)?;
        let stored = self.stored.iter().zip(&self.views).find(|(_, other)| other.id == view.id);
        stored.ok_or_else(|| Error::failed("the file no longer exists"))
    }
}

async fn list(globals: &Globals, task: &str, output: Output) -> Result<(), Error> {
    let (files, now) = noun::read_of_tasks(globals, output, async |connection| {
        Ok((Files::read(connection, globals, task, output).await?, noun::now(connection).await?))
    })
    .await?;
    Answer::new(files.views).print(globals, |files| {
        noun::table(files, "file", 0, |file| {
            let when = noun::moment(file.created, now.time_zone(), now.date());
            let size = file.size.map(file::size).unwrap_or_default();
            vec![Cell::new(format!(" {}", file.name)), Cell::new(size), Cell::new(when).style(DIM)]
        })
    })
}

async fn upload(globals: &Globals, args: &UploadArgs, output: Output) -> Result<(), Error> {
    let files = args.files.iter().map(|path| file::read(path)).collect::<Result<Vec<_>, _>>()?;
    write(globals, output, async |connection| {
        let task = find_task(&args.of.task, connection, globals, output).await?;
        connection.name(&format!("attachment upload {}", task.id));
        let attachments = connection.client.task().attachments(&task);
        let mut written = Written::all(Vec::new(), Vec::new());
        for (name, bytes) in &files {
            match attachments.upload(name.clone(), bytes.clone()).await {
                Ok(attachment) => {
                    written.lines.push(format!("Attached {name} ({})", file::size(bytes.len() as u64)));
                    written.data.push(view(&attachment, &task));
                }
                Err(error) => written.fail(name, error.into()),
            }
        }
        Ok(written)
    })
    .await
}

async fn download(globals: &Globals, args: &DownloadArgs, output: Output) -> Result<(), Error> {
    let (of, wanted) = (&args.attachment.of.task, &args.attachment.attachment);
    let attachment = noun::read_of_tasks(globals, output, async |connection| {
        let files = Files::read(connection, globals, of, output).await?;
        let (stored, view) = files.find(wanted)?;
        let path = args.to.clone().unwrap_or_else(|| file::local_name(&view.name));
        file::check(&path, args.force)?;
        let mut bytes = Vec::new();
        connection.client.task().attachments(&files.task).download(stored, &mut bytes).await?;
        file::write(&path, &bytes, args.force)?;
        Ok(Attachment { file: Some(path.display().to_string()), ..view.clone() })
    })
    .await?;
    if attachment.file.as_deref() == Some("-") {
        return Ok(());
    }
    Answer::new(vec![attachment]).print(globals, |all| {
        let line = |one: &Attachment| {
            let size = one.size.map(|size| format!(" ({})", file::size(size))).unwrap_or_default();
            format!(" {}{size}", one.file.as_deref().unwrap_or_default())
        };
        all.iter().map(line).collect::<Vec<_>>()
    })
}

async fn show(globals: &Globals, args: &AttachmentArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let files = Files::read(connection, globals, &args.of.task, output).await?;
        let (stored, view) = files.find(&args.attachment)?;
        connection.name(&format!("attachment show {}", files.task.id));
        connection.client.task().attachments(&files.task).show(stored).await?;
        let line = format!("Added {} to the text of \"{}\"", view.name, view.task.name);
        Ok(Written::one(view.clone(), line))
    })
    .await
}

async fn limits(globals: &Globals) -> Result<(), Error> {
    let values = noun::read(globals, async |connection| {
        let task = connection.client.task();
        let limit = serde_json::to_value(task.daily_upload_limit().await?).map_err(std::io::Error::from)?;
        let may_upload = task.may_upload().await?;
        Ok(vec![
            Value { name: "may_upload".into(), value: may_upload.into() },
            Value { name: "daily_limit".into(), value: limit },
        ])
    });
    values::print(globals, values.await?)
}
