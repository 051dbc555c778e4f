//! The challenge of the device: what a spoiled ballot held (contract §5).

use std::path::Path;

use pingyi_ballot::challenge::ChallengeFile;

use crate::error::CommandError;
use crate::texts::Texts;

/// Opens the spoiled ballot of a challenge file and says which marks it held.
///
/// # Errors
/// The file cannot be read or is no challenge file.
pub fn check(file: &Path, json: bool, texts: &Texts) -> Result<(String, bool), CommandError> {
    let text = std::fs::read_to_string(file).map_err(CommandError::file(file))?;
    let challenge: ChallengeFile = text.parse().map_err(|error| CommandError::Challenge {
        path: file.into(),
        error,
    })?;
    let (election, opened) = match challenge.check() {
        Ok(checked) => checked,
        Err(error) => {
            return Ok((
                texts.with("cli-challenge-wrong", &[("reason", &error)]),
                false,
            ));
        }
    };
    if json {
        let held = serde_json::json!({"code": opened.commitment, "ballot": challenge.opening.ballot, "choices": opened.choices});
        return Ok((held.to_string(), true));
    }
    let mut lines = vec![texts.plain("cli-challenge-right")];
    for (question, marks) in election.questions().iter().zip(&opened.choices) {
        let blank = marks.len().saturating_sub(question.answers.len());
        let marked = question
            .answers
            .iter()
            .zip(marks.iter().skip(blank))
            .filter(|(_, mark)| **mark == 1);
        let marked: Vec<&str> = marked.map(|(answer, _)| answer.as_str()).collect();
        lines.push(texts.with(
            "cli-verify-row",
            &[
                ("question", &question.question),
                ("counts", &marked.join("  ")),
            ],
        ));
    }
    // Else a phone could show one ballot before the choice and open another after it.
    lines.push(texts.with("cli-challenge-code", &[("code", &opened.commitment)]));
    lines.push(texts.plain("cli-challenge-compare"));
    Ok((lines.join("\n"), true))
}
