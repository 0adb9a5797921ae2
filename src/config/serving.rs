//! The configuration of the server: defaults, then the file, then the
//! environment, then flags, each overriding the former.

use std::path::{Path, PathBuf};

use super::access::{OidcSettings, TokenEntry};
use super::alert_webhook::AlertWebhook;
use super::error::ConfigError;
use super::file::{Basemap, ConfigFile, parsed};
use super::limits::ServerLimits;
use super::log_filter::checked as checked_filter;
use super::logging::Logging;
use super::memory::default_cache_mb;
use super::reports::{ReportSettings, SecretSources};
use super::sources::{Environment, Setting, Sources};
use super::values::{
    audit_days, base_path, cache_mb, frame_ancestors as frame_ancestors_of, listen_address, origin,
    public_url as public_url_of, security_contact, template_hours,
};
use super::variables::check_names;

/// The data folder used when none is named.
pub const DEFAULT_DATA_FOLDER: &str = "binhyen-data";
const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// What the command line gives; what it leaves out comes from the other sources.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// The configuration file, from `--config`.
    pub config: Option<PathBuf>,
    /// The data folder, from `--data`.
    pub data: Option<PathBuf>,
    /// The address and port to listen on, from `--listen`.
    pub listen: Option<String>,
    /// The address that the outside uses, from `--public-url`.
    pub public_url: Option<String>,
    /// What a proxy puts before every path, from `--base-path`.
    pub base_path: Option<String>,
    /// The megabytes of all caches together, from `--cache-mb`.
    pub cache_mb: Option<String>,
}

/// Who chose the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataChoice {
    /// Nobody: no flag, no variable, no configuration file. Somebody tries the program out.
    Nobody,
    /// The operator, who expects own data there.
    Operator,
}

/// Who may read answers from a page of another origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Every page, without tokens.
    Any,
    /// The listed origins, with tokens.
    Listed(Vec<String>),
}

/// The configuration, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder of the store.
    pub data: PathBuf,
    /// Who chose it.
    pub data_choice: DataChoice,
    /// `host:port` to listen on.
    pub listen: String,
    /// The address under which the outside sees the page, without a final slash.
    pub public_url: Option<String>,
    /// The path under which the server answers: empty, or `/name` without a final slash.
    pub base_path: String,
    /// Who may read answers from other origins.
    pub cors_origins: CorsOrigins,
    /// Who may put `/embed` into a frame, as sources of the content security policy.
    pub frame_ancestors: Vec<String>,
    /// Foreign tiles under our own map; none unless the operator names them.
    pub basemap: Option<Basemap>,
    /// The tokens, stored as hashes.
    pub tokens: Vec<TokenEntry>,
    /// The provider at which people sign in; none where only tokens open roles.
    pub oidc: Option<OidcSettings>,
    /// For how many hours signed addresses of tiles are good at most; 0 where none are signed.
    pub template_hours: u32,
    /// Where new alerts are sent to.
    pub alert_webhooks: Vec<AlertWebhook>,
    /// The megabytes that all caches may hold together.
    pub cache_mb: u64,
    /// Where security faults are reported; none where nobody says.
    pub security_contact: Option<String>,
    /// After how many days lines of the audit log go; 0 for never.
    pub audit_days: u32,
    /// What is logged, and how.
    pub log: Logging,
    /// How much one address, and everybody together, may take.
    pub limits: ServerLimits,
    /// How word from people is received.
    pub reports: ReportSettings,
}

impl Config {
    /// The configuration of this process.
    ///
    /// # Errors
    /// When a source cannot be read or a value is wrong.
    pub fn load(flags: Flags) -> Result<Self, ConfigError> {
        Self::from_sources(flags, &environment)
    }

