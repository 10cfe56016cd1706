//! The transport that talks to the real service.
