//! `ticktick auth doctor`: checks everything that sign-in depends on.

use std::net::ToSocketAddrs as _;
use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use ticktick::connection::RetryPolicy;
use ticktick::date::{Clock as _, SystemClock};
use ticktick::raw::{self, Host, Request, Response, SendKind, op};
use ticktick_profile::{Profile as Saved, Secrets, Source};

use super::findings::{Findings, lines};
use super::{open_api, place_in_words};
use crate::answer::Answer;
use crate::args::Globals;
use crate::connect::{Connection, Profile};
use crate::drift;
use crate::error::{Error, Kind};
use crate::text::{on_one_line, plural};

/// Time limit for a response.
const PATIENCE: Duration = Duration::from_secs(15);

/// With a larger clock error, codes of authenticator apps are refused.
const SKEW: SignedDuration = SignedDuration::from_secs(30);

/// Variables that name a proxy.
const PROXIES: [&str; 6] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

const OFFLINE: &str = "not checked, because --offline sends nothing";

pub(crate) async fn run(globals: &Globals) -> Result<(), Error> {
    let mut findings = Findings::default();
    if globals.demo {
        let connection = Connection::open(globals).await?;
        connection.client.check_session().await?;
        findings.ok("account", "the demo account works, and needs no sign-in");
    } else {
        check(globals, &mut findings).await;
        contract(&mut findings);
    }
    let has_failed = findings.has_failed();
    Answer::new(findings.into_vec()).print(globals, lines)?;
    if has_failed { Err(Error::new(Kind::Reported, "a check failed")) } else { Ok(()) }
}

async fn check(globals: &Globals, findings: &mut Findings) {
    match globals.settings() {
        Ok(settings) if settings.warnings().is_empty() => {
            let server = settings.region().map(|region| region.to_string()).unwrap_or_default();
            findings.ok("config", format!("profile {} at {server}", settings.profile()));
        }
        Ok(settings) => {
            findings.warning(
                "config",
                settings.warnings().join("\n"),
                "correct the file; `ticktick config path` prints its path",
            );
        }
        Err(error) => return findings.error("config", error),
    }
    let profile = match Profile::open(globals) {
        Ok(profile) => profile.saved,
        Err(error) => return findings.error("files", error),
    };
    files(&profile, findings);
    keyring(&profile, findings);
    session(&profile, findings);
    waits(&profile, findings);
    if globals.mirror.offline {
        return findings.skipped("connection", OFFLINE);
    }
    let proxy = PROXIES.iter().find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    match proxy {
        // The address may contain a password.
        Some(name) => findings.ok("proxy", format!("requests go through the proxy of {name}")),
        None => name(&profile, findings),
    }
    service(&profile, findings).await;
}

/// Checks whether all responses so far match the contract of this program.
fn contract(findings: &mut Findings) {
    match drift::read().map(|seen| seen.len()) {
        Ok(0) => findings.ok("contract", "all responses so far match it"),
        Ok(count) => findings.warning(
            "contract",
            format!("responses did not match it at {}", plural(count, "place")),
            "`ticktick doctor --drift` lists them",
        ),
        Err(error) => findings.warning("contract", error.message, error.hint.unwrap_or_default()),
    }
}

fn files(profile: &Saved, findings: &mut Findings) {
    let path = profile.sessions().path().display().to_string();
    match profile.sessions().repaired() {
        [] if profile.sessions().path().exists() => {
            findings.ok("files", if cfg!(unix) { format!("only you can read {path}") } else { path });
        }
        [] => findings.ok("files", format!("{path} does not exist yet")),
        repaired => findings.warning(
            "files",
            repaired.join("\n"),
            "if others use this machine, sign out and in again, because they may have read the session",
        ),
    }
}

fn keyring(profile: &Saved, findings: &mut Findings) {
    let place = profile.sessions().path().display();
    let is_used = profile.source() == Source::Keyring || profile.open_api_source() == Source::Keyring;
    let store = profile.settings().get("session-store").unwrap_or("auto");
    if store == "file" && !is_used {
        return findings.skipped("keyring", "not used, because the setting `session-store` is `file`");
    }
    match (Secrets::Auto.open(), profile.session()) {
        (Ok(_), Err(error)) => findings.error("keyring", error.into()),
        (Ok(keyring), Ok(_)) => findings.ok("keyring", format!("{} is available", keyring.describe())),
        (Err(why), _) if is_used => findings.failed(
            "keyring",
            format!("the session is in the keyring, which does not respond: {why}"),
            "unlock the keyring, or sign in again: `ticktick auth login`",
        ),
        (Err(why), _) if store == "keyring" => findings.failed(
            "keyring",
            format!("it does not respond: {why}"),
            "start or unlock a keyring, or use a file: `ticktick config set session-store file`",
        ),
        (Err(why), _) => findings.ok("keyring", format!("not available ({why}); sessions are saved in {place}")),
    }
}

