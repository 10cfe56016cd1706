//! What all managers are: a client, seen from one side.

/// Declares a manager: a handle that borrows a client.
macro_rules! manager {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        #[must_use = "a manager does nothing until it is asked to"]
        pub struct $name<'a> {
            client: &'a $crate::Client,
        }

        impl<'a> $name<'a> {
            pub(crate) fn new(client: &'a $crate::Client) -> Self {
                Self { client }
            }
        }
    };
}

pub(crate) use manager;
