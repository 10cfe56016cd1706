//! Why the service refuses something.

/// A reason to refuse a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    /// There is no session, or it has expired.
    NotSignedIn,
    /// The request makes no sense.
    Senseless,
    NoTask,
    NoProject,
    NoTag,
    /// The permission for a shared list is not enough.
    NoPermission,
    /// Only the author may do this.
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
