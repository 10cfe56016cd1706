//! How a client reaches the service: region, device identity, pace, retries and the transport.
//!
//! [`ClientBuilder`] takes these values. [`Transport`] replaces the built-in HTTP client, for example in tests, and
//! [`Drift`] describes responses that do not match the contract.
//!
//! ```
//! use ticktick::Client;
//! use ticktick::connection::{Device, Pace, Region};
//!
//! let client = Client::builder().region(Region::Dida365).device(Device::new()).pace(Pace::unlimited()).build()?;
//! assert!(client.drift().is_empty());
//! # Ok::<(), ticktick::Error>(())
//! ```

#[doc(inline)]
pub use ticktick_raw::http::{Device, Pace, Region, RetryPolicy};
#[doc(inline)]
pub use ticktick_raw::{Pending, Transport};

pub use crate::builder::ClientBuilder;
pub use crate::client::Client;
pub use crate::drift::Drift;
