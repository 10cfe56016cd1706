//! Declares managers: handles that borrow a client.

/// Declares a manager: a handle that borrows a client.
macro_rules! manager {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        #[must_use = "managers are lazy: call a method and `.await` it"]
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
