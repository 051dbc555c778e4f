//! Writes the samples as the office's files, to open and look at:
//! `cargo run -p pingyi-office --example samples -- FOLDER`

use std::error::Error;
use std::path::PathBuf;

use pingyi_office::{docx, pptx, xlsx};
use pingyi_papers::{Paper, PaperKind};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    for kind in PaperKind::ALL {
        let paper = Paper::sample(kind)?;
        if let Ok(bytes) = docx(&paper) {
            std::fs::write(folder.join(format!("{}.docx", kind.name())), bytes)?;
        }
        if let Ok(bytes) = pptx(&paper) {
            std::fs::write(folder.join(format!("{}.pptx", kind.name())), bytes)?;
        }
        if let Ok(bytes) = xlsx(&paper) {
            std::fs::write(folder.join(format!("{}.xlsx", kind.name())), bytes)?;
        }
    }
    Ok(())
}
