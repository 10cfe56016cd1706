//! Reads from the service what the mirror does not contain: statistics, events, closed tasks.

use std::collections::HashMap;

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};
use ticktick::Client;

use crate::answer::Answer;
use crate::args::Globals;
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::tag;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::Tag;
use crate::mirror;
use crate::output::{Output, width};
use crate::ui::Look;
use crate::ui::progress::Progress;
use crate::ui::terminal;

/// A connection, and what dates depend on.
pub(crate) struct Reading {
    connection: Connection,
    pub(crate) now: ZonedDateTime,
    pub(crate) starts_on: Weekday,
    pub(crate) projects: Vec<ProjectView>,
    /// The tags that can be named. Empty if none is given.
    tags: Vec<Tag>,
    /// The progress, which is removed before anything is printed.
    _progress: Progress,
}

impl Reading {
    /// Connects.
    pub(crate) async fn open(globals: &Globals, output: Output) -> Result<Self, Error> {
        Self::of_tags(globals, output, &[]).await
    }

    /// Connects and reads the given tags.
    pub(crate) async fn of_tags(globals: &Globals, output: Output, given: &[String]) -> Result<Self, Error> {
        let progress = Progress::spinner("reading", terminal::shows_progress());
        let mut connection = mirror::connect(globals, output).await?;
        let (now, starts_on, projects, tags) = connection
            .find(globals, output, |account, now| {
                let (projects, tags) = (project_view::all(account), tag::known(account, given));
                Ok((now.clone(), account.first_weekday(), projects, tags))
            })
            .await?;
        Ok(Self { connection, now, starts_on, projects, tags, _progress: progress })
    }

    pub(crate) fn client(&self) -> &Client {
        &self.connection.client
    }

    /// Returns the connection, to look up objects of the account.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Returns the names of the given tags, and an error if one does not exist.
    pub(crate) fn tags(&self, given: &[String]) -> Result<(Vec<String>, Option<Error>), Error> {
        tag::wanted(given, &self.tags)
    }

    pub(crate) fn today(&self) -> Date {
        self.now.date()
    }

    /// Returns the names of projects by id.
    pub(crate) fn project_names(&self) -> HashMap<String, String> {
        self.projects.iter().map(|project| (project.id.clone(), project.name.clone())).collect()
    }

    /// Closes the connection and returns an answer with the current time.
    pub(crate) fn answer<T: serde::Serialize>(self, data: Vec<T>) -> Result<Answer<T>, Error> {
        self.connection.close()?;
        let mut answer = Answer::new(data);
        answer.meta.now = Some(self.now);
        Ok(answer)
    }
}

/// Returns how views are drawn on this terminal.
pub(crate) fn look(globals: &Globals) -> Look {
    Look::new(width(), globals.output.accessible)
}
