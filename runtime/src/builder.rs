//! The builder: everything that an embedder or the command line can say before a runtime starts.

use std::path::PathBuf;

use deno_core::Extension;

use crate::driver::Runtime;
use crate::ops::ExitMode;
use crate::options::{Error, Main, Options};

type ExtensionMaker = Box<dyn FnOnce() -> Extension>;

/// Collects settings for a [`Runtime`].
#[derive(Default)]
pub struct Builder {
    pub(crate) options: Options,
    pub(crate) extensions: Vec<ExtensionMaker>,
    pub(crate) exit_mode: ExitMode,
}

impl Builder {
    /// Runs this script file.
    pub fn script(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.main = Main::Script(path.into());
        self
    }

    /// Runs this code; `process.argv` has no script path then.
    pub fn eval(mut self, code: impl Into<String>) -> Self {
        self.options.main = Main::Eval {
            code: code.into(),
            print: false,
        };
        self
    }

    /// What to run, in its general form.
    pub fn main(mut self, main: Main) -> Self {
        self.options.main = main;
        self
    }

    /// The script's arguments: `process.argv` from index 2.
    pub fn args<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.options.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Sets all options at once.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Adds an extension of the embedder's own: the script gets its ops by `require('rtjs:ops')`.
    pub fn extension(mut self, make: impl FnOnce() -> Extension + 'static) -> Self {
        self.extensions.push(Box::new(make));
        self
    }

    /// Lets `process.exit` end the whole process at once, as a command-line program wants. By default it ends the script only, and
    /// [`Runtime::run`] returns the code.
    pub fn exit_ends_process(mut self) -> Self {
        self.exit_mode = ExitMode::Process;
        self
    }

    /// Builds the runtime on this thread. No script runs yet.
    ///
    /// # Errors
    /// When the event loop or V8 cannot be started.
    pub fn build(self) -> Result<Runtime, Error> {
        if matches!(self.exit_mode, ExitMode::Process) {
            rtjs_core::allocator::use_one_heap();
        }
        Runtime::new(self)
    }
}
