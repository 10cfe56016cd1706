//! `ticktick comment`.

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::Task;

use super::focus::find_task;
use crate::answer::Answer;
use crate::args::{CommentAddArgs, CommentCommand, CommentDeleteArgs, CommentEditArgs, Globals};
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli::{Comment, Named as Name};
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;
use crate::written::{Written, write};

pub(crate) const COMMENT: Entry =
    Entry::group(Section::Objects, "comment", "Manage comments on tasks", CommentCommand::augment_subcommands, run);

impl Named for Comment {
    const WHAT: &'static str = "comment";
    const LIST: &'static str = "comment list TASK";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.text
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match CommentCommand::from_arg_matches(matches)? {
        CommentCommand::List(args) => wait(list(globals, &args.task, output)),
        CommentCommand::Add(args) => wait(add(globals, args, output)),
        CommentCommand::Edit(args) => wait(edit(globals, args, output)),
        CommentCommand::Delete(args) => wait(delete(globals, &args, output)),
    }
}

/// Finds the task of a comment or file.
pub(super) fn name_of(task: &Task) -> Name {
    Name { id: task.id.to_string(), name: task.title.as_deref().unwrap_or_default().to_owned() }
}

fn view(comment: &ticktick::task::Comment, task: &Task) -> Comment {
    Comment {
        id: comment.id.to_string(),
        text: comment.title.clone(),
        task: name_of(task),
        mine: comment.user_profile.get().is_none_or(|author| author.is_myself != false),
        created: comment.created_time.get().and_then(ticktick::models::Timestamp::instant),
    }
}

/// Reads the comments on a task, the oldest first.
async fn all(connection: &Connection, task: &Task) -> Result<Vec<Comment>, Error> {
    let comments = connection.client.task().comments(task).list().await?;
    let mut comments: Vec<Comment> = comments.iter().map(|comment| view(comment, task)).collect();
    comments.sort_by_key(|comment| comment.created);
    Ok(comments)
}

/// Finds a comment; `last` is the newest one.
fn find(wanted: &str, comments: &[Comment]) -> Result<Comment, Error> {
    match comments.last() {
        Some(last) if wanted == "last" => Ok(last.clone()),
        None => Err(Error::new(Kind::NotFound, "the task has no comments")),
        _ => noun::find(wanted, comments).cloned(),
    }
}

async fn list(globals: &Globals, task: &str, output: Output) -> Result<(), Error> {
    let (comments, now) = noun::read_of_tasks(globals, output, async |connection| {
        let task = find_task(task, connection, globals, output).await?;
        Ok((all(connection, &task).await?, noun::now(connection).await?))
    })
    .await?;
    Answer::new(comments).print(globals, |comments| {
        noun::table(comments, "comment", 2, |comment| {
            let when = noun::moment(comment.created, now.time_zone(), now.date());
            let author = if comment.mine { "you" } else { "" };
            vec![Cell::new(format!(" {when}")).style(DIM), Cell::new(author).style(DIM), Cell::new(&comment.text)]
        })
    })
}

async fn add(globals: &Globals, args: CommentAddArgs, output: Output) -> Result<(), Error> {
    let text = noun::text(args.text)?;
    write(globals, output, async |connection| {
        let task = find_task(&args.of.task, connection, globals, output).await?;
        connection.name(&format!("comment add {}", task.id));
        let comment = view(&connection.client.task().comments(&task).add(text).await?, &task);
        let line = format!("Commented on \"{}\"", comment.task.name);
        Ok(Written::one(comment, line))
    })
    .await
}

async fn edit(globals: &Globals, args: CommentEditArgs, output: Output) -> Result<(), Error> {
    let text = noun::text(args.text)?;
    write(globals, output, async |connection| {
        let task = find_task(&args.of.task, connection, globals, output).await?;
        let comment = find(&args.comment, &all(connection, &task).await?)?;
        connection.name(&format!("comment edit {}", comment.id));
        let edited = connection.client.task().comments(&task).edit(comment.id.as_str(), text).await?;
        let line = format!("Changed a comment on \"{}\"", comment.task.name);
        Ok(Written::one(view(&edited, &task), line))
    })
    .await
}

async fn delete(globals: &Globals, args: &CommentDeleteArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let task = find_task(&args.of.task, connection, globals, output).await?;
        let all = all(connection, &task).await?;
        let found = args.comments.iter().map(|wanted| find(wanted, &all)).collect::<Result<Vec<_>, _>>()?;
        noun::confirm_delete(globals, &found, "")?;
        noun::name_command(connection, "comment delete", &found);
        let comments = connection.client.task().comments(&task);
        let delete = async |comment: &Comment| {
            comments.delete(comment.id.as_str()).await?;
            Ok(comment.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}
