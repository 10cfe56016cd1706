//! Gets a token of the Open API in a browser: OAuth with PKCE and a redirect to this machine.

mod redirect;

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ticktick::date::{Clock as _, SystemClock};
use ticktick::models::{OAuthExchange, OAuthGrant};
use ticktick::raw::{self, Host};
use ticktick::{ClientBuilder, Region, Secret};

use self::redirect::Redirect;
use crate::error::{Error, ErrorKind};

/// The requested scopes: all of them.
const SCOPE: &str = "tasks:read tasks:write";

/// Characters that need no escaping in a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An OAuth client, which its owner registers on the developer site of the service.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OAuthClient {
    /// Its id.
    pub id: String,
    /// Its secret. A public client has none.
    pub secret: Option<Secret>,
    /// Its redirect address, exactly as registered: HTTP on the loopback interface, with a port.
    pub redirect: String,
}

/// A token of the Open API.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpenApiToken {
    /// The token.
    pub token: Secret,
    /// When it expires, if the service tells.
    pub expires: Option<Timestamp>,
}

/// A sign-in that waits for the user's consent in a browser.
///
/// It listens on the redirect address of the client and proves with PKCE (S256) that it requested the code.
///
/// ```no_run
/// use std::time::Duration;
/// use ticktick::{Client, Region};
/// use ticktick_profile::{Authorization, OAuthClient};
///
/// # async fn example(region: Region) -> Result<(), Box<dyn std::error::Error>> {
/// let client = OAuthClient::new("my-client", "http://127.0.0.1:8765/callback");
/// let authorization = Authorization::start(&region, client)?;
/// println!("Open {}", authorization.address());
/// let code = authorization.wait(Duration::from_secs(300))?;
/// let token = code.exchange(Client::builder().region(region)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Authorization {
    client: OAuthClient,
    verifier: Secret,
    state: Secret,
    address: String,
    redirect: Redirect,
}

/// The code from the browser, which can be exchanged once.
#[derive(Debug)]
pub struct AuthorizationCode {
    client: OAuthClient,
    verifier: Secret,
    code: Secret,
}

impl OAuthClient {
    /// Creates a public client.
    pub fn new(id: impl Into<String>, redirect: impl Into<String>) -> Self {
        Self { id: id.into(), secret: None, redirect: redirect.into() }
    }

    /// Sets its secret.
    #[must_use]
    pub fn with_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }
}

impl Authorization {
    /// Listens on the client's redirect address.
    ///
    /// # Errors
    ///
    /// If the address is not on the loopback interface, or its port is in use.
    pub fn start(region: &Region, client: OAuthClient) -> Result<Self, Error> {
        let redirect = Redirect::listen(&client.redirect)?;
        let (verifier, state) = (random::<32>()?, random::<16>()?);
        let pairs = [
            ("client_id", client.id.as_str()),
            ("scope", SCOPE),
            ("state", state.expose()),
            ("redirect_uri", &client.redirect),
            ("response_type", "code"),
            ("code_challenge", &challenge(&verifier)),
            ("code_challenge_method", "S256"),
        ];
        let query = pairs.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, PLAIN))).join("&");
        let address = format!("{}/oauth/authorize?{query}", region.base(Host::Web));
        Ok(Self { client, verifier, state, address, redirect })
    }

    /// Returns the address of the page on which the user consents.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits until the browser returns with a code. Blocks the thread.
    ///
    /// # Errors
    ///
    /// If the user refused, or did not consent in time.
    pub fn wait(self, limit: Duration) -> Result<AuthorizationCode, Error> {
        let code = self.redirect.wait(self.state.expose(), limit)?;
        Ok(AuthorizationCode { client: self.client, verifier: self.verifier, code })
    }
}

impl AuthorizationCode {
    /// Exchanges the code for a token. The builder's client needs no session.
    ///
    /// `POST /oauth/token`
    ///
    /// # Errors
    ///
    /// If the service cannot be reached, or refuses the client.
    pub async fn exchange(self, builder: ClientBuilder) -> Result<OpenApiToken, ticktick::Error> {
        let mut form = OAuthExchange::new(OAuthGrant::AuthorizationCode);
        form.code = self.code.into();
        form.scope = SCOPE.to_owned().into();
        form.redirect_uri = self.client.redirect.into();
        form.code_verifier = self.verifier.into();
        let builder = match self.client.secret {
            Some(secret) => builder.basic(self.client.id, secret),
            None => {
                form.client_id = self.client.id.into();
                builder
            }
        };
        let answer = raw::open::exchange_code(builder.build()?.transport(), &form).await?;
        let seconds = answer.expires_in.get().copied().map(SignedDuration::from_secs);
        let expires = seconds.and_then(|seconds| SystemClock.now().checked_add(seconds).ok());
        Ok(OpenApiToken { token: answer.access_token, expires })
    }
}

