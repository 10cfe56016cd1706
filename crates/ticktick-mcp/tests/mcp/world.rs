//! A server of the demo account at a fixed time, and a client of it.

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion, Tool};
use rmcp::service::{ClientLifecycleMode, ClientServiceExt, RoleClient, RunningService};
use rmcp::{ServiceError, ServiceExt};
use serde_json::Value;
use tempfile::TempDir;
use ticktick::Client;
use ticktick::date::FixedClock;
use ticktick::mirror::Mirror;
use ticktick_mcp::{Options, Server};
use ticktick_sim::{DEMO_USER, Service, Simulator};

use crate::agent::{Agent, Seen};
use crate::slow::{Slow, Slowness};

/// The time of all tests: Thursday.
pub(crate) const NOW: &str = "2026-11-26T12:14:00Z";

/// The two ways in which clients begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    Handshake,
    Discover,
}

/// A server of the demo account, and a client of it.
pub(crate) struct World {
    pub(crate) service: Service,
    /// Another client of the same account.
    pub(crate) other: Client,
    pub(crate) agent: RunningService<RoleClient, Agent>,
    /// What the agent saw.
    pub(crate) seen: Arc<Seen>,
    pub(crate) slow: Slowness,
    _folder: TempDir,
}

/// The answer to a call.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) text: String,
    pub(crate) undo: Option<String>,
    pub(crate) confirm: Option<String>,
    pub(crate) is_error: bool,
    pub(crate) value: Value,
}

/// Returns options with which every call sees the writes of others.
pub(crate) fn options() -> Options {
    Options { max_age: Some(Duration::ZERO), ..Options::default() }
}

/// Runs a scenario in both eras, each with a new account.
pub(crate) async fn both(scenario: impl AsyncFn(&World)) {
    for era in [Era::Handshake, Era::Discover] {
        scenario(&World::new(era, options()).await).await;
    }
}

impl World {
    pub(crate) async fn new(era: Era, options: Options) -> Self {
        Self::with(era, options, Agent::default()).await
    }

    pub(crate) async fn with(era: Era, options: Options, agent: Agent) -> Self {
        let clock = FixedClock(NOW.parse().unwrap());
        let service = Simulator::builder().demo().clock(clock).build();
        let folder = tempfile::tempdir().unwrap();
        let mirror = Mirror::open_at(folder.path().join("mirror.db"), clock).unwrap();
        let client = || Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
        let slow = Slowness::default();
        let delays = slow.clone();
        let slowed = client().layer(move |wire| Slow { inner: wire, delays: delays.clone() });
        let server = Server::of_client(slowed.mirror(&mirror).build().unwrap(), mirror, clock, options).unwrap();
        let other = client().build().unwrap();
        let seen = Arc::clone(&agent.seen);
        let agent = connect(era, server, agent).await;
        service.forget_requests();
        Self { service, other, agent, seen, slow, _folder: folder }
    }

    pub(crate) async fn tools(&self) -> Vec<Tool> {
        self.agent.list_all_tools().await.unwrap()
    }

    pub(crate) async fn try_call(&self, name: &str, args: Value) -> Result<CallToolResult, ServiceError> {
        try_call(&self.agent, name, args).await
    }

    pub(crate) async fn call(&self, name: &str, args: Value) -> Reply {
        call(&self.agent, name, args).await
    }

    pub(crate) fn reply(result: CallToolResult) -> Reply {
        let value = result.structured_content.unwrap();
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let reply = Reply {
            text: text("text").unwrap(),
            undo: text("undo"),
            confirm: text("confirm"),
            is_error: result.is_error == Some(true),
            value: value.clone(),
        };
        let shown = serde_json::to_value(&result.content[0]).unwrap();
        assert_eq!(shown["text"].as_str(), Some(reply.text.as_str()), "both places have the same text");
        reply
    }

    /// Calls a tool that must succeed.
    pub(crate) async fn ok(&self, name: &str, args: Value) -> Reply {
        let reply = self.call(name, args).await;
        assert!(!reply.is_error, "{name}: {}", reply.text);
        reply
    }

    /// Returns an open task by its title.
    pub(crate) async fn task(&self, title: &str) -> ticktick::Task {
        let all = self.other.sync().full().await.unwrap().into_tasks();
        all.into_iter().find(|task| task.title() == title).unwrap_or_else(|| panic!("no open task {title}"))
    }

    pub(crate) async fn titles(&self) -> Vec<String> {
        let all = self.other.sync().full().await.unwrap().into_tasks();
        all.iter().map(|task| task.title().to_owned()).collect()
    }

    /// Returns how many writes the account received since the last call.
    pub(crate) fn writes(&self) -> usize {
        let count =
            self.service.requests().iter().filter(|one| one.method != "GET" && !one.target.contains("query")).count();
        self.service.forget_requests();
        count
    }
}

/// Connects a client to a server in the same process.
pub(crate) async fn connect(era: Era, server: Server, agent: Agent) -> RunningService<RoleClient, Agent> {
    let (near, far) = tokio::io::duplex(1 << 20);
    tokio::spawn(async move { server.serve(far).await.unwrap().waiting().await });
    match era {
        Era::Handshake => agent.serve(near).await.unwrap(),
        Era::Discover => {
            let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
            agent.serve_with_lifecycle(near, ClientLifecycleMode::Discover { preferred_versions }).await.unwrap()
        }
    }
}

async fn try_call(
    agent: &RunningService<RoleClient, Agent>,
    name: &str,
    args: Value,
) -> Result<CallToolResult, ServiceError> {
    let arguments = args.as_object().cloned().unwrap();
    agent.call_tool(CallToolRequestParams::new(name.to_owned()).with_arguments(arguments)).await
}

pub(crate) async fn call(agent: &RunningService<RoleClient, Agent>, name: &str, args: Value) -> Reply {
    World::reply(try_call(agent, name, args).await.unwrap())
}

/// Returns the codes of the lines of a list.
pub(crate) fn codes(text: &str) -> Vec<String> {
    let is_code = |code: &&str| code.len() >= 4 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.lines().skip(1).filter_map(|line| line.split(' ').next()).filter(is_code).map(str::to_owned).collect()
}
