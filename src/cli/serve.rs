//! `morgue serve`: pages and an API for the browser of one's own machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Result;
use clap::Args;

use crate::{
    archive::Archive,
    web::{self, ServeOptions},
};

use super::{Outcome, output::Output};

/// Read the archive in the browser of this machine
///
/// Prints the address to open, with a token that only you have, and serves pages until it is ended
/// with Ctrl-C.
#[derive(Args)]
#[command(after_help = "Examples:\n  morgue serve --open\n  morgue serve --port 0 --read-only")]
pub(super) struct ServeArgs {
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 7878)]
    port: u16,
    /// Open the address in the browser
    #[arg(long)]
    open: bool,
    /// Let nothing be changed: no list, no note
    #[arg(long)]
    read_only: bool,
    /// Listen on this address rather than on 127.0.0.1: other machines may reach it, and nothing is
    /// encrypted
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// Answer to this name of the machine too (can be repeated)
    #[arg(long = "host-name", value_name = "NAME")]
    host_names: Vec<String>,
    /// Ask for no token: every program and user of this machine can read the archive
    #[arg(long)]
    no_token: bool,
}

pub(super) fn run(
    args: &ServeArgs,
    open: impl Fn() -> Result<Archive> + Send + Sync + 'static,
    output: &mut Output,
) -> Result<Outcome> {
    // What is wrong with the settings is said now, not on each page.
    open()?;
    anyhow::ensure!(
        args.listen.is_loopback() || !args.no_token,
        "--no-token is for addresses of this machine only, and {} can be reached from others",
        args.listen
    );
    let options = ServeOptions {
        listen: SocketAddr::new(args.listen, args.port),
        host_names: args.host_names.clone(),
        with_token: !args.no_token,
        read_only: args.read_only,
    };
    web::serve(open, &options, |serving| {
        writeln!(output.results(), "{}", serving.address)?;
        output.results().flush()?;
        serving.notes.iter().for_each(|it| output.say(it));
        if args.open {
            open_in_browser(&serving.address, output);
        }
        Ok(())
    })?;
    Ok(Outcome::Found)
}

/// Asks the desktop to open an address. What it says is not waited for.
fn open_in_browser(address: &str, output: &mut Output) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let started = std::process::Command::new(program)
        .arg(address)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    if started.is_err() {
        output.say(format!("there is no `{program}` here; open the address yourself"));
    }
}
