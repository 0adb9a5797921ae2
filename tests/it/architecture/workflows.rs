//! What the continuous integration runs that is not in this repository: each action by the digest of a commit, because a
//! tag can be moved to other code by whoever owns it. The version stands behind it for people.

use std::fs;
use std::path::Path;

/// The actions of a workflow that are not named by a digest with their version, with their lines.
fn unpinned(workflow: &str) -> Vec<String> {
    let action = |line: &str| {
        let line = line.trim_start().trim_start_matches("- ");
        line.strip_prefix("uses:").map(|action| action.trim().to_owned())
    };
    let actions = workflow.lines().enumerate().filter_map(|(index, line)| Some((index + 1, action(line)?)));
    let faulty = actions.filter(|(_, action)| !is_pinned(action));
    faulty.map(|(line, action)| format!("line {line}: {action}")).collect()
}

fn is_pinned(action: &str) -> bool {
    let (code, version) = action.split_once(" # ").unwrap_or((action, ""));
    let is_own = code.starts_with("./");
    let digest = code.rsplit_once('@').map_or("", |(_, digest)| digest);
    let is_digest = digest.len() == 40 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_own || (is_digest && version.starts_with('v'))
}

#[test]
fn actions_of_others_are_named_by_digest() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let files = fs::read_dir(folder).expect("the folder of workflows is there");
    let files: Vec<_> = files.map(|file| file.expect("folder entry is readable").path()).collect();
    assert!(!files.is_empty(), "no workflow is there");
    let read = |path: &Path| fs::read_to_string(path).expect("a workflow is text");
    let faults: Vec<String> = files
        .iter()
        .flat_map(|path| unpinned(&read(path)).into_iter().map(move |fault| format!("{}: {fault}", path.display())))
        .collect();
    assert!(faults.is_empty(), "by tag, or without the version behind the digest: {faults:#?}");
}

#[test]
fn action_by_tag_branch_or_short_digest_is_found() {
    let digest = "0123456789abcdef0123456789abcdef01234567";
    let workflow = format!(
        "steps:\n  - uses: a/b@v4\n  - name: x\n    uses: a/b@main\n  - uses: a/b@0123456 # v4\n  - uses: a/b@{digest}\n  \
         - uses: a/b@{digest} # v4.3.0\n  - uses: ./own\n  - uses: a/b/c@{digest} # v1\n"
    );
    let lines: Vec<String> = unpinned(&workflow).iter().map(|fault| fault.chars().take(6).collect()).collect();
    assert_eq!(lines, ["line 2", "line 4", "line 5", "line 6"]);
}
