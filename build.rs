//! Lets the crate compile before the page is built, and rebuilds it when an embedded folder gains or loses a file.
//!
//! `include_dir!` notices files that change, not files that come, and needs its folder to exist.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("web/dist")?;
    for embedded in ["geodata", "styles", "web/dist", "src/store"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
    Ok(())
}
