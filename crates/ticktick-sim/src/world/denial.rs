//! Reasons for refusing a request.

/// The reason for refusing a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    /// There is no session, or it has expired.
    NotSignedIn,
    /// The request is invalid.
    Senseless,
    NoTask,
    NoProject,
    NoTag,
    /// The permission on a shared project does not suffice.
    NoPermission,
    /// Only the author may change it.
    NotTheAuthor,
    /// The plan does not allow more.
    OverQuota,
    UnsupportedFile,
    ExportedTooOften,
    /// Too many requests to the Open API.
    QueryLimit {
        most: u32,
        minutes: i64,
    },
}
