//! Chromium without a window, told what to do over a pipe (the DevTools protocol).
//!
//! `--remote-debugging-pipe` takes commands from file descriptor 3 and answers on 4, JSON texts
//! that end with a zero byte. A shell puts our pipes there, so no crate and no port are needed.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::web::Server;

/// How long Chromium may take for anything before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a tab is like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// The width of the window in CSS pixels.
    pub(super) width: u32,
    /// Whether dark colors are asked for.
    pub(super) dark: bool,
    /// Whether the scripts of pages run.
    pub(super) scripts: bool,
}

impl Look {
    /// A desk with daylight.
    pub(super) const WIDE: Look = Look { width: 1440, dark: false, scripts: true };
    /// The narrowest telephone.
    pub(super) const NARROW: Look = Look { width: 360, dark: false, scripts: true };
    /// Forms and links only.
    pub(super) const NO_SCRIPTS: Look = Look { width: 1440, dark: false, scripts: false };
}

/// A Chromium with one tab, ended when it is dropped.
pub(super) struct Chromium {
    child: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    last_id: u64,
    session: String,
    /// What happened in the tab so far: requests, reports, exceptions.
    events: Vec<Value>,
    _profile: TempDir,
}

impl Chromium {
    /// Starts it, logged in at a server; `None` if it is not installed and need not be.
    #[track_caller]
    pub(super) fn start(server: &Server, look: Look) -> Option<Chromium> {
        Chromium::start_by(&[], server, look)
    }

    /// The same, started by another program: what comes before `chromium` on the command line.
    #[track_caller]
    pub(super) fn start_by(by: &[&str], server: &Server, look: Look) -> Option<Chromium> {
        let version = Command::new("chromium").arg("--version").output();
        if !version.is_ok_and(|it| it.status.success()) {
            let required = std::env::var("MORGUE_READERS").is_ok_and(|it| it == "required");
            assert!(!required, "`chromium` is not installed");
            skipped("`chromium` is not installed");
            return None;
        }
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new("sh")
            .args(["-c", "exec 3<&0 4>&1 0</dev/null 1>&2; exec \"$@\"", "sh"])
            .args(by)
            .arg("chromium")
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--hide-scrollbars", "--lang=en-US", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let commands = child.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while answers.read_until(0, &mut bytes).is_ok_and(|it| it > 0) {
                bytes.pop();
                let Ok(message) = serde_json::from_slice(&bytes) else { break };
                if sender.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let mut chromium = Chromium {
            child,
            commands,
            messages,
            last_id: 0,
            session: String::new(),
            events: Vec::new(),
            _profile: profile,
        };
        chromium.open_tab();
        chromium.look(look);
        chromium.goto(&format!("http://127.0.0.1:{}/?token={}", server.port, server.token));
        Some(chromium)
    }

