//! [`State`]: what all connections of a server share.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use rmcp::model::JsonObject;
use ticktick::Task;

use crate::answer::{Answer, Failure};
use crate::args;
use crate::call::Call;
use crate::catch::Caught;
use crate::confirm::Confirmations;
use crate::options::Options;
use crate::source::{Account, Source};
use crate::tool::Tool;

/// How many closed tasks keep their codes.
const REMEMBERED: usize = 500;

/// What all connections of a server share.
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) confirmations: Confirmations,
    source: Source,
    account: tokio::sync::OnceCell<Account>,
    /// Held by each call that writes, so that the journal knows whose write is whose.
    writing: tokio::sync::Mutex<()>,
    /// Ids of the closed tasks that were listed.
    listed: Mutex<VecDeque<String>>,
}

impl State {
    pub(crate) fn new(source: Source, options: Options) -> Result<Self, String> {
        Ok(Self {
            options,
            confirmations: Confirmations::new()?,
            source,
            account: tokio::sync::OnceCell::new(),
            writing: tokio::sync::Mutex::default(),
            listed: Mutex::default(),
        })
    }

    /// Returns the ids of the closed tasks that were listed.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Remembers closed tasks, so that their codes stay valid.
    pub(crate) fn remember<'a>(&self, tasks: impl IntoIterator<Item = &'a Task>) {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        for task in tasks {
            if !listed.iter().any(|id| *id == task.id.as_str()) {
                listed.push_back(task.id.to_string());
            }
        }
        while listed.len() > REMEMBERED {
            listed.pop_front();
        }
    }

    /// Runs a tool. A panic is a failure of this call.
    pub(crate) async fn run(&self, tool: &Tool, args: JsonObject) -> Answer {
        match Caught(Box::pin(self.run_tool(tool, args))).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(failure)) => failure.into(),
            Err(()) => {
                Failure::new("Failed: the server has a defect in this tool. Other tools still work. Do not repeat the call.").into()
            }
        }
    }

    async fn run_tool(&self, tool: &Tool, args: JsonObject) -> Result<Answer, Failure> {
        let args = args::fit(args, &(tool.input)())?;
        let account = self.account.get_or_try_init(async || self.source.open()).await?;
        let call = Call { state: self, account, reads: tool.reads };
        if tool.reads {
            return (tool.run)(&call, args).await;
        }
        let _turn = self.writing.lock().await;
        let last = || Ok::<_, Failure>(account.mirror.journal(1)?.first().map_or(0, |entry| entry.id));
        let before = last()?;
        let written = account.mirror.with_command(format!("mcp {}", tool.name), (tool.run)(&call, args)).await;
        let mut answer = written.unwrap_or_else(Answer::from);
        let after = last()?;
        if after > before {
            answer.undo = Some(after.to_string());
        }
        Ok(answer)
    }
}
