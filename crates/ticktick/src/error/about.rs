//! The text of an [`Error`] about an object that the text around it names.

use super::Error;

impl Error {
    /// Returns the text of the error without the id of the object, if the error is about this one alone.
    pub(crate) fn about(&self, id: &str) -> String {
        let reason = match self {
            Self::Unfinished { id: of, state, source } if of == id => {
                return format!("{state}: {}", source.about(id));
            }
            Self::Batch { operation, failures } => match &failures[..] {
                [failure] if failure.id == id => {
                    let code = failure.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
                    format!("{operation} refused it{code}")
                }
                _ => return self.to_string(),
            },
            Self::NotFound { what, id: of } if of == id => format!("the {what} was not found"),
            Self::NotApplied { operation, id: of } if of == id => {
                format!("{operation}: the service returned 200, but did not store it")
            }
            Self::FieldLost { operation, id: of, field, .. } if of == id => {
                format!("{operation}: field `{field}` was not stored as sent")
            }
            Self::Conflict(conflict) if conflict.id() == id => "it has changed since it was read".into(),
            _ => return self.to_string(),
        };
        match self.remedy() {
            "" => reason,
            remedy => format!("{reason}\nhint: {remedy}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ItemFailure;

    #[test]
    fn the_id_is_left_out_if_the_error_is_about_that_object() {
        let refused = |id: &str| Error::Batch {
            operation: "task.batch",
            failures: vec![ItemFailure { id: id.into(), code: Some("exceed_quota".into()) }],
        };
        let errors = [
            refused("task-a"),
            Error::not_found("task", &"task-a"),
            Error::NotApplied { operation: "task.batch", id: "task-a".into() },
            refused("task-a").unfinished(&"task-a", "was created, but is not below its parent"),
        ];
        for error in errors {
            assert!(error.to_string().contains("task-a"), "{error}");
            let reason = error.about("task-a");
            assert!(!reason.contains("task-a") && reason.ends_with(error.remedy()), "{reason}");
            assert_eq!(error.about("b"), error.to_string());
        }
        assert!(refused("task-a").about("task-a").starts_with("task.batch refused it (exceed_quota)\nhint: "));
    }
}
