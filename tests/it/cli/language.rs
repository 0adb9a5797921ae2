//! The language of help and reports, as the terminal or `--lang` asks for it.

use std::process::Output;

use binhyen::config::{Config, Flags};

use crate::support::binhyen;

fn said_with(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = binhyen();
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG");
    command.envs(variables.iter().copied()).args(arguments).output().expect("the binary runs")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is text")
}

#[test]
fn help_is_in_the_language_of_the_terminal_or_of_the_option() {
    let vietnamese = |help: &str| help.contains("Cách dùng: binhyen") && help.contains("Tùy chọn:");
    let english = |help: &str| help.contains("Usage: binhyen") && help.contains("Options:");
    for (variables, arguments) in [
        (&[("LANG", "vi_VN.UTF-8")][..], &["import", "incidents", "--help"][..]),
        (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "vi_VN")], &["help", "import", "incidents"]),
        (&[("LANG", "en_US.UTF-8")], &["--lang", "vi", "import", "incidents", "-h"]),
        (&[], &["import", "incidents", "--help", "--lang=vi"]),
    ] {
        let output = said_with(variables, arguments);
        let help = text(&output);
        assert!(output.status.success() && vietnamese(&help) && !english(&help), "{variables:?} {arguments:?}: {help}");
        for word in ["id (incident_id, ma_vu_viec)", "--severity-from", "mặc định", "dac_biet_nghiem_trong"] {
            assert!(help.contains(word), "{word}: {help}");
        }
    }
    for (variables, arguments) in [
        (&[("LANG", "vi_VN.UTF-8")][..], &["serve", "--help", "--lang", "en"][..]),
        (&[("LANG", "vi_VN.UTF-8"), ("LC_ALL", "C")], &["serve", "--help"]),
        (&[], &["serve", "--help"]),
    ] {
        let help = text(&said_with(variables, arguments));
        assert!(english(&help) && !vietnamese(&help), "{variables:?} {arguments:?}: {help}");
    }
    assert_eq!(said_with(&[], &["--lang", "fr", "serve"]).status.code(), Some(2), "no such language");
}

#[test]
fn report_of_an_import_is_in_the_language_of_the_terminal_and_adds_up_in_both() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (file, data) = (folder.path().join("i.csv"), folder.path().join("data"));
    std::fs::write(&file, "id,time,category,severity\n1,2024-01-01,chay,1\n2,2024-01-02,chay,9\n").expect("a file");
    let (file, data) = (file.to_str().expect("a path of text"), data.to_str().expect("a path of text"));
    let report = |lang: &str| {
        let output = said_with(&[], &["import", "incidents", file, "--data", data, "--dry-run", "--lang", lang]);
        assert_eq!(output.status.code(), Some(1), "a row is rejected");
        text(&output)
    };
    let (vi, en) = (report("vi"), report("en"));
    let counts = "vụ việc: đọc 2, nhận mới 1, cập nhật 0, không đổi 0, từ chối 1 (chạy thử: không ghi gì)";
    assert_eq!(vi.lines().next(), Some(counts));
    let counts = "incidents: read 2, accepted 1, updated 0, unchanged 0, rejected 1 (dry run: nothing was written)";
    assert_eq!(en.lines().next(), Some(counts));
    assert_eq!(vi.lines().count(), en.lines().count(), "{vi}\n{en}");
    assert!(vi.contains("bị từ chối vì severity: 1") && vi.contains("dòng 3, severity \"9\""), "{vi}");
    assert!(vi.contains("bao trùm: 2024-01-01 đến trước 2024-01-02"), "{vi}");
}

#[test]
fn help_of_serve_names_the_setting_that_decides_who_may_frame_the_map() {
    // As the guide for portals has it (web/src/docs/snippets.ts).
    const EXAMPLE: &str = r#"frame_ancestors = ["'self'", "https://portal.example"]"#;
    for language in ["vi", "en"] {
        let help = text(&said_with(&[], &["serve", "--help", "--lang", language]));
        for word in [EXAMPLE, "BINHYEN_FRAME_ANCESTORS", "/embed", r#"["*"]"#] {
            assert!(help.contains(word), "{language}: {word} is not in {help}");
        }
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), EXAMPLE).expect("a file");
    let flags = Flags { config: Some(file.path().to_owned()), ..Flags::default() };
    let config = Config::from_sources(flags, &|_| Ok(None)).expect("the example is a configuration");
    assert_eq!(config.frame_ancestors, ["'self'", "https://portal.example"]);
}