/// Returns random text that needs no escaping in an address.
fn random<const BYTES: usize>() -> Result<Secret, Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| Error::failed("the operating system provides no random numbers"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes).into())
}

/// Returns the challenge of a verifier, by `S256`.
fn challenge(verifier: &Secret) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, verifier.expose().as_bytes()))
}

impl Error {
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, message)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use ticktick::Client;
    use ticktick_sim::Simulator;

    use super::*;

    /// Returns an unused address on this machine.
    fn free() -> String {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        format!("http://127.0.0.1:{port}/callback")
    }

    /// Gets a page and follows its redirect, as a browser does. Returns the last response.
    fn visit(address: &str) -> String {
        let (host, target) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let next =
            answer.lines().find_map(|line| line.to_lowercase().starts_with("location: ").then(|| line[10..].trim()));
        next.map_or_else(|| answer.clone(), visit)
    }

    #[test]
    fn challenges_are_those_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = Secret::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(random::<32>().unwrap().expose().len(), 43);
        assert_ne!(random::<16>().unwrap(), random::<16>().unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_consent_becomes_a_token() {
        for secret in [None, Some("hush")] {
            let redirect = free();
            let builder = Simulator::builder().account("me@example.com", "secret");
            let builder = match secret {
                Some(secret) => builder.oauth_client("app", secret, &redirect),
                None => builder.public_oauth_client("app", &redirect),
            };
            let simulator = builder.start().await.unwrap();
            let region: Region = simulator.base_url().parse().unwrap();
            let mut client = OAuthClient::new("app", redirect);
            client.secret = secret.map(Secret::from);
            let authorization = Authorization::start(&region, client).unwrap();
            let address = authorization.address().to_owned();
            let browser = std::thread::spawn(move || visit(&address));
            let code =
                tokio::task::spawn_blocking(|| authorization.wait(Duration::from_secs(60))).await.unwrap().unwrap();
            let page = browser.join().unwrap();
            assert!(page.starts_with("HTTP/1.1 200") && page.contains("You can close this page"), "{page}");

            let token = code.exchange(Client::builder().region(region.clone())).await.unwrap();
            assert!(token.expires.is_some());
            let client = Client::builder().region(region).bearer(token.token).build().unwrap();
            let lists = raw::open::list_projects(client.transport(), &raw::open::ListProjectsOptions::default()).await;
            assert!(lists.is_ok());
        }
    }

    #[test]
    fn a_refusal_is_an_error_and_a_foreign_redirect_is_none() {
        let client = OAuthClient::new("app", free());
        let callback = client.redirect.clone();
        let authorization = Authorization::start(&Region::TickTick, client).unwrap();
        assert!(
            authorization
                .address()
                .starts_with("https://ticktick.com/oauth/authorize?client_id=app&scope=tasks%3Aread")
        );
        let state = authorization.state.expose().to_owned();
        let browser = std::thread::spawn(move || {
            let forged = visit(&format!("{callback}?code=evil&state=wrong"));
            let other = visit(&callback.replace("/callback", "/favicon.ico"));
            let refused = visit(&format!("{callback}?error=access_denied&state={state}"));
            [forged, other, refused].map(|answer| answer[9..12].to_owned())
        });
        let error = authorization.wait(Duration::from_secs(60)).unwrap_err();
        assert_eq!(
            (error.kind, browser.join().unwrap()),
            (ErrorKind::Refused, ["400", "404", "200"].map(str::to_owned))
        );
        assert!(error.message.contains("access_denied"), "{error}");
    }

    #[test]
    fn the_redirect_stays_on_this_machine() {
        for address in [
            "https://127.0.0.1:1/a",
            "http://example.com:1/a",
            "http://127.0.0.1/a",
            "http://0.0.0.0:9/a",
            "app:/a",
            "",
        ] {
            let error = Authorization::start(&Region::TickTick, OAuthClient::new("app", address)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Usage, "{address}");
        }
        let busy = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://127.0.0.1:{}/", busy.local_addr().unwrap().port());
        let error = Authorization::start(&Region::TickTick, OAuthClient::new("app", address)).unwrap_err();
        assert!(error.message.contains("cannot listen") && error.hint.is_some(), "{error}");
    }
}
