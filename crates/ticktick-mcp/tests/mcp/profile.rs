//! A profile of the command line, against a simulator on a socket.

use std::path::Path;

use rmcp::service::{RoleClient, RunningService};
use serde_json::json;
use tempfile::TempDir;
use ticktick::{Client, Login, Region, Session};
use ticktick_mcp::{Options, Server};
use ticktick_profile::{Environment, Folders, Profile, Settings};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Fault, RetryAfter, Rule, Simulator};

use crate::agent::Agent;
use crate::world::{Era, Reply, call, connect, options};

struct Home {
    folder: TempDir,
    url: String,
}

impl Home {
    fn of(simulator: &Simulator) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), url: simulator.base_url() }
    }

    fn environment(&self) -> Environment {
        Environment::fixed([
            ("TICKTICK_CONFIG_DIR", self.folder.path().to_str().unwrap()),
            ("TICKTICK_BASE_URL", &self.url),
            ("TICKTICK_SESSION_STORE", "file"),
        ])
    }

    fn profile(&self) -> Profile {
        let environment = self.environment();
        let folders = Folders::find(&environment).unwrap();
        let settings = Settings::load(&folders, &environment, None, Vec::new()).unwrap();
        Profile::open(settings, &folders, &environment).unwrap()
    }

    /// Saves a session, as `ticktick auth login` does.
    async fn sign_in(&self, user: &str, password: &str) {
        let client = Client::builder().region(self.url.parse::<Region>().unwrap()).build().unwrap();
        let Login::Done(_) = client.login(user, password).await.unwrap() else { panic!("a second factor") };
        let session: Session = client.session().unwrap();
        self.profile().save(&session, Some(user)).unwrap();
    }

    async fn agent_with(&self, options: Options) -> RunningService<RoleClient, Agent> {
        let server = Server::of_profile(None, self.environment(), options).unwrap();
        connect(Era::Handshake, server, Agent::default()).await
    }

    async fn agent(&self) -> RunningService<RoleClient, Agent> {
        self.agent_with(options()).await
    }
}

async fn agenda(agent: &RunningService<RoleClient, Agent>) -> Reply {
    call(agent, "agenda", json!({})).await
}

async fn demo() -> (Simulator, Home) {
    let simulator = Simulator::builder().demo().account("me@example.com", "secret").start().await.unwrap();
    let home = Home::of(&simulator);
    (simulator, home)
}

