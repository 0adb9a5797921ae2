//! Lets the crate compile before the page is built, rebuilds it when an embedded folder gains or loses a file, and says
//! which commit a release is built from.
//!
//! `include_dir!` notices files that change, not files that come, and needs its folder to exist.

use std::process::Command;

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("web/dist")?;
    for embedded in ["geodata", "styles", "web/dist", "src/store"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
    println!("cargo::rerun-if-env-changed=BINHYEN_BUILD_COMMIT");
    let commit = commit().unwrap_or_default();
    let in_brackets = if commit.is_empty() { String::new() } else { format!(" ({commit})") };
    println!("cargo::rustc-env=BINHYEN_COMMIT={commit}");
    println!("cargo::rustc-env=BINHYEN_VERSION={}{in_brackets}", env!("CARGO_PKG_VERSION"));
    Ok(())
}

/// The commit that is built: as the builder names it (a container has no checkout), or as git does. Builds for tests name
/// none, because each commit would compile everything anew.
fn commit() -> Option<String> {
    let named = std::env::var("BINHYEN_BUILD_COMMIT").ok().filter(|commit| !commit.is_empty());
    if named.is_some() || std::env::var("PROFILE").ok()? != "release" {
        return named;
    }
    for file in ["HEAD", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", file])?);
    }
    let is_changed = !git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    Some(if is_changed { format!("{commit}, changed") } else { commit })
}

/// What git prints; nothing where there is no git or no checkout.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
