//! Who may come in: authentication and lists of addresses.

use super::Unit;
use crate::migrate::note::Said;
use crate::v1::labels::Reader;
use crate::v1::options::Setting;

impl Unit<'_> {
    /// Who may come in: of basic, digest and forward v1 takes the first that has a label.
    pub(super) fn access(&mut self) {
        if let Some(auth) = self.section("getAuth") {
            let kinds = [("Basic", "basic-auth"), ("Digest", "digest-auth"), ("Forward", "forward-auth")];
            for (field, suffix) in kinds {
                let used = matches!(auth.get(field), Some(Setting::Section(Some(_))));
                if !used && self.middlewares.contains(suffix) {
                    self.drop_middleware(suffix);
                }
            }
            if let Some(Setting::Section(Some(basic))) = auth.get("Basic")
                && let Some(Setting::List(users)) = basic.get("Users")
            {
                self.set_middleware("basic-auth", "basicauth.users", users.join(","));
            }
            self.header_field();
        }
        "traefik.frontend.whiteList.".clone_into(&mut self.at);
        if let Some(list) = self.section("getWhiteList") {
            if let Some(Setting::List(ranges)) = list.get("SourceRange") {
                self.set_middleware("allow-list", "ipallowlist.sourcerange", ranges.join(","));
            }
            if list.get("UseXForwardedFor") == Some(&Setting::Bool(true)) {
                self.set_middleware("allow-list", "ipallowlist.ipstrategy.depth", "1");
                self.note(
                    "traefik.frontend.whiteList.useXForwardedFor",
                    Said::Changed(
                        "v1 looks at every address in `X-Forwarded-For`, v3 at the last one; behind more proxies raise \
                         the depth"
                            .to_owned(),
                    ),
                );
            }
        }
    }

    fn header_field(&mut self) {
        const FIELD: &str = "traefik.frontend.auth.headerField";
        let Some(field) = self.filled(FIELD).map(str::to_owned) else { return };
        let kinds = [("basic-auth", "basicauth"), ("digest-auth", "digestauth"), ("forward-auth", "forwardauth")];
        for (suffix, kind) in kinds {
            if self.middlewares.contains(suffix) {
                self.set_middleware(suffix, &format!("{kind}.headerfield"), field.clone());
            }
        }
    }

    /// Takes out what an option set that v1 passes over.
    fn drop_middleware(&mut self, suffix: &str) {
        self.remove_middleware(suffix);
        let kind = suffix.trim_end_matches("-auth");
        let given: Vec<String> = Reader::new(self.own)
            .beginning(&format!("traefik.frontend.auth.{kind}."))
            .map(|(label, _)| label.to_owned())
            .collect();
        for label in given {
            self.note(&label, Said::NoEffect("another kind of authentication goes before it".to_owned()));
        }
    }
}
