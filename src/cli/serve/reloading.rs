//! Tokens, log and rules read anew while the server runs: all of them, or none.
//!
//! In: SIGHUP, or a request file that `binhyen reload` puts into the data folder. Out: what is to be taken, checked
//! before anything is changed, and an outcome file that says what became of the request. What a setting needs a restart
//! for is named.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use super::log::{LogFilter, ServerLog};
use super::start_links::StartLinks;
use crate::cli::data_folder::LoadedRules;
use crate::config::{AlertWebhook, Config, Flags, RuleFiles};
use crate::http::extract::access::AccessList;
use crate::http::state::AppState;
use crate::service::live::alert_webhooks::{AlertTarget, TargetNetwork};

const REQUEST_FILE: &str = "reload.request";
const OUTCOME_FILE: &str = "reload.outcome";
/// What stands in an outcome before the message of a reload that was refused.
const REFUSED: &str = "refused";
const TAKEN: &str = "taken";

/// What a running server reads anew, and from where.
pub(super) struct Reloading {
    flags: Flags,
    started: Config,
    log: ServerLog,
    pub(super) links: StartLinks,
    files: Option<RuleFiles>,
}

/// What was read anew and can be taken.
pub(super) struct Reloaded {
    config: Config,
    access: AccessList,
    filter: LogFilter,
    files: RuleFiles,
    /// The rules, where a file of them is another; none where all are as they were.
    pub(super) rules: Option<LoadedRules>,
}

impl Reloading {
    /// What a server that was started so reads anew.
    pub(super) fn new(flags: Flags, started: &Config, log: ServerLog, links: StartLinks) -> Self {
        // Files that cannot be read now have stopped the start already.
        let files = RuleFiles::load(&started.data).ok();
        Self { flags, started: started.clone(), log, links, files }
    }

    /// Where new alerts are sent to, as the server was started.
    pub(super) fn alert_targets(&self) -> Vec<AlertTarget> {
        let target = |webhook: &AlertWebhook| AlertTarget {
            url: webhook.url.clone(),
            secret: webhook.secret.clone(),
            network: if webhook.private_address { TargetNetwork::Any } else { TargetNetwork::Public },
        };
        self.started.alert_webhooks.iter().map(target).collect()
    }

    /// The rules that are in force now were read by somebody else.
    pub(super) fn note_rules(&mut self) {
        self.files = RuleFiles::load(&self.started.data).ok();
    }

    /// Reads and checks everything; changes nothing.
    pub(super) fn read(&self) -> Result<Reloaded, Box<dyn Error>> {
        let config = Config::load(self.flags.clone())?;
        let filter = LogFilter::of(&config.log)?;
        let mut access = AccessList::new(&config.tokens)?;
        self.links.open(&mut access);
        let files = RuleFiles::load(&self.started.data)?;
        let is_new = self.files.as_ref() != Some(&files);
        let rules = is_new.then(|| LoadedRules::from_files(&files)).transpose()?;
        Ok(Reloaded { config, access, filter, files, rules })
    }

    /// Takes what was read, and says what that was.
    pub(super) fn take(&mut self, reloaded: Reloaded, state: &AppState) -> String {
        let Reloaded { config, access, filter, files, rules } = reloaded;
        let rules = if rules.is_some() { "read anew" } else { "as they were" };
        let mut said = format!("{} tokens, log filter {:?}, rules {rules}", config.tokens.len(), filter.text);
        let later = self.needing_restart(&config);
        if !later.is_empty() {
            said.push_str("; needs a restart: ");
            said.push_str(&later.join(", "));
        }
        state.replace_access(access);
        state.choose_request_lines(&config.log);
        state.service.accounting().keep_for_days(config.audit_days);
        self.log.change(filter);
        self.files = Some(files);
        tracing::info!(outcome = said.as_str(), "the configuration was read anew");
        said
    }

