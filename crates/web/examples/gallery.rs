//! Writes every page × sample × language into a folder to look at: `cargo run -p pingyi-web --example gallery [DIR]`
//! (default `target/gallery`). The pages find their files in `DIR/assets`, so `python3 -m http.server -d DIR` or any
//! other static server shows them.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use pingyi_web::assets::Assets;
use pingyi_web::lang::Lang;
use pingyi_web::pages::sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/gallery"), PathBuf::from);
    fs::create_dir_all(folder.join("assets"))?;
    let assets = Assets::load();
    for (name, _) in assets.hashes() {
        if let Some(content) = assets.content(name) {
            let path = folder.join("assets").join(name);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, content)?;
        }
    }
    let mut index = String::from(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>Gallery</title><ul>\n",
    );
    let mut count = 0_usize;
    for lang in Lang::ALL {
        fs::create_dir_all(folder.join(lang.tag()))?;
        for page in sample::all(lang) {
            let path = format!("{}/{}.html", lang.tag(), page.name);
            fs::write(folder.join(&path), page.html?)?;
            writeln!(index, "<li><a href=\"{path}\">{path}</a>")?;
            count += 1;
        }
    }
    index.push_str("</ul></html>\n");
    fs::write(folder.join("index.html"), index)?;
    println!("{count} pages in {}", folder.display());
    Ok(())
}
