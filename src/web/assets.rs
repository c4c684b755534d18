//! The style sheet and the script: part of the program, at addresses that change with them.

use std::sync::LazyLock;

/// A file that pages name.
pub(super) struct Asset {
    /// Its name: `style.css`.
    name: &'static str,
    /// The type of its content.
    pub(super) media_type: &'static str,
    /// Its content.
    pub(super) bytes: &'static [u8],
}

/// How the pages look.
pub(super) const STYLE: Asset = Asset {
    name: "style.css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("assets/style.css"),
};

/// What the keys do.
pub(super) const SCRIPT: Asset = Asset {
    name: "morgue.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("assets/morgue.js"),
};

impl Asset {
    /// `/assets/3f…-style.css`: another program has another address, so a browser keeps it for
    /// good.
    pub(super) fn address(&self) -> String {
        let digest = blake3::hash(self.bytes).to_hex();
        format!("/assets/{}-{}", &digest[..16], self.name)
    }
}

/// The address of the style sheet.
pub(super) static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| STYLE.address());

/// The address of the script.
pub(super) static SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| SCRIPT.address());

/// The asset at an address.
pub(super) fn at(path: &str) -> Option<&'static Asset> {
    static ASSETS: [(&LazyLock<String>, &Asset); 2] = [(&STYLE_ADDRESS, &STYLE), (&SCRIPT_ADDRESS, &SCRIPT)];
    ASSETS.into_iter().find(|it| **it.0 == path).map(|it| it.1)
}
