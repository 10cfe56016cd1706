//! Operations of the live timer, which are never retried.

use ticktick_models::{
    EpochMillis, Field, FocusId, FocusKind, FocusOp, FocusOpAnswer, FocusOpKind, FocusState, Timestamp,
};
use ticktick_raw::{self as raw, op};

use super::start::FocusStart;
use crate::workaround::{focus_last_point, focus_too_busy};
use crate::{Client, Error, write};

/// Starts a session and returns it.
pub(super) async fn start(client: &Client, what: FocusStart) -> Result<FocusState, Error> {
    let session = FocusId::new_with(&mut client.ids());
    let mut start = operation(client, &session, what.kind, FocusOpKind::Start);
    start.duration = i64::from(what.minutes).into();
    start.first_focus_id = match what.kind {
        FocusKind::Pomodoro => session.to_string().into(),
        _ => "".into(),
    };
    start.focus_on_id = what.subject.into();
    start.focus_on_title = Field::or_absent(what.title);
    start.auto_pomo_left = 0.into();
    start.pomo_count = 1.into();
    start.note = Field::or_absent(what.note);
    operate(client, &session, &[start], |state| !state.is_over()).await
}

/// Changes a session by operations and returns its new state.
pub(super) async fn change(
    client: &Client,
    session: &FocusState,
    kinds: &[FocusOpKind],
    is_so: impl Fn(&FocusState) -> bool,
) -> Result<FocusState, Error> {
    let Some(id) = session.id.get() else {
        return Err(Error::invalid_input("the session has no id; read the state of the timer first"));
    };
    let kind = session.r#type.copied().unwrap_or(FocusKind::Pomodoro);
    let made = kinds.iter().map(|of| {
        let mut made = operation(client, id, kind, of.clone());
        made.duration = match of {
            FocusOpKind::Drop | FocusOpKind::Exit => 0.into(),
            _ => session.duration,
        };
        made.first_focus_id = session.first_id.clone();
        made
    });
    operate(client, id, &made.collect::<Vec<_>>(), is_so).await
}

/// Builds an operation: `oId` is the id of the session, and `id` that of the operation.
fn operation(client: &Client, session: &FocusId, kind: FocusKind, of: FocusOpKind) -> FocusOp {
    let now = client.now();
    let mut made = FocusOp::new(FocusId::new_with(&mut client.ids()), session.clone(), of);
    made.o_type = kind.into();
    made.manual = true.into();
    made.time = Timestamp::from(now).into();
    made.created_time = EpochMillis::from(now).into();
    made
}

/// Reads the state of the timer.
pub(super) async fn read(client: &Client) -> Result<FocusOpAnswer, Error> {
    let answer = focus_too_busy::read(client, &focus_last_point::body(client, &[])).await?;
    focus_last_point::keep(client, &answer);
    Ok(answer)
}

/// Sends operations and returns the session, if it is on the timer and in the expected state.
async fn operate(
    client: &Client,
    session: &FocusId,
    operations: &[FocusOp],
    is_so: impl Fn(&FocusState) -> bool,
) -> Result<FocusState, Error> {
    let body = focus_last_point::body(client, operations);
    let found =
        |answer: FocusOpAnswer| answer.current.into_option().filter(|state| state.id == *session && is_so(state));
    let answer = match raw::focus::operate(client.wire(), &body).await {
        // Operations are never retried, so the state of the timer decides.
        Err(error) if write::is_outcome_unknown(&error) => match read(client).await.ok().and_then(found) {
            Some(state) => return Ok(state),
            None => return Err(error.into()),
        },
        answer => answer?,
    };
    focus_last_point::keep(client, &answer);
    found(answer).ok_or_else(|| Error::NotApplied { operation: op::FOCUS_OPERATE.id, id: session.to_string() })
}