    #[track_caller]
    fn open_tab(&mut self) {
        let target = self.tell("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.tell("Target.attachToTarget", &attach);
        session["sessionId"].as_str().expect("a session").clone_into(&mut self.session);
        for domain in ["Page", "Runtime", "Network", "Log", "Audits"] {
            self.tell(&format!("{domain}.enable"), &json!({}));
        }
    }

    /// Changes the window, the colors and whether scripts run.
    #[track_caller]
    pub(super) fn look(&mut self, look: Look) {
        let size = json!({ "width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", &size);
        let scheme = if look.dark { "dark" } else { "light" };
        let features = [
            json!({ "name": "prefers-color-scheme", "value": scheme }),
            json!({ "name": "prefers-reduced-motion", "value": "reduce" }),
        ];
        self.tell("Emulation.setEmulatedMedia", &json!({ "features": features }));
        self.tell("Emulation.setScriptExecutionDisabled", &json!({ "value": !look.scripts }));
    }

    /// Opens an address and waits until the page is there.
    #[track_caller]
    pub(super) fn goto(&mut self, url: &str) {
        let answer = self.tell("Page.navigate", &json!({ "url": url }));
        assert!(answer["errorText"].is_null(), "{url}: {answer}");
        self.wait_for("location.href !== 'about:blank'");
    }

    /// What an expression is worth in the page.
    #[track_caller]
    pub(super) fn eval(&mut self, expression: &str) -> Value {
        let wish = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.tell("Runtime.evaluate", &wish);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// The same as text.
    #[track_caller]
    pub(super) fn text(&mut self, expression: &str) -> String {
        self.eval(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true on a page that is all there, its script too.
    #[track_caller]
    pub(super) fn wait_for(&mut self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        let whole = format!("document.readyState === 'complete' && ({expression})");
        let wish = json!({ "expression": whole, "returnByValue": true });
        loop {
            let answer = self.ask("Runtime.evaluate", &wish);
            if answer["result"]["result"]["value"] == json!(true) {
                return;
            }
            if Instant::now() > end {
                let now = self.text("location.href + '\\n' + document.body.innerText");
                panic!("never true: {expression}\n{now}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the address has this in it, and the page is there.
    #[track_caller]
    pub(super) fn wait_for_address(&mut self, part: &str) {
        let part = json!(part);
        self.wait_for(&format!("location.href.includes({part})"));
    }

    /// Clicks with the mouse at the middle of the first element of a selector, which must be what
    /// the mouse hits there.
    #[track_caller]
    pub(super) fn click(&mut self, selector: &str) {
        let at = self.eval(&format!(
            "(() => {{ const it = document.querySelector({0}); if (!it) return null;
             it.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const box = it.getClientRects()[0]; if (!box) return null;
             const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
             return it.contains(document.elementFromPoint(x, y)) ? [x, y] : null; }})()",
            json!(selector)
        ));
        assert!(at.is_array(), "nothing to click at {selector}: {}", self.text("document.body.innerHTML"));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": button, "clickCount": 1 });
            self.tell("Input.dispatchMouseEvent", &event);
        }
    }

    /// Presses a key: a letter, a sign, or `Enter`, `Tab`, `Escape`.
    #[track_caller]
    pub(super) fn press(&mut self, key: &str) {
        self.press_with(key, 0);
    }

    /// The same with modifiers: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift.
    #[track_caller]
    pub(super) fn press_with(&mut self, key: &str, modifiers: u8) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            it => (0, it),
        };
        let mut event = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code,
            "modifiers": modifiers });
        if !text.is_empty() && modifiers & 7 == 0 {
            event["text"] = json!(text);
        }
        self.tell("Input.dispatchKeyEvent", &event);
        event["type"] = json!("keyUp");
        self.tell("Input.dispatchKeyEvent", &event);
    }

    /// Types a text where the focus is, a key each letter.
    #[track_caller]
    pub(super) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(&letter.to_string());
        }
    }

    /// What the page was told by its own policy, and what scripts threw, so far.
    #[track_caller]
    pub(super) fn complaints(&mut self) -> Vec<String> {
        self.eval("1");
        let names = [
            "Log.entryAdded",
            "Runtime.exceptionThrown",
            "Audits.issueAdded",
            "Page.javascriptDialogOpening",
        ];
        let told = self.events.iter().filter(|it| names.iter().any(|name| it["method"] == *name));
        // An answer that is an error on purpose is a line of the log.
        let told = told.filter(|it| it["params"]["entry"]["source"] != "network");
        told.map(ToString::to_string).collect()
    }

    /// The addresses that it asked for so far.
    #[track_caller]
    pub(super) fn requests(&mut self) -> Vec<String> {
        self.eval("1");
        let sent = self.events.iter().filter(|it| it["method"] == "Network.requestWillBeSent");
        sent.filter_map(|it| it["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }

    /// Tells the tab to do something, and takes what it answers.
    #[track_caller]
    pub(super) fn tell(&mut self, method: &str, params: &Value) -> Value {
        let mut answer = self.ask(method, params);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].take()
    }

    #[track_caller]
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if !self.session.is_empty() {
            command["sessionId"] = json!(self.session);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).expect("Chromium listens");
        self.commands.flush().expect("Chromium listens");
        let end = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if message["id"] == self.last_id => return message,
                Ok(message) if message["id"].is_null() => self.events.push(message),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => panic!("{method}: no answer"),
                Err(RecvTimeoutError::Disconnected) => panic!("{method}: Chromium has ended"),
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.commands.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end && self.child.try_wait().is_ok_and(|it| it.is_none()) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::print_stderr, reason = "a test that proves nothing says so")]
pub(super) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