    /// The configuration from flags and a given environment.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_sources(flags: Flags, environment: Environment<'_>) -> Result<Self, ConfigError> {
        let path = match flags.config {
            Some(path) => Some(path),
            None => environment("BINHYEN_CONFIG")?.map(PathBuf::from),
        };
        let text = path.as_deref().map(read).transpose()?.unwrap_or_default();
        let file = path.as_deref().map_or_else(|| Ok(ConfigFile::default()), |path| parsed(path, &text))?;
        let sources = Sources { environment, path: path.as_deref().unwrap_or(Path::new("")), text: &text };
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let data = flags.data.or(environment("BINHYEN_DATA")?.map(PathBuf::from));
        let data = data.or(file.data.map(|path| folder.join(path)));
        let listen = Setting::new("listen", "BINHYEN_LISTEN", flags.listen, file.listen);
        let public_url = Setting::new("public_url", "BINHYEN_PUBLIC_URL", flags.public_url, file.public_url);
        let base = Setting::new("base_path", "BINHYEN_BASE_PATH", flags.base_path, file.base_path);
        let cache_in_file = file.cache_mb.map(|number| number.to_string());
        let cache = Setting::new("cache_mb", "BINHYEN_CACHE_MB", flags.cache_mb, cache_in_file);
        let contact = Setting::new("security_contact", "BINHYEN_SECURITY_CONTACT", None, file.security_contact);
        Ok(Self {
            data_choice: match (&data, &path) {
                (None, None) => DataChoice::Nobody,
                _ => DataChoice::Operator,
            },
            data: data.unwrap_or_else(|| DEFAULT_DATA_FOLDER.into()),
            listen: sources.checked(listen, listen_address)?.unwrap_or_else(|| DEFAULT_LISTEN.into()),
            public_url: sources.checked(public_url, public_url_of)?,
            base_path: sources.checked(base, base_path)?.unwrap_or_default(),
            cors_origins: sources.listed("BINHYEN_CORS_ORIGINS", file.cors_origins, cors_origins)?,
            frame_ancestors: sources.listed("BINHYEN_FRAME_ANCESTORS", file.frame_ancestors, frame_ancestors)?,
            basemap: file
                .basemap
                .map(|basemap| basemap.checked().map_err(|fault| sources.in_file(fault, None)))
                .transpose()?,
            cache_mb: sources.checked(cache, cache_mb)?.unwrap_or_else(default_cache_mb),
            security_contact: sources.checked(contact, security_contact)?,
            audit_days: audit_days(file.audit_days).map_err(|fault| sources.in_file(fault, None))?,
            log: file.log.checked().map_err(|fault| sources.in_file(fault, None))?,
            limits: file.limits.checked().map_err(|fault| sources.in_file(fault, None))?,
            alert_webhooks: (file.alert_webhooks.into_iter())
                .map(|webhook| webhook.checked().map_err(|fault| sources.in_file(fault, None)))
                .collect::<Result<_, _>>()?,
            tokens: sources.tokens(file.tokens)?,
            reports: sources.reports(file.reports, file.hooks, SecretSources { folder, environment })?,
            oidc: file.oidc.map(|table| table.checked().map_err(|fault| sources.in_file(fault, None))).transpose()?,
            template_hours: template_hours(file.template_hours).map_err(|fault| sources.in_file(fault, None))?,
        })
    }
}

impl Config {
    /// The bytes that all caches may hold together.
    pub fn cache_bytes(&self) -> u64 {
        self.cache_mb << 20
    }
}

/// The data folder of a verb that has no configuration file: the flag, the environment, the default.
///
/// # Errors
/// When `BINHYEN_DATA` is not Unicode.
pub fn data_folder(flag: Option<PathBuf>) -> Result<PathBuf, ConfigError> {
    match flag {
        Some(folder) => Ok(folder),
        None => Ok(environment("BINHYEN_DATA")?.map_or_else(|| DEFAULT_DATA_FOLDER.into(), PathBuf::from)),
    }
}

/// Whether colours are wanted where a terminal shows them: unless `NO_COLOR` says something.
pub fn is_coloured() -> bool {
    environment("NO_COLOR").is_ok_and(|said| said.is_none())
}

/// The filter of the log: `BINHYEN_LOG`, else `RUST_LOG`, else that of the configuration, else "info".
///
/// # Errors
/// When a part of it is no filter. `RUST_LOG` may be meant for other programs and is taken as it is.
pub fn log_filter(logging: &Logging) -> Result<String, ConfigError> {
    if let Some(own) = environment("BINHYEN_LOG")? {
        return checked_filter("BINHYEN_LOG", own);
    }
    if let Some(shared) = environment("RUST_LOG").ok().flatten() {
        return Ok(shared);
    }
    logging.filter.clone().map_or_else(|| Ok("info".to_owned()), |filter| checked_filter("log.filter", filter))
}

/// Refuses variables that are nearly called like one that is read.
///
/// # Errors
/// Names the variable and the one that was probably meant.
pub fn check_environment() -> Result<(), ConfigError> {
    let names: Vec<String> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    check_names(names.iter().map(String::as_str))
}

fn environment(name: &str) -> Result<Option<String>, ConfigError> {
    match std::env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(ConfigError::NotUnicode(name.to_owned())),
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })
}

fn cors_origins(given: Option<Vec<String>>) -> Result<CorsOrigins, ConfigError> {
    match given {
        None => Ok(CorsOrigins::Any),
        Some(list) if list == ["*"] => Ok(CorsOrigins::Any),
        Some(list) => Ok(CorsOrigins::Listed(
            list.into_iter().map(|text| origin("cors_origins", text)).collect::<Result<_, _>>()?,
        )),
    }
}

