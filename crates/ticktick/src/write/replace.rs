//! Updates: the given object replaces the stored one, unless that was changed elsewhere.

use ticktick_models::{Etag, Json, Object};

use super::update::update;
use crate::error::Conflict;
use crate::fields::lost;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::{Client, Error};

/// What an update does if the stored version is newer than the one that the caller read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Newer {
    /// Keeps it and returns an error with both versions.
    Refuse,
    Overwrite,
}

/// What has to be done to store an object.
#[derive(Debug, PartialEq)]
pub(crate) enum Decision<R> {
    /// Nothing: the object is already stored.
    Stored(R),
    Send(R),
}

/// Replaces a stored object while holding its lock and returns it with its new etag.
pub(crate) async fn replace<R: Resource>(client: &Client, object: R, newer: Newer) -> Result<R, Error> {
    let _turn = client.turn(Claim::one::<R>(object.key())).await;
    let before = object.read(client).await?;
    replace_read(client, &before, object, newer).await
}

/// Replaces a stored object that was just read, while the caller holds its lock.
pub(crate) async fn replace_read<R: Resource>(
    client: &Client,
    before: &R,
    object: R,
    newer: Newer,
) -> Result<R, Error> {
    match decide(before, object, newer)? {
        Decision::Stored(object) => Ok(object),
        Decision::Send(object) => {
            object.check_references(client, Some(before)).await?;
            update(client, before, object).await
        }
    }
}

/// Compares an object with the stored version.
pub(crate) fn decide<R: Resource>(before: &R, mut object: R, newer: Newer) -> Result<Decision<R>, Error> {
    let is_newer = is_newer(before, &object);
    if is_newer && newer == Newer::Refuse {
        return match (lost(&object, before, R::SERVER), before.etag()) {
            // An earlier attempt was applied, or another client made the same change.
            (None, Some(etag)) => {
                object.set_etag(etag.clone());
                Ok(Decision::Stored(object))
            }
            _ => {
                let conflict = Conflict::new(R::WHAT, object.key().as_ref(), &object, before);
                Err(Error::Conflict(Box::new(conflict)))
            }
        };
    }
    object.check(Some(before))?;
    if let Some(etag) = before.etag().filter(|_| is_newer) {
        object.set_etag(etag.clone());
    }
    Ok(Decision::Send(object))
}

/// Returns whether the stored version differs from the one that was read.
///
/// Without etags, the time of the last change decides. An object that was not read from the service has neither.
fn is_newer<R: Resource>(stored: &R, read: &R) -> bool {
    match (version(stored), version(read)) {
        (Some(stored), Some(read)) => stored != read,
        (etag, _) => match (modified(stored), modified(read)) {
            (Some(stored), Some(read)) => !stored.means(&read),
            _ => etag.is_some(),
        },
    }
}

/// Returns the etag of an object, if it has one.
fn version<R: Resource>(object: &R) -> Option<&Etag> {
    object.etag().filter(|etag| !etag.as_str().is_empty())
}

/// Returns when an object was last changed, if it has that time.
fn modified<R: Resource>(object: &R) -> Option<Json> {
    Object::encode(object).ok()?.get("modifiedTime").filter(|time| time.kind() != "null").cloned()
}

#[cfg(test)]
mod tests {
    use ticktick_models::Task;

    use super::*;

    fn task(members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b"{members}}}"#)).unwrap()
    }

    #[test]
    fn the_etag_decides_and_else_the_time_of_the_change() {
        let (one, other) = (r#","etag":"1""#, r#","etag":"2""#);
        let (early, late) = (r#","modifiedTime":"2026-03-01T00:00:00Z""#, r#","modifiedTime":"2026-03-02T00:00:00Z""#);
        for (stored, read, newer) in [
            (one, one, false),
            (other, one, true),
            (one, "", true),
            ("", one, false),
            ("", "", false),
            (early, early, false),
            (early, r#","modifiedTime":"2026-03-01T00:00:00.000+0000""#, false),
            (late, early, true),
            (r#","etag":"1","modifiedTime":"2026-03-01T00:00:00Z""#, early, false),
            (r#","etag":"","modifiedTime":null"#, r#","etag":"1""#, false),
        ] {
            assert_eq!(is_newer(&task(stored), &task(read)), newer, "{stored} {read}");
        }
    }

    #[test]
    fn what_is_stored_already_is_not_a_conflict() {
        let (stored, given) = (task(r#","etag":"2","title":"x""#), task(r#","etag":"1","title":"x""#));
        assert_eq!(decide(&stored, given, Newer::Refuse).unwrap(), Decision::Stored(stored));
    }

    #[test]
    fn a_conflict_has_both_versions_and_shows_neither() {
        let (stored, given) = (task(r#","etag":"2","title":"theirs""#), task(r#","etag":"1","title":"mine""#));
        let Err(Error::Conflict(conflict)) = decide(&stored, given.clone(), Newer::Refuse) else {
            panic!("no conflict")
        };
        assert_eq!(conflict.given::<Task>(), Some(given.clone()));
        assert_eq!(conflict.stored::<Task>(), Some(stored.clone()));
        let shown = format!("{conflict:?} {}", Error::Conflict(conflict.clone()));
        assert!(shown.contains("task a") && !shown.contains("mine") && !shown.contains("theirs"), "{shown}");
        let Ok(Decision::Send(sent)) = decide(&stored, given, Newer::Overwrite) else { panic!("not sent") };
        assert_eq!(sent.title.as_deref(), Some("mine"));
        assert_eq!(sent.etag, stored.etag);
    }
}
