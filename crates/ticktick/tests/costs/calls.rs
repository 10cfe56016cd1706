//! Each call of each manager, once, in the form that costs what the table says.

mod habits;
mod others;
mod projects;
mod task;

use crate::Call;

/// Pairs names with calls.
macro_rules! calls {
    ($world:ident; $($name:literal => $call:expr;)*) => {{
        let mut calls: Vec<(&'static str, crate::Call)> = Vec::new();
        $(calls.push(($name, |$world| Box::pin(async move { $call.await.map(drop) })));)*
        calls
    }};
}
pub(crate) use calls;

pub(crate) fn all() -> Vec<(&'static str, Call)> {
    [task::calls(), task::parts(), task::places(), projects::calls(), others::calls(), habits::calls()].concat()
}
