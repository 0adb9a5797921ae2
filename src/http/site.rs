//! Where the server stands for the outside: absolute addresses, other origins,
//! frames. Taken from the configuration, never guessed from a request: a request
//! can only choose among the names that this machine has for itself.

use std::sync::Arc;

use crate::config::{Basemap, Config, CorsOrigins};

/// Whether a request names a host under which the server knows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownHost {
    /// No host, a name of this machine, or any host where the public address is configured.
    Own,
    /// A host that nobody has told the server of, so that it has no address to give.
    Foreign,
}

/// The outside view of the server.
#[derive(Debug, Clone)]
pub struct Site {
    /// The path under which the server itself answers; empty or `/name`.
    pub base_path: String,
    /// What stands before every address in an answer.
    prefix: Arc<str>,
    /// Who may read answers from other origins.
    pub cors_origins: CorsOrigins,
    /// The sources of `frame-ancestors` of the page for frames.
    pub frame_ancestors: String,
    /// Foreign tiles under the map of the page.
    pub basemap: Option<Basemap>,
    /// What the page talks to when somebody signs in.
    pub sign_in_origins: Vec<String>,
    /// Where security faults are reported.
    pub security_contact: Option<String>,
}

impl Site {
    /// The outside view that a configuration describes. A public address without a path
    /// is followed by the base path; one with a path stands for it (a proxy may cut it off).
    pub fn new(config: &Config) -> Self {
        let prefix = match &config.public_url {
            Some(url) if has_path(url) => url.clone(),
            Some(url) => format!("{url}{}", config.base_path),
            None => config.base_path.clone(),
        };
        Self {
            base_path: config.base_path.clone(),
            prefix: prefix.into(),
            cors_origins: config.cors_origins.clone(),
            frame_ancestors: config.frame_ancestors.join(" "),
            basemap: config.basemap.clone(),
            sign_in_origins: config.oidc.as_ref().map(|settings| settings.origins.clone()).unwrap_or_default(),
            security_contact: config.security_contact.clone(),
        }
    }

    /// The same server under each name that this machine has for itself, with absolute addresses:
    /// for a server that listens on the loopback interface only and has no public address.
    pub fn local_names(&self, port: u16) -> Vec<(String, Self)> {
        let names = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let named = names.map(|name| {
            let prefix = format!("http://{name}{}", self.base_path).into();
            (name, Self { prefix, ..self.clone() })
        });
        named.into()
    }

    /// The address of a route, which begins with a slash: absolute where the public address
    /// is configured, else relative to the root of the host.
    pub fn address(&self, route: &str) -> String {
        format!("{}{route}", self.prefix)
    }

    /// Whether addresses name the server, so that they mean the same elsewhere.
    pub fn is_absolute(&self) -> bool {
        self.prefix.contains("://")
    }

    /// The route, with query and fragment, that an absolute address of this server names; none for any other.
    /// Whether it says `http` or `https` does not matter: a proxy may have changed that.
    pub fn route_of<'u>(&self, url: &'u str) -> Option<&'u str> {
        let (own, requested) = (without_scheme(&self.prefix)?, without_scheme(url)?);
        let (host, route) = requested.split_at_checked(own.len())?;
        let ends_here = route.is_empty() || route.starts_with(['/', '?', '#']);
        (host.eq_ignore_ascii_case(own) && ends_here).then_some(route)
    }

    /// What stands before every address in an answer, without a final slash.
    pub fn prefix(&self) -> &Arc<str> {
        &self.prefix
    }
}

fn without_scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

fn has_path(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Flags;

    fn site(public_url: Option<&str>, base_path: Option<&str>) -> Site {
        let flags = Flags {
            public_url: public_url.map(str::to_owned),
            base_path: base_path.map(str::to_owned),
            ..Flags::default()
        };
        Site::new(&Config::from_sources(flags, &|_| Ok(None)).unwrap())
    }

    #[test]
    fn this_machine_knows_itself_by_three_names() {
        let names = site(None, Some("/map")).local_names(8080);
        let addresses: Vec<String> = names.iter().map(|(_, site)| site.address("/tiles")).collect();
        assert_eq!(addresses[1], "http://localhost:8080/map/tiles");
        assert_eq!(names[0].0, "127.0.0.1:8080");
    }

    #[test]
    fn route_is_read_from_addresses_of_this_server_only() {
        let here = site(Some("https://maps.example/x"), None);
        assert_eq!(here.route_of("https://maps.example/x/share/a?b#c"), Some("/share/a?b#c"));
        assert_eq!(here.route_of("HTTP://MAPS.example/x"), Some(""));
        for other in [
            "https://maps.example/xy",
            "https://maps.example",
            "https://maps.example.evil/x",
            "https://evil.example/https://maps.example/x",
            "ftp://maps.example/x",
            "maps.example/x/share/a",
            "//maps.example/x",
            "",
            "https://mảps.example/x",
        ] {
            assert_eq!(here.route_of(other), None, "{other}");
        }
        assert_eq!(site(None, Some("/map")).route_of("https://maps.example/map"), None);
        assert!(here.is_absolute() && !site(None, None).is_absolute());
    }

    #[test]
    fn addresses_follow_the_configuration() {
        assert_eq!(site(None, None).address("/tiles"), "/tiles");
        assert_eq!(site(None, Some("/map")).address("/tiles"), "/map/tiles");
        assert_eq!(site(Some("https://a.example/"), None).address("/tiles"), "https://a.example/tiles");
        assert_eq!(site(Some("https://a.example"), Some("/map")).address("/tiles"), "https://a.example/map/tiles");
        assert_eq!(site(Some("https://a.example/x"), Some("/map")).address("/tiles"), "https://a.example/x/tiles");
    }
}
