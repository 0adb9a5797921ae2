//! A running `binhyen serve`.

use super::answer::Answer;
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const READY_WITHIN: Duration = Duration::from_mins(2);
const STOPS_WITHIN: Duration = Duration::from_secs(20);
const MAX_BODY_BYTES: u64 = 256 * 1024 * 1024;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Public,
    Planner,
    Commander,
    Operator,
}

impl Role {
    /// The role's name in answers and start links.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::Planner => "planner",
            Role::Commander => "commander",
            Role::Operator => "operator",
        }
    }
}

/// The built binary, ready for arguments, without settings from the tester's environment.
pub(crate) fn binhyen() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_binhyen"));
    // The language of help and reports is not the tester's.
    command.stdin(Stdio::null()).env("LC_ALL", "C");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BINHYEN_") {
            command.env_remove(name);
        }
    }
    command
}

/// A request with a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a str,
}

/// A server with its folder.
pub(crate) struct ServerProcess {
    child: Child,
    address: String,
    folder: TempDir,
    agent: ureq::Agent,
}

impl ServerProcess {
    /// Serves the sample from a new data folder.
    pub(crate) fn on_sample() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        Self::in_folder(folder, &["--sample"])
    }

    /// Serves `folder/data`, with further arguments for `serve`, and waits until it is ready.
    pub(crate) fn in_folder(folder: TempDir, arguments: &[&str]) -> Self {
        let mut server = Self::started(folder, arguments);
        server.wait_until_ready();
        server
    }

    /// As [`ServerProcess::in_folder`], without waiting.
    pub(crate) fn started(folder: TempDir, arguments: &[&str]) -> Self {
        let address = free_address();
        let log = File::create(folder.path().join("log")).expect("log file");
        let child = binhyen()
            .args(["serve", "--listen", &address, "--data"])
            .arg(folder.path().join("data"))
            .args(arguments)
            .stdout(log.try_clone().expect("log file"))
            .stderr(log)
            .spawn()
            .expect("the binary starts");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        Self { child, address, folder, agent }
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + READY_WITHIN;
        while self.try_get(Role::Public, "/readyz").map_or(0, |answer| answer.status) != 200 {
            let left = self.child.try_wait().expect("the child can be asked");
            assert!(left.is_none(), "the server left with {left:?}:\n{}", self.log());
            assert!(Instant::now() < deadline, "not ready within {READY_WITHIN:?}:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// `host:port` it listens on.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The temporary folder that holds `data` and `log`.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// All that it has printed.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).expect("log is readable")
    }

    /// GET as the public.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_as(Role::Public, path)
    }

    /// GET with the token of the role's start link.
    pub(crate) fn get_as(&self, role: Role, path: &str) -> Answer {
        self.try_get(role, path).unwrap_or_else(|error| panic!("GET {path}: {error}\n{}", self.log()))
    }

    fn try_get(&self, role: Role, path: &str) -> Result<Answer, ureq::Error> {
        let token = (role != Role::Public).then(|| self.token(role));
        self.sent(token.as_deref(), path)
    }

    fn sent(&self, token: Option<&str>, path: &str) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.get(format!("http://{}{path}", self.address));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.call()?;
        let body = response.body_mut().with_config().limit(MAX_BODY_BYTES).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), headers: response.headers().clone(), body })
    }

    /// GET with a token.
    pub(crate) fn get_with(&self, token: &str, path: &str) -> Answer {
        self.sent(Some(token), path).unwrap_or_else(|error| panic!("GET {path}: {error}\n{}", self.log()))
    }

    /// Sends something with the token of a role, and headers.
    pub(crate) fn send_as(&self, role: Role, call: Call<'_>) -> Answer {
        let Call { method, path, headers, body } = call;
        let mut request = ureq::http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        if role != Role::Public {
            request = request.header("authorization", format!("Bearer {}", self.token(role)));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).expect("a request");
        let sent = self.agent.configure_request(request).allow_non_standard_methods(true).build();
        let mut response =
            self.agent.run(sent).unwrap_or_else(|error| panic!("{method} {path}: {error}\n{}", self.log()));
        let body = response.body_mut().with_config().limit(MAX_BODY_BYTES).read_to_vec().expect("a body");
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// The token in the start link that `serve` prints for a role.
    pub(crate) fn token(&self, role: Role) -> String {
        let log = self.log();
        let line = log.lines().find(|line| line.contains(role.id()) && line.contains("#token="));
        let link =
            line.and_then(|line| line.split_once("#token=")).unwrap_or_else(|| panic!("no link for {role:?}:\n{log}"));
        link.1.split([' ', '&']).next().unwrap_or_default().to_owned()
    }

    /// Asks it to leave, as a service manager does, and gives back how it left.
    pub(crate) fn stop(self) -> ExitStatus {
        self.stop_and_keep().0
    }

    /// The same, and its folder.
    pub(crate) fn stop_and_keep(mut self) -> (ExitStatus, TempDir) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
        assert!(sent.success(), "no process {id} to stop");
        let deadline = Instant::now() + STOPS_WITHIN;
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be asked") {
                let empty = tempfile::tempdir().expect("temporary folder");
                return (status, std::mem::replace(&mut self.folder, empty));
            }
            assert!(Instant::now() < deadline, "still running after {STOPS_WITHIN:?}:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it at once, as a power cut does, and gives back its folder.
    pub(crate) fn kill(mut self) -> TempDir {
        self.end();
        std::mem::replace(&mut self.folder, tempfile::tempdir().expect("temporary folder"))
    }

    fn end(&mut self) {
        // Already gone is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.end();
    }
}

/// An address on the loopback interface that nobody listens on.
pub(crate) fn free_address() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("a bound address").to_string()
}
