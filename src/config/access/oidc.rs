//! The provider of sign-ins (OpenID Connect): whom the server believes, and which of its words open which role.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::roles::{EXPECTED, OPENED};
use crate::config::error::ConfigError;
use crate::config::values::origin;

/// Which of the provider's tokens the page sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageToken {
    /// The access token, which must be a JWT for one of the audiences.
    #[default]
    AccessToken,
    /// The ID token, for providers whose access tokens only they themselves can read.
    IdToken,
}

/// A provider of sign-ins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcSettings {
    /// Its name in its tokens and the address below which it describes itself, without a final slash.
    pub issuer: String,
    /// How the page is registered there, as a public client.
    pub client_id: String,
    /// For whom tokens are good here.
    pub audiences: Vec<String>,
    /// The claim with the words that open roles, as a path: `["realm_access", "roles"]`.
    pub role_claim: Vec<String>,
    /// Which word opens which role.
    pub roles: BTreeMap<String, String>,
    /// What its people are called in the logs; not by name unless `label_claim` asks for it.
    pub label: String,
    /// The claim with a name for the logs.
    pub label_claim: Option<String>,
    /// What the page asks for.
    pub scopes: Vec<String>,
    /// Which token the page sends.
    pub page_token: PageToken,
    /// The origins that the page talks to when somebody signs in: that of the issuer, and others.
    pub origins: Vec<String>,
    /// By how much clocks may differ.
    pub leeway: Duration,
    /// The least time between two fetches of its keys.
    pub refetch: Duration,
}

/// The table as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct OidcTable {
    issuer: String,
    client_id: String,
    #[serde(default)]
    audiences: Vec<String>,
    role_claim: String,
    roles: BTreeMap<String, String>,
    label: Option<String>,
    label_claim: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    page_token: PageToken,
    #[serde(default)]
    origins: Vec<String>,
    leeway_s: Option<u64>,
    refetch_s: Option<u64>,
}

impl OidcTable {
    pub(in crate::config) fn checked(self) -> Result<OidcSettings, ConfigError> {
        let issuer = issuer(self.issuer)?;
        let own = origin_of(&issuer);
        let mut origins = vec![own];
        for text in self.origins {
            origins.push(origin("oidc.origins", text)?);
        }
        let client_id = name("oidc.client_id", self.client_id)?;
        let audiences = if self.audiences.is_empty() { vec![client_id.clone()] } else { self.audiences };
        let audiences = audiences.into_iter().map(|text| name("oidc.audiences", text)).collect::<Result<_, _>>()?;
        let role_claim = name("oidc.role_claim", self.role_claim)?.split('.').map(str::to_owned).collect();
        let scopes = if self.scopes.is_empty() { vec!["openid".to_owned()] } else { self.scopes };
        Ok(OidcSettings {
            label: self.label.map(|text| name("oidc.label", text)).transpose()?.unwrap_or_else(|| "OIDC".to_owned()),
            label_claim: self.label_claim.map(|text| name("oidc.label_claim", text)).transpose()?,
            roles: roles(self.roles)?,
            scopes: scopes.into_iter().map(|text| name("oidc.scopes", text)).collect::<Result<_, _>>()?,
            page_token: self.page_token,
            leeway: Duration::from_secs(within("oidc.leeway_s", self.leeway_s.unwrap_or(30), 120)?),
            refetch: Duration::from_secs(within("oidc.refetch_s", self.refetch_s.unwrap_or(30), 3600)?),
            issuer,
            client_id,
            audiences,
            role_claim,
            origins,
        })
    }
}

fn wrong(key: &'static str, value: String, expected: &'static str) -> ConfigError {
    ConfigError::Value { key, value, expected }
}

