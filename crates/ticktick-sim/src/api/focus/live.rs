//! The live timer, shared by all devices.

use serde_json::{Map, Value};
use ticktick_models::{FocusOp, Object};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::{Members, array};

/// Applies operations and returns the state, with the changes since a checkpoint. If one operation is
/// invalid, none is applied.
pub(crate) fn operate(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let since = sent.int("lastPoint").ok_or_else(Refusal::senseless)?;
    let operations: Vec<Object> = match sent.get("opList") {
        None => Vec::new(),
        Some(list) => list.decode::<Option<_>>().map_err(|_| Refusal::senseless())?.unwrap_or_default(),
    };
    operations.iter().try_for_each(|operation| shape::check::<FocusOp>(operation, &[], &["time"]))?;
    let device = device(call);
    for operation in &operations {
        account.operate(operation, &device, call.now);
    }
    let point = account.checkpoint(call.now);
    let sessions = &account.focus.sessions;
    let members = Members::new().value("point", point);
    let members = match sessions.live().last() {
        Some(row) => members.raw("current", &row.text),
        None => members.null("current"),
    };
    let updates = sessions.live().filter(|row| row.changed > since);
    Ok(Reply::json_text(members.raw("updates", &array(updates.map(|row| &*row.text))).done()))
}

/// Returns the id of the device; the header is optional.
fn device(call: &Call) -> String {
    let device: Option<Map<String, Value>> = call.header("x-device").and_then(|json| serde_json::from_str(json).ok());
    device.and_then(|device| Some(device.get("id")?.as_str()?.to_owned())).unwrap_or_default()
}
