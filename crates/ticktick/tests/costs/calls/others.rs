//! Calls on everything else.

use super::calls;
use crate::Call;

pub(super) fn calls() -> Vec<(&'static str, Call)> {
    calls! { w;
        "sync.full" => w.client.sync().full();
        "sync.delta" => w.client.sync().delta(1);
    }
}