#[tokio::test]
async fn the_session_and_the_mirror_of_a_profile_are_used_and_marked() {
    let (_simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    assert!(!home.profile().owns_mirror());
    let agent = home.agent().await;
    let reply = agenda(&agent).await;
    assert!(reply.text.contains("Phone grandma"), "{}", reply.text);
    assert!(home.profile().owns_mirror(), "the command line need not check it again");
    assert!(home.profile().mirror_file().exists());
    let status = call(&agent, "sync_status", json!({})).await;
    assert!(status.text.contains("open tasks") && !status.text.contains(DEMO_USER), "{}", status.text);
    call(&agent, "complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
    let mirror = ticktick::mirror::Mirror::open(home.profile().mirror_file()).unwrap();
    assert_eq!(mirror.journal(1).unwrap()[0].command, "mcp complete_tasks");
}

#[tokio::test]
async fn without_the_network_the_mirror_answers_and_nothing_is_written() {
    let (simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let fresh = agenda(&home.agent().await).await;
    simulator.stop().await;
    let agent = home.agent_with(Options { max_age: Some(std::time::Duration::from_secs(3_600)), ..options() }).await;
    let mirrored = agenda(&agent).await;
    assert_eq!(
        mirrored.text.split_once('\n'),
        Some((mirrored.text.lines().next().unwrap(), fresh.text.split_once('\n').unwrap().1))
    );
    let found = call(&agent, "find_tasks", json!({"text": "grandma"})).await;
    assert_eq!(found.value["total"], 1);
    let write = call(&agent, "complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
    assert!(write.is_error && write.undo.is_none() && write.text.contains("may be repeated"), "{}", write.text);
}

#[tokio::test]
async fn a_server_without_a_session_starts_and_names_the_command() {
    let (simulator, home) = demo().await;
    let agent = home.agent().await;
    assert_eq!(agent.list_all_tools().await.unwrap().len(), 24);
    let reply = agenda(&agent).await;
    assert!(reply.is_error && reply.text.contains("Ask the user to run `ticktick auth login`"), "{}", reply.text);
    assert!(simulator.service().requests().is_empty());
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    assert!(!agenda(&agent).await.is_error, "the server sees the sign-in");
}

#[tokio::test]
async fn after_a_new_sign_in_the_same_server_goes_on() {
    let (simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let agent = home.agent().await;
    assert!(!agenda(&agent).await.is_error);
    simulator.service().end_sessions();
    simulator.service().forget_requests();
    for _ in 0..2 {
        let reply = agenda(&agent).await;
        assert!(reply.is_error && reply.text.contains("`ticktick auth login`"), "{}", reply.text);
    }
    assert!(!simulator.service().requests().iter().any(|one| one.target.contains("signon")), "it never signs on");
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    assert!(!agenda(&agent).await.is_error);
}

#[tokio::test]
async fn a_mirror_of_another_account_is_moved_aside() {
    let (_simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let agent = home.agent().await;
    assert!(agenda(&agent).await.text.contains("Phone grandma"));
    home.sign_in("me@example.com", "secret").await;
    let reply = agenda(&agent).await;
    assert!(!reply.is_error && !reply.text.contains("Phone grandma"), "{}", reply.text);
    let status = call(&agent, "sync_status", json!({})).await;
    assert!(status.text.contains("the copy was of another account; it was moved to"), "{}", status.text);
}

#[tokio::test]
async fn what_one_server_is_told_to_wait_all_servers_of_the_account_wait() {
    let (simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    assert!(!agenda(&home.agent().await).await.is_error);
    let wait = Fault::TooManyRequests { retry_after: RetryAfter::Seconds(3_600) };
    simulator.service().faults().add(Rule::new(wait).times(1));
    let told = call(&home.agent().await, "complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
    assert!(told.is_error, "{}", told.text);
    simulator.service().forget_requests();
    let other = home.agent().await;
    let reply = call(&other, "complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
    assert!(reply.is_error && simulator.service().requests().is_empty(), "{}", reply.text);
    let stale = call(&other, "sync_status", json!({})).await;
    assert!(stale.text.contains("asked this and other programs to wait until"), "{}", stale.text);
}

#[tokio::test]
async fn a_read_only_profile_has_no_tool_that_writes() {
    let (_simulator, home) = demo().await;
    std::fs::write(Path::new(home.folder.path()).join("config.toml"), "read-only = true\n").unwrap();
    assert_eq!(home.agent().await.list_all_tools().await.unwrap().len(), 9);
}

#[tokio::test]
async fn dates_are_read_by_the_settings_of_the_profile() {
    let (_simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let add = |due: &str| json!({"tasks": [{"title": "Milk", "due": due}], "dry_run": true});
    let with = async |settings: &str, due: &str| {
        std::fs::write(home.folder.path().join("config.toml"), settings).unwrap();
        call(&home.agent().await, "add_tasks", add(due)).await.text
    };
    let (dmy, mdy) =
        (with("date-order = \"dmy\"\n", "3/4/2031").await, with("date-order = \"mdy\"\n", "3/4/2031").await);
    assert!(dmy.contains("| Thu 2031-04-03"), "{dmy}");
    assert!(mdy.contains("| Tue 2031-03-04"), "{mdy}");
    let start = async |day: &str| with(&format!("week-start = \"{day}\"\n"), "next week").await;
    let (sunday, saturday) = (start("sunday").await, start("saturday").await);
    assert!(sunday.contains("Sun 20") && saturday.contains("Sat 20"), "{sunday}\n{saturday}");
}

#[tokio::test]
async fn the_mirror_may_be_as_old_as_the_profile_allows() {
    let (simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let requests = async |settings: &str| {
        std::fs::write(home.folder.path().join("config.toml"), settings).unwrap();
        let agent = home.agent_with(Options::default()).await;
        agenda(&agent).await;
        simulator.service().forget_requests();
        agenda(&agent).await;
        simulator.service().requests().len()
    };
    assert_eq!(requests("max-age = \"1h\"\n").await, 0);
    assert_eq!(requests("max-age = \"0s\"\n").await, 1);
}

#[tokio::test]
async fn no_answer_contains_a_secret() {
    let (simulator, home) = demo().await;
    home.sign_in(DEMO_USER, DEMO_PASSWORD).await;
    let session = home.profile().session().unwrap().unwrap();
    let agent = home.agent().await;
    let secrets = [session.token.expose(), DEMO_USER, DEMO_PASSWORD];
    let check = |what: &str, text: &str| {
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "{what} has a secret: {text}");
    };
    let read = async || {
        for tool in agent.list_all_tools().await.unwrap() {
            let is_read = tool.annotations.as_ref().and_then(|hints| hints.read_only_hint) == Some(true);
            if is_read && tool.name != "get_task" {
                check(&tool.name, &call(&agent, &tool.name, json!({})).await.value.to_string());
            }
        }
        check("get_task", &call(&agent, "get_task", json!({"tasks": ["Buy groceries"]})).await.value.to_string());
        let today = agent.read_resource(rmcp::model::ReadResourceRequestParams::new("ticktick://today")).await;
        check("today", &format!("{today:?}"));
    };
    read().await;
    simulator.service().end_sessions();
    read().await;
}
