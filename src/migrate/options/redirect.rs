//! Redirections: by entry point, by expression, and to https.

use super::Unit;
use crate::migrate::container::EntryPoint;
use crate::migrate::note::Said;
use crate::v1::labels::Reader;
use crate::v1::options::Setting;

impl Unit<'_> {
    pub(super) fn redirect(&mut self) {
        const ENTRY_POINT: &str = "traefik.frontend.redirect.entryPoint";
        let Some(redirect) = self.section("getRedirect") else {
            for label in ["regex", "replacement", "permanent"].map(|part| format!("traefik.frontend.redirect.{part}")) {
                if self.own.contains_key(&label) {
                    self.note(&label, Said::NoEffect("a redirection takes a regex and a replacement".to_owned()));
                }
            }
            return;
        };
        let text = |name| match redirect.get(name) {
            Some(Setting::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let permanent = (redirect.get("Permanent") == Some(&Setting::Bool(true))).to_string();
        let entry_point = text("EntryPoint");
        if entry_point.is_empty() {
            for (field, option) in [("Regex", "regex"), ("Replacement", "replacement")] {
                let label = format!("traefik.frontend.redirect.{option}");
                let text = self.toml_text(&label, &text(field));
                self.set_middleware("redirect", &format!("redirectregex.{option}"), text);
            }
            return self.set_middleware("redirect", "redirectregex.permanent", permanent);
        }
        let target = self.container.entry_points.get(&entry_point).cloned();
        if target.is_none() {
            self.note(
                ENTRY_POINT,
                Said::ByHand(format!(
                    "the address of `{entry_point}` is not known here, so https on port 443 is taken; migrate the \
                     static configuration along"
                )),
            );
        }
        let EntryPoint { port, scheme } = target.unwrap_or_else(EntryPoint::https);
        self.set_middleware("redirect", "redirectscheme.scheme", scheme);
        if port != EntryPoint::usual_port(scheme) {
            self.set_middleware("redirect", "redirectscheme.port", port);
        }
        self.set_middleware("redirect", "redirectscheme.permanent", permanent);
    }

    /// v3's headers redirect no more; a redirection by scheme does.
    pub(super) fn secure(&mut self) {
        const PREFIX: &str = "traefik.frontend.headers.";
        let reader = Reader::new(self.own);
        let on = |name: &str| reader.bool(&format!("{PREFIX}{name}"), false);
        if on("SSLRedirect") {
            let permanent = !on("SSLTemporaryRedirect");
            self.set_middleware("https", "redirectscheme.scheme", "https");
            self.set_middleware("https", "redirectscheme.permanent", permanent.to_string());
        } else if self.own.contains_key("traefik.frontend.headers.SSLTemporaryRedirect") {
            let label = format!("{PREFIX}SSLTemporaryRedirect");
            self.note(&label, Said::NoEffect("nothing redirects without `SSLRedirect`".to_owned()));
        }
        for name in ["SSLHost", "SSLForceHost"] {
            let label = format!("{PREFIX}{name}");
            if self.own.contains_key(&label) {
                let reason = "v3 redirects by scheme and keeps the host; add a `redirectRegex` for another host";
                self.note(&label, Said::NoEquivalent(reason.to_owned()));
            }
        }
    }
}
