//! Runs tools: what all of them share, from the arguments to the id for `undo`.

use rmcp::model::JsonObject;

use crate::answer::{Answer, Failure};
use crate::args;
use crate::call::Call;
use crate::catch::Caught;
use crate::state::State;
use crate::tool::Tool;
use crate::view::View;

/// Runs a tool. A panic is a failure of this call.
pub(crate) async fn run(state: &State, tool: &Tool, args: JsonObject) -> Answer {
    match Caught(Box::pin(run_tool(state, tool, args))).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failure)) => failure.into(),
        Err(()) => {
            let text = "Failed: the server has a defect in this tool. Other tools still work. Do not repeat the call.";
            Failure::new(text).into()
        }
    }
}

/// Returns the account as a tool that only reads sees it.
pub(crate) async fn view(state: &State) -> Result<View, Failure> {
    let account = state.account().await?;
    Call { state, account, reads: true }.view().await
}

async fn run_tool(state: &State, tool: &Tool, args: JsonObject) -> Result<Answer, Failure> {
    let args = args::fit(args, &(tool.input)())?;
    let account = state.account().await?;
    let call = Call { state, account, reads: tool.reads };
    if tool.reads {
        return (tool.run)(&call, args).await;
    }
    let _turn = state.writing.lock().await;
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