fn session(profile: &Saved, findings: &mut Findings) {
    let server = profile.server();
    if profile.source() != Source::Nowhere {
        let place = place_in_words(profile, profile.source());
        return findings.ok("session", format!("saved for {server}, in {place}"));
    }
    if profile.open_api_source() != Source::Nowhere {
        return findings.warning(
            "session",
            format!("no session for {server}, only a token of the Open API"),
            "for commands other than `ticktick api open.*`, sign in with `ticktick auth login`",
        );
    }
    let others = profile.sessions().servers(profile.settings().profile());
    let message = format!("not signed in to {server}");
    match others.as_slice() {
        [] => findings.failed("session", message, "sign in with `ticktick auth login`"),
        [other, ..] => findings.failed(
            "session",
            format!("{message}, but to {}", others.join(", ")),
            match other.as_str() {
                "ticktick" | "dida365" => format!("use --region {other}, or `ticktick config set region {other}`"),
                address => format!("use --base-url {address}, or sign in with `ticktick auth login`"),
            },
        ),
    }
}

/// Checks whether the service asked an earlier command to wait.
fn waits(profile: &Saved, findings: &mut Findings) {
    let now = SystemClock.now();
    let locks = profile.sessions().locks(profile.region(), now);
    match locks.iter().max() {
        Some(until) => findings.error("lock-out", Error::locked_out(*until)),
        None => findings.ok("lock-out", "no account is known to be locked"),
    }
    let limits = profile.limits();
    if let Some(until) = limits.waits_until().max(limits.open_api_waits_until()) {
        let seconds = until.duration_since(now).as_secs().max(1);
        findings.warning(
            "limit",
            format!("the service received too many requests and asked to wait for another {seconds} s"),
            "wait; until then, commands fail without sending a request",
        );
    }
}

/// Resolves the name of the server.
fn name(profile: &Saved, findings: &mut Findings) {
    let base = profile.region().base(Host::Api);
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let authority = rest.split('/').next().unwrap_or(rest);
    let port = if scheme == "http" { 80 } else { 443 };
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let address = if has_port { authority.to_owned() } else { format!("{authority}:{port}") };
    match address.to_socket_addrs().map(|mut addresses| addresses.next()) {
        Ok(Some(_)) => findings.ok("dns", format!("{authority} resolves")),
        Ok(None) => findings.failed("dns", format!("{authority} has no address"), "check the name of the server"),
        Err(_) => findings.failed(
            "dns",
            format!("{authority} cannot be resolved"),
            "check the network connection and the DNS server; behind a proxy, set HTTPS_PROXY",
        ),
    }
}

/// Calls the service once, and checks the connection, the clock and the session by the response.
async fn service(profile: &Saved, findings: &mut Findings) {
    let built = profile.client().map_err(Error::from);
    let client = match built.and_then(|builder| Ok(builder.retry(RetryPolicy::never()).timeout(PATIENCE).build()?)) {
        Ok(client) => client,
        Err(error) => return findings.error("connection", error),
    };
    let request = Request::new(&op::USER_STATUS, op::USER_STATUS.path);
    match client.transport().send(request).await {
        Ok(response) => {
            findings.ok("connection", format!("{} answers", profile.server()));
            clock(&response, SystemClock.now(), findings);
        }
        Err(raw::Error::Send { kind, message, .. }) => return connection(profile, kind, &message, findings),
        Err(error) => return findings.error("connection", error.into()),
    }
    if profile.source() != Source::Nowhere {
        match client.check_session().await {
            Ok(status) => {
                let name = status.username.get().map_or("unknown", |name| name.expose());
                findings.ok("account", format!("the session of {} is valid", on_one_line(name)));
            }
            Err(error) => findings.error("account", of_session(error.into())),
        }
    }
    if profile.open_api_source() != Source::Nowhere {
        match open_api::check(&client).await {
            Ok(()) => findings.ok("open-api", "the service accepts the token"),
            Err(error) => findings.error("open-api", error),
        }
    }
}

/// Suggests how to fix a failed connection.
fn connection(profile: &Saved, kind: SendKind, message: &str, findings: &mut Findings) {
    let server = profile.server();
    let lower = message.to_lowercase();
    let remedy = if lower.contains("certificate") || lower.contains("tls") {
        "check the clock, and whether a proxy, a firewall or a captive portal answers in place of the service; \
         if a company's proxy does, install its certificate in the system"
    } else if kind == SendKind::Timeout {
        "check the network connection and the firewall; behind a proxy, set HTTPS_PROXY"
    } else if profile.region().is_loopback() {
        "start the server, for example with `ticktick serve`, or correct the setting `base-url`"
    } else {
        "check the network connection; behind a proxy, set HTTPS_PROXY"
    };
    findings.failed("connection", format!("{server} does not respond: {message}"), remedy);
}

/// Compares the local clock with that of the service.
fn clock(response: &Response, now: Timestamp, findings: &mut Findings) {
    let theirs = response.header("date").and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
    let Some(theirs) = theirs else { return findings.skipped("clock", "the service does not report the time") };
    let skew = now.duration_since(theirs);
    let seconds = skew.abs().as_secs();
    if skew.abs() <= SKEW {
        return findings.ok("clock", "agrees with the clock of the service");
    }
    let way = if skew.is_positive() { "fast" } else { "slow" };
    findings.warning(
        "clock",
        format!("it is {seconds} s {way}, so codes of authenticator apps may be refused"),
        "set the clock, for example with `timedatectl set-ntp true`",
    );
}

fn of_session(error: Error) -> Error {
    if error.kind == Kind::Auth { error.hint("sign in again with `ticktick auth login`") } else { error }
}
