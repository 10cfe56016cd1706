//! Codes of authenticator apps (RFC 6238).

use jiff::Timestamp;
use ticktick_models::Secret;
use totp_rs::{Algorithm, Builder};

use crate::Error;

/// Computes the codes of an authenticator app.
pub(crate) struct Totp(totp_rs::Totp);

impl Totp {
    /// Parses a secret in base 32, or the `otpauth://` address of a QR code.
    pub(crate) fn read(secret: &Secret) -> Result<Self, Error> {
        let text = secret.expose().trim();
        let plain = || Some(Builder::new().with_secret(key(text)?));
        let builder = if text.contains("://") { of_address(text) } else { plain() };
        // The error does not contain the text, because it is a secret. Some services issue keys that are shorter than
        // RFC 6238 requires, so they are accepted.
        builder.map(|builder| Self(builder.build_noncompliant())).ok_or_else(|| {
            Error::invalid_input(
                "invalid TOTP secret\nhint: use base 32, as shown when the authenticator app is set up, or an \
                 otpauth://totp/ address",
            )
        })
    }

    /// Returns the code at a time.
    pub(crate) fn code(&self, now: Timestamp) -> String {
        // Times before 1970 are treated as 1970.
        self.0.generate(u64::try_from(now.as_second()).unwrap_or(0)).to_string()
    }
}

/// Parses a key in any form that apps show: in groups, in lower case, with or without padding.
fn key(text: &str) -> Option<totp_rs::Secret> {
    let text = text.replace("%3D", "").replace("%3d", "");
    let text: String = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '=')).collect();
    if text.is_empty() {
        return None;
    }
    totp_rs::Secret::try_from_base32(text.to_uppercase()).ok()
}

fn of_address(address: &str) -> Option<Builder> {
    let (place, query) = address.split_once('?')?;
    if !place.to_ascii_lowercase().starts_with("otpauth://totp/") {
        return None;
    }
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let digits =
        value("digits").map_or(Some(6), |digits| digits.parse().ok()).filter(|digits| (6..=8).contains(digits))?;
    let step = value("period").map_or(Some(30), |period| period.parse().ok()).filter(|step| *step > 0)?;
    let algorithm = match value("algorithm").unwrap_or("SHA1").to_ascii_uppercase().as_str() {
        "SHA1" => Algorithm::SHA1,
        "SHA256" => Algorithm::SHA256,
        "SHA512" => Algorithm::SHA512,
        _ => return None,
    };
    let builder = Builder::new().with_secret(key(value("secret")?)?);
    Some(builder.with_digits(digits).with_step_duration(step).with_algorithm(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890`, the secret of the vectors in RFC 6238.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn code(secret: &str, second: i64) -> String {
        Totp::read(&secret.into()).unwrap().code(Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn the_vectors_of_the_rfc_come_out() {
        let address = format!("otpauth://totp/TickTick:me?secret={SECRET}&issuer=TickTick&digits=8");
        for (second, wanted) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(code(&address, second), wanted);
            assert_eq!(code(SECRET, second), wanted[2..]);
        }
    }

    #[test]
    fn other_algorithms_and_steps_are_obeyed() {
        let sha256 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
        assert_eq!(code(&format!("otpauth://totp/x?secret={sha256}&algorithm=SHA256&digits=8"), 59), "46119246");
        let slow = format!("otpauth://totp/x?secret={SECRET}&period=60");
        assert_eq!(code(&slow, 119), code(SECRET, 59), "both are in their second step");
    }

    #[test]
    fn secrets_are_read_as_people_have_them() {
        let grouped = " gezd gnbv gy3t qojq\ngezd-gnbv-gy3t-qojq== ";
        assert_eq!(code(grouped, 59), "287082");
        assert_eq!(code(&format!("OTPAUTH://TOTP/a?SECRET={SECRET}%3D"), 59), "287082");
    }

    #[test]
    fn invalid_secrets_are_refused_and_not_shown() {
        for secret in [
            "",
            "  - ",
            "GEZD1",
            "https://example.com/?secret=GEZDGNBV",
            "otpauth://hotp/x?secret=GEZDGNBV&counter=1",
            "otpauth://totp/x?issuer=GEZDGNBV",
            "otpauth://totp/x?secret=",
            "otpauth://totp/x?secret=GEZDGNBV&digits=40",
            "otpauth://totp/x?secret=GEZDGNBV&period=0",
            "otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5",
        ] {
            let error = Totp::read(&secret.into()).err().unwrap();
            assert!(matches!(error, Error::InvalidInput { .. }), "{secret}");
            assert!(!error.to_string().contains("GEZD"), "{error}");
        }
    }
}