/// `https://host[:port][/path]`; plain `http` on this machine only.
fn issuer(text: String) -> Result<String, ConfigError> {
    const EXPECTED: &str = "an address like https://id.example.vn/realms/tinh, as the provider's tokens name it";
    const HERE: [&str; 3] = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let is_here = HERE
        .iter()
        .any(|here| text.strip_prefix(here).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\;,?#@".contains(&byte));
    let is_address = text.starts_with("https://") || is_here;
    if plain && is_address && origin("oidc.issuer", origin_of(&text)).is_ok() {
        Ok(text)
    } else {
        Err(wrong("oidc.issuer", text, EXPECTED))
    }
}

/// The origin of an address.
fn origin_of(address: &str) -> String {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    address[..end].to_owned()
}

fn name(key: &'static str, text: String) -> Result<String, ConfigError> {
    let fits = !text.trim().is_empty() && !text.chars().any(char::is_control);
    if fits { Ok(text) } else { Err(wrong(key, text, "a word that is not empty")) }
}

fn roles(given: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, ConfigError> {
    if given.is_empty() {
        let expected = "at least one line as \"binhyen-planner\" = \"planner\": without it nobody has a role";
        return Err(wrong("oidc.roles", String::new(), expected));
    }
    match given.values().find(|role| !OPENED.contains(&role.as_str())) {
        Some(role) => Err(wrong("oidc.roles", role.clone(), EXPECTED)),
        None => Ok(given),
    }
}

fn within(key: &'static str, number: u64, most: u64) -> Result<u64, ConfigError> {
    let expected =
        if most == 120 { "a whole number of seconds up to 120" } else { "a whole number of seconds from 1 to 3600" };
    if number <= most && (number > 0 || most == 120) {
        Ok(number)
    } else {
        Err(wrong(key, number.to_string(), expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "issuer = \"https://id.example.vn/realms/tinh\"\nclient_id = \"binhyen\"\nrole_claim = \"realm_access.roles\"\n";
    const ROLES: &str = "[roles]\n\"binhyen-planner\" = \"planner\"\n";

    fn read(text: &str) -> Result<OidcSettings, ConfigError> {
        toml::from_str::<OidcTable>(text).unwrap().checked()
    }

    #[test]
    fn little_has_to_be_said() {
        let settings = read(&format!("{LEAST}{ROLES}")).unwrap();
        assert_eq!(
            (&*settings.audiences, &*settings.scopes),
            (&["binhyen".to_owned()][..], &["openid".to_owned()][..])
        );
        assert_eq!(
            (settings.role_claim.join("/"), settings.origins.join(" ")),
            ("realm_access/roles".into(), "https://id.example.vn".into())
        );
        assert_eq!((settings.leeway.as_secs(), settings.label), (30, "OIDC".to_owned()));
    }

    #[test]
    fn what_cannot_be_trusted_is_refused() {
        for issuer in [
            "http://id.example.vn",
            "http://127.0.0.1.example.vn",
            "https://",
            "https://a b",
            "https://a;script-src *",
            "id.example.vn",
            "https://a/?x",
        ] {
            let text = LEAST.replace("https://id.example.vn/realms/tinh", issuer);
            assert!(read(&format!("{text}{ROLES}")).is_err(), "{issuer}");
        }
        let local = LEAST.replace("https://id.example.vn/realms/tinh", "http://127.0.0.1:8291");
        assert!(read(&format!("{local}{ROLES}")).is_ok());
        for (more, key) in [
            (format!("{LEAST}[roles]\n"), "oidc.roles"),
            (format!("{LEAST}[roles]\nx = \"public\"\n"), "oidc.roles"),
            (format!("{LEAST}leeway_s = 600\n{ROLES}"), "oidc.leeway_s"),
            (format!("{LEAST}refetch_s = 0\n{ROLES}"), "oidc.refetch_s"),
            (format!("{LEAST}origins = [\"https://x/y\"]\n{ROLES}"), "oidc.origins"),
        ] {
            assert!(read(&more).unwrap_err().to_string().contains(key), "{more}");
        }
        assert!(toml::from_str::<OidcTable>(&format!("{LEAST}secret = \"x\"\n{ROLES}")).is_err());
    }
}