    /// The settings of which the file says something else than when the server was started.
    fn needing_restart(&self, config: &Config) -> Vec<&'static str> {
        let Config { data, listen, public_url, base_path, cors_origins, frame_ancestors, basemap, .. } = &self.started;
        let settings = [
            ("data", *data != config.data),
            ("listen", *listen != config.listen),
            ("public_url", *public_url != config.public_url),
            ("base_path", *base_path != config.base_path),
            ("cors_origins", *cors_origins != config.cors_origins),
            ("frame_ancestors", *frame_ancestors != config.frame_ancestors),
            ("basemap", *basemap != config.basemap),
            ("oidc", self.started.oidc != config.oidc),
            ("template_hours", self.started.template_hours != config.template_hours),
            ("cache_mb", self.started.cache_mb != config.cache_mb),
            ("limits", self.started.limits != config.limits),
            ("reports or hooks", self.started.reports != config.reports),
            ("log.format", self.started.log.format != config.log.format),
        ];
        settings.into_iter().filter(|(_, is_other)| *is_other).map(|(name, _)| name).collect()
    }
}

/// A request of `binhyen reload` to the server of a data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReloadRequest {
    folder: PathBuf,
    id: String,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReloadOutcome {
    /// All was taken; with what that was.
    Taken(String),
    /// Nothing was; with the reason.
    Refused(String),
}

impl ReloadRequest {
    /// Puts a request where the server of a folder finds it.
    pub(crate) fn put(folder: &Path, id: String) -> io::Result<Self> {
        write_whole(&folder.join(REQUEST_FILE), &id)?;
        Ok(Self { folder: folder.to_owned(), id })
    }

    /// Takes the request that waits in a folder; none where there is none.
    pub(super) fn taken(folder: &Path) -> Option<Self> {
        let path = folder.join(REQUEST_FILE);
        let id = std::fs::read_to_string(&path).ok()?;
        std::fs::remove_file(&path).ok()?;
        Some(Self { folder: folder.to_owned(), id })
    }

    /// Takes the request back; whether the server had left it there.
    pub(crate) fn take_back(&self) -> bool {
        std::fs::remove_file(self.folder.join(REQUEST_FILE)).is_ok()
    }

    /// Says what became of it.
    pub(super) fn answer(&self, outcome: &ReloadOutcome) {
        let (word, message) = match outcome {
            ReloadOutcome::Taken(said) => (TAKEN, said),
            ReloadOutcome::Refused(reason) => (REFUSED, reason),
        };
        let text = format!("{}\n{word}\n{message}", self.id);
        if let Err(error) = write_whole(&self.folder.join(OUTCOME_FILE), &text) {
            tracing::warn!(cause = %error, "the outcome of a reload could not be written");
        }
    }

    /// What became of it; none where nothing has yet. What is read is read once.
    pub(crate) fn outcome(&self) -> Option<ReloadOutcome> {
        let path = self.folder.join(OUTCOME_FILE);
        let text = std::fs::read_to_string(&path).ok()?;
        let (id, rest) = text.split_once('\n')?;
        let (word, message) = rest.split_once('\n')?;
        if id != self.id {
            return None;
        }
        // Another request writes its own outcome over one that stays.
        let _ = std::fs::remove_file(&path);
        let message = message.to_owned();
        Some(if word == TAKEN { ReloadOutcome::Taken(message) } else { ReloadOutcome::Refused(message) })
    }
}

/// Writes a file so that it is seen whole or not at all.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let part = path.with_extension("part");
    std::fs::write(&part, text)?;
    std::fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_once_and_its_outcome_read_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(ReloadRequest::taken(folder.path()), None);
        let request = ReloadRequest::put(folder.path(), "a1".to_owned()).unwrap();
        assert_eq!(request.outcome(), None);
        let taken = ReloadRequest::taken(folder.path()).unwrap();
        assert_eq!((ReloadRequest::taken(folder.path()), request.take_back()), (None, false));
        taken.answer(&ReloadOutcome::Refused("line 1\nline 2".to_owned()));
        let other = ReloadRequest { id: "b2".to_owned(), ..request.clone() };
        assert_eq!(other.outcome(), None, "the outcome of another request");
        assert_eq!(request.outcome(), Some(ReloadOutcome::Refused("line 1\nline 2".to_owned())));
        assert_eq!(request.outcome(), None);
    }
}
