"""Each check of the house can fail: a small tree that is right, and one change at a time that makes it wrong."""

import importlib.util
import pathlib
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))

import sources  # noqa: E402  (found through the line above)


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SIZES, ARROWS, I18N, DOCS = (load(f"check-{name}") for name in ("sizes", "arrows", "i18n", "docs"))


class Tree(unittest.TestCase):
    """A folder with files for one test."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = pathlib.Path(holder.name).resolve()

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def assert_says(self, problems, *parts):
        self.assertTrue(any(all(part in problem for part in parts) for problem in problems), problems)


class Masking(unittest.TestCase):
    def test_rust_strings_comments_and_letters_are_blanked_in_place(self):
        text = "let a = \"{ fn\"; // {\nlet b = '{'; /* { /* { */ */ let c: &'a str = r#\"{\"{\"#; let d = '\\'';"
        masked = sources.mask(text, "rust")
        self.assertEqual(len(masked), len(text))
        self.assertNotIn("{", masked)
        self.assertIn("&'a str", masked)

    def test_script_templates_keep_their_code_and_lose_their_text(self):
        masked = sources.mask("const a = `{ ${f({ b: \"{\" })} {`; const r = /[{/]{/; x = a / b; // {", "script")
        self.assertEqual(masked.count("{"), masked.count("}"))
        self.assertIn("f({ b:", masked)
        self.assertIn("x = a / b;", masked)

    def test_items_under_cfg_test_are_no_production(self):
        text = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { \"}\" } }\n#[cfg(test)]\nmod other;\nfn c() {}\n"
        rest, modules = sources.without_tests(text)
        self.assertEqual(modules, {"other"})
        self.assertIn("fn a", rest)
        self.assertIn("fn c", rest)
        self.assertNotIn("fn b", rest)


class Sizes(Tree):
    def problems(self):
        return SIZES.check(self.root)[0]

    def test_short_files_and_functions_are_fine(self):
        self.write("crates/a/src/lib.rs", "fn a() {\n" + "    b();\n" * 58 + "}\n")
        self.write("frontend/src/a/main.ts", "export function a(): void {\n" + "  b();\n" * 58 + "}\n")
        self.assertEqual(SIZES.check(self.root), ([], []))

    def test_a_long_function_is_found_in_rust_and_in_typescript(self):
        body = "    b();\n" * 59
        self.write("crates/a/src/lib.rs", f"pub async fn long<T>(x: [u8; 3]) -> Vec<T> {{\n{body}}}\n")
        self.write("frontend/src/a/main.ts", f"export const arrow = async (x: number): Promise<void> => {{\n{body}}};\n")
        self.write("frontend/src/a/other.ts", f"class A {{\n  method(x: {{ y: number }}): Map<string, number> {{\n{body}  }}\n}}\n")
        problems = self.problems()
        self.assert_says(problems, "crates/a/src/lib.rs:1", "long has 61 lines")
        self.assert_says(problems, "frontend/src/a/main.ts:1", "61 lines")
        self.assert_says(problems, "frontend/src/a/other.ts:2", "method", "61 lines")
        self.assertEqual(len(problems), 3)

    def test_loops_are_no_functions(self):
        self.write("frontend/src/a/main.ts", "for (const a of b) {\n" + "  c();\n" * 70 + "}\n")
        self.assertEqual(self.problems(), [])

    def test_a_long_file_is_found_and_a_longish_one_noted(self):
        self.write("crates/a/src/lib.rs", "use x;\n" * 501)
        self.write("crates/a/src/b.rs", "use x;\n// why\n\n" * 301)
        self.write("frontend/src/a/main.ts", "a();\n" * 501)
        problems, notes = SIZES.check(self.root)
        self.assertEqual(len(problems), 2)
        self.assert_says(problems, "lib.rs", "501 lines")
        self.assert_says(notes, "b.rs", "301 lines")

    def test_tests_do_not_count(self):
        long = "fn t() {\n" + "    a();\n" * 600 + "}\n"
        self.write("crates/a/src/lib.rs", f"#[cfg(test)]\nmod other;\n#[cfg(test)]\nmod tests {{\n{long}}}\n")
        self.write("crates/a/src/other.rs", long)
        self.write("crates/a/tests/x.rs", long)
        self.write("crates/a/src/b/tests.rs", long)
        self.assertEqual(SIZES.check(self.root), ([], []))


def metadata(arrows):
    """A `cargo metadata` answer from (crate, dependency, kind)."""
    ours = list(ARROWS.ALLOWED)
    names = ours + sorted({other for _, other, _ in arrows} - set(ours))
    nodes = []
    for name in names:
        deps = [{"pkg": f"id:{b}", "dep_kinds": [{"kind": kind}]} for a, b, kind in arrows if a == name]
        nodes.append({"id": f"id:{name}", "deps": deps})
    return {
        "packages": [{"id": f"id:{name}", "name": name} for name in names],
        "workspace_members": [f"id:{name}" for name in ours],
        "resolve": {"nodes": nodes},
    }


class Arrows(Tree):
    def test_the_arrows_of_the_house_are_fine(self):
        arrows = [(crate, other, None) for crate, others in ARROWS.ALLOWED.items() for other in others]
        self.assertEqual(ARROWS.judge(metadata([*arrows, ("pingyi-store", "tokio", None)])), [])

    def test_an_arrow_against_the_order_is_found(self):
        problems = ARROWS.judge(metadata([("pingyi-store", "pingyi-app", None)]))
        self.assertEqual(problems, ["pingyi-store must not depend on pingyi-app"])

    def test_a_new_crate_has_to_be_declared(self):
        answer = metadata([])
        answer["packages"].append({"id": "id:pingyi-new", "name": "pingyi-new"})
        answer["workspace_members"].append("id:pingyi-new")
        answer["resolve"]["nodes"].append({"id": "id:pingyi-new", "deps": []})
        self.assert_says(ARROWS.judge(answer), "pingyi-new", "no arrows are declared")

    def test_a_network_crate_deep_in_a_pure_tree_is_found_with_its_way(self):
        arrows = [("pingyi-domain", "helper", None), ("helper", "tokio-util", None)]
        self.assert_says(ARROWS.judge(metadata(arrows)), "pingyi-domain > helper > tokio-util")
        self.assert_says(ARROWS.judge(metadata([("pingyi-ballot", "sqlx-core", "build")])), "sqlx-core")

    def test_dependencies_of_tests_are_free(self):
        self.assertEqual(ARROWS.judge(metadata([("pingyi-domain", "tokio", "dev")])), [])

    def test_the_file_system_in_a_pure_crate_is_found(self):
        self.write("crates/domain/src/a.rs", "use std::fs;\n")
        self.write("crates/ballot/src/a.rs", "fn a() { std::env::var(\"X\"); }\n// std::fs\n")
        self.write("crates/scoring/src/a.rs", "use std::{io, net::TcpStream};\n#[cfg(test)]\nmod tests { use std::fs; }\n")
        self.write("crates/store/src/a.rs", "use std::fs;\n")
        problems = ARROWS.judge_sources(self.root)
        self.assertEqual(len(problems), 3)
        for path, name in (("domain", "fs"), ("ballot", "env"), ("scoring", "net")):
            self.assert_says(problems, f"crates/{path}/src/a.rs:1", f"std::{name}")


class Texts(Tree):
    ENGLISH = "# page\nbooth-hello = Hello, { $name }\nbooth-state-open = open\n    .hint = { booth-more }\nbooth-more = more\n"
    SCRIPT = 'import en from "../../../locales/en/booth.ftl";\nt("booth-hello"); t(`booth-state-${state}`);\n'

    def setUp(self):
        super().setUp()
        self.catalogue("en", self.ENGLISH)
        self.catalogue("zh-CN", self.ENGLISH)
        self.write("frontend/src/booth/main.ts", self.SCRIPT)

    def catalogue(self, language, text, area="booth"):
        self.write(f"locales/{language}/{area}.ftl", text)

    def both(self, text, area="booth"):
        self.catalogue("en", text, area)
        self.catalogue("zh-CN", text, area)

    def check(self):
        return I18N.check(self.root)

    def test_whole_catalogues_are_fine(self):
        self.assertEqual(self.check(), [])

    def test_a_text_missing_in_one_language_is_found(self):
        self.catalogue("zh-CN", self.ENGLISH.replace("booth-more = more\n", ""))
        self.assert_says(self.check(), "booth-more", "missing in zh-CN")

    def test_other_placeholders_are_found(self):
        self.catalogue("zh-CN", self.ENGLISH.replace("$name", "$nom"))
        self.assert_says(self.check(), "booth-hello", "name", "nom")

    def test_a_text_that_stands_twice_or_is_empty_is_found(self):
        self.both(self.ENGLISH + "booth-more = again\n")
        self.assert_says(self.check(), "booth-more stands twice")
        self.both(self.ENGLISH.replace("booth-more = more", "booth-more ="))
        self.assert_says(self.check(), "booth-more is empty")

    def test_what_is_no_message_is_found(self):
        self.both(self.ENGLISH + "what is this\n")
        self.assert_says(self.check(), "not a message")

    def test_a_text_nobody_asks_for_is_found(self):
        self.both(self.ENGLISH + "booth-lonely = nobody\n")
        self.assert_says(self.check(), "nobody asks for booth-lonely")

    def test_only_tests_asking_is_nobody_asking(self):
        self.both(self.ENGLISH + "web-lonely = nobody\n")
        self.write("crates/web/src/a.rs", '#[cfg(test)]\nmod tests { fn a() { texts.s("web-lonely"); } }\n')
        self.assert_says(self.check(), "nobody asks for web-lonely")

    def test_a_text_that_is_not_there_is_found_in_script_template_and_rust(self):
        self.write("frontend/src/booth/other.ts", 't("booth-nowhere");\n')
        self.write("crates/web/templates/a.html", '<p title="{{ c.s("web-nowhere") }}">\n')
        self.write("crates/web/src/a.rs", 'fn a() { texts.with(\n  "err-no_where", x); }\n')
        problems = self.check()
        self.assert_says(problems, "frontend/src/booth/other.ts:1", "booth-nowhere")
        self.assert_says(problems, "crates/web/templates/a.html:1", "web-nowhere")
        self.assert_says(problems, "crates/web/src/a.rs:1", "err-no_where")

    def test_a_text_of_a_catalogue_the_page_has_not_is_found(self):
        self.both("hall-title = hall\n", "hall")
        self.write("frontend/src/hall/main.ts", 'import en from "../../../locales/en/hall.ftl";\nt("hall-title");\n')
        self.assertEqual(self.check(), [])
        self.write("frontend/src/booth/other.ts", 't("hall-title");\n')
        self.assert_says(self.check(), "frontend/src/booth/other.ts:1", "hall.ftl, which this page has not")

    def test_families_of_texts_count_as_asked_for(self):
        self.both(self.ENGLISH + "err-bad_login = no\ncli-about = about\ncli-finding-cut = cut\n")
        self.write("crates/web/src/a.rs", 'fn a() { let id = format!("err-{code}"); format!("{key}-about"); f("cli-finding", c) }\n')
        self.assertEqual(self.check(), [])

    def test_a_problem_without_text_is_found(self):
        self.write("crates/domain/src/config/problems.rs", 'match self { Self::TooFew => "too_few", }')
        self.assert_says(self.check(), "there is no text problem-too-few")


class Docs(Tree):
    def setUp(self):
        super().setUp()
        self.write("Cargo.toml", '[workspace.dependencies]\npingyi-domain = { path = "x" }\nserde = "1"\n')
        self.write("crates/a/Cargo.toml", "[dev-dependencies]\nserde.workspace = true\n\n[dependencies.num]\nversion = \"1\"\n")
        self.write("frontend/package.json", '{"dependencies": {"@noble/curves": "2"}}')
        self.write("docs/dependencies.md", "# Dependencies\n- serde (derive), num — JSON\n@noble/curves — curves\n")
        self.write("docs/decisions/0001-first.md", "# First\n")
        self.write("docs/a.md", "[first](decisions/0001-first.md) [out](https://example.org) [in](#place)\n```\n[x](no.md)\n```\n")

    def check(self):
        return DOCS.check(self.root)

    def test_a_tree_in_order_is_fine(self):
        self.assertEqual(self.check(), [])

    def test_a_dependency_without_reason_is_found(self):
        self.write("docs/dependencies.md", "serde — JSON\nnum\n")
        self.assertEqual(self.check(), [f"docs/dependencies.md: no reason for {name}" for name in ("@noble/curves", "num")])

    def test_a_version_no_crate_uses_is_found(self):
        self.write("Cargo.toml", '[workspace.dependencies]\nserde = "1"\nlost = { version = "1" }\n\n[workspace.lints.rust]\nx = "y"\n')
        self.write("docs/dependencies.md", "serde, num, lost, @noble/curves — why\n")
        self.assertEqual(self.check(), ["Cargo.toml: no crate uses lost"])

    def test_a_link_to_nowhere_is_found(self):
        self.write("README.md", "\n[b](docs/b.md#part)\n")
        self.assertEqual(self.check(), ["README.md:2: docs/b.md is not there"])

    def test_a_decision_nobody_links_to_is_found(self):
        self.write("docs/decisions/0002-second.md", "# Second\n")
        self.assert_says(self.check(), "0002-second.md", "no page links to it")

    def test_numbers_of_decisions_are_used_once_and_names_follow_the_pattern(self):
        self.write("docs/decisions/0001-again.md", "# Again\n")
        self.write("docs/decisions/notes.md", "# Notes\n")
        problems = self.check()
        self.assert_says(problems, "0001-first.md", "has this number too")
        self.assert_says(problems, "notes.md", "not named like")


if __name__ == "__main__":
    unittest.main()
