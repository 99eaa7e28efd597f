//! Compiles `grammar/` into `OUT_DIR`; the source tree is never written to.

fn main() {
    println!("cargo:rerun-if-changed=grammar");
    lalrpop::Configuration::new()
        .use_cargo_dir_conventions()
        .emit_rerun_directives(true)
        .process_dir("grammar")
        .expect("the grammar in grammar/ compiles");
}
