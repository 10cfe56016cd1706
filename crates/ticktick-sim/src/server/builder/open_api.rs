//! Access to the Open API from the start.

use crate::server::builder::Builder;
use crate::world::open_access::{Client, Token};

impl Builder {
    /// Adds an Open API token for an account, like the personal tokens of the web app's settings.
    ///
    /// ```
    /// use ticktick_raw::{Call, op};
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().account("me", "secret").api_token("me", "my-token").build();
    /// let call = Call::new(&op::OPEN_LIST_PROJECTS).header("Authorization", "Bearer my-token");
    /// assert_eq!(call.send(&sim.transport()).await?.status, 200);
    /// # Ok(())
    /// # }
    /// ```
    pub fn api_token(mut self, user: impl Into<String>, token: impl Into<String>) -> Self {
        self.open_access.tokens.insert(token.into(), Token { user: Some(user.into()), ends: None });
        self
    }

    /// Registers a confidential OAuth client, which has a secret.
    ///
    /// Opening its authorization page counts as consent: by the user of the session, or by the first
    /// account.
    pub fn oauth_client(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        self.open_access.clients.push(Client {
            id: id.into(),
            secret: Some(secret.into()),
            redirect: redirect_uri.into(),
        });
        self
    }

    /// Registers a public OAuth client, which has no secret and uses PKCE.
    pub fn public_oauth_client(mut self, id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        self.open_access.clients.push(Client { id: id.into(), secret: None, redirect: redirect_uri.into() });
        self
    }

    /// Limits each account to 100 requests to the Open API per minute and 300 per five minutes, as the
    /// service does. Disabled by default.
    pub fn throttle_open_api(mut self) -> Self {
        self.open_access.limited = true;
        self
    }
}
