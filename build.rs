//! Compiles `grammar/` into `OUT_DIR`; the source tree is never written to.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=grammar");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .set_out_dir(out)
        .emit_rerun_directives(true)
        .process()
        .expect("the grammar in grammar/ compiles");
}
