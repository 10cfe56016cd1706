//! Runs tools: what all of them share, from the arguments to the id for `undo`, and the time limit.

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::JsonObject;

use crate::answer::Answer;
use crate::args;
use crate::call::{Access, Call};
use crate::caller::{Asks, Caller, Consent};
use crate::catch::Caught;
use crate::failure::Failure;
use crate::state::State;
use crate::tool::Tool;
use crate::view::View;

/// How long a call may take, without the time for questions to the user. Some clients time out after 30 seconds.
pub(crate) const LIMIT: Duration = Duration::from_secs(24);

/// Runs a tool for a client. If the tool asks for a confirmation and the client can ask its user during the call, the user is
/// asked, and the tool runs again with the answer.
pub(crate) async fn call(
    state: &Arc<State>,
    tool: &'static Tool,
    args: JsonObject,
    caller: &Arc<Caller>,
    consent: Consent,
) -> Answer {
    let answer = limited(state, tool, args.clone(), caller, consent).await;
    let (Some(question), Some(token)) = (&answer.question, &answer.confirm) else { return answer };
    if caller.asks() != Asks::Now {
        return answer;
    }
    let consent = caller.ask(question, token).await;
    limited(state, tool, args, caller, consent).await
}

/// Runs a tool, and returns what is known if it takes too long or is canceled. Requests that were sent are never interrupted.
async fn limited(
    state: &Arc<State>,
    tool: &'static Tool,
    args: JsonObject,
    caller: &Arc<Caller>,
    consent: Consent,
) -> Answer {
    let (of, by) = (Arc::clone(state), Arc::clone(caller));
    let access = if tool.reads { Access::Read } else { Access::Write };
    let mut running = tokio::spawn(async move { run(&of, tool, args, access, &by, &consent).await });
    let why = tokio::select! {
        done = &mut running => return done.unwrap_or_else(|_| defect()),
        () = tokio::time::sleep(LIMIT) => "TickTick did not respond in time",
        () = caller.cancelled() => "the call was canceled",
    };
    if caller.stop() {
        running.abort();
        let text = format!("Failed: {why}. Nothing was changed. The call may be repeated.");
        return Answer::of_failure(&Failure::new(text), false);
    }
    let text = format!(
        "Unfinished: {why}, but the change was sent and may still be carried out. Do not repeat the call: look at the tasks and \
         at history first."
    );
    Answer::of_failure(&Failure::new(text), true)
}

/// Runs a tool. A panic is a failure of this call.
pub(crate) async fn run(
    state: &State,
    tool: &Tool,
    args: JsonObject,
    access: Access,
    caller: &Caller,
    consent: &Consent,
) -> Answer {
    match Caught(Box::pin(run_tool(state, tool, args, access, caller, consent))).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failure)) => Answer::of_failure(&failure, caller.has_begun()),
        Err(()) => defect(),
    }
}

fn defect() -> Answer {
    let text = "Failed: this tool has a bug. Other tools still work. Do not repeat the call.";
    Answer::of_failure(&Failure::new(text), true)
}

/// Returns the account for a tool that only reads.
pub(crate) async fn view(state: &State) -> Result<View, Failure> {
    let account = state.account().await?;
    let (caller, consent) = (Caller::default(), Consent::default());
    let call = Call { state, account: &account, access: Access::Read, caller: &caller, consent: &consent, request: "" };
    call.view().await
}

/// Returns the tool and its arguments, without those that control how it runs.
fn request(tool: &Tool, args: &JsonObject) -> String {
    let mut args: Vec<_> = args.iter().filter(|(name, _)| !matches!(name.as_str(), "confirm" | "dry_run")).collect();
    args.sort_by_key(|(name, _)| *name);
    let args = args.into_iter().map(|(name, value)| format!("\n{name} {value}"));
    std::iter::once(tool.name.to_owned()).chain(args).collect()
}

async fn run_tool(
    state: &State,
    tool: &Tool,
    args: JsonObject,
    access: Access,
    caller: &Caller,
    consent: &Consent,
) -> Result<Answer, Failure> {
    let args = args::fit(args, &(tool.input)())?;
    let account = state.account().await?;
    let request = request(tool, &args);
    let call = Call { state, account: &account, access, caller, consent, request: &request };
    if tool.reads {
        let answer = (tool.run)(&call, args).await;
        account.keep();
        return answer;
    }
    let _turn = state.writing.lock().await;
    let _write = state.watchers.write();
    // Other programs may write at the same time, so the latest entry of the journal may be one of theirs.
    let work = async { ((tool.run)(&call, args).await, account.mirror.latest_of_command()) };
    let (written, entry) = account.mirror.with_command(format!("mcp {}", tool.name), work).await;
    account.keep();
    let mut answer = written.unwrap_or_else(|failure| Answer::of_failure(&failure, caller.has_begun()));
    if let Some(entry) = entry? {
        answer.undo = Some(entry.to_string());
        state.watchers.look();
    }
    Ok(answer)
}
