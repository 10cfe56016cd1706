// A stand-in until `cargo xtask codegen` writes this folder.

/// The operations, by name.
pub mod op {
    use crate::*;

    /// `GET /api/v2/tags`
    pub static TAG_LIST: Operation = Operation {
        id: "tag.list", method: Method::Get, path: "/api/v2/tags", about: "Lists the tags.",
        auth: Auth::Session, host: Host::Api, retry: Retry::Safe, params: &[], body: None,
        returns: Returns { name: "any", check: ticktick_models::check::<serde_json::Value>, empty: false },
        paging: None, quirks: &[],
        evidence: Evidence { level: Level::Seen, by: &[], on: "2026-07" },
    };
    /// `PUT /api/v2/tag/rename`
    pub static TAG_RENAME: Operation = Operation {
        id: "tag.rename", method: Method::Put, path: "/api/v2/tag/rename", about: "Renames a tag.",
        auth: Auth::Session, host: Host::Api, retry: Retry::Never, params: &[],
        body: Some(Body { kind: BodyKind::Json, name: "any", check: ticktick_models::check::<serde_json::Value> }),
        returns: Returns { name: "nothing", check: ticktick_models::check_nothing, empty: false },
        paging: None, quirks: &[],
        evidence: Evidence { level: Level::Seen, by: &[], on: "2026-07" },
    };
}

/// Every operation.
pub static OPERATIONS: &[&crate::Operation] = &[&op::TAG_LIST, &op::TAG_RENAME];
