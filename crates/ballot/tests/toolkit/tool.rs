//! belenios-tool as a child process, in a folder of its own for each test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Tool {
    program: PathBuf,
    pub dir: PathBuf,
}

/// What the tool said.
pub struct Said {
    pub good: bool,
    pub out: String,
    pub err: String,
}

impl Tool {
    /// The tool with an empty folder, or nothing where there is no tool: then the test has to be left out,
    /// which is said on the terminal, and with `PINGYI_REQUIRE_BELENIOS=1` it fails.
    pub fn new(name: &str) -> Option<Self> {
        let program = std::env::var_os("BELENIOS_TOOL").map_or_else(default_program, PathBuf::from);
        if !program.exists() {
            let text = format!(
                "{} is not there: run tools/belenios-tool.sh",
                program.display()
            );
            assert!(
                std::env::var_os("PINGYI_REQUIRE_BELENIOS").is_none(),
                "{text}"
            );
            // Not eprintln!, which the test harness would swallow.
            let _ = writeln!(
                std::io::stderr(),
                "\n*** NOT TESTED against belenios-tool ({name}): {text}\n"
            );
            return None;
        }
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("belenios")
            .join(name);
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        Some(Self { program, dir })
    }

    pub fn try_run(&self, args: &[&str], input: &str) -> Said {
        let mut child = Command::new(&self.program)
            .args(args)
            .current_dir(&self.dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A tool that does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Said {
            good: output.status.success(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub fn run(&self, args: &[&str], input: &str) -> String {
        let said = self.try_run(args, input);
        assert!(said.good, "belenios-tool {args:?}: {}", said.err);
        said.out
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.dir.join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.join(name)).unwrap()
    }

    /// The only file with this ending.
    pub fn find(&self, ending: &str) -> String {
        let names = std::fs::read_dir(&self.dir).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(ending))
            .collect();
        assert_eq!(names.len(), 1, "{ending}: {names:?}");
        names.remove(0)
    }

    pub fn archive(&self) -> Vec<u8> {
        std::fs::read(self.dir.join(self.find(".bel"))).unwrap()
    }

    /// Judges the archive in the folder: all checks but those of ballots, for which the tool does not wait.
    pub fn verify(&self) -> Said {
        self.try_run(&["election", "verify"], "")
    }

    /// Judges one ballot against the archive in the folder; for this the tool does wait.
    pub fn verify_ballot(&self, ballot: &str) -> Said {
        self.write("ballot.json", ballot);
        self.try_run(
            &["election", "verify-ballot", "--ballot", "ballot.json"],
            "",
        )
    }

    #[track_caller]
    pub fn add_event(&self, kind: &str, data: &str) {
        self.run(&["archive", "add-event", &format!("--type={kind}")], data);
    }
}

fn default_program() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/belenios/bin/belenios-tool")
}