fn frame_ancestors(given: Option<Vec<String>>) -> Result<Vec<String>, ConfigError> {
    match given {
        None => Ok(vec!["'self'".to_owned()]),
        Some(list) if list.is_empty() => Ok(vec!["'none'".to_owned()]),
        Some(list) => frame_ancestors_of(list),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Write as _;

    use super::*;

    fn with(flags: Flags, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
        Config::from_sources(flags, &|name| Ok(variables.get(name).map(|value| (*value).to_owned())))
    }

    fn in_file(text: &str) -> (tempfile::NamedTempFile, Flags) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let flags = Flags { config: Some(file.path().to_owned()), ..Flags::default() };
        (file, flags)
    }

    #[test]
    fn without_any_source_the_server_listens_on_loopback() {
        let config = with(Flags::default(), &[]).unwrap();
        assert_eq!(config.listen, "127.0.0.1:8080");
        assert_eq!(config.data, PathBuf::from("binhyen-data"));
        assert_eq!(config.cors_origins, CorsOrigins::Any);
        assert_eq!(config.frame_ancestors, ["'self'"]);
        assert!(config.tokens.is_empty());
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let (_file, flags) =
            in_file("listen = \"127.0.0.1:1\"\nbase_path = \"/a\"\npublic_url = \"https://a.example\"");
        let flags = Flags { listen: Some("127.0.0.1:3".into()), ..flags };
        let config = with(flags, &[("BINHYEN_LISTEN", "127.0.0.1:2"), ("BINHYEN_BASE_PATH", "/b/")]).unwrap();
        assert_eq!(config.listen, "127.0.0.1:3");
        assert_eq!(config.base_path, "/b");
        assert_eq!(config.public_url.as_deref(), Some("https://a.example"));
    }

    #[test]
    fn caches_have_what_is_given_or_a_part_of_the_memory() {
        let (_file, flags) = in_file("cache_mb = 100");
        assert_eq!(with(flags.clone(), &[]).unwrap().cache_bytes(), 100 << 20);
        assert_eq!(with(flags.clone(), &[("BINHYEN_CACHE_MB", "200")]).unwrap().cache_mb, 200);
        let flags = Flags { cache_mb: Some("300".into()), ..flags };
        assert_eq!(with(flags, &[("BINHYEN_CACHE_MB", "200")]).unwrap().cache_mb, 300);
        assert!((64..=580).contains(&with(Flags::default(), &[]).unwrap().cache_mb));
    }

    #[test]
    fn an_unknown_key_is_named_with_the_known_ones() {
        let (_file, flags) = in_file("listn = \"127.0.0.1:1\"");
        let message = with(flags, &[]).unwrap_err().to_string();
        assert!(message.contains("listn") && message.contains("listen"), "{message}");
    }

    #[test]
    fn a_basemap_is_an_address_with_its_source() {
        let named = |tiles: &str, attribution: &str| {
            let (_file, flags) = in_file(&format!("[basemap]\ntiles = \"{tiles}\"\nattribution = \"{attribution}\""));
            with(flags, &[]).map(|config| config.basemap.unwrap())
        };
        let basemap = named("https://tiles.example/a/{z}/{x}/{y}.png?k=1", "© Example").unwrap();
        assert_eq!(basemap.origin(), Some("https://tiles.example"));
        for tiles in [
            "tiles/{z}/{x}/{y}.png",
            "https://tiles.example/{z}/{x}.png",
            "https://t.example; script-src */{z}/{x}/{y}",
        ] {
            assert!(named(tiles, "© Example").is_err(), "{tiles}");
        }
        assert!(named("https://tiles.example/{z}/{x}/{y}.png", " ").is_err());
    }

    #[test]
    fn a_token_must_be_given_as_its_hash() {
        let (_file, flags) = in_file("[[tokens]]\nrole = \"planner\"\nlabel = \"x\"\nsha256 = \"secret\"");
        let message = with(flags, &[]).unwrap_err().to_string();
        assert!(message.contains("tokens.sha256") && message.contains("binhyen token"), "{message}");
        assert!(!message.contains("secret"), "the token itself must not be echoed: {message}");
    }

    #[test]
    fn a_folder_that_any_source_names_or_a_configuration_is_the_choice_of_the_operator() {
        let choice = |flags, variables| with(flags, variables).unwrap().data_choice;
        assert_eq!(choice(Flags::default(), &[("BINHYEN_LISTEN", "127.0.0.1:1")]), DataChoice::Nobody);
        let named = Flags { data: Some("binhyen-data".into()), ..Flags::default() };
        assert_eq!(choice(named, &[]), DataChoice::Operator);
        assert_eq!(choice(Flags::default(), &[("BINHYEN_DATA", "binhyen-data")]), DataChoice::Operator);
        for text in ["data = \"store\"", "listen = \"127.0.0.1:1\""] {
            let (_file, flags) = in_file(text);
            assert_eq!(choice(flags, &[]), DataChoice::Operator, "{text}");
        }
    }

    #[test]
    fn one_token_does_not_open_two_roles() {
        let token = |role: &str, label: &str, digit: &str| {
            format!("[[tokens]]\nrole = \"{role}\"\nlabel = \"{label}\"\nsha256 = \"{}\"\n", digit.repeat(64))
        };
        let (file, flags) = in_file(&(token("planner", "one", "a") + &token("operator", "two", "A")));
        let message = with(flags, &[]).unwrap_err().to_string();
        let place = format!("{}, line 8: ", file.path().display());
        assert!(message.starts_with(&place), "{message}");
        assert!(message.ends_with("\"one\" (planner) and \"two\" (operator) have the same sha256"), "{message}");
        let (_file, flags) = in_file(&(token("planner", "one", "a") + &token("planner", "two", "b")));
        assert_eq!(with(flags, &[]).unwrap().tokens.len(), 2);
    }

    #[test]
    fn fault_names_its_place_its_key_and_its_value() {
        let (file, flags) = in_file("# mine\nlisten = \"8080\"\n[basemap]\ntiles = \"x\"\nattribution = \"y\"\n");
        let name = file.path().display().to_string();
        let message = with(flags.clone(), &[]).unwrap_err().to_string();
        assert!(
            message.starts_with(&format!("{name}, line 2: ")) && message.contains("listen = \"8080\""),
            "{message}"
        );
        let flags = Flags { listen: Some("127.0.0.1:1".into()), ..flags };
        let message = with(flags.clone(), &[]).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{name}, line 4: ")) && message.contains("basemap.tiles"), "{message}");
        let message = with(flags, &[("BINHYEN_BASE_PATH", "a")]).unwrap_err().to_string();
        assert!(message.starts_with("BINHYEN_BASE_PATH: ") && message.contains("base_path = \"a\""), "{message}");
        let flags = Flags { cache_mb: Some("half".into()), ..Flags::default() };
        assert!(with(flags, &[]).unwrap_err().to_string().starts_with("--cache-mb: "));
    }

    #[test]
    fn paths_in_the_file_start_at_its_folder() {
        let (file, flags) = in_file("data = \"store\"");
        assert_eq!(with(flags, &[]).unwrap().data, file.path().parent().unwrap().join("store"));
    }

    #[test]
    fn frames_are_open_to_this_site_to_listed_ones_to_all_or_to_none() {
        let framed = |value: &str| {
            let config = with(Flags::default(), &[("BINHYEN_FRAME_ANCESTORS", value)]).unwrap();
            config.frame_ancestors.join(" ")
        };
        assert_eq!(framed("*"), "*");
        assert_eq!(framed("'none'"), "'none'");
        assert_eq!(framed("'self', https://*.portal.example"), "'self' https://*.portal.example");
        let (_file, flags) = in_file("frame_ancestors = []");
        assert_eq!(with(flags, &[]).unwrap().frame_ancestors, ["'none'"]);
    }

    #[test]
    fn refused_frame_says_what_may_stand_there() {
        let refusal = with(Flags::default(), &[("BINHYEN_FRAME_ANCESTORS", "portal.example")]).unwrap_err().to_string();
        for word in ["portal.example", "/embed", "https://portal.example.vn", "\"*\""] {
            assert!(refusal.contains(word), "{word}: {refusal}");
        }
    }

    #[test]
    fn wrong_values_are_refused() {
        for (name, value) in [
            ("BINHYEN_LISTEN", "8080"),
            ("BINHYEN_LISTEN", "127.0.0.1:99999"),
            ("BINHYEN_PUBLIC_URL", "maps.example"),
            ("BINHYEN_PUBLIC_URL", "https://maps.example/?a=1"),
            ("BINHYEN_BASE_PATH", "map"),
            ("BINHYEN_BASE_PATH", "/a//b"),
            ("BINHYEN_BASE_PATH", "/{a}"),
            ("BINHYEN_CORS_ORIGINS", "https://a.example/path"),
            ("BINHYEN_CORS_ORIGINS", "*,https://a.example"),
            ("BINHYEN_FRAME_ANCESTORS", "https://a.example; script-src *"),
            ("BINHYEN_FRAME_ANCESTORS", "*,https://a.example"),
            ("BINHYEN_FRAME_ANCESTORS", "'self','none'"),
            ("BINHYEN_FRAME_ANCESTORS", "portal.example"),
            ("BINHYEN_CACHE_MB", "15"),
            ("BINHYEN_CACHE_MB", "1048577"),
            ("BINHYEN_CACHE_MB", "half"),
            ("BINHYEN_SECURITY_CONTACT", "an.ninh@example.vn"),
            ("BINHYEN_SECURITY_CONTACT", "mailto:a@example.vn\nExpires: never"),
        ] {
            assert!(with(Flags::default(), &[(name, value)]).is_err(), "{name}={value}");
        }
    }
}
