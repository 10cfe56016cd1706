//! [`Private`]: text that is kept out of debug output.

use std::fmt;
use std::ops::Deref;

/// Personal text, such as a display name or the key of a calendar, which is often an e-mail address.
///
/// It reads and prints like a `str`, but `Debug` hides it to keep it out of logs.
///
/// ```
/// use ticktick_models::Private;
///
/// let name = Private::from("Ada");
/// assert_eq!(name, "Ada");
/// assert_eq!(format!("{name}, {name:?}"), "Ada, [private]");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Private(Box<str>);

crate::id!(Private, text);

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

impl Deref for Private {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use crate::{
        ActivityAuthor, BoundEvents, CalendarAccounts, CalendarSubscriptions, OpenMember, ProjectMember, UserProfile,
        UserStatus,
    };

    const MARK: &str = "m4rk";

    /// Decodes a value in which every `@` is the mark, and checks that its debug output has none.
    fn assert_hides<T: DeserializeOwned + Debug>(json: &str) {
        let value: T = serde_json::from_str(&json.replace('@', &format!("{MARK}@example.com"))).unwrap();
        for text in [format!("{value:?}"), format!("{value:#?}")] {
            assert!(!text.contains(MARK), "{text}");
        }
    }

    #[test]
    fn debug_hides_calendars_and_the_names_of_people() {
        assert_hides::<UserProfile>(
            r#"{"username":"@","email":"@","name":"@","displayName":"@","givenName":"@","familyName":"@","phone":"@",
            "phoneWithoutCountryCode":"@","unknown":"@"}"#,
        );
        assert_hides::<UserStatus>(r#"{"userId":"1","inboxId":"inbox1","username":"@"}"#);
        assert_hides::<ProjectMember>(r#"{"displayName":"@","username":"@","nickName":"@"}"#);
        assert_hides::<OpenMember>(r#"{"displayName":"@","username":"@"}"#);
        assert_hides::<ActivityAuthor>(r#"{"displayName":"@","username":"@"}"#);
        let calendar = r#"{"id":"@","name":"@","outId":"@"}"#;
        let connect = r#"{"id":"@","account":"@","workspaceName":"@","ownerName":"@"}"#;
        assert_hides::<CalendarAccounts>(&format!(
            r#"{{"accounts":[{{"id":"@","account":"@","calendars":[{calendar}]}}],"connects":[{connect}]}}"#
        ));
        assert_hides::<CalendarSubscriptions>(r#"[{"id":"@","name":"@","url":"@"}]"#);
        let event = r#"{"id":"@","uid":"@"}"#;
        assert_hides::<BoundEvents>(&format!(
            r#"{{"events":[{{"id":"@","name":"@","events":[{event}]}}],"errorIds":["@"],"accountId":"@"}}"#
        ));
        assert_hides::<BoundEvents>(&format!(r#"[{{"accountId":"@","errorIds":["@"],"events":[{event}]}}]"#));
    }
}
