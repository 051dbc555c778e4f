//! Problems of a configuration in words: where, and what is wrong.

use pingyi_app::reports::Lack;
use serde::Serialize;
use serde_json::Value;

use crate::lang::Texts;
use crate::pages::appraisal::ProblemLine;

/// A problem as the contract writes it, with the sentence added. Anything that serialises as
/// `{"code","path","args"}` will do.
pub(crate) fn json(texts: Texts, problem: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(problem).unwrap_or(Value::Null);
    let message = message(texts, &value);
    if let Value::Object(fields) = &mut value {
        fields.insert("message".to_owned(), Value::String(message));
    }
    value
}

/// The problem as a page shows it: with the place in words.
pub(crate) fn line(texts: Texts, problem: &impl Serialize) -> ProblemLine {
    let value = serde_json::to_value(problem).unwrap_or(Value::Null);
    let path = text(&value, "path").to_owned();
    let message = message(texts, &value);
    let place = place(texts, &path);
    let message = if place.is_empty() {
        message
    } else {
        texts.with(
            "problem-at",
            [("place", place.into()), ("message", message.into())],
        )
    };
    ProblemLine {
        path,
        code: text(&value, "code").to_owned(),
        message,
    }
}

/// What a report lacks before it can be handed in, in words.
pub(crate) fn lack_text(texts: Texts, lack: &Lack) -> String {
    let said = |id: &str, title: &str| texts.a(id, "title", title);
    let counted = |id: &str, title: &str, has: usize, limit: usize| {
        let values = [
            ("title", title.to_owned().into()),
            ("has", has.into()),
            ("limit", limit.into()),
        ];
        texts.with(id, values)
    };
    match lack {
        Lack::Missing { title, .. } => said("report-lack-missing", title),
        Lack::Short {
            title, has, least, ..
        } => counted("report-lack-short", title, *has, *least),
        Lack::Long {
            title, has, most, ..
        } => counted("report-lack-long", title, *has, *most),
        Lack::UnknownFigure { title, figure, .. } => {
            let values = [
                ("title", title.clone().into()),
                ("figure", format!("{{{{{figure}}}}}").into()),
            ];
            texts.with("report-lack-figure", values)
        }
        Lack::Unanswered { title, .. } => said("report-lack-answer", title),
    }
}

/// All that a report lacks, as the contract writes problems.
pub(crate) fn lacks_json(texts: Texts, lacks: &[Lack]) -> Value {
    let one = |lack: &Lack| {
        let (path, code) = match lack {
            Lack::Missing { code, .. } => (format!("sections.{code}"), "missing"),
            Lack::Short { code, .. } => (format!("sections.{code}"), "too_short"),
            Lack::Long { code, .. } => (format!("sections.{code}"), "too_long"),
            Lack::UnknownFigure { code, .. } => (format!("sections.{code}"), "figure"),
            Lack::Unanswered { matter, .. } => (format!("answers.{matter}"), "unanswered"),
        };
        serde_json::json!({"path": path, "code": code, "message": lack_text(texts, lack)})
    };
    lacks.iter().map(one).collect()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn message(texts: Texts, problem: &Value) -> String {
    let code = text(problem, "code");
    let id = format!("problem-{}", code.replace('_', "-"));
    if !texts.has(&id) {
        return texts.a("problem-other", "code", code);
    }
    let args = problem.get("args").and_then(Value::as_object);
    let args = args
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    texts.with_map(&id, args)
}

/// `categories[1].weight` in words: "权重 of the second category". Parts without a word stay as they are.
fn place(texts: Texts, path: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut so_far = String::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, index) = match part.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<u32>().ok()),
            None => (part, None),
        };
        if !so_far.is_empty() {
            so_far.push('-');
        }
        so_far.push_str(name);
        // The longest name known wins: `form.title` is the form's title, not the form and its title.
        let (whole, alone) = (format!("place-{so_far}"), format!("place-{name}"));
        let word = if texts.has(&whole) {
            words.clear();
            texts.s(&whole)
        } else if texts.has(&alone) {
            texts.s(&alone)
        } else {
            name.to_owned()
        };
        words.push(match index {
            Some(index) => texts.with(
                "place-nth",
                [("place", word.into()), ("n", (index + 1).into())],
            ),
            None => word,
        });
    }
    let joined = words
        .into_iter()
        .reduce(|a, b| texts.with("place-joined", [("a", a.into()), ("b", b.into())]));
    joined.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lang::Lang;

    #[test]
    fn a_problem_says_where_and_what() {
        let problem =
            json!({"code": "too_low", "path": "categories[1].minimum", "args": {"least": "3"}});
        assert_eq!(
            line(Texts(Lang::Zh), &problem).message,
            "类别第 2 个的最低张数：太小，至少 3。"
        );
        assert_eq!(
            line(Texts(Lang::En), &problem).message,
            "Categories no. 2, minimum: Too small; at least 3."
        );
        assert_eq!(
            json(Texts(Lang::En), &problem)["message"],
            "Too small; at least 3."
        );
    }

    #[test]
    fn the_longest_known_place_wins() {
        let at = |path: &str| place(Texts(Lang::En), path);
        assert_eq!(at("form.title"), "Title of the form");
        assert_eq!(at("form.items[0].weight"), "Items no. 1, weight");
        assert_eq!(at("something.else"), "something, else");
        assert_eq!(at(""), "");
    }

    #[test]
    fn an_unknown_problem_is_named_by_its_code() {
        let message = line(
            Texts(Lang::Zh),
            &json!({"code": "new_rule", "path": "", "args": {}}),
        )
        .message;
        assert_eq!(message, "有问题（new_rule）。");
    }
}
